"""Whether two records without a NIK in common are likely one person's: a rule for few candidates, in plain Python.

It answers for a note on a row of a list, which a person reads; it links nobody. Names must agree and sound alike in
their telling word; beside them two independent facts must hold, of which the weak ones (village) do not count alone.
Populations are compared by the model of `matching`, not by this.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from payung.matching.blocking import phone_digits, telling_word
from payung.matching.names import names_agree

REASONS: Final = ("nik", "birth", "mother", "phone", "village")
# What is enough beside the name, in the order of how much it tells.
_ENOUGH: Final = (
    frozenset({"nik", "birth"}),
    frozenset({"birth", "mother"}),
    frozenset({"birth", "phone"}),
    frozenset({"nik", "mother"}),
    frozenset({"nik", "phone"}),
    frozenset({"mother", "phone"}),
)
_NIK_LENGTH = 16


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """What is compared of a person; texts may be empty. Prints nothing of it."""

    nik: str
    name: str
    birth_date: date | None
    village_code: str
    mother: str
    phone: str


def names_alike(one: str, other: str) -> bool:
    """Whether two names may be one person's where no NIK says so: stricter than `names_agree`.

    >>> names_alike("Hj. Siti Aminnah", "AMINAH")
    False
    >>> names_alike("Hj. Siti Aminnah", "St. Aminah")
    True
    >>> names_alike("Ani", "Uli")
    False
    """
    return telling_word(one) == telling_word(other) and names_agree(one, other)


def shared_facts(one: Facts, other: Facts) -> frozenset[str]:
    """Which facts two records share; a NIK that differs by one slip of the finger counts as shared."""
    shared = {
        "nik": is_one_slip_apart(one.nik, other.nik),
        "birth": _same_birth(one.birth_date, other.birth_date),
        "mother": bool(one.mother and other.mother) and names_alike(one.mother, other.mother),
        "phone": bool(one.phone and other.phone) and phone_digits(one.phone) == phone_digits(other.phone),
        "village": bool(one.village_code) and one.village_code == other.village_code,
    }
    return frozenset(fact for fact in REASONS if shared[fact])


def is_likely_one_person(one: Facts, other: Facts) -> bool:
    """Say whether the two are likely one person, twins and namesakes apart."""
    if not names_alike(one.name, other.name):
        return False
    shared = shared_facts(one, other)
    # A row whose NIK cannot be read has nothing else to be known by: its village counts where its day of birth does.
    without_nik = not one.nik or not other.nik
    return any(enough <= shared for enough in _ENOUGH) or (without_nik and {"birth", "village"} <= shared)


def is_one_slip_apart(one: str, other: str) -> bool:
    """Whether two NIKs differ by one digit, or by two neighbours that changed places.

    >>> is_one_slip_apart("3324151703900003", "3324151703900008")
    True
    >>> is_one_slip_apart("3324151703900003", "3324151730900003")
    True
    >>> is_one_slip_apart("3324151703900003", "3324151703900003")
    False
    """
    if not len(one) == len(other) == _NIK_LENGTH:
        return False
    places = [place for place in range(_NIK_LENGTH) if one[place] != other[place]]
    if len(places) == 2 and places[1] == places[0] + 1:
        return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    return len(places) == 1


def _same_birth(one: date | None, other: date | None) -> bool:
    """The same day, unless it is the one that offices write for a day that nobody knows."""
    return one is not None and one == other and (one.month, one.day) != (1, 1)
