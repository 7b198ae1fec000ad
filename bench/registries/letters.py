"""Errors in the letters of a text, over whole columns: typing, sounds, old spelling, lost and added spaces."""

from typing import Any

import numpy as np
import polars as pl

NEAR = {
    letter: near
    for row in (
        "a:sqz b:vn c:xv d:sfe e:wr f:dg g:fh h:gj i:uo j:hk k:jl l:kp m:n",
        "n:mb o:ip p:o q:wa r:et s:ad t:ry u:yi v:cb w:qe x:zc y:tu z:xa",
    )
    for letter, near in (pair.split(":") for pair in row.split())
}
# Sounds that are written for one another. Each is tried in one direction; the first place is changed.
SOUNDS = tuple(
    (sound, other)
    for row in (
        "f>p v>f f>v p>f sy>s kh>k kh>h ch>kh z>j j>z th>t dh>d sh>s dl>dh ai>ae ae>ai iy>i ia>iya ua>uwa h$>",
        "o>u u>o q>k k>q nn>n mm>m ll>l dd>d y$>i i$>y ks>x d$>t b$>p g>gh e>i",
    )
    for sound, other in (pair.split(">") for pair in row.split())
)
OLD = (("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"))  # y last: its j is not the new spelling's


def adjacent_letters() -> np.ndarray[Any, Any]:
    """For each of 128 characters three that stand beside it on the keyboard; itself where it is no letter."""
    table = np.repeat(np.arange(128, dtype=np.uint32)[:, None], 3, axis=1)
    for letter, near in NEAR.items():
        for shift in (str.lower, str.upper):
            table[ord(shift(letter))] = [ord(shift(near[place % len(near)])) for place in range(3)]
    return table


ADJACENT = adjacent_letters()


def mistyped(texts: pl.Series, chance: np.random.Generator) -> pl.Series:
    """One slip of the finger in each: a letter beside it, lost, doubled, or two swapped; seldom the first."""
    if not len(texts):
        return texts
    width = int(texts.str.len_chars().max() or 0) + 2  # type: ignore[arg-type]
    letters = texts.to_numpy().astype(f"U{width}").view(np.uint32).reshape(len(texts), width)
    lengths = (letters != 0).sum(axis=1)
    rows = np.arange(len(texts))
    first = np.where(chance.random(len(texts)) < 0.92, 1, 0)
    at = np.minimum(
        first + (chance.random(len(texts)) * (lengths - first)).astype(np.int64), np.maximum(lengths - 1, 0)
    )
    slip = chance.choice(4, len(texts), p=(0.40, 0.25, 0.20, 0.15))
    column = np.arange(width)[None, :]
    source = np.repeat(column, len(texts), axis=0)
    source = np.where((slip == 1)[:, None] & (column >= at[:, None]), column + 1, source)
    source = np.where((slip == 2)[:, None] & (column > at[:, None]), column - 1, source)
    swapped = rows[(slip == 3) & (at + 1 < lengths)]
    source[swapped, at[swapped]], source[swapped, at[swapped] + 1] = at[swapped] + 1, at[swapped]
    changed = np.take_along_axis(letters, np.clip(source, 0, width - 1), axis=1)
    beside = rows[slip == 0]
    changed[beside, at[beside]] = ADJACENT[changed[beside, at[beside]] % 128, chance.integers(0, 3, len(beside))]
    return pl.Series(texts.name, np.ascontiguousarray(changed).view(f"U{width}").ravel())


def resounded(texts: pl.Series, chance: np.random.Generator) -> pl.Series:
    """One sound in each written otherwise, of those it has."""
    return _one_of(texts, SOUNDS, chance)


def in_old_spelling(texts: pl.Series) -> pl.Series:
    """As before 1972, all over: `Djoko Soeprijanto`."""
    for new, old in OLD:
        texts = texts.str.replace_all(f"(?i){new}", old)
    return texts


def respaced(texts: pl.Series, chance: np.random.Generator) -> pl.Series:
    """A space too few (`Sriwahyuni`) or too many (`Nur Hayati`)."""
    joined = texts.str.replace(r"(\w{2,}) (\w)", "${1}${2}")
    split = texts.str.replace(r"(?i)\b(Nur|Sri|Siti|Abdul|Abdur|Khoirul|Muh|Tri|Dwi|Su)([a-z]{4,})", "${1} ${2}")
    choose = pl.Series(chance.random(len(texts)) < 0.5)
    split_chosen = choose & (split != texts)
    return pl.select(pl.when(split_chosen).then(split).otherwise(joined)).to_series().alias(texts.name)


def _one_of(texts: pl.Series, rules: tuple[tuple[str, str], ...], chance: np.random.Generator) -> pl.Series:
    if not len(texts):
        return texts
    having = np.stack([texts.str.contains(f"(?i){sound}").to_numpy() for sound, _ in rules], axis=1)
    rule = np.argmax(having * (chance.random(having.shape) + 1e-9), axis=1)
    out = texts.to_numpy().copy()
    for number, (sound, other) in enumerate(rules):
        rows = np.flatnonzero((rule == number) & having[:, number])
        if len(rows):
            out[rows] = texts.gather(rows).str.replace(f"(?i){sound}", other).to_numpy()
    return pl.Series(texts.name, out, dtype=pl.String)
