"""What lists do to names: first to their words (as numbers), then to their letters. Each notes whom it befell."""

from collections.abc import Callable

import numpy as np
import polars as pl

from bench.registries.letters import in_old_spelling, mistyped, resounded, respaced
from bench.registries.naming import closed_up, length_of
from bench.registries.rates import MOTHER, NAME
from bench.registries.words import Ids, Words

Befell = dict[str, np.ndarray]
Change = Callable[[Ids, np.ndarray], Ids]


class NameErrors:
    """Changes a column of names by the rates of each record's source; `befell` says which kinds changed which rows."""

    def __init__(self, source: np.ndarray, words: Words, chance: np.random.Generator) -> None:
        self.source, self.words, self.chance = source, words, chance
        self.befell: Befell = {}

    def of_people(self, names: Ids, relative_word: Ids, woman: np.ndarray, old: np.ndarray) -> pl.Series:
        """People's own names; `old` multiplies the old spelling for those born before 1965."""
        names = np.pad(names, ((0, 0), (0, 2)))
        names = self._words("name-spelling", names, NAME, self._respelt)
        names = self._words("name-called", names, NAME, self._called)
        names = self._words("name-initial", names, NAME, self._initialled)
        names = self._words("name-word-dropped", names, NAME, self._dropped)
        names = self._words("name-words-swapped", names, NAME, self._swapped)
        names = self._words(
            "name-relative-added", names, NAME, lambda some, rows: self._added(some, relative_word[rows], woman[rows])
        )
        texts = self.words.texts_of(closed_up(names))
        often = np.where(old, 5.0, 0.5)
        texts = self._letters("name-old-spelling", texts, NAME, in_old_spelling, often)
        texts = self._letters("name-phonetic", texts, NAME, lambda some: resounded(some, self.chance))
        texts = self._letters("name-space", texts, NAME, lambda some: respaced(some, self.chance))
        texts = self._letters("name-typing", texts, NAME, lambda some: mistyped(some, self.chance))
        texts = self._letters("name-title", texts, NAME, self._titled)
        texts = by_sex(texts, self.befell["name-title"], woman)
        return self._letters("name-late", texts, NAME, lambda some: self._wrapped(some, "late"))

    def of_mothers(self, names: Ids) -> pl.Series:
        names = self._words("mother-spelling", names, MOTHER, self._respelt)
        names = self._words("mother-word-dropped", names, MOTHER, self._dropped)
        texts = self.words.texts_of(closed_up(names))
        return self._letters("mother-typing", texts, MOTHER, lambda some: mistyped(some, self.chance))

    def chosen(self, kind: str, rates: dict[str, tuple[float, ...]], often: np.ndarray | float = 1.0) -> np.ndarray:
        return self.chance.random(len(self.source)) < np.array(rates[kind])[self.source] * often

    def _words(self, kind: str, names: Ids, rates: dict[str, tuple[float, ...]], change: Change) -> Ids:
        """Names with the change done to some of them; the kind is noted where it made a difference."""
        often = 2.0 if kind.endswith("-spelling") else 1.0  # of half the names no word has another spelling
        rows = np.flatnonzero(self.chosen(kind, rates, often))
        changed = names.copy()
        changed[rows] = closed_up(change(names[rows], rows))
        self.befell[kind] = (changed != names).any(axis=1)
        return changed

    def _letters(
        self,
        kind: str,
        texts: pl.Series,
        rates: dict[str, tuple[float, ...]],
        change: Callable[[pl.Series], pl.Series],
        often: np.ndarray | float = 1.0,
    ) -> pl.Series:
        rows = np.flatnonzero(self.chosen(kind, rates, often))
        changed = texts.clone().scatter(rows, change(texts.gather(rows)))
        self.befell[kind] = (changed != texts).to_numpy()
        return changed

    def _respelt(self, names: Ids, rows: np.ndarray) -> Ids:
        """One word that has other spellings, in one of them."""
        ways = self.words.ways[names]
        place = np.argmax((ways > 0) * (self.chance.random(names.shape) + 1e-9), axis=1)
        every = np.arange(len(names))
        word = names[every, place]
        way = (self.chance.random(len(names)) ** 1.6 * self.words.ways[word]).astype(np.int64)  # the first are commoner
        names[every, place] = np.where(self.words.ways[word] > 0, self.words.way[word, way], word)
        return names

    def _called(self, names: Ids, rows: np.ndarray) -> Ids:
        """What the neighbours say: one word's end, with the rest of the name or alone."""
        place = self._some_place(names)
        every = np.arange(len(names))
        short = self.words.called[names[every, place]]
        alone = np.zeros_like(names)
        alone[:, 0] = short
        within = names.copy()
        within[every, place] = short
        return np.where((self.chance.random(len(names)) < 0.4)[:, None], alone, within)

    def _initialled(self, names: Ids, rows: np.ndarray) -> Ids:
        """One word of several by its first letter, with a point or without."""
        place = self._some_place(names)
        every = np.arange(len(names))
        style = (self.chance.random(len(names)) < 0.3).astype(np.int64)
        initial = self.words.initial[style, names[every, place]]
        names[every, place] = np.where(length_of(names) > 1, initial, names[every, place])
        return names

    def _dropped(self, names: Ids, rows: np.ndarray) -> Ids:
        place = self._some_place(names)
        every = np.arange(len(names))
        names[every, place] = np.where(length_of(names) > 1, 0, names[every, place])
        return names

    def _swapped(self, names: Ids, rows: np.ndarray) -> Ids:
        long = length_of(names) > 1
        names[long, 0], names[long, 1] = names[long, 1], names[long, 0].copy()
        return names

    def _added(self, names: Ids, relative: Ids, woman: np.ndarray) -> Ids:
        """The father's or husband's name behind one's own, with `bin` or without."""
        length = np.minimum(length_of(names), names.shape[1] - 2)
        every = np.arange(len(names))
        between = np.where(woman, self.words.binti, self.words.bin)
        names[every, length] = np.where(self.chance.random(len(names)) < 0.4, between, 0)
        names[every, length + 1] = relative
        return names

    def _some_place(self, names: Ids) -> np.ndarray:
        return (self.chance.random(len(names)) * np.maximum(length_of(names), 1)).astype(np.int64)

    def _titled(self, texts: pl.Series) -> pl.Series:
        before = pl.Series(self.chance.random(len(texts)) < 0.65)
        frame = pl.DataFrame(
            {
                "before": before,
                "one": self._from_list("titles_before", len(texts)) + " " + texts,
                "two": texts + self._from_list("titles_after", len(texts)),
            }
        )
        return frame.select(pl.when("before").then("one").otherwise("two").alias("name")).to_series()

    def _wrapped(self, texts: pl.Series, name: str) -> pl.Series:
        mark = self._from_list(name, len(texts))
        frame = pl.DataFrame({"mark": mark, "name": texts})
        behind = pl.col("mark").str.starts_with(" ")
        return frame.select(
            pl.when(behind)
            .then(pl.col("name") + pl.col("mark"))
            .otherwise(pl.col("mark").str.strip_chars() + " " + pl.col("name"))
            .alias("name")
        ).to_series()

    def _from_list(self, name: str, count: int) -> pl.Series:
        """Titles in rough order of use; `_` stands for a space."""
        choices = [text.replace("_", " ") for text in self.words.texts[name].split()]
        place = (self.chance.random(count) ** 1.8 * len(choices)).astype(np.int64)
        return pl.Series(choices, dtype=pl.String).gather(place)


FOR_MEN_AND_WOMEN = (
    ("H. ", "Hj. "),
    ("H ", "Hj "),
    ("Drs. ", "Dra. "),
    ("Bpk. ", "Ibu "),
    ("Tn. ", "Ny. "),
    ("R. ", "Rr. "),
)


def by_sex(texts: pl.Series, titled: np.ndarray, woman: np.ndarray) -> pl.Series:
    """The titles drawn, as they are for men and for women."""
    out = texts.clone()
    for male, female in FOR_MEN_AND_WOMEN:
        for wrong, right, whose in ((male, female, woman), (female, male, ~woman)):
            rows = np.flatnonzero(titled & whose)
            some = out.gather(rows)
            led = some.str.starts_with(wrong).to_numpy()
            out = out.scatter(rows[led], right + some.filter(pl.Series(led)).str.slice(len(wrong)))
    return out
