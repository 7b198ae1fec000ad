"""Who of a payer's workers can be handed over from a month on, and what stands in the way of the others.

The same judgement shows a handover before it is prepared, prepares it, and is taken again when it is approved.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import CoveredMonth, NoticeLine
from payung.enrolment.models import Enrolment, Handover, HandoverLine
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.selectors import records_of
from payung.sponsors.models import Sponsor
from payung.store.bulk import in_slices


class Hindrance(StrEnum):
    """Why somebody cannot be handed over: a closed list."""

    ENDED = "ended"
    NOT_ACTIVE = "not_active"
    DIED = "died"
    PAID_BEYOND = "paid_beyond"
    ON_ANOTHER = "on_another"


@dataclass(frozen=True, slots=True)
class Judged:
    """One person: what hinders, the last month paid, the months that nobody would be asked for, the dues that end."""

    enrolment_id: int
    worker_id: int
    hindrance: Hindrance | None
    paid_until: Month | None
    gap: tuple[Month, ...]
    released_rp: int


@dataclass(frozen=True, slots=True)
class HandoverView:
    """All of them, in the order of the list."""

    first_month: Month
    people: tuple[Judged, ...]

    @property
    def free(self) -> tuple[Judged, ...]:
        """Those who can be handed over."""
        return tuple(each for each in self.people if each.hindrance is None)

    @property
    def hindered(self) -> dict[str, int]:
        """How many cannot, by reason."""
        return dict(Counter(each.hindrance.value for each in self.people if each.hindrance is not None))

    @property
    def with_gap(self) -> int:
        """How many of the free would have a month that nobody is asked for."""
        return sum(1 for each in self.free if each.gap)

    @property
    def released_rp(self) -> int:
        """What the last payer is asked for less, by our price."""
        return sum(each.released_rp for each in self.free)


def handovers_visible_to(viewer: Viewer) -> QuerySet[Handover]:
    """Handovers that a viewer may see: all, or those of their own company once they are approved."""
    rows = Handover.objects.select_related("from_sponsor", "to_pledge__sponsor", "to_wadah")
    scope = viewer.scope_of(Permission.ENROLMENT_READ)
    if scope.everything:
        return rows
    mine = Sponsor.objects.filter(public_id__in=scope.sponsors)
    done = rows.filter(approved_at__isnull=False)
    return done.filter(from_sponsor__in=mine) | done.filter(to_pledge__sponsor__in=mine)


def can_go_on(sponsor: Sponsor) -> QuerySet[Enrolment]:
    """The active ways of a payer, in the order of its lists."""
    active = Enrolment.objects.filter(sponsor=sponsor, state=Enrolment.State.ACTIVE)
    return active.order_by("pledge_id", "position", "pk")


def judged_handover(
    enrolment_ids: Sequence[int], *, first_month: Month, today: date, handover: Handover | None = None
) -> HandoverView:
    """Judge ways, in the order given: a few queries a slice. `handover` is the one that they stand on already."""
    rows: dict[int, tuple[Any, ...]] = {}
    for part in in_slices(enrolment_ids):
        found = Enrolment.objects.filter(pk__in=part)
        begun = Coalesce("from_month", "pledge__first_month", 0)
        facts = found.values_list("pk", "worker_id", "state", "worker__died_on", begun, "starts_on")
        rows |= {row[0]: row for row in facts}
    elsewhere = _on_another(enrolment_ids, handover)
    person = records_of(row[1] for row in rows.values())
    paid, asked = _paid(person), _asked(person)
    people = []
    for pk in enrolment_ids:
        _, worker, state, died_on, begins, starts_on = rows[pk]
        covered, due = paid.get(worker, set()), asked.get(worker, {})
        hindrance = _hindrance(state, died_on, covered, first_month, pk in elsewhere)
        open_months = {month: rp for month, rp in due.items() if month not in covered}
        since = max(begins, int(Month.of(starts_on)) if starts_on else 0, min(covered | due.keys(), default=0))
        gap = _gap(max(since, int(Month.of(today))), first_month, covered | due.keys())
        released = sum(rp for month, rp in open_months.items() if month >= first_month)
        last = Month(max(covered)) if covered else None
        people.append(Judged(pk, worker, hindrance, last, gap, released))
    return HandoverView(first_month, tuple(people))


def open_lines(worker_ids: Iterable[int], *, since: Month) -> list[NoticeLine]:
    """Live lines of workers, at whichever record, from a month on: what ends when they are handed over."""
    person = records_of(worker_ids)
    found: list[NoticeLine] = []
    for part in in_slices(person):
        lines = NoticeLine.objects.filter(worker_id__in=part, is_live=True, month__gte=since)
        found += lines.select_related("notice")
    return found


def _hindrance(
    state: str, died_on: date | None, covered: set[int], first: Month, is_elsewhere: bool
) -> Hindrance | None:
    if state in Enrolment.ENDED:
        return Hindrance.ENDED
    if state != Enrolment.State.ACTIVE:
        return Hindrance.NOT_ACTIVE
    if died_on is not None:
        return Hindrance.DIED
    if any(month >= first for month in covered):
        return Hindrance.PAID_BEYOND
    return Hindrance.ON_ANOTHER if is_elsewhere else None


def _gap(since: int, first: Month, known: set[int]) -> tuple[Month, ...]:
    """Months from now to the handover that are neither paid nor asked for."""
    return tuple(Month(month) for month in range(since, int(first)) if month not in known)


def _on_another(enrolment_ids: Sequence[int], handover: Handover | None) -> set[int]:
    found: set[int] = set()
    for part in in_slices(enrolment_ids):
        lines = HandoverLine.objects.filter(enrolment_id__in=part, is_open=True)
        found |= set(lines.exclude(handover=handover).values_list("enrolment_id", flat=True))
    return found


def _paid(person: dict[int, int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for part in in_slices(person):
        rows = CoveredMonth.objects.filter(worker_id__in=part, program=Program.JKK)
        for record, month in rows.values_list("worker_id", "month"):
            found.setdefault(person[record], set()).add(month)
    return found


def _asked(person: dict[int, int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for part in in_slices(person):
        rows = NoticeLine.objects.filter(worker_id__in=part, is_live=True)
        for record, month, jkk, jkm in rows.values_list("worker_id", "month", "jkk_rp", "jkm_rp"):
            found.setdefault(person[record], {})[month] = jkk + jkm
    return found
