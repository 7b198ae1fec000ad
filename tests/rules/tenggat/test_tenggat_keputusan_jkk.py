"""By when BPJS concludes: worked cases beside this file, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.tenggat.tenggat_keputusan_jkk import tenggat_keputusan_jkk
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "tenggat_keputusan_jkk"))
def test_worked_case(case):
    assert check_case(case) == []


@given(st.dates(date(2023, 11, 1), date(2060, 12, 31)))
def test_thirty_days_of_the_calendar_lie_between(day):
    assert tenggat_keputusan_jkk(day).tenggat - day == timedelta(days=30)
