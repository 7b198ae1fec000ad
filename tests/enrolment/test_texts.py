"""Every code has its words, in one sentence that says where, since when and who must act."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from payung.enrolment import errors, texts
from payung.enrolment.answer_files import answer_words
from payung.enrolment.models import Answer, LeaveReason, RejectReason, VerificationEntry
from payung.enrolment.selectors import STANDING_CODES
from payung.enrolment.selectors.standing import WHO_ACTS, Actor, Standing
from payung.enrolment.selectors.waiting import _OF_PERSONS
from payung.enrolment.transitions import NOTES, REMARKS, State
from tests.architecture.source import PACKAGE

PARAMS = {"wadah": "NPW1", "kpj": "26000000001", "starts_on": "2026-12-01", "paid_through": "2027-05"}


@pytest.mark.parametrize("code", sorted(STANDING_CODES))
def test_every_standing_is_one_sentence(code):
    reason = code.partition(":")[2]
    said = texts.standing_text(Standing(code, date(2026, 6, 3), WHO_ACTS[code], {**PARAMS, "reason": reason}))
    assert said.endswith(".")
    assert "%(" not in said
    assert re.search(r"3 Juni 2026|1 Desember 2026", said)
    assert WHO_ACTS[code] is Actor.NOBODY or texts.who_text(WHO_ACTS[code]) in said


def test_the_active_ones_say_until_when():
    said = texts.standing_text(Standing("active", date(2026, 12, 4), Actor.NOBODY, PARAMS))
    assert said == ("Aktif sejak 1 Desember 2026 menurut BPJS, nomor peserta 26000000001; dibayar sampai Mei 2027.")


def test_the_sentence_is_english_one_click_away():
    with translation.override("en"):
        said = texts.standing_text(Standing("sent", date(2026, 6, 3), Actor.BPJS))
    assert said.startswith("Sent to BPJS since")


def test_every_state_reason_result_and_work_has_its_words():
    reasons = {*LeaveReason.values, *RejectReason.values, *NOTES, *(one for many in REMARKS.values() for one in many)}
    results = {*VerificationEntry.Result.values, "aktif"}
    for kind in Answer.Kind.values:
        results |= set(answer_words(kind).results.values()) - {"ditolak"}
    assert set(texts.STATES) == set(State.values)
    assert set(texts.REASONS) == reasons
    assert set(texts.RESULTS) == results
    assert {code for code, *_ in _OF_PERSONS} <= set(texts.WORK)


def test_every_refusal_and_every_problem_has_its_words():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not errors.EnrolmentError]
    for kind in kinds:
        assert texts.refusal_text(kind())
    source = "".join(path.read_text() for path in Path(PACKAGE / "enrolment").rglob("*.py"))
    codes = set(re.findall(r'"(answer:[a-z-]+)"', source))
    assert len(codes) > 10
    assert all(texts.problem_text(code) != code for code in codes)
