"""A bulk write puts into each cell what the model's own save would have put there."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat

from payung.registry.models import Region, Worker
from payung.store.bulk import SLICE, WORTH_A_LOOK, bulk_insert, reserve_ids
from payung.store.select_into import insert_from
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


only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite keeps no plans by the size of its tables"
)
REGION = ("code", "name", "level", "kind", "parent", "postal_code")


def _villages(first, count):
    rows = ((f"99.{first + number:06}", f"Desa {number}", 4, "desa", None, "") for number in range(count))
    bulk_insert(Region, REGION, rows)


@pytest.fixture
def looked_at():
    """What the planner knows is of this test: a table's count outlives the rows of one that was rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {Region._meta.db_table}")


def _known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Region._meta.db_table])
        return cursor.fetchone()[0]


@only_postgresql
def test_after_a_large_write_the_planner_knows_how_large_the_table_is():
    _villages(0, SLICE)
    assert _known() >= SLICE


@only_postgresql
def test_after_rows_that_the_database_wrote_itself_it_knows_too(looked_at):
    _villages(0, WORTH_A_LOOK)
    known = _known()
    copies = Region.objects.filter(code__startswith="99.").values_list(
        Concat(Value("98."), F("code")), "name", "level", "kind", "parent", "postal_code"
    )
    assert insert_from(Region, REGION, copies) == WORTH_A_LOOK
    assert _known() == known + WORTH_A_LOOK


@only_postgresql
def test_few_rows_beside_those_it_knows_of_are_not_worth_a_look(looked_at):
    _villages(0, 11 * WORTH_A_LOOK)
    known = _known()
    _villages(11 * WORTH_A_LOOK, WORTH_A_LOOK)
    assert _known() == known
