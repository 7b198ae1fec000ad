"""Whether a JKK claim comes too late: worked cases beside this file, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.tenggat.kedaluwarsa_jkk import kedaluwarsa_jkk
from tests.rules.yaml_cases import cases_beside

days = st.dates(date(2015, 7, 1), date(2040, 12, 31))
later = st.integers(min_value=0, max_value=4000).map(lambda number: timedelta(days=number))


@pytest.mark.parametrize("case", cases_beside(__file__, "kedaluwarsa_jkk"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days, later)
def test_a_claim_is_late_exactly_after_the_last_day(day, wait):
    answer = kedaluwarsa_jkk(day, diajukan=day + wait)
    assert answer.kedaluwarsa is (day + wait > answer.hari_terakhir)
    assert answer.hari_terakhir > day


@given(days, later, later)
def test_who_claims_later_is_never_better_off(day, one, other):
    early, late = sorted((one, other))
    assert (
        kedaluwarsa_jkk(day, diajukan=day + early).kedaluwarsa <= kedaluwarsa_jkk(day, diajukan=day + late).kedaluwarsa
    )


@given(days)
def test_a_later_accident_never_lapses_earlier(day):
    ends = [kedaluwarsa_jkk(each, diajukan=each).hari_terakhir for each in (day, day + timedelta(days=1))]
    assert ends == sorted(ends)


def test_the_doubt_about_older_accidents_is_told_only_where_it_matters():
    def codes(claimed: date) -> set[str]:
        return {step.code for step in kedaluwarsa_jkk(date(2019, 6, 1), diajukan=claimed).steps}

    assert "tenggat.peralihan_kedaluwarsa_jkk" not in codes(date(2021, 6, 1))
    assert "tenggat.peralihan_kedaluwarsa_jkk" in codes(date(2021, 6, 2))
