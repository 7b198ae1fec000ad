"""What the account speaks of: records, payers, promises, ways, what is asked, what is paid.

A `handle` is the program's object as it was when the deed was done: deeds are given it as a page that was opened then.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from payung.kernel.funds import Sektor, SumberDana

Ways = list["Way"]


@dataclass(slots=True, eq=False)
class Record:
    """One record of the registry."""

    number: int
    pk: int
    sector: Sektor
    born: date
    died_on: date | None = None
    into: "Record | None" = None

    @property
    def person(self) -> "Record":
        return self.into.person if self.into else self


@dataclass(slots=True, eq=False)
class Payer:
    code: str
    funds: SumberDana
    handle: Any


@dataclass(slots=True, eq=False)
class Promise:
    """A pledge."""

    payer: Payer
    quota: int
    first: int
    months: int
    base_rp: int
    handle: Any
    ways: Ways = field(default_factory=list)
    covered: Counter[int] = field(default_factory=Counter)
    asked: Counter[int] = field(default_factory=Counter)
    withdrawn: bool = False

    @property
    def last(self) -> int:
        return self.first + self.months - 1


@dataclass(slots=True, eq=False)
class Way:
    """A way in: who, under whom, at which place."""

    record: Record
    payer: Payer
    pk: int
    promise: Promise | None = None
    position: int = 0
    due: bool = False
    ended_on: date | None = None
    from_month: int | None = None


@dataclass(slots=True, eq=False)
class Due:
    """One worker's month on a notice; `paid` says which payments covered it, with how much each."""

    way: Way
    month: int
    jkk_rp: int
    jkm_rp: int
    live: bool = True
    paid: dict["Paid", int] | None = None
    paid_jkk: int = 0
    paid_jkm: int = 0
    since: date = date.min
    arrears: bool = False


@dataclass(slots=True, eq=False)
class Asked:
    """A notice. `due_rp` is what is asked for altogether, at BPJS's figure where there is one."""

    number: str
    promise: Promise
    first: int
    months: int
    order: int
    dues: list[Due]
    due_rp: int
    handle: Any
    spent_rp: int = 0
    rate: tuple[int, int] = (1, 1)
    codes: list[tuple[str, int]] = field(default_factory=list)
    payments: list["Paid"] = field(default_factory=list)
    single: set["Paid"] = field(default_factory=set)
    withdrawn: bool = False

    @property
    def open_rp(self) -> int:
        return self.due_rp - self.spent_rp

    @property
    def in_use(self) -> bool:
        """Money was recorded on it, or went to it and was not taken back whole."""
        live = any(not paid.reversed for paid in self.payments) or any(not paid.reversed for paid in self.single)
        return live or any(due.paid and len(due.paid) > 1 for due in self.dues)


@dataclass(slots=True, eq=False)
class Paid:
    """A payment; `left_rp` is not spent yet."""

    key: str
    payer: Payer
    amount_rp: int
    paid_on: date
    order: int
    code: str
    handle: Any
    left_rp: int = 0
    notice: Asked | None = None
    confirmed: bool = False
    reversed: bool = False
    reached: set[Asked] = field(default_factory=set)
