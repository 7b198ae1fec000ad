"""The funeral costs of JKK."""

import pytest

from payung.rules.cases import check_case
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "biaya_pemakaman"))
def test_worked_case(case):
    assert check_case(case) == []
