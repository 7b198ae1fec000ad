"""How official papers write days, months and amounts: in Indonesian, whatever language the reader uses."""

from datetime import date

from lokal import terbilang

from payung.kernel.month import Month
from payung.kernel.nik import holds_a_nik
from payung.papers.errors import NikOnPaperError

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def day_text(day: date) -> str:
    """Write a day.

    >>> day_text(date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_text(day: date) -> str:
    """Name the day of the week.

    >>> weekday_text(date(2026, 11, 22))
    'Minggu'
    """
    return DAYS[day.weekday()]


def month_text(month: Month) -> str:
    """Write a month.

    >>> month_text(Month.from_text("2026-11"))
    'November 2026'
    """
    return f"{MONTHS[month.number - 1]} {month.year}"


def amount_in_words(amount: int) -> str:
    """Spell an amount as a receipt does.

    >>> amount_in_words(8_400_000)
    'delapan juta empat ratus ribu rupiah'
    """
    return str(terbilang(amount, currency=True))


def number_text(number: int) -> str:
    """Write a count.

    >>> number_text(14177)
    '14.177'
    """
    return f"{number:,}".replace(",", ".")


def masked(text: str) -> str:
    """Let a masked NIK pass; raise `NikOnPaperError` for a whole one."""
    if holds_a_nik(text):
        raise NikOnPaperError
    return text
