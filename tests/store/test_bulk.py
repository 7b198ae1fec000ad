"""A bulk write puts into each cell what the model's own save would have put there."""

from datetime import date

import pytest
from django.db import connection

from payung.registry.models import Region, Worker
from payung.store.bulk import SLICE, bulk_insert, reserve_ids
from tests.registry.conftest import register, sari  # noqa: F401  # a person to copy

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_row_written_in_bulk_reads_as_the_one_it_copies(sari):  # noqa: F811
    columns = [field.attname for field in Worker._meta.concrete_fields]
    facts = Worker.objects.filter(pk=sari.pk).values(*columns).get()
    (twin_id,) = reserve_ids(Worker, 1)
    other = facts | {
        "id": twin_id,
        "public_id": "01890000-0000-7000-8000-000000000001",
        "nik_index": bytes(32),
        "died_on": date(2026, 11, 20),
    }
    assert bulk_insert(Worker, columns, [[other[name] for name in columns]]) == 1
    twin = Worker.objects.filter(pk=twin_id).values(*columns).get()
    assert {name for name in columns if _plain(twin[name]) != _plain(facts[name])} == {
        "id",
        "public_id",
        "nik_index",
        "died_on",
    }
    assert str(twin["public_id"]) == other["public_id"]
    assert twin["died_on"] == date(2026, 11, 20)


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no plans by the size of its tables")
def test_after_a_large_write_the_planner_knows_how_large_the_table_is():
    rows = ((f"99.{number:06}", f"Desa {number}", 4, "desa", None, "") for number in range(SLICE))
    bulk_insert(Region, ("code", "name", "level", "kind", "parent_id", "postal_code"), rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Region._meta.db_table])
        assert cursor.fetchone()[0] >= SLICE
