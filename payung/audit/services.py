"""Writing the record. One event a request, one line an object, in the transaction of the work itself."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from payung.audit.actor import Actor
from payung.audit.errors import NotInTransactionError
from payung.audit.models import AuditEvent, AuditHead, AuditLine
from payung.store.bulk import bulk_insert, insert_one
from payung.store.prepared import Prepared

FIRST_HASH = bytes(32)
LABEL_LENGTH = 200
EMPTY = b""


@dataclass(slots=True)
class Recording:
    """The event being written: say which objects it touches."""

    actor: Actor
    action: str
    reason: str
    request_id: str
    outcome: str = "done"
    lines: list[tuple[str, str, bytes, bytes]] = field(default_factory=list)

    def touch(self, object_type: str, object_id: UUID | str, *, before: bytes = EMPTY, after: bytes = EMPTY) -> None:
        """Add a line: this object was made, changed, read or sent."""
        self.lines.append((object_type, str(object_id), before, after))

    def touch_many(self, object_type: str, object_ids: Iterable[UUID | str]) -> None:
        """Add a line for each of many objects."""
        self.lines.extend((object_type, str(object_id), EMPTY, EMPTY) for object_id in object_ids)


_current: ContextVar[Recording | None] = ContextVar("payung_audit_recording", default=None)


@contextmanager
def recording(actor: Actor, action: str, *, reason: str = "", request_id: str = "") -> Iterator[Recording]:
    """Record one event around the work inside; an inner recording adds its lines to the outer event.

    Must stand inside `transaction.atomic`: the work and its record are written together or not at all.
    """
    outer = _current.get()
    if outer is not None:
        yield from _joined(outer)
        return
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(action)
    event = Recording(actor, action, reason, request_id)
    token = _current.set(event)
    try:
        yield event
    finally:
        _current.reset(token)
    _append(event)


def _joined(outer: Recording) -> Iterator[Recording]:
    written, ended_well = len(outer.lines), False
    try:
        yield outer
        ended_well = True
    finally:
        if not ended_well:
            del outer.lines[written:]  # what this part touched is being rolled back


def record_refusal(actor: Actor, action: str, *, reason: str = "", request_id: str = "") -> None:
    """Record that somebody was turned away; in a transaction of its own, for the work itself was rolled back."""
    with transaction.atomic():
        _append(Recording(actor, action, reason, request_id, outcome="refused"))


def content_hash(values: dict[str, Any]) -> bytes:
    """The hash of an object's content, for `before` and `after`."""
    return hashlib.sha256(_canonical(values)).digest()


def event_hash(previous: bytes, event: dict[str, Any], lines_hash: bytes) -> bytes:
    """Chain one event to the one before it."""
    return hashlib.sha256(previous + _canonical(event) + lines_hash).digest()


def lines_hash(lines: Iterable[tuple[str, str, bytes, bytes]]) -> bytes:
    """The hash over an event's lines in their order."""
    digest = hashlib.sha256()
    for object_type, object_id, before, after in lines:
        # Each part says its length, so that nothing can be moved from one part into the next.
        kind, name = object_type.encode(), object_id.encode()
        if not before and not after:  # nearly every line of a large event
            digest.update(b"%d:%b%d:%b0:0:" % (len(kind), kind, len(name), name))
            continue
        old, new = bytes(before), bytes(after)
        digest.update(b"%d:%b%d:%b%d:%b%d:%b" % (len(kind), kind, len(name), name, len(old), old, len(new), new))
    return digest.digest()


def event_content(event: AuditEvent) -> dict[str, Any]:
    """What the chain covers of a written event."""
    return {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": [event.actor_kind, event.actor_id, event.actor_label],
        "action": event.action,
        "reason": event.reason,
        "request_id": event.request_id,
        "outcome": event.outcome,
        "line_count": event.line_count,
    }


def _append(recorded: Recording) -> None:
    sequence, previous = _locked_head()
    event = AuditEvent(
        sequence=sequence + 1,
        at=datetime.now(tz=UTC),
        actor_kind=recorded.actor.kind,
        actor_id=recorded.actor.id,
        actor_label=recorded.actor.label[:LABEL_LENGTH],
        action=recorded.action,
        reason=recorded.reason,
        request_id=recorded.request_id,
        outcome=recorded.outcome,
        line_count=len(recorded.lines),
        lines_hash=lines_hash(recorded.lines),
        previous_hash=previous,
    )
    event.hash = event_hash(previous, event_content(event), bytes(event.lines_hash))
    insert_one(event)
    _write_lines(event.pk, recorded.lines)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [event.sequence, event.hash])


def _locked_head() -> tuple[int, bytes]:
    """The chain's end, locked: its number and hash; made with the first event."""
    found = _HEAD.first()
    if found is None:
        AuditHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": FIRST_HASH})
        return _locked_head()
    sequence, previous = found
    return sequence, bytes(previous)


def _write_lines(event_id: int, lines: list[tuple[str, str, bytes, bytes]]) -> None:
    """Write them in their order; the database numbers them as they come."""
    if not lines:
        return
    columns = ("event_id", "object_type", "object_id", "before", "after")
    bulk_insert(AuditLine, columns, ((event_id, *line) for line in lines))


def _canonical(values: Any) -> bytes:
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


_HEAD: Prepared[tuple[int, bytes | memoryview]] = Prepared(
    lambda: AuditHead.objects.select_for_update().filter(pk=1).values_list("sequence", "hash")
)
_MOVE_HEAD = "UPDATE audit_audithead SET sequence = %s, hash = %s WHERE id = 1"
