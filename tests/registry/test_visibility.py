"""Who sees which workers, and how they are found."""

import pytest

from payung.access.permissions import Role
from payung.access.viewer import ANONYMOUS_VIEWER, GrantedRole, ScopeKind, Viewer
from payung.audit.actor import Actor
from payung.enrolment.models import Enrolment
from payung.registry.errors import UnknownWorkerError
from payung.registry.models import Worker
from payung.registry.selectors import (
    current_ids,
    current_worker,
    search_workers,
    worker_for,
    workers_by_nik_index,
    workers_visible_to,
)
from tests.registry.conftest import ELSEWHERE

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def somebody(role, kind, scope_id):
    return Viewer(Actor("person", "x", "X"), 1, (GrantedRole(role, kind, scope_id),))


def enrol(worker, sponsor, clock, state="proposed", reason=""):
    return Enrolment.objects.create(
        worker=worker, sponsor=sponsor, state=state, reason=reason, since=clock.today(), kpj="", recorded_at=clock.now()
    )


def test_the_regency_sees_everybody(sari, register, rina, agus):
    register("Orang Jauh", 8, village_code=ELSEWHERE)
    assert workers_visible_to(rina).count() == workers_visible_to(agus).count() == 2


def test_a_village_and_a_kecamatan_see_their_own_people(sari, register):
    far = register("Orang Jauh", 8, village_code=ELSEWHERE)
    assert list(workers_visible_to(somebody(Role.PETUGAS_DESA, ScopeKind.VILLAGE, ELSEWHERE))) == [far]
    assert list(workers_visible_to(somebody(Role.VERIFIKATOR, ScopeKind.KECAMATAN, "33.24.15"))) == [far]
    assert list(workers_visible_to(somebody(Role.VERIFIKATOR, ScopeKind.KECAMATAN, "33.24.09"))) == [sari]


def test_a_company_sees_whom_it_sponsors_or_did_once_each_of_them_once(sari, register, joko, pt_maju, clock):
    register("Bukan Peserta", 8)
    enrol(sari, pt_maju, clock, state="left", reason="menolak")
    enrol(sari, pt_maju, clock)
    assert list(workers_visible_to(joko)) == [sari]


def test_tono_cannot_see_the_workers_of_another_company(sari, tono, pt_maju, clock):
    enrol(sari, pt_maju, clock)
    assert not workers_visible_to(tono).exists()
    assert not search_workers(tono, "sari").exists()
    assert not search_workers(tono, "3324095205850003").exists()
    with pytest.raises(UnknownWorkerError):
        worker_for(tono, sari.public_id)


def test_a_visitor_and_a_clerk_of_no_company_see_nobody(sari):
    assert not workers_visible_to(ANONYMOUS_VIEWER).exists()
    assert not workers_visible_to(somebody(Role.PETUGAS_PERUSAHAAN, ScopeKind.SPONSOR, "bukan-uuid")).exists()


@pytest.mark.parametrize("wrong", ["bukan-uuid", "01890000-0000-7000-8000-000000000001", ""])
def test_a_worker_that_is_not_there_is_not_found(sari, rina, wrong):
    with pytest.raises(UnknownWorkerError):
        worker_for(rina, wrong)
    assert worker_for(rina, str(sari.public_id)) == sari


@pytest.mark.parametrize("text", ["sari", "SARI wul", "wulandari sari", "Hj. Sari", "w s", "3324095205850003", "wula"])
def test_a_worker_is_found_by_the_beginnings_of_the_name_or_the_whole_nik(sari, register, rina, text):
    register("Budi Santoso", 8)
    assert list(search_workers(rina, text)) == [sari]


@pytest.mark.parametrize("text", ["", "ari", "andari", "332409", "3324095205850004", "%", "_ari", "sari santoso"])
def test_nobody_is_found_by_middles_parts_of_a_nik_or_wildcards(sari, register, rina, text):
    register("Budi Santoso", 8)
    assert not search_workers(rina, text).exists()


def test_found_workers_stand_in_the_order_of_their_names(register, rina):
    for number, name in enumerate(["Siti C", "Siti A", "Siti B"], start=1):
        register(name, number)
    assert [worker.name for worker in search_workers(rina, "siti")] == ["Siti A", "Siti B", "Siti C"]


def test_a_merged_record_gives_way_to_the_one_that_was_kept(sari, register, rina):
    first, second = register("Sari W", 11), register("Sari", 12)
    Worker.objects.filter(pk=second.pk).update(merged_into=first)
    Worker.objects.filter(pk=first.pk).update(merged_into=sari)
    assert current_worker(Worker.objects.get(pk=second.pk)) == sari
    assert current_ids([second.pk, first.pk, sari.pk]) == dict.fromkeys((second.pk, first.pk, sari.pk), sari.pk)
    assert list(workers_visible_to(rina)) == [sari]
    assert [known.id for known in workers_by_nik_index([bytes(second.nik_index)]).values()] == [sari.pk]
