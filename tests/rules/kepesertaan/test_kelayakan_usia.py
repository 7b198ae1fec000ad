"""Age at registration: worked cases beside this file, and what holds for every age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.cases import check_case
from payung.rules.kepesertaan.kelayakan_usia import AlasanUsia, kelayakan_usia
from tests.rules.yaml_cases import cases_beside

TODAY = date(2026, 11, 22)
births = st.dates(date(1920, 1, 1), TODAY)


@pytest.mark.parametrize("case", cases_beside(__file__, "kelayakan_usia"))
def test_worked_case(case):
    assert check_case(case) == []


@given(births)
def test_exactly_the_ages_18_to_64_fit(born):
    answer = kelayakan_usia(born, mendaftar=TODAY)
    assert answer.layak == (18 <= answer.usia < 65)
    assert (answer.alasan is None) == answer.layak


@given(births)
def test_nobody_grows_younger_overnight(born):
    tomorrow = kelayakan_usia(born, mendaftar=TODAY + timedelta(days=1))
    assert 0 <= tomorrow.usia - kelayakan_usia(born, mendaftar=TODAY).usia <= 1


def test_too_old_is_said_with_the_limit_and_its_article():
    answer = kelayakan_usia(date(1950, 1, 1), mendaftar=TODAY)
    step = next(step for step in answer.steps if step.code == "usia.batas_atas")
    assert answer.alasan is AlasanUsia.TERLALU_TUA
    assert (step.params["batas"], step.figures[0].article) == (65, "Permenaker 5/2021")
