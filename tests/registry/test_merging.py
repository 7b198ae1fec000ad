"""Merging and taking apart again: what was before is there again to the byte, and one person has one live record."""

import json
import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.core import serializers
from django.db import connection

from payung.access.errors import NotPermittedError
from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent
from payung.kernel.nik import Nik
from payung.registry.errors import AlreadyRegisteredError, MergeRefusedError, UnmergeRefusedError
from payung.registry.models import Worker, WorkerMerger
from payung.registry.selectors import (
    current_worker,
    mergers_into,
    records_of,
    search_workers,
    worker_for,
    workers_by_nik_index,
    workers_visible_to,
)
from payung.registry.services import correct_nik, merge_workers, record_death, register_worker, unmerge_workers
from tests.registry.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def twice(register: Callable[..., Worker]) -> Worker:
    """Sari again, under a NIK that differs by a digit."""
    return register("Sari Wulandarie", 4, phone="081111111111")


def dump() -> str:
    """Every worker's row, all columns, in the order of ids."""
    return json.dumps(json.loads(serializers.serialize("json", Worker.objects.order_by("pk"))), sort_keys=True)


def test_a_merger_undone_leaves_the_same_rows_to_the_byte(sari, twice, rina, wulan, clock):
    before = dump()
    merger = merge_workers(twice, sari, reason="KTP sama", acting_user=rina, clock=clock)
    assert dump() != before
    assert mergers_into(sari) == [merger]
    unmerge_workers(merger, reason="ternyata saudara", acting_user=wulan, clock=clock)
    assert dump() == before
    assert mergers_into(sari) == []


def test_the_kept_record_stands_for_both(sari, twice, rina, clock):
    merge_workers(twice, sari, reason="KTP sama", acting_user=rina, clock=clock)
    twice.refresh_from_db()
    assert current_worker(twice) == sari
    assert list(workers_visible_to(rina)) == [sari]
    assert worker_for(rina, twice.public_id) == sari
    assert records_of([sari.pk]) == {sari.pk: sari.pk, twice.pk: sari.pk}
    assert [known.id for known in workers_by_nik_index([bytes(twice.nik_index)]).values()] == [sari.pk]
    assert list(search_workers(rina, "3324095205850004")) == [sari]


def test_nobody_is_registered_anew_under_the_nik_of_a_merged_record(sari, twice, rina, clock):
    merge_workers(twice, sari, reason="KTP sama", acting_user=rina, clock=clock)
    with pytest.raises(AlreadyRegisteredError):
        register_worker(person(serial=4), acting_user=SYSTEM_VIEWER, clock=clock, source="uji")


def test_a_chain_of_mergers_is_one_person(sari, twice, register, rina, clock):
    third = register("Sari W", 5)
    merge_workers(twice, third, reason="a", acting_user=rina, clock=clock)
    merge_workers(third, sari, reason="b", acting_user=rina, clock=clock)
    assert records_of([sari.pk]) == dict.fromkeys((sari.pk, twice.pk, third.pk), sari.pk)
    assert list(search_workers(rina, "3324095205850004")) == [sari]


def test_a_record_that_was_merged_is_merged_no_more(sari, twice, register, rina, clock):
    merge_workers(twice, sari, reason="a", acting_user=rina, clock=clock)
    for old, kept in ((sari, twice), (twice, sari), (twice, register("Lain", 7)), (sari, sari)):
        with pytest.raises(MergeRefusedError, match="merged"):
            merge_workers(old, kept, reason="b", acting_user=rina, clock=clock)


def test_the_dead_and_the_living_are_not_one(sari, twice, rina, clock):
    record_death(twice, died_on=date(2026, 10, 1), reason="akta", acting_user=SYSTEM_VIEWER, clock=clock)
    with pytest.raises(MergeRefusedError, match="deaths"):
        merge_workers(twice, sari, reason="a", acting_user=rina, clock=clock)


def test_an_undo_is_done_once(sari, twice, rina, wulan, clock):
    merger = merge_workers(twice, sari, reason="a", acting_user=rina, clock=clock)
    unmerge_workers(merger, reason="b", acting_user=wulan, clock=clock)
    with pytest.raises(UnmergeRefusedError, match="undone"):
        unmerge_workers(merger, reason="c", acting_user=wulan, clock=clock)


def test_they_can_be_merged_again_and_taken_apart_again(sari, twice, rina, wulan, clock):
    before = dump()
    for _ in range(2):
        merger = merge_workers(twice, sari, reason="a", acting_user=rina, clock=clock)
        unmerge_workers(merger, reason="b", acting_user=wulan, clock=clock)
    assert dump() == before
    assert WorkerMerger.objects.count() == 4


def test_the_kept_record_may_take_the_right_nik_and_then_they_stay_one(sari, twice, rina, wulan, clock):
    merger = merge_workers(twice, sari, reason="a", acting_user=rina, clock=clock)
    correct_nik(sari, nik=Nik.parse("3324095205850004"), reason="KTP", acting_user=rina, clock=clock)
    with pytest.raises(UnmergeRefusedError, match="nik"):
        unmerge_workers(merger, reason="b", acting_user=wulan, clock=clock)


def test_every_merger_and_undo_is_in_the_record(sari, twice, rina, wulan, clock):
    merger = merge_workers(twice, sari, reason="KTP sama", acting_user=rina, clock=clock)
    unmerge_workers(merger, reason="saudara kembar", acting_user=wulan, clock=clock)
    told = AuditEvent.objects.order_by("-sequence").values_list("action", "reason")[:2]
    assert list(told) == [("registry.worker.unmerge", "saudara kembar"), ("registry.worker.merge", "KTP sama")]


def test_tono_cannot_and_rina_cannot_undo(sari, twice, tono, joko, dewi, rina, clock):
    for stranger in (tono, joko, dewi):
        with pytest.raises(NotPermittedError):
            merge_workers(twice, sari, reason="a", acting_user=stranger, clock=clock)
    merger = merge_workers(twice, sari, reason="a", acting_user=rina, clock=clock)
    with pytest.raises(NotPermittedError):
        unmerge_workers(merger, reason="b", acting_user=rina, clock=clock)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_merging_both_ways_at_the_same_moment_is_done_once(sari, twice, rina, clock):
    start, told = threading.Barrier(2), []

    def go(old: Worker, kept: Worker) -> None:
        start.wait()
        try:
            merge_workers(old, kept, reason="a", acting_user=rina, clock=clock)
            told.append("done")
        except MergeRefusedError as error:
            told.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((sari, twice), (twice, sari))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "merged"]
    assert Worker.objects.filter(merged_into__isnull=False).count() == 1
