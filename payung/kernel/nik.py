"""NIK: the sixteen digits of a person, `PPKKCC DDMMYY SSSS`, a woman's day raised by forty.

A `Nik` prints masked, whoever prints it: `3324••••••••0003`. The digits come out only through `.digits`, so that
a search for that word finds every place that reveals them. The first six digits say where the number was first
issued, not where the person lives now. The century is not in it: the reader says on which day the question is asked.
"""

import re
from dataclasses import dataclass
from datetime import date

_FORM = re.compile(r"[0-9]{16}")
_LONG_NUMBER = re.compile(r"[0-9](?:[ .,\-]?[0-9]){15,}")
_DIGITS = re.compile(r"[0-9]+")
_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ .]?[0-9]){15}(?![0-9A-Za-z])")


class NotANikError(ValueError):
    """A text that cannot be a NIK. `part` names what is wrong: `length`, `characters`, `region`, `date`, `serial`."""

    def __init__(self, part: str) -> None:
        super().__init__(part)  # never the digits: messages travel to logs
        self.part = part


@dataclass(frozen=True, slots=True, repr=False, order=True)
class Nik:
    """A well-formed NIK. Make one with `Nik.parse`."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> "Nik":
        """Read sixteen plain digits and check their parts; raise `NotANikError` naming the part."""
        if not _FORM.fullmatch(text):
            raise NotANikError("length" if _DIGITS.fullmatch(text) else "characters")
        nik = cls(text)
        if text[:2] == "00" or text[2:4] == "00" or text[4:6] == "00":
            raise NotANikError("region")
        nik._day_and_month()
        if text[12:] == "0000":
            raise NotANikError("serial")
        return nik

    @property
    def region(self) -> str:
        """The kecamatan of first issue, as `33.24.15`."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def sex(self) -> str:
        """`L` or `P`."""
        return "P" if int(self.digits[6:8]) > 40 else "L"

    def birth_date(self, on: date) -> date:
        """The birth date it holds, in the century that makes the person at most a hundred years old on the day `on`."""
        day, month = self._day_and_month()
        year = on.year // 100 * 100 + int(self.digits[10:12])
        born = _date_or_none(year, month, day)
        if born is None or born > on:
            born = _date_or_none(year - 100, month, day)
        if born is None:
            raise NotANikError("date")
        return born

    def _day_and_month(self) -> tuple[int, int]:
        day, month = int(self.digits[6:8]), int(self.digits[8:10])
        day = day - 40 if day > 40 else day
        # 29 February is judged by the two-digit year: 1900 was no leap year and 2000 was, so `00` admits it.
        if _date_or_none(2000 + int(self.digits[10:12]), month, day) is None:
            raise NotANikError("date")
        return day, month

    def __str__(self) -> str:
        return mask(self.digits)

    def __repr__(self) -> str:
        return f"Nik({mask(self.digits)})"


def mask(digits: str) -> str:
    """Show the first four and the last four of sixteen digits; of anything else show only how long it is."""
    if not _FORM.fullmatch(digits):
        return "•" * min(len(digits), 16)
    return f"{digits[:4]}••••••••{digits[12:]}"


def masked_in(text: str) -> str:
    """A text with every number that may be a NIK masked: sixteen digits and more, grouped or not.

    >>> masked_in("Budi 3324 1565 0190 0001")
    'Budi 3324••••••••0001'
    """
    return _LONG_NUMBER.sub(lambda number: mask(re.sub("[^0-9]", "", number[0])), text)


def holds_a_nik(text: str) -> bool:
    """Whether sixteen digits in a row stand in a text, grouped by spaces or points or not."""
    return _IN_TEXT.search(text) is not None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
