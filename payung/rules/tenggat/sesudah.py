"""So many hours, days or years after: the three ways in which a deadline counts, beside working days.

A deadline that lies beyond the year 9999 cannot be written and is refused by name.
"""

from datetime import UTC, date, datetime, timedelta

from payung.kernel.month import Month
from payung.rules.errors import BeyondTheCalendarError


def jam_sesudah(saat: datetime, jam: int) -> datetime:
    """Add hours of real time, through nights and holidays, and tell them in the zone of the moment given.

    WIB, WITA and WIT never change their clocks; a zone that does would otherwise gain or lose an hour.

    >>> jam_sesudah(datetime.fromisoformat("2026-12-31T20:00+09:00"), 48).isoformat(timespec="minutes")
    '2027-01-02T20:00+09:00'
    """
    try:
        return (saat.astimezone(UTC) + timedelta(hours=jam)).astimezone(saat.tzinfo)
    except OverflowError as error:
        raise BeyondTheCalendarError(saat.date()) from error


def hari_sesudah(hari: date, jumlah: int) -> date:
    """Add days of the calendar; the day itself does not count.

    >>> hari_sesudah(date(2028, 1, 30), 30)
    datetime.date(2028, 2, 29)
    """
    try:
        return hari + timedelta(days=jumlah)
    except OverflowError as error:
        raise BeyondTheCalendarError(hari) from error


def tahun_sesudah(hari: date, tahun: int) -> date:
    """Find the day of the same number so many years on: the last day of a term of years.

    From 29 February it is 28 February where that year has no 29th: the earlier day, so that nobody who relies on it
    comes late.

    >>> tahun_sesudah(date(2021, 3, 10), 5), tahun_sesudah(date(2020, 2, 29), 5)
    (datetime.date(2026, 3, 10), datetime.date(2025, 2, 28))
    """
    try:
        first_of_month = hari.replace(year=hari.year + tahun, day=1)
    except (OverflowError, ValueError) as error:
        raise BeyondTheCalendarError(hari) from error
    return first_of_month.replace(day=min(hari.day, Month.of(first_of_month).last_day.day))
