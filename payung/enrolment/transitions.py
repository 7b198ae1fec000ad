"""The one table of the way in, and the one function that moves people along it, in sets.

A remark is a step from a state to itself that changes who must act: handed to Dukcapil, put on a determination, not
matched. A note is one that changes nothing of the standing: a place in a pledge, a renewal, a payment told by BPJS.
Ended ways have no successors (I-21). Only services of this module call these; they have checked the right.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from payung.access.viewer import Viewer
from payung.audit.services import Recording
from payung.enrolment.errors import EnrolmentGoneError, ReasonUnknownError, StepNotAllowedError
from payung.enrolment.models import Enrolment, EnrolmentEvent, LeaveReason, RejectReason
from payung.kernel.clock import Clock
from payung.store.bulk import bulk_insert, in_slices

State = Enrolment.State
BEGINNING = ""

ALLOWED: Mapping[str, frozenset[str]] = {
    BEGINNING: frozenset({State.PROPOSED, State.ACTIVE}),  # active: taken over from another payer, with the KPJ
    State.PROPOSED: frozenset({State.VERIFIED, State.LEFT}),
    State.VERIFIED: frozenset({State.MATCHED, State.LEFT}),
    State.MATCHED: frozenset({State.CHECKED, State.REJECTED, State.LEFT}),
    State.CHECKED: frozenset({State.DETERMINED, State.LEFT}),
    State.DETERMINED: frozenset({State.REGISTERED, State.LEFT}),
    State.REGISTERED: frozenset({State.SENT, State.LEFT}),
    State.SENT: frozenset({State.ACCEPTED, State.REJECTED, State.LEFT}),
    State.ACCEPTED: frozenset({State.ACTIVE, State.REJECTED, State.LEFT}),
    State.ACTIVE: frozenset({State.LEFT}),
    State.REJECTED: frozenset(),
    State.LEFT: frozenset(),
}

AT_DUKCAPIL, TIDAK_PADAN = "di_dukcapil", "tidak_padan"
PREPARED, SET_BACK = "disiapkan", "dikembalikan"
REMARKS: Mapping[str, frozenset[str]] = {
    State.VERIFIED: frozenset({AT_DUKCAPIL, TIDAK_PADAN}),
    State.CHECKED: frozenset({PREPARED, SET_BACK}),
}

# Ways that go on elsewhere: under another payer, or paid by the worker. Their unpaid months up to the end stay due.
HANDED_ON = frozenset({LeaveReason.DISERAHKAN, LeaveReason.BAYAR_SENDIRI})

ASSIGNED, RENEWED, PAID = "masuk_janji", "diperpanjang", "dibayar"
NOTES = frozenset({ASSIGNED, RENEWED, PAID})


def is_allowed(from_state: str, to_state: str) -> bool:
    """Whether the table has this step, or it is a remark or a note on a way that has not ended."""
    if from_state == to_state:
        return bool(ALLOWED[from_state])
    return to_state in ALLOWED[from_state]


def check_reason(from_state: str, to_state: str, reason: str) -> None:
    """Raise `ReasonUnknownError` unless the reason belongs to the closed list of this step."""
    if to_state == State.LEFT:
        known: Iterable[str] = LeaveReason.values
    elif to_state == State.REJECTED:
        known = RejectReason.values
    elif from_state == to_state:
        known = REMARKS.get(from_state, frozenset()) | NOTES
    else:
        known = frozenset({""})
    if reason not in known:
        raise ReasonUnknownError(reason=reason, step=to_state)


def locked(enrolment_ids: Iterable[int]) -> list[Enrolment]:
    """Lock the rows in ascending order (no two transactions wait for each other) and give them in that order."""
    wanted = sorted(set(enrolment_ids))
    rows: list[Enrolment] = []
    for part in in_slices(wanted):
        rows += Enrolment.objects.select_for_update().filter(pk__in=part).order_by("pk")
    if len(rows) != len(wanted):
        raise EnrolmentGoneError(count=len(wanted) - len(rows))
    return rows


def move(
    enrolment_ids: Iterable[int],
    to: str,
    *,
    effective_on: date,
    event: Recording,
    acting_user: Viewer,
    clock: Clock,
    reason: str = "",
    params: Mapping[int, Mapping[str, Any]] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> list[Enrolment]:
    """Move a set of enrolments to one state, all or none: check, write their events, update.

    `params` are facts of single enrolments for their events, `changes` columns that take the same value in all.
    Runs inside the caller's transaction and recording; a few statements whatever the size of the set.
    """
    rows = locked(enrolment_ids)
    _check_steps(rows, to, reason)
    write_events(
        ((row.pk, row.state, to, reason, (params or {}).get(row.pk, {})) for row in rows),
        effective_on=effective_on,
        acting_user=acting_user,
        clock=clock,
    )
    columns = {**(changes or {}), "state": to, "since": effective_on, "reason": reason}
    for part in in_slices([row.pk for row in rows]):
        Enrolment.objects.filter(pk__in=part).update(**columns)
    for row in rows:
        for name, value in columns.items():
            setattr(row, name, value)
    event.touch_many("enrolment.enrolment", (row.public_id for row in rows))
    return rows


def note(
    rows: Sequence[Enrolment],
    reason: str,
    *,
    effective_on: date,
    event: Recording,
    acting_user: Viewer,
    clock: Clock,
    params: Mapping[int, Mapping[str, Any]] | None = None,
) -> None:
    """Write a note on live ways: an event that leaves state, day and reason as they are. Rows are locked already."""
    for state in {row.state for row in rows}:
        if not is_allowed(state, state):
            raise StepNotAllowedError(from_states=[state], to_state=state)
        check_reason(state, state, reason)
    write_events(
        ((row.pk, row.state, row.state, reason, (params or {}).get(row.pk, {})) for row in rows),
        effective_on=effective_on,
        acting_user=acting_user,
        clock=clock,
    )
    event.touch_many("enrolment.enrolment", (row.public_id for row in rows))


def write_events(
    steps: Iterable[tuple[int, str, str, str, Mapping[str, Any]]],
    *,
    effective_on: date,
    acting_user: Viewer,
    clock: Clock,
) -> int:
    """Write the events of many steps at once: (enrolment id, from, to, reason, params)."""
    now, actor = clock.now(), acting_user.actor
    rows = (
        (pk, before, after, effective_on, now, actor.id, actor.label, reason, dict(params))
        for pk, before, after, reason, params in steps
    )
    return bulk_insert(EnrolmentEvent, _EVENT_COLUMNS, rows)


_EVENT_COLUMNS = (
    "enrolment_id",
    "from_state",
    "to_state",
    "effective_on",
    "recorded_at",
    "actor_id",
    "actor_label",
    "reason",
    "params",
)


def _check_steps(rows: Sequence[Enrolment], to: str, reason: str) -> None:
    found = {row.state for row in rows}
    refused = {state for state in found if not is_allowed(state, to)}
    if refused:
        count = sum(row.state in refused for row in rows)
        raise StepNotAllowedError(count=count, from_states=sorted(refused), to_state=to)
    for state in found:
        check_reason(state, to, reason)
