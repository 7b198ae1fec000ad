"""The periodic sum of JKK."""

import pytest

from payung.rules.cases import check_case
from payung.rules.jkk.santunan_berkala import santunan_berkala
from tests.rules.jkk.days_and_wages import EVE_OF_PP_82, TODAY
from tests.rules.yaml_cases import cases_beside


@pytest.mark.parametrize("case", cases_beside(__file__, "santunan_berkala"))
def test_worked_case(case):
    assert check_case(case) == []


def test_the_step_names_months_and_monthly_sum_with_their_articles():
    step = santunan_berkala(pada=EVE_OF_PP_82)
    assert step.params == {"bulan": 24, "sebulan_rp": 200_000}
    assert {figure.article for figure in step.figures} == {"PP 44/2015 Lampiran III"}
    assert {figure.article for figure in santunan_berkala(pada=TODAY).figures} == {"PP 82/2019 Lampiran III"}
