"""Birth dates as offices write them: `15 Desember 1990`, `15/12/1990`, `1990-12-15`, a date cell, a bare serial.

Whether `02/03/1990` is March or February is decided for the whole column (`date_order`); where a column mixes both,
only the NIK can decide a row. Two digits of a year and Excel's serial numbers are taken only if the NIK agrees.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from payung.kernel.edits import edits_within
from payung.kernel.nik import Nik
from payung.tabular.table import Cell

EARLIEST_YEAR = 1920
_EPOCH = date(1899, 12, 30)
_JAKARTA = timedelta(hours=7)
_ZONE = timezone(_JAKARTA)
_NUMERIC = re.compile(
    r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{4}|[0-9]{2})(?:[ T]0{1,2}[:.]00(?:[:.]00)?)?"
)
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T].*)?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ t][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
)
_RUN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{4,5}(?:\.0+)?")
_WORDED = re.compile(r"([0-9]{1,2})[\s\-/.,]*([a-z]+)\.?[\s\-/.,]*([0-9]{4}|[0-9]{2})")
_WORD_FIRST = re.compile(r"([a-z]+)\.?[\s\-/]*([0-9]{1,2})\s*,?\s+([0-9]{4})")
_PLACE_AND_DATE = re.compile(r"([^0-9]*?)[\s,;/:.\-]*([0-9].*)", re.DOTALL)
_MONTH_AT_END = re.compile(r"(.*?)[\s,;/]+([a-z]+\.?\s+[0-9]{1,2}\s*,?\s+[0-9]{4})", re.IGNORECASE)
_MONTHS = (
    ("januari", "jan", "january"),
    ("februari", "pebruari", "feb", "peb", "february"),
    ("maret", "mar", "mrt", "march"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("agustus", "agst", "agt", "ags", "agus", "aug", "august"),
    ("september", "sept", "sep"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "des", "dec", "december"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}


class DateOrder(StrEnum):
    """How a column writes days and months in figures."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class DateReading:
    """The date, or why there is none: `unreadable`, `ambiguous`, `two-digit-year`, `serial`; with a suggestion."""

    value: date | None = None
    reason: str = ""
    suggestion: date | None = None
    is_helped_by_nik: bool = False


def date_order(texts: Iterable[str]) -> DateOrder:
    """Decide a column: one day above twelve shows where the days stand. Without any, days come first, as here."""
    day_first = month_first = False
    for text in texts:
        if match := _NUMERIC.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[2])
            day_first |= first > 12 >= second
            month_first |= second > 12 >= first
    if day_first and month_first:
        return DateOrder.MIXED
    return DateOrder.MONTH_FIRST if month_first else DateOrder.DAY_FIRST


def split_place_and_date(text: str) -> tuple[str, str]:
    """Part `Kendal, 19 September 1981` in place and date.

    >>> split_place_and_date("Kendal, 28-09-1986")
    ('Kendal', '28-09-1986')
    """
    if match := _MONTH_AT_END.fullmatch(text):
        return match[1].strip(" ,;/"), match[2]
    match = _PLACE_AND_DATE.fullmatch(text)
    if match is None:
        return text.strip(" ,;/"), ""
    return match[1].strip(" ,;/:-"), match[2].strip()


def read_date(cell: Cell, *, order: DateOrder, nik: Nik | None, on: date) -> DateReading:
    """Read one date; the NIK helps only where the writing leaves two answers."""
    if cell.kind == "date":
        return _of_date_cell(cell.text)
    text = " ".join(cell.text.casefold().split())
    match = _NUMERIC.fullmatch(text)
    is_sure = match is not None and len(match[3]) == 4 and order is not DateOrder.MIXED  # nearly every date
    from_nik = nik.birth_date(on) if nik and not is_sure else None
    if match:
        return _of_figures(int(match[1]), int(match[2]), match[3], order, from_nik)
    if _MOMENT.fullmatch(text):
        return _of_date_cell(text.upper().replace(" ", "T", 1))
    if match := _ISO.fullmatch(text) or _RUN.fullmatch(text):
        return _sure(_date(int(match[1]), int(match[2]), int(match[3])))
    if _SERIAL.fullmatch(text):
        return _of_serial(int(float(text)), from_nik)
    return _of_words(text, from_nik)


def _of_words(text: str, from_nik: date | None) -> DateReading:
    if match := _WORDED.fullmatch(text):
        day, word, year = match[1], match[2], match[3]
    elif match := _WORD_FIRST.fullmatch(text):
        word, day, year = match[1], match[2], match[3]
    else:
        return DateReading(reason="unreadable")
    month = _month(word)
    return _with_year(int(day), month, year, from_nik) if month else DateReading(reason="unreadable")


def _of_date_cell(text: str) -> DateReading:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return DateReading(reason="unreadable")
    if moment.tzinfo is not None:
        return DateReading(moment.astimezone(_ZONE).date())
    if (moment.hour, moment.minute) == (17, 0):  # midnight in Jakarta, written in UTC by some exporter
        moment += _JAKARTA
    return DateReading(moment.date())


def _of_figures(first: int, second: int, year: str, order: DateOrder, from_nik: date | None) -> DateReading:
    if order is DateOrder.DAY_FIRST:
        return _with_year(first, second, year, from_nik)
    if order is DateOrder.MONTH_FIRST:
        return _with_year(second, first, year, from_nik)
    readings = [_with_year(first, second, year, from_nik), _with_year(second, first, year, from_nik)]
    possible = [reading for reading in readings if reading.value]
    if len({reading.value for reading in possible}) == 1:
        return possible[0]
    for reading in possible:
        if reading.value == from_nik:
            return DateReading(reading.value, is_helped_by_nik=True)
    return DateReading(reason="ambiguous") if possible else readings[0]


def _with_year(day: int, month: int, year: str, from_nik: date | None) -> DateReading:
    if len(year) == 4:
        return _sure(_date(int(year), month, day))
    possible = [found for century in (1900, 2000) if (found := _date(century + int(year), month, day))]
    if not possible:
        return DateReading(reason="unreadable")
    if from_nik in possible:
        return DateReading(from_nik, is_helped_by_nik=True)
    return DateReading(reason="two-digit-year", suggestion=possible[0])


def _of_serial(serial: int, from_nik: date | None) -> DateReading:
    """Excel counts days from 1900; a bare count is taken for a date only where the NIK says the same."""
    found = _EPOCH + timedelta(days=serial)
    if found == from_nik:
        return DateReading(found, is_helped_by_nik=True)
    return DateReading(reason="serial", suggestion=found if found.year >= EARLIEST_YEAR else None)


def _sure(found: date | None) -> DateReading:
    return DateReading(found) if found else DateReading(reason="unreadable")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """The month of a name; one slip of the finger is forgiven in names of five letters and more."""
    if word in _MONTH_OF:
        return _MONTH_OF[word]
    if len(word) < 5:
        return None
    near = {number for name, number in _MONTH_OF.items() if len(name) >= 5 and edits_within(word, name, 1) is not None}
    return near.pop() if len(near) == 1 else None
