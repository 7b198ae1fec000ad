"""Whether a JKM claim comes too late: worked cases beside this file, and that the answer is never sure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Keyakinan
from payung.rules.cases import check_case
from payung.rules.tenggat.kedaluwarsa_jkm import kedaluwarsa_jkm
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "kedaluwarsa_jkm"))
def test_worked_case(case):
    assert check_case(case) == []


@given(st.dates(date(2015, 7, 1), date(2040, 12, 31)), st.integers(min_value=0, max_value=4000))
def test_a_claim_is_late_exactly_after_the_last_day_and_never_surely(day, wait):
    claimed = day + timedelta(days=wait)
    answer = kedaluwarsa_jkm(day, diajukan=claimed)
    assert answer.kedaluwarsa is (claimed > answer.hari_terakhir)
    assert answer.confidence is Keyakinan.PERLU_KONFIRMASI
