"""A closed list of values holds, and is compared one by one."""

import pytest
from django.db import IntegrityError, connection, transaction

from payung.contributions.models import ReconciliationFile, ReconciliationLine
from payung.kernel.public_id import new_public_id
from payung.store.one_of import one_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def file(clock):
    told = {"source": "laporan", "file_name": "a.csv", "format": "csv", "recorded_by": "x"}
    told |= {"row_count": 1, "total_rp": 1, "our_count": 0, "our_rp": 0}
    return ReconciliationFile.objects.create(public_id=new_public_id(), recorded_at=clock.now(), **told)


@pytest.mark.parametrize("outcome", ["cocok", "tidak_di_rekening", "peserta_kembar"])
def test_each_value_of_the_list_may_be_written(file, outcome):
    ReconciliationLine.objects.create(file=file, side="theirs", row_number=1, amount_rp=1, outcome=outcome)


@pytest.mark.parametrize("outcome", ["", "COCOK", "peserta", "lain"])
def test_another_is_refused_by_the_database(file, outcome):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReconciliationLine.objects.create(file=file, side="theirs", row_number=1, amount_rp=1, outcome=outcome)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL compares a list without a table of it")
def test_sqlite_is_given_no_list():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'contributions_reconciliationline'")
        assert '"outcome" IN' not in cursor.fetchone()[0]


def test_it_is_a_chain():
    assert str(one_of("state", ["a", "b"])) == "(OR: ('state', 'a'), ('state', 'b'))"
