"""Bulk writes and reserved ids, on whichever database runs the test."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from payung.access.models import User
from payung.audit.models import AuditLine
from payung.jobs.models import ScheduledRun
from payung.kernel.public_id import new_public_id
from payung.papers.models import IssuedNumber
from payung.store.bulk import SLICE, bulk_insert, bulk_update, in_slices, reserve_ids

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 11, 22, 2, 0, 0, 123456, tzinfo=UTC)
USER = ("id", "public_id", "email", "name", "kind", "password", "is_active", "created_at", "session_epoch")


def user_row(pk: int, name: str = "Sari") -> tuple[object, ...]:
    return pk, new_public_id(), f"{pk}@x.example", name, "person", "!", True, NOW, 0


def test_every_kind_of_value_comes_back_as_it_went_in() -> None:
    (pk,) = reserve_ids(User, 1)
    row = user_row(pk, 'Ni\'mah "Sari"\t\\N\n;ß')
    assert bulk_insert(User, USER, [row]) == 1
    found = User.objects.get(pk=pk)
    assert tuple(getattr(found, name) for name in USER) == row


def test_dates_bytes_empty_and_foreign_keys_come_back_as_they_went_in() -> None:
    columns = ("series", "year", "number", "text", "issued_on", "subject_type", "subject_id")
    bulk_insert(IssuedNumber, columns, [("PI", 2026, 1, "a", date(2026, 2, 28), "", "")])
    assert IssuedNumber.objects.get().issued_on == date(2026, 2, 28)
    lines = [(1, "registry.worker", "x", b"\x00\xff|\n\\" * 6, b"")]
    bulk_insert(AuditLine, ("event_id", "object_type", "object_id", "before", "after"), lines)
    found = AuditLine.objects.get()
    assert (found.event_id, bytes(found.before), bytes(found.after)) == (1, lines[0][3], b"")


def test_nothing_is_written_from_no_rows() -> None:
    assert bulk_insert(User, USER, []) == 0


def test_more_rows_than_a_slice_are_all_written() -> None:
    count = SLICE * 2 + 1
    assert bulk_insert(ScheduledRun, ("name", "slot", "started_at"), ((f"{n}", n, NOW) for n in range(count))) == count
    assert ScheduledRun.objects.count() == count


def test_a_refused_row_takes_the_whole_batch_with_it() -> None:
    rows = [("same", 1, NOW), ("same", 2, NOW)]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_insert(ScheduledRun, ("name", "slot", "started_at"), rows)
    assert not ScheduledRun.objects.exists()


def test_a_short_row_and_an_unknown_column_are_refused() -> None:
    with pytest.raises(ValueError), transaction.atomic():
        bulk_insert(ScheduledRun, ("name", "slot", "started_at"), [("a", 1)])
    with pytest.raises(LookupError):
        bulk_insert(ScheduledRun, ("name", "nothing"), [("a", 1)])


def test_each_row_is_given_its_own_value() -> None:
    ids = reserve_ids(ScheduledRun, 3)
    columns = ("id", "name", "slot", "started_at")
    bulk_insert(ScheduledRun, columns, ((pk, f"{pk}", 0, NOW) for pk in ids))
    assert bulk_update(ScheduledRun, ("slot",), [(ids[0], 7), (ids[2], 9)]) == 2
    assert list(ScheduledRun.objects.order_by("pk").values_list("slot", flat=True)) == [7, 0, 9]


def test_ids_reserved_twice_before_anything_is_written_do_not_meet() -> None:
    first, second = reserve_ids(ScheduledRun, 5), reserve_ids(ScheduledRun, 5)
    plain = ScheduledRun.objects.create(name="plain", slot=0, started_at=NOW)
    assert len({*first, *second, plain.pk}) == 11
    assert list(first) == sorted(first)


def test_ids_of_removed_rows_are_not_given_again() -> None:
    made = ScheduledRun.objects.create(name="a", slot=0, started_at=NOW)
    gone = made.pk
    made.delete()
    assert reserve_ids(ScheduledRun, 1)[0] > gone


def test_rows_written_after_a_reservation_follow_it() -> None:
    ids = reserve_ids(ScheduledRun, 3)
    bulk_insert(ScheduledRun, ("id", "name", "slot", "started_at"), ((pk, f"{pk}", 0, NOW) for pk in ids))
    assert ScheduledRun.objects.create(name="later", slot=0, started_at=NOW).pk > max(ids)


def test_no_ids_are_none() -> None:
    assert list(reserve_ids(ScheduledRun, 0)) == []


@pytest.mark.django_db(transaction=True)
def test_ids_are_reserved_inside_a_transaction_alone() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        reserve_ids(ScheduledRun, 1)


@pytest.mark.django_db(transaction=True)
def test_bulk_and_plain_writers_at_once_never_take_the_same_id() -> None:
    barrier, failures = threading.Barrier(4), []

    def in_bulk(who: int) -> None:
        with transaction.atomic():
            ids = reserve_ids(ScheduledRun, 50)
            bulk_insert(ScheduledRun, ("id", "name", "slot", "started_at"), ((pk, f"b{pk}", who, NOW) for pk in ids))

    def plainly(who: int, round_: int) -> None:
        ScheduledRun.objects.create(name=f"p{who}-{round_}", slot=who, started_at=NOW)

    def work(who: int) -> None:
        barrier.wait()
        try:
            for round_ in range(5):
                in_bulk(who) if who % 2 else plainly(who, round_)
        except DatabaseError as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ScheduledRun.objects.count() == 2 * 5 * 50 + 2 * 5


def test_slices_cut_a_stream_without_losing_or_adding() -> None:
    assert list(in_slices(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(in_slices([], 3)) == []
