"""The words that names are made of, each with a number; how often each is borne; what may be written for it.

Number 0 is no word. A name is a row of numbers; whole columns of names change at once.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import yaml

Ids = np.ndarray[Any, np.dtype[np.int32]]
_FIRST_SYLLABLE = re.compile(r"^[^aiueo]*[aiueo]+(?:n(?=[^aiueo]))?(?=[^aiueo][aiueo])", re.IGNORECASE)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Pool(NamedTuple):
    """Words and how often each is drawn."""

    ids: Ids
    upto: np.ndarray[Any, np.dtype[np.float64]]


class Words:
    """All words, their pools and what stands for each."""

    def __init__(self, source: dict[str, Any]) -> None:
        self._number: dict[str, int] = {"": 0}
        self.texts = source
        self.pools = {name: self._pool(words, power) for name, (words, power) in _lists(source).items()}
        self.pools["single_male"] = self._singles(source, "male")
        self.pools["single_female"] = self._singles(source, "female")
        for word in ("Abdul", "Ahmad", "Siti", "Nur", "Sri"):
            self.pools[word.lower()] = self._pool([word], 1.0)
        groups = [line.split() for line in source["spellings"]] + [source["muhammad"].split()]
        self.spellings = {self.number(word): [self.number(w) for w in group] for group in groups for word in group}
        known = [text for text in self._number if text]
        self.initials = [[self.number(letter + dot) for letter in LETTERS] for dot in (".", "")]
        calls = {self.number(word): self.number(called(word)) for word in known}
        self.bin, self.binti = self.number("bin"), self.number("binti")
        self.series = pl.Series("word", list(self._number))
        self._tables(calls)

    def number(self, word: str) -> int:
        return self._number.setdefault(word, len(self._number))

    def draw(self, pool: str, count: int, chance: np.random.Generator) -> Ids:
        ids, upto = self.pools[pool]
        return ids[np.searchsorted(upto, chance.random(count))]

    def texts_of(self, names: Ids) -> pl.Series:
        """Rows of numbers as written names, their words parted by one space."""
        places = names.astype(np.uint32).T
        columns = [self.series.gather(ids).alias(str(place)) for place, ids in enumerate(places)]
        joined = pl.DataFrame(columns).select(pl.concat_str(pl.all(), separator=" ")).to_series()
        return joined.str.replace_all(" +", " ").str.strip_chars()

    def _pool(self, words: list[str], power: float) -> Pool:
        unique = list(dict.fromkeys(words))
        weights = 1.0 / np.arange(2, len(unique) + 2) ** power
        return _weighted(np.array([self.number(word) for word in unique], dtype=np.int32), weights)

    def _singles(self, source: dict[str, Any], sex: str) -> Pool:
        """The single names of Java: `Su` with its endings, stems with theirs (a long tail), well-known ones."""
        su = ["Su" + ending for ending in source[f"su_{sex}"].split()]
        built = [stem + end for stem in source["stems"].split() for end in source[f"{sex}_endings"].split()]
        whole = source[f"{sex}_java"].split()
        shares = []
        for share, words, power in ((0.40, su, 0.6), (0.38, built, 0.0), (0.22, whole, 0.9)):
            weights = 1.0 / np.arange(1, len(words) + 1) ** power
            shares.append(share * weights / weights.sum())
        tail = np.random.default_rng(19).lognormal(0.0, 1.2, len(built))  # the same words are rare in every registry
        shares[1] = 0.38 * tail / tail.sum()
        numbers = np.array([self.number(word) for word in su + built + whole], dtype=np.int32)
        return _weighted(numbers, np.concatenate(shares))

    def _tables(self, calls: dict[int, int]) -> None:
        size = len(self._number)
        widest = max(len(group) for group in self.spellings.values())
        self.ways = np.zeros(size, dtype=np.int32)
        self.way = np.zeros((size, widest), dtype=np.int32)
        for word, group in self.spellings.items():
            others = [other for other in group if other != word]
            self.ways[word] = len(others)
            self.way[word, : len(others)] = others
        self.called = np.arange(size, dtype=np.int32)
        for word, short in calls.items():
            self.called[word] = short
        self.initial = np.zeros((2, size), dtype=np.int32)
        for word, number in self._number.items():
            place = LETTERS.find(word[:1].upper()) if word else -1
            for style in (0, 1):
                self.initial[style, number] = self.initials[style][place] if place >= 0 else number
        self.alike = _next_in_alphabet(self.pools, list(self._number))


def called(word: str) -> str:
    """What neighbours make of a word: `Suparno` is Parno, `Aminah` Minah; a short word stays."""
    if len(word) < 6:
        return word
    return _FIRST_SYLLABLE.sub("", word).capitalize() or word


def _lists(source: dict[str, Any]) -> dict[str, tuple[list[str], float]]:
    steep = {"muhammad": 1.7, "male_java": 0.85, "female_java": 0.85}
    names = ("male_second", "female_second", "male_arabic", "asma", "female_arabic", "male_modern", "male_modern_last")
    more = ("female_modern", "female_modern_last", *steep)
    return {name: (source[name].split(), steep.get(name, 0.7)) for name in (*names, *more)}


def _weighted(ids: Ids, weights: np.ndarray[Any, Any]) -> Pool:
    upto = np.cumsum(weights / weights.sum())
    upto[-1] = 1.0
    return Pool(ids, upto)


def _next_in_alphabet(pools: dict[str, Pool], texts: list[str]) -> Ids:
    """For each word the one beside it in its pool's alphabet: what parents call a twin."""
    alike = np.arange(len(texts), dtype=np.int32)
    for name, pool in pools.items():
        if name != "muhammad":
            ordered = np.array(sorted(pool.ids, key=lambda number: texts[number]), dtype=np.int32)
            alike[ordered] = np.roll(ordered, -1)
    return alike


@cache
def all_words() -> Words:
    path = Path(__file__).with_name("names.yaml")
    return Words(yaml.safe_load(path.read_text(encoding="utf-8")))
