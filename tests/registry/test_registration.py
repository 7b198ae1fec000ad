"""Workers are registered once, in one piece, with their secrets sealed."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from payung.access.errors import NotPermittedError
from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent, AuditLine
from payung.kernel.nik import Nik
from payung.registry.errors import (
    AlreadyRegisteredError,
    UnknownOccupationError,
    UnknownRegionError,
    WorkerDataError,
)
from payung.registry.models import Worker
from payung.registry.selectors import workers_by_nik_index
from payung.registry.services import register_worker, register_workers
from payung.vault.errors import SealBrokenError
from payung.vault.seal import blind_index, unseal
from tests.registry.conftest import ELSEWHERE, person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def everybody(count):
    return [person(f"Orang {number}", number) for number in range(1, count + 1)]


def test_many_are_registered_in_the_order_of_the_list(kendal, rina, clock):
    ids = register_workers(everybody(30), acting_user=rina, clock=clock, source="uji")
    names = dict(Worker.objects.values_list("id", "name"))
    assert [names[worker_id] for worker_id in ids] == [f"Orang {number}" for number in range(1, 31)]


def test_the_number_of_queries_does_not_grow_with_the_list(kendal, rina, clock, django_assert_max_num_queries):
    rows = everybody(400)
    with django_assert_max_num_queries(25):
        register_workers(rows, acting_user=rina, clock=clock, source="uji")


def test_one_event_with_a_line_a_person_tells_of_it(kendal, rina, clock):
    register_workers(everybody(3), acting_user=rina, clock=clock, source="Usulan PT Maju")
    event = AuditEvent.objects.get(action="registry.workers.register")
    assert (event.actor_label, event.reason, event.line_count) == ("Rina", "Usulan PT Maju", 3)
    touched = set(AuditLine.objects.filter(event=event).values_list("object_id", flat=True))
    assert touched == {str(public_id) for public_id in Worker.objects.values_list("public_id", flat=True)}


def test_secrets_are_sealed_in_their_own_cells(sari):
    stored = bytes(sari.nik_sealed)
    assert b"3324095205850003" not in stored
    place = {"table": "registry_worker", "public_id": sari.public_id}
    assert unseal(stored, column="nik_sealed", **place) == "3324095205850003"
    assert unseal(sari.mother_sealed, column="mother_sealed", **place) == "Aminah"
    with pytest.raises(SealBrokenError):
        unseal(sari.phone_sealed, column="kk_sealed", **place)


def test_nothing_secret_stands_in_the_row_in_the_clear(sari):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_worker")
        row = repr(cursor.fetchall())
    for secret in ("3324095205850003", "081234567890", "Aminah", "3324090101010001"):
        assert secret not in row


def test_a_fact_that_is_not_known_leaves_an_empty_cell(register):
    worker = register()
    assert (worker.kk_sealed, worker.phone_sealed, worker.mother_sealed) == (None, None, None)


def test_the_folded_name_and_the_date_of_the_nik_are_kept_for_matching(register):
    worker = register("Hj. St. Aminah, S.Pd")
    assert (worker.name_folded, worker.nik_birth_date) == ("siti aminah", date(1985, 5, 12))


def test_a_registered_person_is_found_by_the_blind_index(sari):
    index = blind_index("3324095205850003")
    known = workers_by_nik_index([index, blind_index("3324095205850004")])
    assert list(known) == [index]
    assert (known[index].id, known[index].name, known[index].village_code) == (sari.pk, sari.name, "33.24.09.2001")


def test_the_same_nik_again_is_refused_with_its_rows_and_nothing_is_written(sari, clock):
    rows = [person("Baru", 9), person("Sari Lagi", 3), person("Baru Dua", 9)]
    with pytest.raises(AlreadyRegisteredError) as refused:
        register_workers(rows, acting_user=SYSTEM_VIEWER, clock=clock, source="uji")
    assert refused.value.positions == (1, 2)
    assert Worker.objects.count() == 1


def test_the_database_itself_refuses_a_second_live_person_with_one_nik(sari):
    twin = Worker.objects.get(pk=sari.pk)
    twin.pk, twin.public_id = None, "01890000-0000-7000-8000-000000000001"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_merged_duplicate_may_keep_the_nik(sari):
    twin = Worker.objects.get(pk=sari.pk)
    twin.pk, twin.public_id, twin.merged_into = None, "01890000-0000-7000-8000-000000000001", sari
    twin.save(force_insert=True)
    assert Worker.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"sex": "X"}, {"desil": 11}, {"desil": 0}, {"died_on": date(1980, 1, 1)}],
    ids=["sex", "desil-above", "desil-below", "death-before-birth"],
)
def test_the_database_itself_refuses(sari, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.filter(pk=sari.pk).update(**wrong)


@pytest.mark.parametrize(
    ("facts", "field", "reason"),
    [
        ({"name": " "}, "name", "missing"),
        ({"name": "A" * 251}, "name", "length"),
        ({"birth_date": date(1985, 5, 13)}, "birth_date", "nik"),
        ({"sex": "L"}, "sex", "nik"),
        ({"income_rp": -1}, "income", "range"),
        ({"income_rp": 3_000_000_000}, "income", "range"),
        ({"birth_date": date(2026, 11, 23)}, "birth_date", "future"),
    ],
)
def test_a_fact_that_nobody_can_have_is_refused(kendal, clock, facts, field, reason):
    with pytest.raises(WorkerDataError) as refused:
        register_workers(
            [person(), person(**({"name": "B", "serial": 4} | facts))],
            acting_user=SYSTEM_VIEWER,
            clock=clock,
            source="uji",
        )
    assert (refused.value.field, refused.value.reason, refused.value.position) == (field, reason, 1)
    assert not Worker.objects.exists()


def test_a_birth_date_that_rightly_differs_from_the_nik_leaves_a_waiver_in_the_record(register):
    worker = register(birth_date=date(1985, 5, 13), nik_waiver="Tanggal NIK salah, surat Dukcapil 12/2024")
    assert AuditLine.objects.filter(object_type="registry.worker.nik_waiver", object_id=worker.public_id).exists()


def test_a_person_born_on_29_february_2000_is_taken(register):
    assert register(nik=Nik.parse("3324096902000001"), birth_date=date(2000, 2, 29)).nik_birth_date == date(2000, 2, 29)


def test_unknown_villages_and_occupations_are_named(kendal, clock):
    with pytest.raises(UnknownRegionError, match=r"33\.24\.09$"):
        register_workers([person(village_code="33.24.09")], acting_user=SYSTEM_VIEWER, clock=clock, source="uji")
    with pytest.raises(UnknownOccupationError, match="astronot"):
        register_workers([person(occupation_code="astronot")], acting_user=SYSTEM_VIEWER, clock=clock, source="uji")


def test_whoever_approves_lists_may_register_their_people(kendal, wulan, clock):
    assert register_workers([person()], acting_user=wulan, clock=clock, source="uji")


@pytest.mark.parametrize("who", ["tono", "joko", "agus"])
def test_a_stranger_a_clerk_and_an_auditor_cannot_register(kendal, clock, who, request):
    viewer = request.getfixturevalue(who)
    with pytest.raises(NotPermittedError):
        register_workers([person()], acting_user=viewer, clock=clock, source="uji")
    with pytest.raises(NotPermittedError):
        register_worker(person(), acting_user=viewer, clock=clock, source="uji")
    assert not Worker.objects.exists()


def test_a_new_worker_does_not_print_its_secrets():
    assert "3324" not in repr(person(phone="081234567890"))
    assert "0812" not in repr(person(phone="081234567890"))


def test_a_worker_lives_where_it_says(register):
    assert register(village_code=ELSEWHERE).village.parent.name == "Kendal"


def test_times_are_those_of_the_clock(sari, clock):
    assert sari.recorded_at == clock.now()
