"""One person, two records: one is merged into the other, and taken out of it again, as if nothing had been.

Nothing is moved and nothing is copied: ways, months and lists stay at the record they were written for, and whoever
asks about a person asks for all records of the person (`selectors.records_of`).
"""

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.kernel.clock import Clock
from payung.registry.errors import MergeRefusedError, UnmergeRefusedError
from payung.registry.models import SuspectedPair, Worker, WorkerMerger
from payung.registry.selectors.pairs import in_order, must_not_link
from payung.registry.services.decisions import LONGEST_REASON


@transaction.atomic
def merge_workers(
    worker: Worker, into: Worker, *, reason: str, acting_user: Viewer, clock: Clock, pair: SuspectedPair | None = None
) -> WorkerMerger:
    """Let `into` stand for both records from now on. What forbids it in ways and months the caller has asked before.

    Two persons who merge A into B and B into A at the same moment: one does it, the other is refused (`merged`).
    """
    acting_user.require(Permission.DUPLICATE_DECIDE)
    old, kept = lock_records(worker.pk, into.pk)
    check_mergeable(old, kept)
    before = _state_of(old)
    old.merged_into = kept
    with recording(acting_user.actor, "registry.worker.merge", reason=reason) as event:
        old.save(update_fields=["merged_into"])
        event.touch("registry.worker", old.public_id, before=before, after=_state_of(old))
        event.touch("registry.worker", kept.public_id)
        return _written(old, kept, reason=reason, acting_user=acting_user, clock=clock, pair=pair)


@transaction.atomic
def unmerge_workers(merger: WorkerMerger, *, reason: str, acting_user: Viewer, clock: Clock) -> WorkerMerger:
    """Take a merged record out again: the state before the merger, to the byte. Its pair waits for people anew."""
    acting_user.require(Permission.DUPLICATE_UNDO)
    old, kept = lock_records(merger.worker_id, merger.into_id)
    if WorkerMerger.objects.filter(undoes=merger).exists() or old.merged_into_id != kept.pk:
        raise UnmergeRefusedError("undone")
    before = _state_of(old)
    old.merged_into = None
    with recording(acting_user.actor, "registry.worker.unmerge", reason=reason) as event:
        if Worker.objects.filter(nik_index=bytes(old.nik_index), merged_into__isnull=True).exists():
            raise UnmergeRefusedError("nik")
        old.save(update_fields=["merged_into"])
        event.touch("registry.worker", old.public_id, before=before, after=_state_of(old))
        event.touch("registry.worker", kept.public_id)
        if merger.pair_id:
            SuspectedPair.objects.filter(pk=merger.pair_id).update(state=SuspectedPair.State.OPEN)
            event.touch(
                "registry.pair", SuspectedPair.objects.values_list("public_id", flat=True).get(pk=merger.pair_id)
            )
        return _written(old, kept, reason=reason, acting_user=acting_user, clock=clock, pair=merger.pair, undoes=merger)


def lock_records(one: int, other: int) -> tuple[Worker, Worker]:
    """Lock two records, by ascending id, and give them as they are now, in the order asked for."""
    rows = Worker.objects.select_for_update(of=("self",)).filter(pk__in=[one, other]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[one], found[other]


def check_mergeable(old: Worker, kept: Worker) -> None:
    """Raise `MergeRefusedError` where the two records themselves forbid it."""
    if old.pk == kept.pk or old.merged_into_id or kept.merged_into_id:
        raise MergeRefusedError("merged")
    if old.died_on != kept.died_on:
        raise MergeRefusedError("deaths")
    if in_order(old.pk, kept.pk) in must_not_link():
        raise MergeRefusedError("apart")


def _state_of(worker: Worker) -> bytes:
    return content_hash({"worker": worker.public_id, "merged_into": worker.merged_into_id})


def _written(
    old: Worker,
    kept: Worker,
    *,
    reason: str,
    acting_user: Viewer,
    clock: Clock,
    pair: SuspectedPair | None,
    undoes: WorkerMerger | None = None,
) -> WorkerMerger:
    return WorkerMerger.objects.create(
        worker=old,
        into=kept,
        pair=pair,
        undoes=undoes,
        reason=reason[:LONGEST_REASON],
        actor_id=acting_user.actor.id,
        actor_label=acting_user.actor.label[:200],
        recorded_at=clock.now(),
    )
