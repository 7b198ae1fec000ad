"""A worker is found again by keyed hashes, written with every change, and only candidates are opened."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payung.kernel.nik import Nik
from payung.matching.blocking import KINDS
from payung.matching.likeness import Facts
from payung.registry.models import Worker, WorkerBlocks
from payung.registry.selectors import blocks, likely_workers, workers_with_wrong_blocks
from payung.registry.services import correct_nik, update_worker
from payung.registry.services.blocks import write_missing_blocks
from tests.registry.conftest import VILLAGE

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ASKED = Facts("3324095205850008", "SARI WULANDARI", date(1985, 5, 12), VILLAGE, "", "")


def keys(worker: Worker) -> dict[str, int | None]:
    return WorkerBlocks.objects.filter(pk=worker.pk).values(*KINDS).get()


def test_a_new_worker_has_a_key_of_each_kind_and_none_for_what_is_not_known(sari, register):
    assert all(keys(sari).values())
    namesake = register(serial=4)
    assert {kind for kind, key in keys(namesake).items() if key is None} == {"mother", "phone"}
    assert keys(namesake)["birth_name"] == keys(sari)["birth_name"]
    assert keys(namesake)["nik_name"] != keys(sari)["nik_name"]


def test_keys_say_nothing_without_the_key_of_the_vault(sari, register):
    assert len(set(keys(sari).values())) == 5
    assert all(key < 2**48 for key in keys(sari).values())


def test_each_change_of_a_worker_writes_the_keys_anew(sari, rina, clock):
    before = keys(sari)
    update_worker(sari, changes={"phone": "089911112222"}, reason="KTP", acting_user=rina, clock=clock)
    moved = keys(sari)
    assert {kind for kind in KINDS if before[kind] != moved[kind]} == {"phone"}
    correct_nik(sari, nik=Nik.parse("3324095205850077"), reason="KTP", acting_user=rina, clock=clock)
    assert {kind for kind in KINDS if moved[kind] != keys(sari)[kind]} == {"nik_name"}
    assert list(workers_with_wrong_blocks()) == []


def test_who_lacks_keys_or_has_old_ones_gets_them_and_is_seen_before(sari, register):
    other = register("Tini Lestari", serial=9)
    third = register("Umi Kulsum", serial=10)
    right = WorkerBlocks.objects.order_by("pk").values_list()
    expected = list(right)
    WorkerBlocks.objects.filter(pk=sari.pk).delete()
    WorkerBlocks.objects.filter(pk=other.pk).update(made_by=0)
    WorkerBlocks.objects.filter(pk=third.pk).update(phone=5)
    assert set(workers_with_wrong_blocks()) == {sari.public_id, other.public_id, third.public_id}
    assert write_missing_blocks() == 2
    assert write_missing_blocks() == 0
    assert list(workers_with_wrong_blocks()) == [third.public_id]
    call_command("write_blocks", "--all")
    assert list(right.all()) == expected


def test_somebody_with_a_slip_in_the_nik_is_found_and_told_masked(sari):
    (found,) = likely_workers([ASKED])
    assert found == blocks.LikelyWorker(sari.pk, "Sari Wulandari", "3324••••••••0003", ("nik", "birth", "village"))


def test_strangers_are_not_told(sari):
    assert likely_workers([replace(ASKED, name="Tini Lestari"), replace(ASKED, nik="", birth_date=None)]) == [None] * 2


def test_who_is_alike_to_a_merged_record_is_told_the_one_that_stands_for_the_person(sari, register):
    kept = register("Sari W. Lestari", serial=900)
    last = register("Sari Wulandari Lestari", serial=901)
    Worker.objects.filter(pk=sari.pk).update(merged_into=kept)
    (found,) = likely_workers([ASKED])
    assert (found.id, found.name, found.masked_nik) == (kept.pk, "Sari W. Lestari", "3324••••••••0900")
    assert found.shared == ("nik", "birth", "village")
    Worker.objects.filter(pk=kept.pk).update(merged_into=last)
    assert likely_workers([ASKED])[0].id == last.pk


def test_only_who_shares_a_key_and_a_name_is_opened(sari, register, monkeypatch):
    register("Tini Lestari", serial=4)  # the same day and village: a candidate, told apart by the name in the clear
    opened: list[str] = []
    real = blocks.open_fact
    monkeypatch.setattr(
        blocks, "open_fact", lambda *args, **facts: opened.append(facts["fact"]) or real(*args, **facts)
    )
    assert likely_workers([ASKED])[0].id == sari.pk
    assert opened == ["nik", "mother", "phone"]


def test_a_key_that_too_many_share_is_passed_over(sari, register, monkeypatch):
    register(serial=44)
    asked = [replace(ASKED, nik="", village_code="")]
    monkeypatch.setattr(blocks, "MOST_CANDIDATES", 1)
    with CaptureQueriesContext(connection) as one:
        assert likely_workers(asked) == [None]
    with CaptureQueriesContext(connection) as many:
        likely_workers(asked * 50)
    assert len(one) == len(many)
