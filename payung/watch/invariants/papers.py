"""I-26 and I-30: what went out of the house, as a file or as a letter, and what caused it."""

from typing import Any

from django.db.models import Count, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from payung.audit.models import AuditEvent, AuditLine
from payung.contributions.invariants.violation import Violation, violations
from payung.enrolment.models import BpjsBatch, DukcapilExport
from payung.messages.models import Message
from payung.watch.invariants.secrets import OPENED

EXPORTS: tuple[tuple[str, str, type[Model]], ...] = (
    ("enrolment.dukcapil.export", "enrolment.dukcapil_export", DukcapilExport),
    ("enrolment.bpjs.export", "enrolment.bpjs_batch", BpjsBatch),
)


def I_26() -> list[Violation]:
    """Each list of people that went out is in the record with its hash, and opened exactly the rows it says."""
    wrong = [violation for action, kind, model in EXPORTS for violation in _unlike_the_record(action, kind, model)]
    short = BpjsBatch.objects.annotate(kept=Count("lines")).exclude(kept=F("row_count"))
    said = short.values_list("public_id", "row_count", "kept")
    return [*wrong, *violations("I-26", "enrolment.bpjs_batch", said, ("rows", "lines"))]


def _unlike_the_record(action: str, kind: str, model: type[Any]) -> list[Violation]:
    """Exports without an event that made them, whose event kept another hash, or opened other than their rows."""
    made = {
        line.object_id: (bytes(line.after), line.opened)
        for line in _made(action, kind).only("object_id", "after").iterator()
    }
    found = [
        (public_id, row_count, opened)
        for public_id, row_count, sha256 in model.objects.values_list("public_id", "row_count", "file_sha256")
        for digest, opened in [made.get(str(public_id), (b"", 0))]
        if digest.hex() != sha256 or opened != row_count
    ]
    return violations("I-26", kind, found, ("rows", "opened"))


def _made(action: str, kind: str) -> QuerySet[Any]:
    events = AuditEvent.objects.filter(action=action, outcome="done")
    opened = AuditLine.objects.filter(event=OuterRef("event"), object_type=OPENED).order_by().values("event")
    count = Subquery(opened.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return AuditLine.objects.filter(event__in=events, object_type=kind).annotate(opened=Coalesce(count, 0))


def I_30() -> list[Violation]:
    """Every letter has one source; the same source sends one letter to one address, and a sent one has its time."""
    without = Message.objects.filter(Q(source="") | Q(to=""))
    timeless = Message.objects.filter(
        Q(state=Message.State.SENT, sent_at__isnull=True)
        | Q(sent_at__isnull=False) & ~Q(state=Message.State.SENT)
        | Q(state=Message.State.SENT, attempts=0)
    )
    return [
        *violations("I-30", "messages.message", without.values_list("public_id")),
        *violations("I-30", "messages.message", _sent_twice(), ("template", "times")),
        *violations("I-30", "messages.message", timeless.values_list("public_id")),
    ]


def _sent_twice() -> list[tuple[str, str, int]]:
    # An address is the same in any case of letters; the constraint sees only letters that are alike.
    letters = Message.objects.order_by().annotate(address=Lower("to"))
    rows = letters.values("source", "template", "address").annotate(times=Count("pk"))
    return [(row["source"], row["template"], row["times"]) for row in rows.filter(times__gt=1)]
