"""Settling suspected pairs: what the registry decides and merges, after a look at ways and months.

The registry knows nothing of money. That a worker has paid months, and so needs a second person, and that two records
cannot be one because both have the same month, is known here.
"""

from dataclasses import dataclass

from django.db import transaction

from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.errors import SameMonthsError, TwoWaysError
from payung.contributions.selectors.duplicates import MergeView, merge_view
from payung.kernel.clock import Clock
from payung.registry.models import PairDecision, SuspectedPair, WorkerMerger
from payung.registry.services import decide_pair, lock_records, merge_workers


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision, and the merger that it brought about."""

    decision: PairDecision
    merger: WorkerMerger | None


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
