"""What a NIK says, and that no answer repeats it."""

import json
from datetime import date

import pytest

from payung.kernel.nik import Nik
from payung.rules.cases import check_case
from payung.rules.errors import GivenError
from payung.rules.explain import explain
from payung.rules.kepesertaan import figures
from payung.rules.kepesertaan.nik import nik
from tests.rules.yaml_cases import cases_beside

TODAY = date(2026, 11, 22)
SARI = "3324155512900003"


@pytest.mark.parametrize("case", cases_beside(__file__, "nik"))
def test_worked_case(case):
    assert check_case(case) == []


def test_no_answer_repeats_the_number():
    explained = json.dumps(explain("nik", {"nik": SARI, "pada": "2026-11-22"}).as_dict())
    assert SARI not in explained
    assert SARI not in repr(nik(SARI, pada=TODAY))


def test_no_refusal_repeats_the_number():
    with pytest.raises(GivenError) as refusal:
        explain("nik", {"nik": int(SARI), "pada": "2026-11-22"})
    assert SARI not in str(refusal.value) + repr(refusal.value.__cause__)


def test_cards_agree_with_the_kernel_that_reads_niks():
    added = figures.NIK_TAMBAHAN_HARI_PEREMPUAN.on(TODAY).value
    man = Nik.parse(f"332415{1:02d}1290" + "0003")
    woman = Nik.parse(f"332415{1 + added:02d}1290" + "0003")
    assert len(man.digits) == figures.NIK_PANJANG.on(TODAY).value
    assert (man.sex, woman.sex) == ("L", "P")
    assert man.birth_date(TODAY) == woman.birth_date(TODAY)


@pytest.mark.parametrize("digits", [SARI, SARI[:-1]])
def test_the_length_and_the_mark_of_women_are_cited(digits):
    cited = [figure.card for step in nik(digits, pada=TODAY).steps for figure in step.figures]
    assert cited == (["nik_panjang", "nik_tambahan_hari_perempuan"] if digits == SARI else ["nik_panjang"])


@pytest.mark.parametrize(("digits", "well_formed"), [(SARI, True), (SARI[:-1], False)])
def test_the_first_step_says_whether_the_number_is_well_formed(digits, well_formed):
    assert nik(digits, pada=TODAY).steps[0].result is well_formed
