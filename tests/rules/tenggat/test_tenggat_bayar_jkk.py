"""By when a JKK benefit is paid: worked cases beside this file, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.tenggat.hari_kerja import is_hari_kerja
from payung.rules.tenggat.tenggat_bayar_jkk import tenggat_bayar_jkk
from payung.rules.tenggat.tenggat_bayar_jkm import tenggat_bayar_jkm
from tests.rules.yaml_cases import cases_beside

days = st.dates(date(2015, 7, 1), date(2032, 12, 1))


@pytest.mark.parametrize("case", cases_beside(__file__, "tenggat_bayar_jkk"))
def test_worked_case(case):
    assert check_case(case) == []


@given(days)
def test_the_deadline_is_a_working_day_nine_days_on_or_later(day):
    deadline = tenggat_bayar_jkk(day)
    assert is_hari_kerja(deadline.tenggat)
    assert deadline.tenggat >= day + timedelta(days=9)
    assert deadline.terlambat_mulai == deadline.tenggat + timedelta(days=1)


@given(days)
def test_death_by_sickness_is_paid_sooner(day):
    assert tenggat_bayar_jkm(day).tenggat < tenggat_bayar_jkk(day).tenggat


@given(days, days)
def test_later_papers_never_bring_an_earlier_deadline(one, other):
    early, late = sorted((one, other))
    assert tenggat_bayar_jkk(early).tenggat <= tenggat_bayar_jkk(late).tenggat
