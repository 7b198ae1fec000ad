"""Working days, and the calendar of holidays that they are counted on."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal.holidays import HOLIDAY_YEARS, get_holidays

from payung.kernel.funds import Keyakinan
from payung.rules.errors import AfterTheLawError, BeforeTheLawError
from payung.rules.tenggat import figures
from payung.rules.tenggat.figures import JenisLibur
from payung.rules.tenggat.hari_kerja import hari_kerja, is_hari_kerja

LAST_DECREE = 2027
days = st.dates(date(2015, 1, 1), date(2031, 12, 31))
counts = st.integers(min_value=0, max_value=60)
YEARS = [pytest.param(value, id=str(value.since.year)) for value in figures.HARI_LIBUR.values]


@given(days, counts)
def test_a_working_day_is_never_before_its_start_and_is_one(day, count):
    found = hari_kerja(count, setelah=day).result
    assert found >= day + timedelta(days=count)
    assert count == 0 or is_hari_kerja(found)


@given(days, counts, counts)
def test_more_working_days_never_end_earlier(day, one, other):
    fewer, more = sorted((one, other))
    ends = [hari_kerja(count, setelah=day).result for count in (fewer, more)]
    assert ends == sorted(ends)
    assert (ends[0] == ends[1]) == (fewer == more)


@given(days, counts, counts)
def test_counting_on_from_a_working_day_is_counting_at_once(day, first, then):
    between = hari_kerja(first, setelah=day).result
    assert hari_kerja(then, setelah=between).result == hari_kerja(first + then, setelah=day).result


@given(days, days, counts)
def test_who_starts_later_never_ends_earlier(one, other, count):
    early, late = sorted((one, other))
    assert hari_kerja(count, setelah=early).result <= hari_kerja(count, setelah=late).result


def test_a_step_names_the_holidays_that_were_met_and_not_those_on_a_weekend():
    step = hari_kerja(7, setelah=date(2026, 3, 17))
    assert [str(day) for day in step.params["libur"]] == [f"2026-03-{day}" for day in (18, 19, 20, 23, 24)]
    assert hari_kerja(3, setelah=date(2026, 5, 28)).params["libur"] == (date(2026, 6, 1),)


def test_a_step_cites_the_decree_of_each_year_and_an_election_day_its_own():
    articles = [figure.article for figure in hari_kerja(7, setelah=date(2024, 11, 25)).figures]
    assert "Keppres 33/2024" in articles
    over_the_year = [figure.article for figure in hari_kerja(7, setelah=date(2026, 12, 28)).figures]
    assert [article[:8] for article in over_the_year if article.startswith("SKB")] == ["SKB 1497", "SKB 1205"]


@pytest.mark.parametrize(
    ("start", "confidence"),
    [
        (date(2026, 11, 6), Keyakinan.BELUM_DICEK),  # a plain week rests on the five-day week alone
        (date(2026, 5, 13), Keyakinan.PERLU_KONFIRMASI),  # joint leave
        (date(2028, 8, 20), Keyakinan.PERLU_KONFIRMASI),  # a year without a decree
    ],
)
def test_only_joint_leave_and_estimates_need_confirmation(start, confidence):
    assert hari_kerja(5, setelah=start).confidence is confidence


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2016, 6, 1), True),  # Pancasila became a holiday a year later
        (date(2017, 6, 1), False),
        (date(2020, 12, 28), True),  # joint leave that was struck out
        (date(2020, 12, 31), False),
        (date(2021, 8, 10), True),  # Tahun Baru Islam, moved to the 11th
        (date(2021, 8, 11), False),
        (date(2018, 6, 27), False),  # an election
        (date(2025, 8, 18), False),
        (date(2026, 11, 21), False),  # a Saturday
    ],
)
def test_known_days(day, works):
    assert is_hari_kerja(day) is works


def test_a_day_outside_the_calendar_is_refused_by_name():
    with pytest.raises(BeforeTheLawError):
        is_hari_kerja(date(2014, 12, 31))
    with pytest.raises(AfterTheLawError):
        is_hari_kerja(date(2033, 1, 3))


@pytest.mark.parametrize("year", HOLIDAY_YEARS)
def test_the_calendar_agrees_with_the_package_of_the_regions(year):
    ours = {str(day): libur.jenis.value for day, libur in figures.HARI_LIBUR.on(date(year, 1, 1)).value.items()}
    assert ours == {day.date: day.type.replace("_", " ") for day in get_holidays(year).holidays}


@pytest.mark.parametrize("value", YEARS)
def test_each_year_holds_its_own_days_and_those_that_never_move(value):
    year = value.since.year
    assert (value.since, value.until) == (date(year, 1, 1), date(year, 12, 31))
    assert {day.year for day in value.value} == {year}
    assert {date(year, 1, 1), date(year, 5, 1), date(year, 8, 17), date(year, 12, 25)} <= set(value.value)
    assert sum("Idulfitri" in libur.nama for libur in value.value.values()) >= 2


@pytest.mark.parametrize("value", YEARS)
def test_a_year_with_a_decree_has_joint_leave_and_a_later_one_is_an_estimate(value):
    has_leave = any(libur.jenis is JenisLibur.CUTI_BERSAMA for libur in value.value.values())
    decreed = value.since.year <= LAST_DECREE
    assert has_leave is decreed
    assert (value.origin.confidence is Keyakinan.PERLU_KONFIRMASI) is not decreed


def test_the_calendar_is_the_one_that_was_checked():
    lines = Path(__file__).with_name("calendar.txt").read_text(encoding="utf-8").splitlines()
    checked = {line[:4]: line[5:].split() for line in lines if not line.startswith("#")}
    assert checked == {
        str(value.since.year): [
            f"{day:%m-%d}{'c' if libur.jenis is JenisLibur.CUTI_BERSAMA else ''}" for day, libur in value.value.items()
        ]
        for value in figures.HARI_LIBUR.values
    }


def test_what_stands_beside_the_calendar_begins_with_it():
    first = figures.HARI_LIBUR.first_day
    assert (figures.HARI_KERJA_SEMINGGU.first_day, figures.CUTI_BERSAMA_BUKAN_HARI_KERJA.first_day) == (first, first)
    assert figures.PERALIHAN_KEDALUWARSA_JKK.first_day == figures.MASA_KEDALUWARSA_JKK.values[-1].since


def test_only_the_years_that_were_counted_through_are_cited():
    def years(count: int, after: date) -> list[int]:
        found = hari_kerja(count, setelah=after).figures
        return [figure.since.year for figure in found if figure.card == "hari_libur"]

    assert years(1, date(2026, 12, 30)) == [2026]
    assert years(1, date(2026, 12, 31)) == [2027]
    assert years(2, date(2026, 12, 30)) == [2026, 2027]
    assert years(0, date(2026, 12, 30)) == []


def test_a_figure_holds_the_days_that_its_own_article_makes_free():
    found = [figure for figure in hari_kerja(7, setelah=date(2017, 6, 22)).figures if figure.card == "hari_libur"]
    own = (date(2017, 6, 23),)
    assert [figure.value for figure in found][1:] == [own]
    assert [day.day for day in found[0].value] == [26, 27, 28, 29, 30]


def test_the_calendar_has_no_gap():
    values = figures.HARI_LIBUR.values
    assert [value.since.year for value in values] == list(range(2015, 2033))
