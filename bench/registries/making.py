"""A registry: people, the records that lists hold of them, and the truth."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from bench.registries import fields
from bench.registries.name_errors import NameErrors
from bench.registries.niks import as_text, written_niks
from bench.registries.people import People, made_people
from bench.registries.places import all_places
from bench.registries.rates import (
    BIRTH,
    BIRTH_PLACE,
    COPIES,
    DUPLICATED,
    MOTHER,
    NIK,
    PHONE,
    SAME_SOURCE,
    SEX,
    SHARES,
    SOURCES,
    VILLAGE,
    Population,
)
from bench.registries.words import all_words

POPULATION = Population()
RECORDS_A_PERSON = 1 + DUPLICATED * sum(share * (copies - 1) for copies, share in COPIES.items())


@dataclass(frozen=True, slots=True)
class Registry:
    """`records` as lists have them; `truth` says whose each is and what befell it; `people` are their cards."""

    records: pl.DataFrame
    truth: pl.DataFrame
    people: pl.DataFrame

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("records", "truth", "people"):
            getattr(self, name).write_parquet(folder / f"{name}.parquet")


def made_registry(people: int, *, seed: int, records: int | None = None, rates: Population = POPULATION) -> Registry:
    """A registry of so many people, or of exactly so many records (`people` is then not looked at)."""
    chances = iter(np.random.default_rng(np.random.SeedSequence(seed)).spawn(4))
    wanted = people if records is None else round(records / RECORDS_A_PERSON * 1.02) + 20
    crowd = made_people(wanted, all_words(), next(chances), rates)
    person, source = whose_records(len(crowd), records, next(chances))
    kept, truth = written(crowd, person, source, next(chances))
    return Registry(kept, truth, cards(crowd).head(int(person.max()) + 1))


def whose_records(people: int, records: int | None, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """For each record its person and its source, in no order; each person's first record comes from anywhere."""
    copies = np.where(
        chance.random(people) < DUPLICATED, chance.choice(list(COPIES), people, p=list(COPIES.values())), 1
    )
    person = np.repeat(np.arange(people), copies)
    first = chance.choice(len(SOURCES), people, p=SHARES)
    source = first[person]
    further = np.concatenate(([False], person[1:] == person[:-1])) & (chance.random(len(person)) >= SAME_SOURCE)
    for number in range(len(SOURCES)):
        others = np.array([0.0 if other == number else share for other, share in enumerate(SHARES)])
        rows = np.flatnonzero(further & (source == number))
        source[rows] = chance.choice(len(SOURCES), len(rows), p=others / others.sum())
    end = len(person) if records is None else records
    order = chance.permutation(end)
    return person[:end][order], source[:end][order]


def written(
    people: People, person: np.ndarray, source: np.ndarray, chance: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records and the truth about them."""
    befell: dict[str, np.ndarray] = {}
    names = NameErrors(source, all_words(), chance)
    old = people.born[person] < np.datetime64("1965-01-01")
    name = names.of_people(people.names[person], people.relative_word[person], people.woman[person], old)
    mother = names.of_mothers(people.mothers[person])
    missing = names.chosen("mother-missing", MOTHER)
    kinds = {}
    for rates in (NIK, BIRTH, SEX, VILLAGE, PHONE, BIRTH_PLACE):
        chosen = fields.one_kind(rates, source, chance)
        kinds[id(rates)] = chosen
        befell |= {kind: chosen == number for number, kind in enumerate(rates)}
    relative = np.minimum(people.head[person] + chance.integers(0, 3, len(person)), len(people) - 1)
    relative = np.where(people.head[relative] == people.head[person], relative, people.head[person])
    nik = written_niks(people.nik[person], people.card[person], people.nik[relative], kinds[id(NIK)], chance)
    birth = fields.birth_dates(people.born[person], kinds[id(BIRTH)], chance)
    village = fields.villages(people.village[person], kinds[id(VILLAGE)], chance)
    befell = only_changed(befell, people, person, nik, birth, village)
    record_id = pl.Series("record_id", np.arange(1, len(person) + 1)).cast(pl.String).str.zfill(8)
    records = pl.DataFrame(
        [
            ("r" + record_id).alias("record_id"),
            nik,
            in_case(name, source, chance).alias("name"),
            birth,
            fields.birth_places(people.birth_place[person], kinds[id(BIRTH_PLACE)], chance),
            fields.sexes(people.woman[person], kinds[id(SEX)]),
            *village,
            blanked(in_case(mother, source, chance), missing).alias("mother_name"),
            fields.telephones(people, person, kinds[id(PHONE)], chance),
            fields.addresses(people.address[person], source),
            pl.Series(SOURCES).gather(source).alias("source"),
        ]
    )
    befell = names.befell | befell | {"mother-missing": missing}
    truth = pl.DataFrame([records["record_id"], person_ids(person).alias("person_id")]).hstack(
        [pl.Series(kind, rows) for kind, rows in sorted(befell.items())]
    )
    return records, truth


def only_changed(
    befell: dict[str, np.ndarray],
    people: People,
    person: np.ndarray,
    nik: pl.Series,
    birth: pl.Series,
    village: pl.DataFrame,
) -> dict[str, np.ndarray]:
    """An error that left the field as it was (two like digits swapped, 5 May turned round) befell nobody."""
    never = pl.Series(np.zeros(len(person), dtype=bool))
    same = {
        "nik": (nik == as_text(people.nik[person])).fill_null(False),
        "birth": (birth == pl.Series(np.datetime_as_string(people.born[person]))).fill_null(False),
        "village": (village["village_code"] == pl.Series(all_places().code).gather(people.village[person])).fill_null(
            False
        ),
    }
    return {
        kind: rows if "place" in kind else rows & ~same.get(kind.split("-")[0], never).to_numpy()
        for kind, rows in befell.items()
    }


def in_case(names: pl.Series, source: np.ndarray, chance: np.random.Generator) -> pl.Series:
    """Civil registration writes in capitals; a village as it comes; a company mostly in capitals."""
    capitals = chance.random(len(source)) < np.array((0.35, 0.65, 1.0, 0.97))[source]
    frame = pl.DataFrame({"name": names, "capitals": capitals})
    upper, title = pl.col("name").str.to_uppercase(), pl.col("name").str.to_titlecase()
    return frame.select(pl.when("capitals").then(upper).otherwise(title).alias(names.name)).to_series()


def blanked(texts: pl.Series, rows: np.ndarray) -> pl.Series:
    return texts.clone().scatter(np.flatnonzero(rows), None)


def person_ids(numbers: np.ndarray) -> pl.Series:
    return "p" + pl.Series("person_id", numbers).cast(pl.String).str.zfill(8)


def cards(people: People) -> pl.DataFrame:
    """People as their own cards have them, and who is whose: for judging the pairs that were found or missed."""

    def other(numbers: np.ndarray) -> pl.Series:
        return blanked(person_ids(np.maximum(numbers, 0)), numbers < 0)

    words = all_words()
    return pl.DataFrame(
        [
            person_ids(np.arange(len(people))).alias("person_id"),
            as_text(people.nik),
            words.texts_of(people.names).alias("name"),
            pl.Series("birth_date", people.born),
            pl.Series("sex", np.where(people.woman, "P", "L")),
            pl.Series(all_places().code).gather(people.village).alias("village_code"),
            words.texts_of(people.mothers).alias("mother_name"),
            person_ids(people.head).alias("household_id"),
            pl.Series(["kepala", "istri", "anak"]).gather(people.role).alias("role"),
            other(people.twin_of).alias("twin_of"),
            other(people.namesake_of).alias("namesake_of"),
            pl.Series("bears_fathers_name", people.fathers_name),
        ]
    )
