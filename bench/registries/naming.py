"""Names as Java gives them: by sex and by when one was born. Columns of word numbers, four wide."""

import numpy as np

from bench.registries.words import Ids, Words

WIDTH = 4
# What a name is made of, and its share among those born before 1970, until 1990, and later.
PATTERNS: dict[bool, tuple[tuple[tuple[str, ...], tuple[float, float, float]], ...]] = {
    False: (
        (("single_male",), (0.42, 0.18, 0.03)),
        (("male_java", "male_second"), (0.20, 0.24, 0.08)),
        (("male_java", "single_male"), (0.08, 0.06, 0.01)),
        (("muhammad", "male_arabic"), (0.06, 0.11, 0.11)),
        (("muhammad", "male_arabic", "male_arabic"), (0.01, 0.03, 0.08)),
        (("abdul", "asma"), (0.06, 0.05, 0.02)),
        (("ahmad", "male_arabic"), (0.03, 0.06, 0.05)),
        (("male_arabic",), (0.07, 0.06, 0.01)),
        (("nur", "male_arabic"), (0.02, 0.03, 0.01)),
        (("male_modern", "male_modern_last"), (0.03, 0.13, 0.28)),
        (("male_modern", "male_modern", "male_modern_last"), (0.01, 0.03, 0.22)),
        (("muhammad", "male_modern", "male_modern_last"), (0.01, 0.02, 0.10)),
    ),
    True: (
        (("single_female",), (0.40, 0.15, 0.02)),
        (("siti", "female_arabic"), (0.18, 0.21, 0.10)),
        (("sri", "female_second"), (0.10, 0.11, 0.03)),
        (("sri", "single_female"), (0.03, 0.02, 0.00)),
        (("female_java", "female_second"), (0.12, 0.16, 0.06)),
        (("female_arabic",), (0.09, 0.06, 0.01)),
        (("nur", "female_arabic"), (0.03, 0.05, 0.03)),
        (("female_modern", "female_modern_last"), (0.03, 0.16, 0.38)),
        (("female_modern", "female_arabic"), (0.01, 0.05, 0.12)),
        (("female_modern", "female_modern", "female_modern_last"), (0.01, 0.03, 0.25)),
    ),
}


def names_for(women: np.ndarray, years: np.ndarray, words: Words, chance: np.random.Generator) -> Ids:
    """A name for each of so many people, who are women or not and born in the years given."""
    cohort = np.digitize(years, (1970, 1990))
    names = np.zeros((len(women), WIDTH), dtype=np.int32)
    pick = chance.random(len(women))
    for woman, patterns in PATTERNS.items():
        shares = np.array([share for _, share in patterns])
        upto = np.cumsum(shares / shares.sum(axis=0), axis=0).T
        of_sex = np.flatnonzero(women == woman)
        pattern = np.minimum((pick[of_sex, None] >= upto[cohort[of_sex]]).sum(axis=1), len(patterns) - 1)
        for number, (pools, _) in enumerate(patterns):
            chosen = of_sex[pattern == number]
            for place, pool in enumerate(pools):
                names[chosen, place] = words.draw(pool, len(chosen), chance)
    return without_twice(names)


def without_twice(names: Ids) -> Ids:
    """`Agus Agus` is Agus: a word drawn twice in a row is written once."""
    names[:, 1:][names[:, 1:] == names[:, :-1]] = 0
    return closed_up(names)


def closed_up(names: Ids) -> Ids:
    """Words moved to the left over the gaps, in their order."""
    order = np.argsort(names == 0, axis=1, kind="stable")
    return np.take_along_axis(names, order, axis=1)


def length_of(names: Ids) -> np.ndarray:
    return (names != 0).sum(axis=1)


def last_word(names: Ids) -> tuple[np.ndarray, np.ndarray]:
    """The rows and the places of the last words, to read or write them."""
    return np.arange(len(names)), np.maximum(length_of(names) - 1, 0)
