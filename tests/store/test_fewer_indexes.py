"""Indexes that no question needs are gone from the large tables; what else stood on them stands."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("contributions_coverline", "payment_id"),
        ("contributions_coveredmonth", "payment_id"),
        ("contributions_noticeline", "worker_id"),
    ],
)
def test_the_key_stands_without_an_index_of_its_own(table, column):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    about = [facts for facts in found.values() if facts["columns"] == [column]]
    assert not [facts for facts in about if facts["index"]]
    assert [facts for facts in about if facts["foreign_key"]]


def test_lines_are_still_append_only():
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        triggers = "SELECT tgname FROM pg_trigger"
    with connection.cursor() as cursor:
        cursor.execute(triggers)
        names = {row[0] for row in cursor.fetchall()}
    for table in ("contributions_coverline", "contributions_noticeline", "contributions_reconciliationline"):
        assert {f"{table}_no_update", f"{table}_no_delete"} <= names
    assert "contributions_lineuse_within_line" in names
