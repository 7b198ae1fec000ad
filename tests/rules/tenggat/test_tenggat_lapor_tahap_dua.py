"""By when the second report is made: worked cases beside this file."""

from datetime import datetime, timedelta

import pytest

from payung.rules.cases import check_case
from payung.rules.tenggat.tenggat_lapor_tahap_dua import tenggat_lapor_tahap_dua
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "tenggat_lapor_tahap_dua"))
def test_worked_case(case):
    assert check_case(case) == []


def test_the_hours_run_from_the_doctors_statement():
    statement = datetime.fromisoformat("2026-11-20T14:45+07:00")
    answer = tenggat_lapor_tahap_dua(statement)
    assert answer.tenggat - statement == timedelta(hours=answer.jam)
