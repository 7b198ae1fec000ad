"""Working days: the days of the week on which offices work, less public holidays and joint leave."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

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
    day, left, counted = setelah, jumlah, list[date]()
    while left > 0:
        day += ONE_DAY
        counted.append(day)
        left -= 1 if is_hari_kerja(day) else 0
    met = {each: libur for each in counted if _is_weekday(each) and (libur := _libur(each))}
    return Step(
        code="tenggat.hari_kerja_melewati_libur" if met else "tenggat.hari_kerja",
        result=day,
        formula="setelah + jumlah hari kerja",
        params={"setelah": setelah, "jumlah": jumlah, "libur": tuple(met)},
        figures=tuple(_figures(counted, met)),
    )


def is_hari_kerja(day: date) -> bool:
    """Whether offices work on the day.

    >>> is_hari_kerja(date(2026, 8, 17)), is_hari_kerja(date(2026, 8, 18))
    (False, True)
    """
    return _is_weekday(day) and _libur(day) is None


def _is_weekday(day: date) -> bool:
    return day.isoweekday() in figures.HARI_KERJA_SEMINGGU.on(day).value


def _libur(day: date) -> HariLibur | None:
    """Why the day is free, whatever day of the week it is."""
    libur = figures.HARI_LIBUR.on(day).value.get(day)
    if libur and libur.jenis is JenisLibur.CUTI_BERSAMA and not figures.CUTI_BERSAMA_BUKAN_HARI_KERJA.on(day).value:
        return None
    return libur


def _figures(counted: Sequence[date], met: dict[date, HariLibur]) -> Iterator[Figure]:
    """The week, the decree of each year that was counted through, and what stands beside it or is doubted."""
    for week in {value.since: value for value in map(figures.HARI_KERJA_SEMINGGU.on, counted)}.values():
        yield week.figure()
    for year in {value.since: value for value in map(figures.HARI_LIBUR.on, counted)}.values():
        of_year = {day: libur for day, libur in met.items() if year.holds_on(day)}
        yield year.figure(tuple(day for day, libur in of_year.items() if libur.origin == year.origin))
        for day, libur in of_year.items():
            if libur.origin != year.origin:
                yield year.figure((day,), origin=libur.origin)
    leave = [day for day, libur in met.items() if libur.jenis is JenisLibur.CUTI_BERSAMA]
    for reading in {value.since: value for value in map(figures.CUTI_BERSAMA_BUKAN_HARI_KERJA.on, leave)}.values():
        yield reading.figure()
