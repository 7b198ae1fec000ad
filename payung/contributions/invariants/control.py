"""I-20 to I-29: two persons, the table of steps, the record and its chain, the database itself."""

from django.db import connection
from django.db.models import Count, F, Q

from payung.audit.models import AuditEvent, AuditLine
from payung.audit.selectors import broken_links
from payung.contributions.invariants.violation import Violation, rows, violations
from payung.contributions.models import Notice, PayCode, Payment
from payung.enrolment.models import Determination, Enrolment, EnrolmentEvent
from payung.enrolment.transitions import is_allowed


def I_20() -> list[Violation]:
    """Who confirms never recorded, who approves never prepared, and what was approved is what was prepared."""
    payments = Payment.objects.filter(confirmed_by=F("recorded_by"), operator_played_both=False)
    lists = Determination.objects.filter(
        Q(approved_by=F("prepared_by"), operator_played_both=False)
        | Q(approved_by__isnull=False) & ~Q(approved_hash=F("content_hash"))
    )
    return [
        *violations("I-20", "contributions.payment", payments.values_list("public_id")),
        *violations("I-20", "enrolment.determination", lists.values_list("public_id")),
    ]


def I_21() -> list[Violation]:
    """Each step of a way in stands in the table, and the way stands where its last step led."""
    taken = EnrolmentEvent.objects.order_by().values_list("from_state", "to_state").distinct()
    wrong = Q(pk__in=[])
    for from_state, to_state in taken:
        if not is_allowed(from_state, to_state):
            wrong |= Q(from_state=from_state, to_state=to_state)
    steps = EnrolmentEvent.objects.filter(wrong).values_list("pk", "from_state", "to_state")
    astray = rows(
        "SELECT e.public_id, e.state, v.to_state FROM enrolment_enrolment e JOIN enrolment_enrolmentevent v "
        "ON v.id = (SELECT MAX(w.id) FROM enrolment_enrolmentevent w WHERE w.enrolment_id = e.id) "
        "WHERE v.to_state <> e.state"
    )
    return [
        *violations("I-21", "enrolment.event", steps, ("from", "to")),
        *violations("I-21", Enrolment._meta.label_lower, astray, ("state", "last_step")),
    ]


def I_22() -> list[Violation]:
    """Each notice, pay code and payment is in the record, as often as something was done with it."""
    done = dict(
        AuditLine.objects.filter(object_type__in=["contributions.notice", "contributions.pay_code"])
        .values_list("object_id")
        .annotate(times=Count("pk"))
        .order_by()
    )
    paid = dict(
        AuditLine.objects.filter(object_type="contributions.payment")
        .values_list("object_id")
        .annotate(times=Count("event_id", distinct=True))
        .order_by()
    )
    silent = [
        (kind, str(public_id))
        for kind, model in (("contributions.notice", Notice), ("contributions.pay_code", PayCode))
        for public_id in model.objects.values_list("public_id", flat=True).iterator()
        if str(public_id) not in done
    ]
    payments = [
        (payment.public_id, paid.get(str(payment.public_id), 0), deeds)
        for payment in Payment.objects.only("public_id", "confirmed_at", "reversed_at").iterator()
        if paid.get(str(payment.public_id), 0)
        < (deeds := 1 + (payment.confirmed_at is not None) + (payment.reversed_at is not None))
    ]
    return [
        *(Violation("I-22", kind, public_id, "") for kind, public_id in silent),
        *violations("I-22", "contributions.payment", payments, ("recorded", "done")),
    ]


def I_23() -> list[Violation]:
    """The record's chain holds from its first event to its head."""
    if not AuditEvent.objects.exists():
        return []
    return [Violation("I-23", "audit.chain", "", fault) for fault in broken_links()]


def I_29() -> list[Violation]:
    """The database is whole: its pages, references, constraints and indexes."""
    if connection.vendor == "postgresql":
        found = rows(
            "SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
            "JOIN pg_namespace s ON s.oid = t.relnamespace WHERE NOT convalidated AND s.nspname = 'public' "
            "UNION ALL SELECT t.relname FROM pg_index i JOIN pg_class t ON t.oid = i.indexrelid "
            "WHERE NOT (i.indisvalid AND i.indisready)"
        )
        return violations("I-29", "database", found)
    damage = [row for row in rows("PRAGMA integrity_check") if row[0] != "ok"]
    orphans = rows("PRAGMA foreign_key_check")
    return [
        *violations("I-29", "database", damage),
        *violations("I-29", "database", ((f"{row[0]}:{row[1]}", row[2]) for row in orphans), ("refers_to",)),
    ]
