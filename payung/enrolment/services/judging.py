"""What one row of an answer does to one way, by the kind of answer: a table of steps, and three questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from payung.enrolment.answer_files import ACCEPTED, ACTIVATED, GivenRow
from payung.enrolment.models import Answer, AnswerRow, Enrolment, LeaveReason, RejectReason
from payung.enrolment.transitions import PAID, TIDAK_PADAN, State

Outcome = AnswerRow.Outcome
Kind = Answer.Kind
_REJECTIONS = {str(reason): (State.REJECTED, str(reason)) for reason in RejectReason.values}

# The state in which each kind of answer is waited for, and the step that each result takes.
EXPECTED: Mapping[str, str] = {
    Kind.DUKCAPIL: State.VERIFIED,
    Kind.BPJS_CHECK: State.MATCHED,
    Kind.BPJS_ACCEPTANCE: State.SENT,
    Kind.BPJS_ACTIVATION: State.ACCEPTED,
}
STEPS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    Kind.DUKCAPIL: {
        "padan": (State.MATCHED, ""),
        "tidak_padan": (State.VERIFIED, TIDAK_PADAN),
        "meninggal": (State.LEFT, LeaveReason.MENINGGAL),
        "pindah": (State.LEFT, LeaveReason.PINDAH),
    },
    Kind.BPJS_CHECK: {"belum_terdaftar": (State.CHECKED, ""), "pernah_terdaftar": (State.CHECKED, ""), **_REJECTIONS},
    Kind.BPJS_ACCEPTANCE: {ACCEPTED: (State.ACCEPTED, ""), **_REJECTIONS},
    Kind.BPJS_ACTIVATION: {ACTIVATED: (State.ACTIVE, "")},
}
_PROGRESS = (
    *(State.PROPOSED, State.VERIFIED, State.MATCHED, State.CHECKED, State.DETERMINED),
    *(State.REGISTERED, State.SENT, State.ACCEPTED, State.ACTIVE),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a row, the step it takes where it is applied, and a problem's code where it is refused."""

    outcome: str = Outcome.UNKNOWN
    to: str = ""
    reason: str = ""
    code: str = ""


def judge(kind: str, row: Enrolment, given: GivenRow) -> Verdict:
    """Say what an answer's row does: it was waited for, it repeats what is known, or it comes at another step."""
    step = STEPS[kind].get(given.result)
    if step is None:
        return Verdict(Outcome.REFUSED, code="answer:result-unknown")
    to, reason = step
    if _is_known(row, to, reason):
        return _about_active(row, given) if kind == Kind.BPJS_ACTIVATION else Verdict(Outcome.REPEATED)
    if row.state != EXPECTED[kind]:
        return Verdict(Outcome.REFUSED, code="answer:other-step")
    if to == State.ACTIVE and not (given.kpj and given.starts_on):
        return Verdict(Outcome.REFUSED, code="answer:kpj-or-start-missing")
    return Verdict(Outcome.APPLIED, to, reason)


def _is_known(row: Enrolment, to: str, reason: str) -> bool:
    """Whether the way stands there, or beyond, already."""
    if to in Enrolment.ENDED or to == State.VERIFIED:
        return (row.state, row.reason) == (to, reason)
    return row.state in _PROGRESS and _PROGRESS.index(row.state) >= _PROGRESS.index(to)


def _about_active(row: Enrolment, given: GivenRow) -> Verdict:
    """Of somebody active BPJS tells a later month; another number or start is compared, and shown."""
    later = given.paid_through is not None and (row.paid_through or 0) < int(given.paid_through)
    differs = (given.kpj and given.kpj != row.kpj) or (given.starts_on and given.starts_on != row.starts_on)
    return Verdict(Outcome.APPLIED, State.ACTIVE, PAID) if later or differs else Verdict(Outcome.REPEATED)
