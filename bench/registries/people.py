"""A population of households: who is whose wife, child and twin, and what stands on each one's card. Columns all."""

from dataclasses import dataclass

import numpy as np

from bench.registries.naming import last_word, length_of, names_for
from bench.registries.niks import Digits, digits_of, family_cards, niks_for
from bench.registries.places import ELSEWHERE, TOWNS, all_places
from bench.registries.rates import Population
from bench.registries.words import Ids, Words

SIZES = np.repeat(np.arange(1, 7), (26, 30, 20, 14, 7, 3))  # of households, counting who is old enough to work
OPERATORS = np.array((11, 12, 13, 21, 22, 52, 53, 56, 57, 58, 77, 78, 81, 82, 95, 96, 97, 98))
HEAD, WIFE, CHILD = 0, 1, 2
OLDEST, YOUNGEST = np.datetime64("1947-01-01"), np.datetime64("2008-11-20")


@dataclass(slots=True)
class People:
    """One entry a person; `twin_of` and `namesake_of` are persons, -1 where there is none."""

    head: np.ndarray
    role: np.ndarray
    woman: np.ndarray
    born: np.ndarray
    names: Ids
    mothers: Ids
    relative_word: Ids
    village: np.ndarray
    twin_of: np.ndarray
    namesake_of: np.ndarray
    fathers_name: np.ndarray
    nik: Digits
    card: Digits
    phone: Digits
    birth_place: np.ndarray
    address: np.ndarray

    def __len__(self) -> int:
        return len(self.head)


def made_people(count: int, words: Words, chance: np.random.Generator, rates: Population) -> People:
    """So many people who do not exist."""
    head = _households(count, chance)
    place = np.arange(count) - head
    woman_leads = (chance.random(count) < 0.15)[head]
    role = np.where(place == 0, HEAD, np.where((place == 1) & ~woman_leads, WIFE, CHILD))
    woman = np.where(place == 0, woman_leads, (role == WIFE) | (chance.random(count) < 0.49))
    mother = np.where(woman_leads, head, np.minimum(head + 1, count - 1))
    born = _births(head, role, mother, chance)
    twin_of = _twins(role, born, chance, rates)
    names = names_for(woman, born.astype("datetime64[Y]").astype(np.int64) + 1970, words, chance)
    fathers_name = _family_names(names, head, role, woman, words, chance, rates)
    _twin_names(names, woman, twin_of, words, chance)
    village = chance.choice(len(all_places().code), count, p=all_places().weight)[head]
    namesake_of = _namesakes(names, born, woman, village, head, chance, rates)
    mothers = names_for(np.ones(count, dtype=bool), np.full(count, 1950), words, chance)
    mothers[role == CHILD] = names[mother[role == CHILD]]
    fathers = words.draw("single_male", count, chance)
    relative = np.where((role != HEAD) & ~woman_leads, names[head, 0], fathers)
    return People(
        head=head,
        role=role,
        woman=woman,
        born=born,
        names=names,
        mothers=mothers,
        relative_word=relative.astype(np.int32),
        village=village,
        twin_of=twin_of,
        namesake_of=namesake_of,
        fathers_name=fathers_name,
        nik=_niks(head, role, woman, born, village, chance, rates),
        card=family_cards(all_places().region[village].astype(np.int64), chance)[head],
        phone=phones(count, chance)[np.where(chance.random(count) < rates.own_phone, np.arange(count), head)],
        birth_place=np.where(chance.random(count) < 0.72, 0, chance.integers(0, len(TOWNS), count)),
        address=chance.integers(0, 12 * 6 * 40, count)[head],
    )


def _households(count: int, chance: np.random.Generator) -> np.ndarray:
    """For each person, who leads the household; its members stand one after the other."""
    sizes = chance.choice(SIZES, count)
    ends = np.cumsum(sizes)
    starts = np.concatenate(([0], ends[:-1]))
    return np.repeat(starts, sizes)[:count]


def _births(head: np.ndarray, role: np.ndarray, mother: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    count = len(head)
    has_children = np.zeros(count, dtype=bool)
    has_children[head[role == CHILD]] = True
    years = np.where(has_children, chance.normal(1965, 6, count), chance.normal(1982, 11, count))
    days = np.round((years - 1970) * 365.25 + chance.integers(0, 366, count)).astype(np.int64)
    days = np.where(role == WIFE, days[head] + np.round(chance.normal(1200, 1300, count)).astype(np.int64), days)
    after = np.round((18 + 20 * chance.beta(1.6, 2.4, count)) * 365.25).astype(np.int64)
    days = np.where(role == CHILD, days[mother] + after, days)
    again = chance.integers(np.datetime64("1975-01-01").astype(np.int64), YOUNGEST.astype(np.int64), count)
    outside = (days < OLDEST.astype(np.int64)) | (days > YOUNGEST.astype(np.int64))
    return np.where(outside, again, days).astype("datetime64[D]")


def _twins(role: np.ndarray, born: np.ndarray, chance: np.random.Generator, rates: Population) -> np.ndarray:
    """Give some children the birth date of the child before them; and old people the birthdays that clerks give."""
    twin = (role == CHILD) & (np.roll(role, 1) == CHILD) & (chance.random(len(role)) < rates.twins)
    twin[0] = False
    twin &= ~np.roll(twin, 1)  # no triplets
    twin_of = np.where(twin, np.arange(len(role)) - 1, -1)
    guessed = (born < np.datetime64("1975-01-01")) & (chance.random(len(role)) < rates.default_birthday)
    offset = chance.choice((0, 364, 228), len(role), p=(0.7, 0.2, 0.1))
    first = born.astype("datetime64[Y]").astype("datetime64[D]")
    born[guessed] = (first + offset)[guessed]
    born[twin] = born[twin_of[twin]]
    return twin_of


def _family_names(
    names: Ids,
    head: np.ndarray,
    role: np.ndarray,
    woman: np.ndarray,
    words: Words,
    chance: np.random.Generator,
    rates: Population,
) -> np.ndarray:
    """What children's names take from the family; returns which sons bear their father's whole name."""
    count = len(head)
    kind = chance.random(count)[head]
    shared = np.where(
        woman,
        words.draw("female_modern_last", count, chance)[head],
        words.draw("male_modern_last", count, chance)[head],
    )
    father = np.where(woman[head], 0, names[head, 0])
    rows, last = last_word(names)
    long = length_of(names) >= 2
    brothers = (role == CHILD) & long & (kind < rates.siblings_share_last_word)
    names[rows[brothers], last[brothers]] = shared[brothers]
    after_father = (role == CHILD) & (kind > 1 - rates.named_after_father) & (father > 0) & (length_of(names) < 4)
    names[rows[after_father], last[after_father] + 1] = father[after_father]
    one_name = (role == CHILD) & ~woman & ~woman[head] & (chance.random(count) < rates.sons_of_one_name)
    names[one_name] = names[head[one_name]]
    return one_name


def _twin_names(names: Ids, woman: np.ndarray, twin_of: np.ndarray, words: Words, chance: np.random.Generator) -> None:
    """Twins of one sex are called alike: the words of the other with one changed for its neighbour in the alphabet."""
    second = np.flatnonzero((twin_of >= 0) & (chance.random(len(names)) < 0.75))
    second = second[woman[second] == woman[twin_of[second]]]
    names[second] = names[twin_of[second]]
    place = (chance.random(len(second)) * np.maximum(length_of(names[second]), 1)).astype(np.int64)
    names[second, place] = words.alike[names[second, place]]


def _namesakes(
    names: Ids,
    born: np.ndarray,
    woman: np.ndarray,
    village: np.ndarray,
    head: np.ndarray,
    chance: np.random.Generator,
    rates: Population,
) -> np.ndarray:
    """Some who live alone bear the name of somebody of their village and sex who was born on the same day."""
    count = len(head)
    alone = (head == np.arange(count)) & (np.append(head[1:], count) != head)
    order = np.lexsort((chance.random(count), woman, village))
    other = np.full(count, -1)
    other[order[1:]] = order[:-1]
    chosen = alone & (other >= 0) & (chance.random(count) < rates.namesakes_of_one_day / 0.07)
    chosen &= (village == village[other]) & (woman == woman[other]) & ~chosen[other]
    names[chosen], born[chosen] = names[other[chosen]], born[other[chosen]]
    return np.where(chosen, other, -1)


def _niks(
    head: np.ndarray,
    role: np.ndarray,
    woman: np.ndarray,
    born: np.ndarray,
    village: np.ndarray,
    chance: np.random.Generator,
    rates: Population,
) -> Digits:
    """A NIK keeps the kecamatan of its first issue, and in some the birth date of a card corrected since."""
    count = len(head)
    home = all_places().region[village].astype(np.int64)
    moved = chance.random(count) < rates.nik_from_elsewhere
    other = np.where(
        chance.random(count) < 0.5,
        np.array(ELSEWHERE, dtype=np.int64)[chance.integers(0, len(ELSEWHERE), count)],
        all_places().region[chance.integers(0, len(all_places().region), count)].astype(np.int64),
    )
    region = np.where(moved & (role != CHILD), other, home)
    old = chance.random(count) < rates.nik_keeps_old_birth_date
    then = born - np.where(old, chance.integers(-500, 500, count), 0).astype("timedelta64[D]")
    return niks_for(region, then, woman)


def phones(count: int, chance: np.random.Generator) -> Digits:
    """Numbers of twelve digits, `08` and an operator in front."""
    number = OPERATORS[chance.integers(0, len(OPERATORS), count)] * 10**8 + chance.integers(0, 10**8, count)
    return digits_of(8 * 10**10 + number, 12)
