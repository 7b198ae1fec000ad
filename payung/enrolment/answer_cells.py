"""What single cells of an office's answer say. Pure; a value that cannot be read is a `Problem`, never a guess."""

import re
from datetime import date

from payung.kernel.month import Month
from payung.kernel.nik import Nik, NotANikError, mask
from payung.kernel.problem import Problem
from payung.kernel.rupiah import NotRupiahError, parse_rupiah
from payung.tabular.headings import fold_heading
from payung.tabular.table import Cell

_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ].*)?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2}|[A-Za-z]{3,9})[-/. ]([0-9]{4})")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")


class UnreadableCellError(ValueError):
    """A cell that does not say what its column asks for; it carries the problem."""

    def __init__(self, code: str, *, field: str, found: str = "") -> None:
        super().__init__(code)
        self.problem = Problem(code=code, field=field, found=found)


def nik_in(cell: Cell) -> str:
    """Read a NIK; one that was typed as a number may be somebody else's (15 digits kept), and is refused."""
    if cell.kind != "text":
        raise UnreadableCellError("answer:nik-typed-as-number", field="nik")
    text = cell.text.strip().lstrip("'’").replace(" ", "")
    try:
        return Nik.parse(text).digits
    except NotANikError as error:
        raise UnreadableCellError(f"answer:nik-{error.part}", field="nik", found=mask(text)) from error


def day_in(cell: Cell, field: str) -> date:
    """Read a day: a date cell, `2026-12-01`, `01-12-2026`, `1 Desember 2026`; day before month."""
    text = cell.text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _DAY_FIRST.fullmatch(text):
        year, month, day = int(found[3]), _month_number(found[2]), int(found[1])
    else:
        raise UnreadableCellError("answer:day-unreadable", field=field, found=text[:40])
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableCellError("answer:day-unreadable", field=field, found=text[:40]) from error


def month_in(cell: Cell, field: str) -> Month:
    """Read a month: `2027-05`, `05/2027`, `Mei 2027`, or any day of it."""
    text = cell.text.strip()
    if found := _YEAR_MONTH.fullmatch(text):
        year, number = int(found[1]), int(found[2])
    elif found := _MONTH_YEAR.fullmatch(text):
        year, number = int(found[2]), _month_number(found[1])
    else:
        return Month.of(day_in(cell, field))
    if not 1 <= number <= 12:
        raise UnreadableCellError("answer:day-unreadable", field=field, found=text[:40])
    return Month.of_year(year, number)


def amount_in(cell: Cell, field: str) -> int:
    """Read whole rupiah."""
    try:
        return int(parse_rupiah(cell.text))
    except NotRupiahError as error:
        raise UnreadableCellError("answer:amount-unreadable", field=field, found=cell.text[:40]) from error


def sex_in(cell: Cell) -> str:
    """Read `L` or `P`, also written out."""
    text = fold_heading(cell.text)
    if text in ("l", "lakilaki", "pria"):
        return "L"
    if text in ("p", "perempuan", "wanita"):
        return "P"
    raise UnreadableCellError("answer:sex-unreadable", field="sex", found=cell.text[:40])


def _month_number(text: str) -> int:
    """A month by number or by name, short or whole; 0 for no month."""
    if text.isdigit():
        return int(text)
    found = [place for place, name in enumerate(_MONTHS, start=1) if name.startswith(text.casefold())]
    return found[0] if len(found) == 1 else 0
