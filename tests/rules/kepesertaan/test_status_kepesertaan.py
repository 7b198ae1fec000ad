"""Standing by the month paid up to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.month import Month
from payung.rules.cases import check_case
from payung.rules.kepesertaan.status_kepesertaan import Status, status_kepesertaan
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "status_kepesertaan"))
def test_worked_case(case):
    assert check_case(case) == []


@given(
    st.integers(int(Month.from_text("2016-01")), int(Month.from_text("2030-12"))).map(Month),
    st.dates(date(2016, 1, 1), date(2031, 12, 31)),
)
def test_lapsed_means_the_day_of_lapsing_has_come(paid_until, day):
    standing = status_kepesertaan(paid_until, pada=day)
    assert (standing.status is Status.NONAKTIF) == (day >= standing.nonaktif_mulai)
