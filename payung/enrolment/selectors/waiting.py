"""Counts along the way: what waits for whom, and how far a sponsor's or a pledge's people are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import BpjsDifference, Determination, Enrolment, VerificationRound
from payung.enrolment.selectors.places import in_pledge, place_holders
from payung.enrolment.selectors.visibility import within
from payung.enrolment.transitions import AT_DUKCAPIL, PREPARED
from payung.kernel.funds import Sektor
from payung.sponsors.models import Pledge, Sponsor

State = Enrolment.State


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """One kind of work: how many persons or papers wait, and since when the oldest does."""

    code: str
    count: int
    oldest: date


# What waits, by code: the right it asks for, and which enrolments it is about.
_OF_PERSONS: tuple[tuple[str, Permission, Q], ...] = (
    ("verify", Permission.ENROLMENT_VERIFY, Q(state=State.PROPOSED)),
    ("match", Permission.ENROLMENT_MATCH, Q(state=State.VERIFIED) & ~Q(reason=AT_DUKCAPIL)),
    ("match-answer", Permission.ENROLMENT_MATCH, Q(state=State.VERIFIED, reason=AT_DUKCAPIL)),
    ("check", Permission.ENROLMENT_MATCH, Q(state=State.MATCHED)),
    ("determine", Permission.ENROLMENT_DETERMINE, Q(state=State.CHECKED) & ~Q(reason=PREPARED)),
    ("register", Permission.ENROLMENT_REGISTER, Q(state=State.DETERMINED)),
    ("send", Permission.BPJS_SEND, Q(state=State.REGISTERED)),
    ("acceptance", Permission.BPJS_ANSWER, Q(state=State.SENT)),
)


def work_waiting(viewer: Viewer) -> list[WaitingStep]:
    """What this person can do something about, as far as they reach, the longest waiting first; no empty steps."""
    found = [*_persons_waiting(viewer), *_papers_waiting(viewer)]
    return sorted(found, key=lambda step: (step.oldest, step.code))


def pipeline_counts(sponsor: Sponsor) -> dict[str, int]:
    """How many of a sponsor's people stand in each state; every state is named, empty ones with 0."""
    return _by_state(sponsor.enrolments.values_list("state").annotate(count=Count("pk")).order_by())


def pledge_counts(pledge: Pledge) -> dict[str, int]:
    """How many of a pledge's people stand in each state, and `vacant`: places of the quota that nobody has now."""
    ways = Enrolment.objects.filter(in_pledge(pledge))
    counts = _by_state(ways.values_list("state").annotate(count=Count("pk")).order_by())
    live = sum(count for state, count in counts.items() if state not in Enrolment.ENDED)
    return counts | {"vacant": max(0, pledge.quota - live)}


def places_to_fill(pledge: Pledge) -> int:
    """How many left or were rejected and have no substitute yet: "3 perlu diganti"."""
    return pledge.enrolments.filter(state__in=Enrolment.ENDED, replaced_by__isnull=True).count()


def sectors_of(pledge: Pledge) -> dict[Sektor, int]:
    """How many of a pledge's live people work in each sector; who has no occupation is left out."""
    live = place_holders(pledge).filter(worker__occupation__isnull=False)
    rows = live.order_by().values_list("worker__occupation__sector").annotate(count=Count("pk"))
    return {Sektor(sector): count for sector, count in rows}


def _by_state(rows: object) -> dict[str, int]:
    counted: Mapping[str, int] = dict(rows)  # type: ignore[call-overload]
    return {state: counted.get(state, 0) for state in State.values}


def _persons_waiting(viewer: Viewer) -> list[WaitingStep]:
    found = []
    for code, permission, which in _OF_PERSONS:
        if viewer.may(permission):
            rows = within(Enrolment.objects.filter(which), viewer.scope_of(permission))
            found += _step(code, *rows.aggregate(n=Count("pk"), oldest=Min("since")).values())
    return found


def _papers_waiting(viewer: Viewer) -> list[WaitingStep]:
    """Open rounds of the verifier's own, lists that wait for approval, differences that wait for a word."""
    found: list[WaitingStep] = []
    if viewer.may(Permission.ENROLMENT_VERIFY):
        mine = VerificationRound.objects.filter(closed_at__isnull=True, verifier_id=viewer.actor.id)
        found += _step("close-round", *mine.aggregate(n=Count("pk"), oldest=Min("held_on")).values())
    if viewer.may(Permission.ENROLMENT_APPROVE):
        prepared = Determination.objects.filter(approved_at__isnull=True, withdrawn_at__isnull=True)
        if not viewer.is_operator:
            prepared = prepared.exclude(prepared_by=viewer.actor.id)
        found += _step("approve", *prepared.aggregate(n=Count("pk"), oldest=Min("prepared_at__date")).values())
    if viewer.may(Permission.BPJS_ANSWER):
        shown = BpjsDifference.objects.filter(resolved_at__isnull=True)
        counted = shown.aggregate(n=Count("enrolment", distinct=True), oldest=Min("answer__received_on"))
        found += _step("difference", *counted.values())
    return found


def _step(code: str, count: int, oldest: date | None) -> list[WaitingStep]:
    return [WaitingStep(code, count, oldest)] if count and oldest else []
