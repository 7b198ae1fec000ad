"""Settling suspected pairs: what the registry decides and merges, after a look at ways and months.

The registry knows nothing of money. That a worker has paid months, and so needs a second person, and that two records
cannot be one because both have the same month, is known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.audit.services import recording
from payung.contributions.errors import SameMonthsError, TwoWaysError
from payung.contributions.selectors.duplicates import MergeView, merge_view
from payung.kernel.clock import Clock
from payung.matching.pairs import Pair
from payung.registry.errors import MergeRefusedError
from payung.registry.models import PairDecision, SuspectedPair, WorkerMerger
from payung.registry.selectors import auto_linking_is_on
from payung.registry.services import (
    Suspected,
    check_mergeable,
    decide_pair,
    lock_records,
    merge_workers,
    suspect_pairs,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision, and the merger that it brought about."""

    decision: PairDecision
    merger: WorkerMerger | None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a run's pairs: what waits now, and how many the program linked by itself."""

    suspected: Suspected
    linked: int


@transaction.atomic
def settle_pair(
    pair: SuspectedPair, *, answer: str, reason: str, seen_state: str, acting_user: Viewer, clock: Clock
) -> Settled:
    """Take a person's answer; where it is final and says `same`, merge the records in the same transaction.

    Where a worker has paid months a second person must say the same before it is final. What forbids the merger is
    told at the first answer already: `SameMonthsError`, `TwoWaysError`, or the registry's `MergeRefusedError`.
    """
    lock_records(pair.left_id, pair.right_id)
    view = merge_view(pair)
    with recording(acting_user.actor, "registry.pair.decide", reason=reason):
        decision = decide_pair(
            pair,
            answer=answer,
            reason=reason,
            needs_second=view.needs_second,
            seen_state=seen_state,
            acting_user=acting_user,
            clock=clock,
        )
        if answer != PairDecision.Answer.SAME:
            return Settled(decision, None)
        require_free(view)
        merger = _merge(pair, view, reason=reason, acting_user=acting_user, clock=clock) if decision.is_final else None
    return Settled(decision, merger)


def require_free(view: MergeView) -> None:
    """Raise where ways or months forbid that two records stand for one person."""
    if view.months:
        raise SameMonthsError(view.months)
    if view.two_ways:
        raise TwoWaysError


def _merge(pair: SuspectedPair, view: MergeView, *, reason: str, acting_user: Viewer, clock: Clock) -> WorkerMerger:
    left, right = lock_records(pair.left_id, pair.right_id)
    old, kept = (right, left) if view.kept_id == left.pk else (left, right)
    return merge_workers(old, kept, reason=reason, acting_user=acting_user, clock=clock, pair=pair)


@transaction.atomic
def take_in_pairs(pairs: Iterable[Pair], *, source: str, acting_user: Viewer, clock: Clock) -> TakenIn:
    """Let a run's pairs wait for people; those of the band `auto` are linked where the office lets the program do so.

    The program links nobody with paid months and nobody whom ways or months forbid: those wait like all others.
    """
    with recording(acting_user.actor, "registry.pairs.take_in", reason=source):
        suspected = suspect_pairs(pairs, source=source, acting_user=acting_user, clock=clock)
        linked = _link_by_itself(clock) if auto_linking_is_on() else 0
    return TakenIn(suspected, linked)


def _link_by_itself(clock: Clock) -> int:
    linked = 0
    live = {"left__merged_into__isnull": True, "right__merged_into__isnull": True}
    for pk in (
        SuspectedPair.objects.filter(state="open", band="auto", **live).order_by("pk").values_list("pk", flat=True)
    ):
        pair = SuspectedPair.objects.select_related("left", "right").get(pk=pk)
        if pair.left.merged_into_id or pair.right.merged_into_id or not _may_link(pair):
            continue
        settle_pair(
            pair,
            answer="same",
            reason=f"otomatis: {pair.model}",
            seen_state="open",
            acting_user=SYSTEM_VIEWER,
            clock=clock,
        )
        linked += 1
    return linked


def _may_link(pair: SuspectedPair) -> bool:
    view = merge_view(pair)
    if view.needs_second or not view.is_free:
        return False
    try:
        check_mergeable(pair.left, pair.right)
    except MergeRefusedError:
        return False
    return True
