"""By when a JKM benefit is paid: worked cases beside this file, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.tenggat.hari_kerja import is_hari_kerja
from payung.rules.tenggat.tenggat_bayar_jkm import tenggat_bayar_jkm
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "tenggat_bayar_jkm"))
def test_worked_case(case):
    assert check_case(case) == []


@given(st.dates(date(2015, 7, 1), date(2032, 12, 1)))
def test_exactly_three_working_days_lie_after_the_papers(day):
    deadline = tenggat_bayar_jkm(day).tenggat
    between = [day + timedelta(days=number) for number in range(1, (deadline - day).days + 1)]
    assert sum(is_hari_kerja(each) for each in between) == 3
