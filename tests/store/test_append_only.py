"""Tables that only grow, against every way of changing them."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

from payung.audit.actor import SYSTEM
from payung.audit.models import AuditEvent, AuditLine
from payung.audit.services import recording

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STATEMENTS = [
    "UPDATE audit_auditevent SET reason = 'x'",
    "UPDATE audit_auditline SET object_id = 'x'",
    "UPDATE audit_auditevent SET sequence = sequence + 1000 WHERE sequence = 1",
    "DELETE FROM audit_auditevent",
    "DELETE FROM audit_auditline",
]
ONLY_SQLITE = [
    "REPLACE INTO audit_auditline (id, event_id, object_type, object_id, before, after) "
    "SELECT id, event_id, 'forged', object_id, before, after FROM audit_auditline",
    "UPDATE OR REPLACE audit_auditline SET id = id",
]
ONLY_POSTGRESQL = ["TRUNCATE audit_auditline", "TRUNCATE audit_auditevent, audit_auditline CASCADE"]


@pytest.fixture(autouse=True)
def an_event(db: None) -> None:
    with transaction.atomic(), recording(SYSTEM, "test.touch") as event:
        event.touch("registry.worker", "a")
        event.touch("registry.worker", "b")


def own_statements() -> list[str]:
    return STATEMENTS + (ONLY_SQLITE if connection.vendor == "sqlite" else ONLY_POSTGRESQL)


def test_no_statement_changes_or_removes_a_row() -> None:
    for statement in own_statements():
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditEvent.objects.count() == 1
    assert set(AuditLine.objects.values_list("object_type", flat=True)) == {"registry.worker"}


def test_saving_a_row_again_is_refused() -> None:
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        AuditEvent.objects.get().save()


def guarded_tables() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal "
                "AND tgname LIKE '%%_no_%%'",
                [],
            )
        return {row[0] for row in cursor.fetchall()}


def test_journal_audit_and_numbers_only_grow() -> None:
    expected = {"audit_auditevent", "audit_auditline", "papers_issuednumber"}
    expected |= {"contributions_journalentry", "contributions_posting"}
    assert expected <= guarded_tables()
    assert guarded_tables() <= {model._meta.db_table for model in apps.get_models()}


@pytest.mark.django_db(transaction=True)
def test_the_flush_between_tests_empties_them_and_leaves_the_triggers() -> None:
    before = guarded_tables()
    case = TransactionTestCase()
    case._fixture_teardown()
    assert not AuditEvent.objects.exists()
    assert guarded_tables() == before
    with transaction.atomic(), recording(SYSTEM, "test.again") as event:
        event.touch("registry.worker", "c")
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent")
