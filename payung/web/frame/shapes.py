"""What the picture-like components are given: parts of a bar, cells of months, chips, events. Plain values.

Tones of state: `ok`, `wait`, `bad`, `info`, `off`; tones of kind (payers, series): `1` to `6`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from payung.kernel.month import Month

BAR_WIDTH = 1000
SLIVER = 8  # the least width of a part that is not nothing, so that three rows of ten thousand are still seen


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of a fate bar: how many, which words, where it leads, and its stretch of the bar."""

    label: str
    count: int
    tone: str
    href: str = ""
    active: bool = False
    x: int = 0
    width: int = 0


@dataclass(frozen=True, slots=True)
class FateBar:
    """A bar whose parts add up to the whole; each part filters the list below."""

    parts: tuple[BarPart, ...]
    total: int


def fate_bar(parts: Iterable[BarPart]) -> FateBar:
    """Lay the parts out. A part without rows keeps its word and gets no stretch."""
    given = list(parts)
    total = sum(part.count for part in given)
    widths = [max(SLIVER, round(part.count * BAR_WIDTH / total)) if part.count else 0 for part in given]
    if total:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] += BAR_WIDTH - sum(widths)
    laid, x = [], 0
    for part, width in zip(given, widths, strict=True):
        laid.append(BarPart(part.label, part.count, part.tone, part.href, part.active, x, width))
        x += width
    return FateBar(tuple(laid), total)


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One month of a strip: its tone, a shape that says the same without colour (`●`, `○`, `!`), and the words."""

    month: Month
    label: str
    tone: str = "off"
    shape: str = ""
    href: str = ""
    filled: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class YearOfMonths:
    """A row of a month grid."""

    year: int
    cells: tuple[MonthCell, ...]


def month_grid(cells: Iterable[MonthCell]) -> list[YearOfMonths]:
    """Break cells, oldest first, into calendar years. Begin with January where the rows are to align."""
    return [YearOfMonths(year, tuple(group)) for year, group in groupby(cells, key=lambda cell: Month(cell.month).year)]


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A tone, its shape and what it means."""

    tone: str
    label: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A chip or a tab: a filter, or a part of a page, with its address."""

    label: str
    href: str
    active: bool = False
    count: int | None = None
    removes: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, when (`when` as words), and who did it."""

    at: datetime | date
    when: str
    text: str
    by: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row of `<c-bars>`: words, a figure as text, and its share of the longest."""

    label: str
    text: str
    width: str
    tone: str = "info"
    href: str = ""


def bar_rows(rows: Sequence[tuple[str, int, str]], *, words: Any = str, href: Any = None) -> list[BarRow]:
    """Make bar rows of (label, value, key); `words` writes the value, `href(key)` says where a row leads."""
    longest = max((value for _, value, _ in rows), default=0) or 1
    return [
        BarRow(label, words(value), f"{100 * value / longest:.1f}", href=href(key) if href else "")
        for label, value, key in rows
    ]
