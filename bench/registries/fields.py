"""What lists do to birth dates, sex, village, phone and address. Each returns its column and notes whom it befell."""

import numpy as np
import polars as pl

from bench.registries.letters import mistyped
from bench.registries.niks import as_text, year_month_day
from bench.registries.people import People, phones
from bench.registries.places import TOWNS, all_places
from bench.registries.rates import BIRTH, BIRTH_PLACE, PHONE, SEX, VILLAGE

Befell = dict[str, np.ndarray]
Rates = dict[str, tuple[float, ...]]


def one_kind(rates: Rates, source: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """For each record the number of the one kind of error that befalls it, or one past the last."""
    upto = np.cumsum(np.array(list(rates.values())), axis=0).T
    return (chance.random(len(source))[:, None] >= upto[source]).sum(axis=1)


def birth_dates(born: np.ndarray, kind: np.ndarray, chance: np.random.Generator) -> pl.Series:
    """ISO dates; only the year where only that is known; nothing where nothing."""
    year, month, day = year_month_day(born)
    number = {name: place for place, name in enumerate(BIRTH)}
    count = len(born)
    is_kind = {name: kind == place for name, place in number.items()}
    step = chance.choice((-1, 1), count)
    far = chance.choice((1, 2, 10), count, p=(0.6, 0.15, 0.25))
    year = year + np.where(is_kind["birth-year-off"], step * far, 0)
    month = np.where(is_kind["birth-month-off"], (month - 1 + step) % 12 + 1, month)
    near = np.where((day + step >= 1) & (day + step <= 28), day + step, np.maximum(day - 1, 1))
    day = np.where(is_kind["birth-day-off"], near, day)
    swapped = is_kind["birth-day-month-swapped"] & (day <= 12)
    day, month = np.where(swapped, month, day), np.where(swapped, day, month)
    first = is_kind["birth-first-of-january"]
    day, month = np.where(first, 1, day), np.where(first, 1, month)
    day = np.where((is_kind["birth-month-off"] | is_kind["birth-year-off"]) & (day > 28), 28, day)
    frame = pl.DataFrame({"year": year, "month": month, "day": day, "kind": kind})
    whole = pl.format(
        "{}-{}-{}", "year", pl.col("month").cast(pl.String).str.zfill(2), pl.col("day").cast(pl.String).str.zfill(2)
    )
    return frame.select(
        pl.when(pl.col("kind") == number["birth-missing"])
        .then(None)
        .when(pl.col("kind") == number["birth-year-only"])
        .then(pl.col("year").cast(pl.String))
        .otherwise(whole)
        .alias("birth_date")
    ).to_series()


def sexes(woman: np.ndarray, kind: np.ndarray) -> pl.Series:
    wrong, missing = (list(SEX).index(name) for name in ("sex-wrong", "sex-missing"))
    letter = np.where(woman ^ (kind == wrong), "P", "L")
    return pl.Series("sex", np.where(kind == missing, "", letter)).replace("", None)


def villages(own: np.ndarray, kind: np.ndarray, chance: np.random.Generator) -> pl.DataFrame:
    """The village as written, its kecamatan, and its code where the written name is one of the kecamatan's villages."""
    places = all_places()
    number = {name: place for place, name in enumerate(VILLAGE)}
    elsewhere = chance.choice(len(places.code), len(own), p=places.weight)
    village = np.where(kind == number["village-moved"], elsewhere, own)
    village = np.where(kind == number["village-neighbour"], places.neighbour(own, chance), village)
    rows = np.flatnonzero(kind == number["village-misspelt"])
    name = (
        pl.Series("village", places.name)[village.tolist()] if not len(own) else pl.Series(places.name).gather(village)
    )
    name = name.scatter(rows, mistyped(name.gather(rows), chance))
    unknown = (kind == number["village-misspelt"]) | (kind == number["village-missing"])
    missing = pl.Series(kind == number["village-missing"])
    frame = pl.DataFrame(
        {
            "village_code": pl.Series(places.code).gather(village),
            "village": name,
            "kecamatan": pl.Series(places.kecamatan).gather(village),
            "unknown": unknown,
            "missing": missing,
        }
    )
    return frame.select(
        pl.when("unknown").then(None).otherwise("village_code").alias("village_code"),
        pl.when("missing").then(None).otherwise("village").alias("village"),
        pl.when("missing").then(None).otherwise("kecamatan").alias("kecamatan"),
    )


def telephones(people: People, person: np.ndarray, kind: np.ndarray, chance: np.random.Generator) -> pl.Series:
    """As lists write them: with 0, +62 or 62, in groups, or with the zero that Excel ate."""
    number = {name: place for place, name in enumerate(PHONE)}
    digits = people.phone[person].copy()
    changed = np.flatnonzero(kind == number["phone-changed"])
    digits[changed] = phones(len(changed), chance)
    relatives = np.flatnonzero(kind == number["phone-relatives"])
    digits[relatives] = people.phone[people.head[person[relatives]]]
    style = chance.choice(5, len(person), p=(0.70, 0.10, 0.05, 0.10, 0.05))
    frame = pl.DataFrame({"phone": as_text(digits), "style": style, "kind": kind})
    phone, rest = pl.col("phone"), pl.col("phone").str.slice(1)
    grouped = phone.str.slice(0, 4) + "-" + phone.str.slice(4, 4) + "-" + phone.str.slice(8)
    return frame.select(
        pl.when(pl.col("kind") == number["phone-missing"])
        .then(None)
        .when(pl.col("style") == 1)
        .then("+62" + rest)
        .when(pl.col("style") == 2)
        .then("62" + rest)
        .when(pl.col("style") == 3)
        .then(grouped)
        .when(pl.col("style") == 4)
        .then(rest)
        .otherwise(phone)
        .alias("phone")
    ).to_series()


def birth_places(town: np.ndarray, kind: np.ndarray, chance: np.random.Generator) -> pl.Series:
    missing, other = (list(BIRTH_PLACE).index(name) for name in ("birth-place-missing", "birth-place-other"))
    town = np.where(kind == other, chance.integers(0, len(TOWNS), len(town)), town)
    written = np.array([*TOWNS, ""])[np.where(kind == missing, len(TOWNS), town)]
    return pl.Series("birth_place", written).replace("", None)


def addresses(house: np.ndarray, source: np.ndarray) -> pl.Series:
    """The neighbourhood, in each source's manner."""
    frame = pl.DataFrame({"rt": house % 12 + 1, "rw": house // 12 % 6 + 1, "hamlet": house // 72, "source": source})
    hamlets = pl.Series(["Krajan", "Kauman", "Ngasinan", "Sumber", "Gondang", "Kalirejo", "Tegalsari", "Jetis"])
    named = frame.with_columns(hamlet=hamlets.gather(frame["hamlet"] % 8))
    padded = [pl.col(name).cast(pl.String).str.zfill(3) for name in ("rt", "rw")]
    return named.select(
        pl.when(pl.col("source") <= 1)
        .then(pl.format("Dk. {} RT {}/RW {}", "hamlet", "rt", "rw"))
        .otherwise(pl.format("DUSUN {} RT.{} RW.{}", pl.col("hamlet").str.to_uppercase(), *padded))
        .alias("address")
    ).to_series()
