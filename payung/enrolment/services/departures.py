"""The way out, and who takes the place that falls free."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from payung.access.errors import NotPermittedError
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.errors import ReasonUnknownError, SubstituteError
from payung.enrolment.models import Enrolment, LeaveReason
from payung.enrolment.transitions import ASSIGNED, HANDED_ON, locked, move, note
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.papers.services import Series, next_number

# The law of the programme knows a substitute for these six alone; the others end a way and free its place.
SUBSTITUTABLE = frozenset(
    {
        LeaveReason.MENINGGAL,
        LeaveReason.MENJADI_PU,
        LeaveReason.PINDAH,
        LeaveReason.USIA,
        LeaveReason.GANDA,
        LeaveReason.MENOLAK,
    }
)


@transaction.atomic
def leave(
    enrolment_ids: Iterable[int],
    *,
    reason: str,
    acting_user: Viewer,
    clock: Clock,
    effective_on: date | None = None,
    note_text: str = "",
) -> int:
    """End ways for a reason of the closed list. Months that were paid stay with the person they were paid for."""
    if not _may_end(acting_user, reason):
        raise NotPermittedError(Permission.ENROLMENT_REGISTER)
    if reason in HANDED_ON:  # that takes two parties and two persons: a handover
        raise ReasonUnknownError(reason=reason, step=str(Enrolment.State.LEFT))
    ids = list(enrolment_ids)
    with recording(acting_user.actor, "enrolment.leave", reason=note_text) as event:
        moved = move(
            ids,
            Enrolment.State.LEFT,
            reason=reason,
            params={pk: {"note": note_text} for pk in ids if note_text},
            effective_on=effective_on or clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
    return len(moved)


@transaction.atomic
def substitute(
    leaving: Enrolment,
    coming: Enrolment,
    *,
    from_month: Month,
    reason: str,
    acting_user: Viewer,
    clock: Clock,
    effective_on: date | None = None,
    note_text: str = "",
) -> Enrolment:
    """Let one leave and another take the place in the pledge, from the next unpaid month on (the caller knows it).

    The other is a live way of the same sponsor without a place yet; it walks its own steps and starts its own clocks.
    Where the first has left already, only the place is given; a place is given once.
    """
    acting_user.require(Permission.ENROLMENT_REGISTER)
    if reason not in SUBSTITUTABLE:
        raise ReasonUnknownError(reason=reason, step="substitute")
    rows = {row.pk: row for row in locked({leaving.pk, coming.pk})}
    old, new = rows[leaving.pk], rows[coming.pk]
    _check_substitute(old, new, reason)
    with recording(acting_user.actor, "enrolment.substitute", reason=note_text) as event:
        if old.state != Enrolment.State.LEFT:
            move(
                [old.pk],
                Enrolment.State.LEFT,
                reason=reason,
                params={old.pk: {"substitute": str(new.public_id), "note": note_text}},
                effective_on=effective_on or clock.today(),
                event=event,
                acting_user=acting_user,
                clock=clock,
            )
        new.pledge_id, new.position, new.replaces, new.from_month = old.pledge_id, old.position, old, int(from_month)
        new.save(update_fields=["pledge", "position", "replaces", "from_month"])
        next_number(Series.PENGGANTIAN, clock.today(), subject_type="enrolment.enrolment", subject_id=new.public_id)
        note(
            [new],
            ASSIGNED,
            params={new.pk: {"replaces": str(old.public_id), "from_month": str(from_month)}},
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
    return new


def _may_end(acting_user: Viewer, reason: str) -> bool:
    """Undoing an approved list ends its ways too, by the right to undo lists."""
    undoing = reason == LeaveReason.DAFTAR_DIBATALKAN and acting_user.may(Permission.LIST_UNDO)
    return undoing or acting_user.may(Permission.ENROLMENT_REGISTER)


def _check_substitute(old: Enrolment, new: Enrolment, reason: str) -> None:
    faults = {
        "same": old.pk == new.pk or old.worker_id == new.worker_id,
        "other-sponsor": old.sponsor_id != new.sponsor_id,
        "no-place": old.pledge_id is None,
        "has-place": new.pledge_id is not None,
        "ended": new.state in Enrolment.ENDED or old.state == Enrolment.State.REJECTED,
        "other-reason": old.state == Enrolment.State.LEFT and old.reason != reason,
        "taken": Enrolment.objects.filter(replaces=old).exists(),
    }
    for why, holds in faults.items():
        if holds:
            raise SubstituteError(why=why)
