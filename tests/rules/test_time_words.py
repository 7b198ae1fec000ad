"""Words of time: full months, age, covered months, waiting months; at month ends and on 29 February."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.month import Month
from payung.rules.time_words import age_at, covered_months, covered_months_before, full_months, waiting_months

days = st.dates(date(1950, 1, 1), date(2060, 12, 31))
bits, places = st.integers(0, 2**24 - 1), st.integers(0, 30)


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        (date(2025, 6, 1), date(2025, 6, 1), 0),
        (date(2025, 6, 1), date(2025, 6, 30), 0),
        (date(2025, 6, 1), date(2025, 7, 1), 1),
        (date(2025, 6, 15), date(2025, 9, 14), 2),
        (date(2025, 6, 15), date(2025, 9, 15), 3),
        (date(2025, 11, 30), date(2026, 2, 28), 2),
        (date(2025, 11, 30), date(2026, 3, 1), 3),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2024, 2, 29), date(2028, 2, 29), 48),
        (date(2025, 12, 31), date(2026, 1, 31), 1),
        (date(2025, 6, 15), date(2025, 6, 14), -1),
    ],
)
def test_a_month_is_full_on_the_day_of_its_start(start, day, months):
    assert full_months(start, day) == months


@given(days, st.integers(0, 4000))
def test_full_months_never_shrink_and_grow_by_one_at_most_overnight(start, distance):
    day = start + timedelta(days=distance)
    growth = full_months(start, day + timedelta(days=1)) - full_months(start, day)
    assert full_months(start, day) >= 0
    assert growth in (0, 1)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1961, 11, 22), date(2026, 11, 21), 64),
        (date(1961, 11, 22), date(2026, 11, 22), 65),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2005, 12, 31), date(2006, 1, 1), 0),
    ],
)
def test_a_person_is_a_year_older_on_the_birthday(born, on, age):
    assert age_at(born, on=on) == age


@given(days, days)
def test_age_is_full_months_by_the_dozen(one, other):
    born, on = sorted((one, other))
    assert age_at(born, on=on) == full_months(born, on) // 12


def test_covered_months_are_packed_from_the_first_on():
    november = Month.from_text("2026-11")
    months = [november, november, november + 3, november - 1]
    assert covered_months(months, first=november) == 0b1001


@given(bits, places)
def test_covered_months_before_a_month_are_counted_one_by_one(covered, place):
    assert covered_months_before(covered, place) == sum(covered >> month & 1 for month in range(place))


@given(bits, places)
def test_waiting_months_are_the_run_right_before_a_month(covered, place):
    run = 0
    while run < place and covered >> (place - 1 - run) & 1:
        run += 1
    assert waiting_months(covered, place) == run <= covered_months_before(covered, place)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 28))
def test_waiting_months_are_the_full_months_since_cover_began(start, length, day):
    first = Month.from_text("2024-01")
    covered = covered_months((first + start + month for month in range(length + 1)), first=first)
    event = first + start + length
    on = date(event.year, event.number, day)
    assert waiting_months(covered, start + length) == full_months((first + start).first_day, on)
