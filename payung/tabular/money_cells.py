"""Amounts and days as banks write them: separators either way round, CR and DB, days without their year. Pure.

Amounts are whole sen (a hundredth of a rupiah, int): a bank's interest has sen, Payung's money has none, and the caller
says what becomes of such a line. Nothing is guessed: a text with two readings is refused.
"""

import re
from datetime import date

from payung.tabular.table import Cell

_MOST_SEN = 10**17
_SIDES = {
    **dict.fromkeys(("cr", "k", "c", "kr", "kredit", "credit"), 1),
    **dict.fromkeys(("db", "d", "dr", "debet", "debit"), -1),
}
_AMOUNT = re.compile(
    r"(?P<sign>[-+(]?)\s*(?:(?:rp|idr)\.?)?\s*(?P<number>[0-9.,]+)\)?\s*(?P<side>[a-z]*)\.?", re.IGNORECASE
)
_NUMBER = re.compile(
    r"[0-9]*[.,][0-9]{1,2}|[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?"
)
# Nearly every amount of a bank: both decimals, thousands separated throughout or not at all; it has no other reading.
_PLAIN = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]{2}|(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{2}")
_NO_SEPARATORS = str.maketrans("", "", ".,")
_MONTHS = (
    *(("jan",), ("feb", "peb"), ("mar",), ("apr",), ("mei", "may"), ("jun",)),
    *(("jul",), ("agu", "aug", "ags"), ("sep",), ("okt", "oct"), ("nov", "nop"), ("des", "dec")),
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})(?:[-/. ]([0-9]{4}|[0-9]{2}))?(?:\s+[0-9]{1,2}[.:].*)?"
)
_COMPACT = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")


class UnreadableAmountError(ValueError):
    """A cell that is no amount of money."""


def side_of(text: str) -> int:
    """Which side a word names: 1 for money in (CR, K), -1 for money out (DB, D), 0 for neither."""
    return _SIDES.get(text.strip(" .'").casefold(), 0)


def sen_in(cell: Cell) -> tuple[int, int]:
    """Read an amount: its sen (with its own sign) and the side that is written with it (1, -1, or 0 for none).

    >>> sen_in(Cell("1.234.567,00 CR"))
    (123456700, 1)
    >>> sen_in(Cell("(1,000.50)"))
    (-100050, 0)
    """
    if _PLAIN.fullmatch(cell.text) and cell.kind in ("text", "number"):
        sen = int(cell.text.translate(_NO_SEPARATORS))
        if sen > _MOST_SEN:
            raise UnreadableAmountError
        return sen, 0
    text = cell.text.strip().lstrip("'").replace("\u00a0", " ")
    found = _AMOUNT.fullmatch(text.removesuffix(",-").removesuffix(".-").strip())
    if found is None or not text.isascii() or cell.kind not in ("text", "number"):
        raise UnreadableAmountError
    side = side_of(found["side"])
    if found["side"] and not side:
        raise UnreadableAmountError
    sen = _sen(found["number"], is_number=cell.kind == "number")
    if sen > _MOST_SEN:
        raise UnreadableAmountError
    return (-sen if found["sign"] in ("-", "(") else sen), side


def day_of(cell: Cell, *, between: tuple[date, date] | None = None) -> date | None:
    """Read a day: 01/11/2026, 01/11/26, 01-Nov-2026, 2026-11-01; 01/11 alone lies `between` two days. Else None."""
    text = cell.text.strip().lstrip("'")
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if not (found := _DAY_FIRST.fullmatch(text)):
        return None
    month = int(found[2]) if found[2].isdigit() else _month(found[2])
    if found[3]:
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _day(year, month, int(found[1]))
    years = range(between[0].year, between[1].year + 1) if between else ()
    days = [day for year in years if (day := _day(year, month, int(found[1])))]
    within = [day for day in days if between and between[0] <= day <= between[1]]
    return within[0] if len(within) == 1 else None


def _sen(number: str, *, is_number: bool) -> int:
    if is_number and re.fullmatch(r"[0-9]+\.[0-9]+", number):
        whole, _, part = number.partition(".")
        if len(part) > 2:
            raise UnreadableAmountError
        return int(whole) * 100 + int(part.ljust(2, "0"))
    if not _NUMBER.fullmatch(number):
        raise UnreadableAmountError
    digits = re.sub(r"[.,](?=[0-9]{3}(?:[.,]|$))", "", number)
    whole, _, part = digits.replace(",", ".").partition(".")
    return int(whole or 0) * 100 + int(part.ljust(2, "0"))


def _month(text: str) -> int:
    short = text.casefold()[:3]
    return next((number for number, names in enumerate(_MONTHS, start=1) if short in names), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
