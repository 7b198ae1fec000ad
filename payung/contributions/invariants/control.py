"""I-20 to I-29: two persons, the table of steps, the record and its chain, the database itself."""

from django.db import connection
from django.db.models import F, Q

from payung.audit.models import AuditEvent, AuditLine
from payung.audit.selectors import broken_links
from payung.contributions.invariants.violation import Violation, rows, violations
from payung.contributions.models import ClosedMonth, Payment
from payung.enrolment.models import Determination, Enrolment, EnrolmentEvent
from payung.enrolment.transitions import is_allowed
from payung.kernel.month import Month


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
    """Each step stands in the table and begins where the last one led; what is withdrawn is over."""
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
    torn = rows(
        "SELECT id, came_from, from_state FROM (SELECT id, from_state, "
        "LAG(to_state) OVER (PARTITION BY enrolment_id ORDER BY id) AS came_from FROM enrolment_enrolmentevent) v "
        "WHERE came_from <> from_state"
    )
    undead = rows(
        "SELECT n.public_id, COUNT(*) FROM contributions_notice n "
        "JOIN contributions_noticeline l ON l.notice_id = n.id "
        "WHERE n.withdrawn_at IS NOT NULL AND l.is_live GROUP BY n.public_id "
        "UNION ALL SELECT n.public_id, COUNT(*) FROM contributions_notice n "
        "JOIN contributions_paycode k ON k.notice_id = n.id "
        "WHERE n.withdrawn_at IS NOT NULL AND k.replaced_at IS NULL GROUP BY n.public_id"
    )
    return [
        *violations("I-21", "enrolment.event", steps, ("from", "to")),
        *violations("I-21", "enrolment.event", torn, ("came_from", "from")),
        *violations("I-21", "contributions.notice", undead, ("still_live",)),
        *violations("I-21", Enrolment._meta.label_lower, astray, ("state", "last_step")),
    ]


def I_22() -> list[Violation]:
    """Each notice, pay code, payment and closed month is in the record, as often as something was done with it."""
    found = [
        *_less_often_recorded("contributions_notice", "contributions.notice", f"1 + {_done('withdrawn_at')}"),
        *_less_often_recorded("contributions_paycode", "contributions.pay_code", "1"),
        *_less_often_recorded(
            "contributions_payment",
            "contributions.payment",
            f"1 + {_done('confirmed_at')} + {_done('reversed_at')}",
        ),
    ]
    recorded = AuditLine.objects.filter(object_type="contributions.month").values_list("object_id", flat=True)
    closed = {str(Month(month)) for month in ClosedMonth.objects.values_list("month", flat=True)}
    return found + [Violation("I-22", "contributions.month", month, "") for month in sorted(closed - set(recorded))]


def _done(column: str) -> str:
    return f"CASE WHEN t.{column} IS NULL THEN 0 ELSE 1 END"


def _less_often_recorded(table: str, object_type: str, deeds: str) -> list[Violation]:
    """Rows of a table (`t`) that fewer events of the record touch than deeds were done with them."""
    key = "CAST(t.public_id AS text)"
    if connection.vendor != "postgresql":  # a UUID is kept there without its hyphens
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        key = " || '-' || ".join(f"substr(t.public_id, {start}, {length})" for start, length in parts)
    found = rows(
        f"SELECT t.public_id, COUNT(DISTINCT l.event_id), {deeds} FROM {table} t "  # noqa: S608 - our own names
        f"LEFT JOIN audit_auditline l ON l.object_type = '{object_type}' AND l.object_id = {key} "
        f"GROUP BY t.id, t.public_id HAVING COUNT(DISTINCT l.event_id) < {deeds}"
    )
    return violations("I-22", object_type, found, ("recorded", "done"))


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
