"""Judging a matching: against pairs whose answer is known beforehand."""

import polars as pl
import pytest

from bench.judging import curve_of, figures_of, judge, mistakes_of, true_pairs
from bench.registries import made_registry


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registry")
    made_registry(6_000, seed=9).write(folder)
    return folder


@pytest.fixture(scope="module")
def real(home):
    return true_pairs(pl.read_parquet(home / "truth.parquet"))


def answered(pairs, *, ppm=990_000, band="auto"):
    return pairs.select("left", "right", pl.lit(ppm).alias("probability_ppm"), pl.lit(band).alias("band"))


def records_of(home, column):
    """A record of each person, and one of whom the column names."""
    first = pl.read_parquet(home / "truth.parquet").unique("person_id", keep="first").select("person_id", "record_id")
    named = pl.read_parquet(home / "people.parquet").select("person_id", column).drop_nulls()
    pairs = named.join(first, on="person_id").join(first, left_on=column, right_on="person_id", suffix="_other")
    return pairs.select(pl.col("record_id").alias("left"), pl.col("record_id_other").alias("right"))


def test_all_pairs_and_no_other_are_perfect(home, real):
    figures = figures_of(judge(answered(real), home))
    assert (figures["precision"], figures["recall"], figures["f1"], figures["auto_precision"]) == (1, 1, 1, 1)


def test_true_pairs_are_all_pairs_of_one_persons_records(home, real):
    owner = dict(pl.read_parquet(home / "truth.parquet").select("record_id", "person_id").iter_rows())
    assert all(owner[left] == owner[right] and left < right for left, right in real.iter_rows())
    copies = pl.read_parquet(home / "truth.parquet")["person_id"].value_counts()["count"]
    assert len(real) == (copies * (copies - 1) // 2).sum()


def test_a_pair_told_twice_and_turned_round_counts_once(home, real):
    turned = real.select(pl.col("right").alias("left"), pl.col("left").alias("right"))
    assert figures_of(judge(pl.concat([answered(real), answered(turned)]), home))["linked_pairs"] == len(real)


def test_pairs_left_apart_are_missed(home, real):
    half = len(real) // 2
    some = pl.concat([answered(real.head(half)), answered(real.tail(-half), ppm=3, band="apart")])
    assert figures_of(judge(some, home))["recall"] == pytest.approx(half / len(real), abs=1e-4)
    assert mistakes_of(judge(some, home))["missed"] == len(real) - half


@pytest.mark.parametrize(("column", "relation"), [("twin_of", "twins"), ("namesake_of", "namesakes-one-day")])
def test_a_false_pair_is_named_after_what_its_people_are_to_each_other(home, real, column, relation):
    false = records_of(home, column)
    found = pl.concat([answered(real), answered(false, ppm=600_000, band="review")])
    judged = judge(found, home)
    assert mistakes_of(judged)["false_by_relation"] == {relation: len(false)}
    assert figures_of(judged)["auto_precision"] == 1
    assert figures_of(judged)["precision"] == pytest.approx(len(real) / (len(real) + len(false)), abs=1e-4)


def test_the_kinds_of_damage_behind_missed_pairs_are_told_beside_all_pairs_of_the_kind(home, real):
    truth = pl.read_parquet(home / "truth.parquet")
    damaged = truth.filter("nik-missing")["record_id"].implode()
    kept = real.filter(~pl.col("left").is_in(damaged) & ~pl.col("right").is_in(damaged))
    mistakes = mistakes_of(judge(answered(kept), home))
    missed, every = mistakes["missed_and_all_by_kind"]["nik-missing"]
    assert missed == every == mistakes["missed"] > 0
    assert all("nik" in damage for damage in mistakes["missed_by_damage"])


def test_the_curve_falls_where_false_pairs_begin(home, real):
    false = records_of(home, "twin_of")
    found = pl.concat([answered(real), answered(false, ppm=600_000, band="review")])
    (sure, all_of_them) = curve_of(judge(found, home))
    assert sure == (990_000, 1.0, 1.0)
    assert all_of_them[1] < 1
    assert all_of_them[2] == 1
