"""Synthetic people: nobody here exists. The same seed gives the same people.

Names are put together from common given names; NIKs follow the form (region, date, serial) and are unique in one run.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import yaml

_NAMES = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
MEN, WOMEN, FAMILY = _NAMES["men"], _NAMES["women"], _NAMES["family"]
TOWNS = ["Kendal", "Kendal", "Kendal", "Kendal", "Semarang", "Batang", "Temanggung", "Demak", "Pekalongan"]
INCOMES = [600_000, 800_000, 900_000, 1_000_000, 1_000_000, 1_200_000, 1_500_000, 1_800_000]


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """Somebody who does not exist."""

    nik: str
    name: str
    birth_place: str
    birth_date: date
    sex: str
    village_code: str
    occupation_code: str
    income_rp: int
    phone: str
    mother: str
    address: str
    desil: int | None


def mistyped(person: SyntheticPerson) -> SyntheticPerson:
    """The same person under a NIK whose last digit but one was read wrongly."""
    wrong = (int(person.nik[14]) + 5) % 10
    return replace(person, nik=f"{person.nik[:14]}{wrong}{person.nik[15]}")


def with_one_phone(people: Sequence[SyntheticPerson], count: int) -> list[SyntheticPerson]:
    """The same people, the first so many of them with the telephone of their foreman."""
    return [*(replace(person, phone=people[0].phone) for person in people[:count]), *people[count:]]


class People:
    """A stream of people, all different. `villages` are codes, `occupations` the book's codes."""

    def __init__(self, seed: int, *, villages: Sequence[str], occupations: Sequence[str], on: date) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # made-up people need no secrets
        self._villages, self._occupations, self._on = villages, occupations, on
        self._taken: set[str] = set()

    def many(self, count: int) -> Iterator[SyntheticPerson]:
        """Give so many more people."""
        for _ in range(count):
            yield self.one()

    def one(self) -> SyntheticPerson:
        """Give one more person, of an age at which they may be registered."""
        chance = self._chance
        sex = "P" if chance.random() < 0.42 else "L"
        village = chance.choice(self._villages)
        born = self._on - timedelta(days=chance.randint(19 * 366, 64 * 365))
        return SyntheticPerson(
            nik=self._nik(village, born, sex),
            name=self._name(sex),
            birth_place=chance.choice(TOWNS),
            birth_date=born,
            sex=sex,
            village_code=village,
            occupation_code=chance.choice(self._occupations),
            income_rp=chance.choice(INCOMES),
            phone=f"08{chance.randint(10**9, 10**10 - 1)}",
            mother=chance.choice(WOMEN),
            address=f"Dk. {chance.choice(FAMILY)} RT {chance.randint(1, 9):02d} RW {chance.randint(1, 6):02d}",
            desil=chance.choice([1, 1, 2, 2, 3, 3, 4, 5, None]),
        )

    def _name(self, sex: str) -> str:
        chance = self._chance
        parts = [chance.choice(WOMEN if sex == "P" else MEN)]
        if chance.random() < 0.85:
            parts.append(chance.choice(FAMILY if sex == "L" or chance.random() < 0.5 else WOMEN))
        if chance.random() < 0.2:
            parts.append(chance.choice(FAMILY))
        return " ".join(dict.fromkeys(parts))

    def _nik(self, village: str, born: date, sex: str) -> str:
        day = born.day + (40 if sex == "P" else 0)
        stem = f"{village[:8].replace('.', '')}{day:02d}{born.month:02d}{born.year % 100:02d}"
        while True:
            nik = f"{stem}{self._chance.randint(1, 9999):04d}"
            if nik not in self._taken:
                self._taken.add(nik)
                return nik
