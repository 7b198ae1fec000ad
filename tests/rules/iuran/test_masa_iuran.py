"""Terms and the warning about short ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month
from payung.rules.cases import check_case
from payung.rules.iuran import figures
from payung.rules.iuran.masa_iuran import masa_iuran, masa_iuran_bawaan, pilihan_masa_iuran
from tests.rules.yaml_cases import cases_beside

NOVEMBER = Month.from_text("2026-11")


@pytest.mark.parametrize("case", cases_beside(__file__, "masa_iuran"))
def test_worked_case(case):
    assert check_case(case) == []


@given(st.integers(1, 120))
def test_a_longer_term_never_buys_less(term):
    assert masa_iuran(term, mulai=NOVEMBER).bulan_penuh <= masa_iuran(term + 1, mulai=NOVEMBER).bulan_penuh


def test_warning_carries_the_article_of_the_waiting_rule():
    articles = {figure.article for figure in masa_iuran(3, mulai=NOVEMBER).figures}
    assert "Permenaker 1/2025" in articles


def test_a_contribution_is_due_on_the_fifteenth_and_nobody_is_sure_of_the_month():
    due = figures.HARI_JATUH_TEMPO.on(NOVEMBER)
    assert (due.value, due.origin.confidence) == (15, Keyakinan.PERLU_KONFIRMASI)


def test_default_term_is_offered_and_carries_no_warning():
    default = masa_iuran_bawaan(NOVEMBER)
    assert default in pilihan_masa_iuran(NOVEMBER)
    assert not masa_iuran(default, mulai=NOVEMBER).peringatan


@pytest.mark.parametrize(("term", "code"), [(3, "masa_iuran.peringatan"), (4, "masa_iuran.bulan_penuh")])
def test_the_last_step_warns_exactly_where_the_whole_term_waits(term, code):
    assert masa_iuran(term, mulai=NOVEMBER).steps[-1].code == code
