"""Reading the record, and proving that nobody has touched it."""

from collections.abc import Iterator

from payung.audit.models import AuditEvent, AuditHead, AuditLine
from payung.audit.services import FIRST_HASH, event_content, event_hash, lines_hash


def broken_links() -> Iterator[str]:
    """Walk the whole chain and say where it does not hold; nothing for a sound record."""
    previous, expected = FIRST_HASH, 1
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2_000):
        if event.sequence != expected:
            yield f"event {expected} is missing"
            expected = event.sequence
        if bytes(event.previous_hash) != previous:
            yield f"event {event.sequence} does not follow the one before it"
        if bytes(event.hash) != event_hash(bytes(event.previous_hash), event_content(event), bytes(event.lines_hash)):
            yield f"event {event.sequence} was altered"
        previous, expected = bytes(event.hash), expected + 1
    yield from _broken_lines()
    head = AuditHead.objects.filter(pk=1).first()
    end = (head.sequence, bytes(head.hash)) if head else (0, FIRST_HASH)
    if end != (expected - 1, previous):
        yield "the head of the record is not its last event"


def _broken_lines() -> Iterator[str]:
    lines = AuditLine.objects.order_by("event_id", "id").values_list(
        "event_id", "object_type", "object_id", "before", "after"
    )
    stream = lines.iterator(chunk_size=10_000)
    line = next(stream, None)
    for event in AuditEvent.objects.order_by("id").iterator(chunk_size=2_000):
        own: list[tuple[str, str, bytes, bytes]] = []
        while line is not None and line[0] < event.pk:
            yield f"there is a line of event row {line[0]}, which is gone"
            line = next(stream, None)
        while line is not None and line[0] == event.pk:
            own.append((line[1], line[2], bytes(line[3]), bytes(line[4])))
            line = next(stream, None)
        if len(own) != event.line_count or lines_hash(own) != bytes(event.lines_hash):
            yield f"lines of event {event.sequence} were altered"
    if line is not None:
        yield "there are lines without an event"
