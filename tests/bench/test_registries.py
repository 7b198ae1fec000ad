"""The generator of registries: the same for the same seed, well-formed, and with the errors that it promises."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from bench.registries import made_registry
from bench.registries.making import RECORDS_A_PERSON
from bench.registries.rates import BIRTH, NAME, NIK, SHARES, VILLAGE
from payung.kernel.nik import Nik

PEOPLE = 12_000


@pytest.fixture(scope="module")
def registry():
    return made_registry(PEOPLE, seed=5)


@pytest.fixture(scope="module")
def joined(registry):
    """Each record beside its truth and its person's card."""
    return registry.records.join(registry.truth, on="record_id").join(registry.people, on="person_id", suffix="_card")


def test_the_same_seed_gives_the_same_registry_and_another_seed_another():
    one, again, other = made_registry(400, seed=5), made_registry(400, seed=5), made_registry(400, seed=6)
    assert one.records.equals(again.records)
    assert one.truth.equals(again.truth)
    assert one.people.equals(again.people)
    assert not one.records["name"].equals(other.records["name"])


def test_so_many_records_as_were_asked_for():
    assert len(made_registry(0, seed=1, records=777).records) == 777


def test_every_card_bears_a_wellformed_nik_of_its_own(registry):
    niks = registry.people["nik"]
    assert niks.n_unique() == PEOPLE
    assert all(Nik.parse(nik) for nik in niks)


def test_a_nik_holds_the_cards_sex_and_nearly_always_its_birth_date(registry):
    read = [Nik.parse(nik) for nik in registry.people["nik"]]
    assert [nik.sex for nik in read] == registry.people["sex"].to_list()
    births = [nik.birth_date(date(2026, 11, 22)) for nik in read]
    agreeing = np.mean([own == born for own, born in zip(births, registry.people["birth_date"], strict=True)])
    assert 0.985 < agreeing < 0.999


def test_one_person_in_five_has_two_to_four_records(registry):
    copies = registry.truth.group_by("person_id").len()["len"]
    assert set(copies) == {1, 2, 3, 4}
    assert (copies > 1).mean() == pytest.approx(0.20, abs=0.02)
    assert len(registry.records) / PEOPLE == pytest.approx(RECORDS_A_PERSON, abs=0.02)


def test_every_record_is_one_known_persons(registry):
    assert registry.records["record_id"].n_unique() == len(registry.records)
    assert registry.records["record_id"].equals(registry.truth["record_id"])
    assert set(registry.truth["person_id"]) == set(registry.people["person_id"])


@pytest.mark.parametrize("kind", [*NIK, *BIRTH, *VILLAGE])
def test_an_error_is_as_frequent_as_its_rate(registry, kind):
    rates = (NIK | BIRTH | VILLAGE)[kind]
    asked = float(np.dot(rates, SHARES))
    found = registry.truth[kind].mean()
    # Some errors leave the field as it was: a birthday on 1 January, 5 May turned round, a move within the village.
    assert 0.25 * asked - 0.001 < found < 1.4 * asked + 0.001


@pytest.mark.parametrize("kind", NAME)
def test_every_kind_of_error_in_names_happens(registry, kind):
    assert 3 < registry.truth[kind].sum() < 0.2 * len(registry.truth)


def test_a_record_that_nothing_befell_says_what_the_card_says(joined):
    kinds = [name for name, kind in joined.schema.items() if kind == pl.Boolean and "-" in name]
    clean = joined.filter(~pl.any_horizontal(kinds))
    assert len(clean) > 500
    assert clean["nik"].equals(clean["nik_card"])
    assert clean["birth_date"].equals(clean["birth_date_card"].cast(pl.String))
    assert clean["sex"].equals(clean["sex_card"])
    assert clean["village_code"].equals(clean["village_code_card"])
    assert clean["name"].str.to_lowercase().equals(clean["name_card"].str.to_lowercase())
    assert clean["mother_name"].str.to_lowercase().equals(clean["mother_name_card"].str.to_lowercase())


@pytest.mark.parametrize(("kind", "column"), [("name-typing", "name"), ("name-called", "name"), ("nik-digit", "nik")])
def test_a_record_that_an_error_befell_differs_from_the_card(joined, kind, column):
    some = joined.filter(pl.col(kind))
    assert len(some) > 20
    different = some[column].str.to_lowercase() != some[f"{column}_card"].str.to_lowercase()
    assert different.mean() > 0.97  # one error may undo another: Fadjar for Fajar, and the d lost in typing


def test_twins_share_a_birth_date_and_a_household_and_no_nik(registry):
    twins = registry.people.filter(pl.col("twin_of").is_not_null()).join(
        registry.people, left_on="twin_of", right_on="person_id", suffix="_other"
    )
    assert len(twins) > 5
    assert twins["birth_date"].equals(twins["birth_date_other"])
    assert twins["household_id"].equals(twins["household_id_other"])
    assert (twins["nik"] != twins["nik_other"]).all()


def test_namesakes_share_name_birth_date_and_village_and_are_two_people(registry):
    same = registry.people.filter(pl.col("namesake_of").is_not_null()).join(
        registry.people, left_on="namesake_of", right_on="person_id", suffix="_other"
    )
    assert len(same) > 3
    for column in ("name", "birth_date", "village_code", "sex"):
        assert same[column].equals(same[f"{column}_other"])
    assert (same["household_id"] != same["household_id_other"]).all()


def test_names_are_heavy_tailed(registry):
    counts = registry.people["name"].value_counts()["count"].sort(descending=True)
    assert counts[0] > 25  # the commonest is borne by one in a few hundred
    assert (counts == 1).sum() > 0.2 * PEOPLE  # and many by one alone
