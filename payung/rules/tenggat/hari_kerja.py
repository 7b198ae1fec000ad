"""Working days: the days of the week on which offices work, less public holidays and joint leave."""

from collections.abc import Iterator
from datetime import date, timedelta

from payung.rules.cards import DatedValue
from payung.rules.steps import Figure, Step
from payung.rules.tenggat import figures
from payung.rules.tenggat.figures import HariLibur, JenisLibur

ONE_DAY = timedelta(days=1)


def hari_kerja(jumlah: int, *, setelah: date) -> Step[date]:
    """Find the day that is so many working days after a day; the day itself never counts.

    Source: the joint decree of three ministers of each year; the years after the last decree are estimates. A day
    outside the calendar raises `BeforeTheLawError` or `AfterTheLawError`. Departure: no article says whether joint
    leave is a working day of BPJS; it is taken as free, and marked where it was met.

    >>> hari_kerja(3, setelah=date(2026, 8, 13)).result
    datetime.date(2026, 8, 19)
    """
    day, met = setelah, dict[date, HariLibur]()
    for _ in range(jumlah):
        day += ONE_DAY
        while not is_hari_kerja(day):
            met |= _libur_on_a_weekday(day)
            day += ONE_DAY
    params = {"setelah": setelah, "jumlah": jumlah, "libur": tuple(met)}
    return Step(
        code="tenggat.hari_kerja_melewati_libur" if met else "tenggat.hari_kerja",
        result=day,
        formula="setelah + jumlah hari kerja",
        params=params,
        figures=tuple(_figures(setelah, day, met)) if jumlah else (),
    )


def is_hari_kerja(day: date) -> bool:
    """Whether offices work on the day.

    >>> is_hari_kerja(date(2026, 8, 17)), is_hari_kerja(date(2026, 8, 18))
    (False, True)
    """
    return _is_weekday(day) and day not in figures.HARI_LIBUR.on(day).value


def _is_weekday(day: date) -> bool:
    return day.isoweekday() in figures.HARI_KERJA_SEMINGGU.on(day).value


def _libur_on_a_weekday(day: date) -> dict[date, HariLibur]:
    free = figures.HARI_LIBUR.on(day).value
    return {day: free[day]} if day in free and _is_weekday(day) else {}


def _figures(setelah: date, until: date, met: dict[date, HariLibur]) -> Iterator[Figure]:
    """The week, the decree of each year that was counted through, and what stands beside it or is doubted."""
    yield figures.HARI_KERJA_SEMINGGU.on(until).figure()
    for year in _years(setelah + ONE_DAY, until):
        of_year = {day: libur for day, libur in met.items() if year.holds_on(day)}
        yield year.figure(tuple(day for day, libur in of_year.items() if libur.origin == year.origin))
        for day, libur in of_year.items():
            if libur.origin != year.origin:
                yield year.figure((day,), origin=libur.origin)
    if any(libur.jenis is JenisLibur.CUTI_BERSAMA for libur in met.values()):
        yield figures.CUTI_BERSAMA_BUKAN_HARI_KERJA.on(until).figure()


def _years(first: date, last: date) -> list[DatedValue[figures.Calendar]]:
    return [
        year for year in figures.HARI_LIBUR.values if year.since <= last and (not year.until or year.until >= first)
    ]
