"""How right a matching was: pairs beside the truth, and what people and errors the mistakes are made of."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

RELATIONS = ("twins", "namesakes-one-day", "father-and-son-of-one-name", "siblings", "parent-and-child", "couple")
DAMAGE = ("nik", "birth", "name", "village", "mother", "phone")


@dataclass(frozen=True, slots=True)
class Judged:
    """`found`: each linked pair with `true` and, where it is false, its `relation`; `missed`: true pairs not linked."""

    found: pl.DataFrame
    missed: pl.DataFrame
    true_pairs: pl.DataFrame


def judge(pairs: pl.DataFrame, folder: Path) -> Judged:
    """Judge pairs (`left`, `right`, `probability_ppm`, `band`) of a registry that stands in the folder."""
    truth = pl.read_parquet(folder / "truth.parquet")
    real = true_pairs(truth)
    linked = in_order(pairs.filter(pl.col("band") != "apart"))
    owner = truth.select("record_id", "person_id")
    linked = linked.join(owner.rename({"record_id": "left", "person_id": "left_person"}), on="left").join(
        owner.rename({"record_id": "right", "person_id": "right_person"}), on="right"
    )
    linked = linked.with_columns(true=pl.col("left_person") == pl.col("right_person"))
    missed = real.join(linked, on=["left", "right"], how="anti")
    return Judged(with_relation(linked, folder), with_damage(missed, truth), with_damage(real, truth))


def true_pairs(truth: pl.DataFrame) -> pl.DataFrame:
    """Every two records of one person."""
    several = truth.select("record_id", "person_id").filter(pl.len().over("person_id") > 1)
    pairs = several.join(several, on="person_id", suffix="_right").filter(
        pl.col("record_id") < pl.col("record_id_right")
    )
    return pairs.select(pl.col("record_id").alias("left"), pl.col("record_id_right").alias("right"))


def in_order(pairs: pl.DataFrame) -> pl.DataFrame:
    """Each pair once, its lesser id on the left."""
    left, right = pl.min_horizontal("left", "right"), pl.max_horizontal("left", "right")
    return pairs.with_columns(left.alias("left"), right.alias("right")).unique(["left", "right"], keep="any")


def with_relation(linked: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """What the two people of a pair are to each other; of pairs of one person, nothing."""
    cards = pl.read_parquet(folder / "people.parquet")
    cards = cards.select(
        "person_id", "household_id", "role", "twin_of", "namesake_of", "bears_fathers_name", "name", "birth_date"
    )
    for side in ("left", "right"):
        linked = linked.join(
            cards.select(pl.all().name.prefix(f"{side}_")), left_on=f"{side}_person", right_on=f"{side}_person_id"
        )
    home = pl.col("left_household_id") == pl.col("right_household_id")
    roles = pl.concat_list("left_role", "right_role").list.sort().list.join("+")
    name, day = (pl.col(f"left_{field}") == pl.col(f"right_{field}") for field in ("name", "birth_date"))
    linked = linked.with_columns(
        relation=pl.when("true")
        .then(None)
        .when(each_other("twin_of"))
        .then(pl.lit("twins"))
        .when(each_other("namesake_of") | (name & day))
        .then(pl.lit("namesakes-one-day"))
        .when(home & name)
        .then(pl.lit("father-and-son-of-one-name"))
        .when(home & (roles == "anak+anak"))
        .then(pl.lit("siblings"))
        .when(home & (roles == "istri+kepala"))
        .then(pl.lit("couple"))
        .when(home)
        .then(pl.lit("parent-and-child"))
        .when(name)
        .then(pl.lit("one-name"))
        .when(day)
        .then(pl.lit("one-birth-date"))
        .otherwise(pl.lit("others"))
    )
    return linked.select("left", "right", "probability_ppm", "band", "true", "relation")


def each_other(column: str) -> pl.Expr:
    """Whether one of the two names the other in this column."""
    here = pl.col(f"left_{column}") == pl.col("right_person")
    return (here | (pl.col(f"right_{column}") == pl.col("left_person"))).fill_null(value=False)


def with_damage(pairs: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """For each kind of error whether it befell either record."""
    kinds = kinds_of(truth)
    plain = truth.select("record_id", *kinds)
    left = pairs.select(pl.col("left").alias("record_id")).join(
        plain, on="record_id", how="left", maintain_order="left"
    )
    right = pairs.select(pl.col("right").alias("record_id")).join(
        plain, on="record_id", how="left", maintain_order="left"
    )
    return pairs.select("left", "right").hstack([(left[kind] | right[kind]).alias(kind) for kind in kinds])


def kinds_of(truth: pl.DataFrame) -> list[str]:
    return [name for name, kind in truth.schema.items() if kind == pl.Boolean]


def figures_of(judged: Judged) -> dict[str, Any]:
    """Precision, recall, F1 over pairs; the same for the automatic band alone."""
    right, linked, real = judged.found["true"].sum(), len(judged.found), len(judged.true_pairs)
    auto = judged.found.filter(pl.col("band") == "auto")
    precision, recall = right / max(linked, 1), right / max(real, 1)
    return {
        "true_pairs": real,
        "linked_pairs": linked,
        "precision": round(precision, 5),
        "recall": round(recall, 5),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-12), 5),
        "auto_pairs": len(auto),
        "auto_precision": round(float(auto["true"].mean() or 0.0), 5),
        "auto_recall": round(auto["true"].sum() / max(real, 1), 5),
        "auto_false": counted(auto.filter(~pl.col("true"))["relation"]),
    }


def mistakes_of(judged: Judged) -> dict[str, Any]:
    """False pairs by relation; missed pairs by the fields damaged together, and by kind beside all of that kind."""
    false = judged.found.filter(~pl.col("true"))
    kinds = [name for name in judged.missed.columns if name not in {"left", "right"}]
    missed = {
        kind: [int(judged.missed[kind].sum()), int(judged.true_pairs[kind].sum())]
        for kind in kinds
        if judged.missed[kind].sum()
    }
    return {
        "false_by_relation": counted(false["relation"]),
        "missed": len(judged.missed),
        "missed_by_damage": dict(list(counted(damage_of(judged.missed)).items())[:15]),
        "missed_and_all_by_kind": dict(sorted(missed.items(), key=lambda item: -item[1][0])),
    }


def damage_of(pairs: pl.DataFrame) -> pl.Series:
    """`nik+name`: the fields damaged in either record; phone and mother's name count only beside nothing else."""
    fields = DAMAGE[:4]
    marks = [
        pl.when(
            pl.any_horizontal(kind for kind in pairs.columns if kind.startswith(f"{field}-") and "place" not in kind)
        )
        .then(pl.lit(field))
        .alias(field)
        for field in fields
    ]
    return pairs.select(pl.concat_str(marks, separator="+", ignore_nulls=True)).to_series().replace("", "none")


def counted(values: pl.Series) -> dict[str, int]:
    counts = values.value_counts(sort=True)
    return dict(zip(counts[values.name].to_list(), counts["count"].to_list(), strict=True))


def curve_of(judged: Judged, points: int = 200) -> list[tuple[int, float, float]]:
    """Precision and recall where the cut is made at each probability (ppm), from the surest pair down."""
    ordered = judged.found.sort("probability_ppm", descending=True)
    ppm, right = ordered["probability_ppm"].to_numpy(), np.cumsum(ordered["true"].to_numpy())
    # Pairs of one probability cannot be parted: only the last of them is a cut.
    cuts = np.flatnonzero(np.append(ppm[1:] != ppm[:-1], True))
    if len(cuts) > points:
        cuts = cuts[np.unique(np.linspace(0, len(cuts) - 1, points).astype(np.int64))]
    real = max(len(judged.true_pairs), 1)
    return [
        (int(ppm[cut]), round(float(right[cut] / (cut + 1)), 5), round(float(right[cut] / real), 5)) for cut in cuts
    ]
