"""Opening findings and judging them: both for ever."""

from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.nik import masked_in
from payung.watch.errors import ReasonMissingError
from payung.watch.models import Finding, FindingReview
from payung.watch.rules import RULES
from payung.watch.rules.found import Found


@transaction.atomic
def look_for_fraud(*, acting_user: Viewer, clock: Clock) -> list[Finding]:
    """Run every rule and open what was not found before; a second run opens nothing. Returns what is new."""
    acting_user.require(Permission.LEDGER_CHECK)
    new: list[Finding] = []
    with recording(acting_user.actor, "watch.findings.open") as event:
        for rule, look in RULES.items():
            new += _opened(rule, look(_today(clock)), clock)
        event.touch_many("watch.finding", (finding.public_id for finding in new))
    return new


@transaction.atomic
def review_finding(finding: Finding, *, answer: str, reason: str, acting_user: Viewer, clock: Clock) -> FindingReview:
    """Say of a finding that all is well, or that something is done about it, and why. Never whom it is about."""
    acting_user.require(Permission.FINDING_REVIEW)
    acting_user.require_other_than(finding.about)
    reason = masked_in(reason.strip())
    if not reason or answer not in FindingReview.Answer.values:
        raise ReasonMissingError
    with recording(acting_user.actor, "watch.finding.review", reason=reason) as event:
        review = FindingReview.objects.create(
            finding=finding,
            answer=answer,
            reason=reason[:500],
            reviewed_by=acting_user.actor.id,
            reviewed_label=acting_user.actor.label,
            reviewed_at=clock.now(),
        )
        event.touch("watch.finding", finding.public_id)
    return review


def _opened(rule: str, found: list[Found], clock: Clock) -> list[Finding]:
    wanted = {each.key: each for each in found}
    known = set(Finding.objects.filter(rule=rule).values_list("key", flat=True))
    return Finding.objects.bulk_create(
        Finding(
            rule=rule,
            key=key,
            subject_type=each.subject_type,
            subject_id=each.subject_id,
            label=each.label,
            figures=each.figures,
            about=list(each.about),
            opened_at=clock.now(),
        )
        for key, each in wanted.items()
        if key not in known
    )


def _today(clock: Clock) -> date:
    return clock.today()
