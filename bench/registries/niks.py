"""NIKs and family card numbers of the right form, as columns of sixteen digits; and what lists do to them."""

from typing import Any

import numpy as np
import polars as pl

from bench.registries.rates import NIK

Digits = np.ndarray[Any, np.dtype[np.uint8]]


def year_month_day(days: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return year, months.astype(np.int64) % 12 + 1, (days - months.astype("datetime64[D]")).astype(np.int64) + 1


def digits_of(values: np.ndarray, width: int) -> Digits:
    powers = 10 ** np.arange(width - 1, -1, -1)
    return (values[:, None] // powers % 10).astype(np.uint8)


def niks_for(region: np.ndarray, born: np.ndarray, women: np.ndarray) -> Digits:
    """One NIK each, no two alike: people of one region, day and sex bear serials one after the other."""
    year, month, day = year_month_day(born)
    dated = (day + 40 * women) * 10_000 + month * 100 + year % 100
    group = region.astype(np.int64) * 1_000_000 + dated
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    new = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    starts = np.maximum.accumulate(np.where(new, np.arange(len(group)), 0))
    serial = np.empty(len(group), dtype=np.int64)
    # Those already numbered are children or not in any list: the first serial in the registry is not always 0001.
    serial[order] = np.arange(len(group)) - starts + 1 + ordered * 2_654_435_761 % 2**32 % 4
    return digits_of(group * 10_000 + serial, 16)


def family_cards(region: np.ndarray, chance: np.random.Generator) -> Digits:
    issued = np.datetime64("2006-01-01") + chance.integers(0, 19 * 365, len(region)).astype("timedelta64[D]")
    year, month, day = year_month_day(issued)
    serial = chance.integers(1, 9_999, len(region))
    dated = day * 10_000 + month * 100 + year % 100
    return digits_of((region.astype(np.int64) * 1_000_000 + dated) * 10_000 + serial, 16)


def as_text(digits: Digits) -> pl.Series:
    plain = np.ascontiguousarray(digits + ord("0")).view(f"S{digits.shape[1]}").ravel()
    return pl.Series("nik", plain.astype(f"U{digits.shape[1]}"))


def written_niks(
    own: Digits, card: Digits, relative: Digits, kind: np.ndarray, chance: np.random.Generator
) -> pl.Series:
    """The NIK of each record as its list has it; `kind` is a number of `NIK`'s kinds, or one past them: as it is."""
    number = {name: place for place, name in enumerate(NIK)}
    digits = own.copy()
    rows = np.flatnonzero(kind == number["nik-digit"])
    places = chance.integers(0, 16, len(rows))
    digits[rows, places] = (digits[rows, places] + chance.integers(1, 10, len(rows))) % 10
    rows = np.flatnonzero(kind == number["nik-swapped"])
    places = chance.integers(0, 15, len(rows))
    digits[rows, places], digits[rows, places + 1] = digits[rows, places + 1], digits[rows, places].copy()
    for name, source in (("nik-family-card", card), ("nik-of-relative", relative)):
        rows = np.flatnonzero(kind == number[name])
        digits[rows] = source[rows]
    digits[kind == number["nik-rounded"], 15] = 0
    text = as_text(digits)
    lost = chance.integers(0, 16, len(text))
    frame = pl.DataFrame({"nik": text, "kind": kind, "lost": lost})
    nik = pl.col("nik")
    scientific = nik.str.head(1) + "," + nik.str.slice(1, 5) + "E+15"
    short = nik.str.slice(0, pl.col("lost")) + nik.str.slice(pl.col("lost") + 1)
    return frame.select(
        pl.when(pl.col("kind") == number["nik-missing"])
        .then(None)
        .when(pl.col("kind") == number["nik-scientific"])
        .then(scientific)
        .when(pl.col("kind") == number["nik-short"])
        .then(short)
        .otherwise(nik)
        .alias("nik")
    ).to_series()
