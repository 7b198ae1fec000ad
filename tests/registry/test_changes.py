"""What is known of a worker changes by name, with its trace."""

from datetime import date

import pytest

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent, AuditLine
from payung.kernel.nik import Nik
from payung.registry.errors import (
    AlreadyRegisteredError,
    UnknownOccupationError,
    UnknownRegionError,
    WorkerDataError,
)
from payung.registry.models import Worker
from payung.registry.selectors import masked_niks, search_workers
from payung.registry.services import correct_nik, record_death, update_worker
from tests.registry.conftest import ELSEWHERE

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def change(worker, viewer, clock, **changes):
    return update_worker(worker, changes=changes, reason="KTP baru", acting_user=viewer, clock=clock)


def test_only_the_named_facts_change(sari, rina, clock):
    before = Worker.objects.filter(pk=sari.pk).values().get()
    change(sari, rina, clock, address="Dk. Krajan RT 01 RW 02")
    after = Worker.objects.filter(pk=sari.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"address"}


def test_the_record_keeps_what_stood_there_and_what_stands_now_as_keyed_hashes(sari, rina, clock):
    change(sari, rina, clock, phone="089900001111")
    change(sari, rina, clock, phone="081234567890")
    events = AuditEvent.objects.filter(action="registry.worker.update").order_by("id")
    first, second = [AuditLine.objects.get(event=event) for event in events]
    assert [event.reason for event in events] == ["KTP baru", "KTP baru"]
    assert bytes(first.before) == bytes(second.after)
    assert bytes(first.after) == bytes(second.before) != bytes(first.before)
    assert len(bytes(first.after)) == 32


def test_what_is_the_same_already_leaves_no_trace(sari, rina, clock):
    change(sari, rina, clock, name=sari.name, phone="081234567890")
    assert not AuditEvent.objects.filter(action="registry.worker.update").exists()


def test_a_new_name_is_found_under_its_folded_form(sari, rina, clock):
    change(sari, rina, clock, name="Hj. Sari Muhamad")
    assert list(search_workers(rina, "mohammad")) == [sari]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"nik": "x"}, WorkerDataError),
        ({"died_on": date(2026, 1, 1)}, WorkerDataError),
        ({"merged_into_id": 1}, WorkerDataError),
        ({"name": " "}, WorkerDataError),
        ({"sex": "L"}, WorkerDataError),
        ({"birth_date": date(1985, 5, 13)}, WorkerDataError),
        ({"birth_date": date(2085, 5, 12)}, WorkerDataError),
        ({"village_code": "33.24.09"}, UnknownRegionError),
        ({"occupation_code": "astronot"}, UnknownOccupationError),
    ],
)
def test_a_change_that_cannot_be_is_refused(sari, rina, clock, changes, error):
    with pytest.raises(error):
        change(sari, rina, clock, **changes)
    assert Worker.objects.get(pk=sari.pk).name == "Sari Wulandari"


def test_a_corrected_nik_stays_the_same_person(sari, rina, clock):
    correct_nik(sari, nik=Nik.parse("3324095205850777"), reason="surat Dukcapil", acting_user=rina, clock=clock)
    (worker,) = search_workers(rina, "3324095205850777")
    assert worker.pk == sari.pk
    assert masked_niks([worker])[sari.pk] == "3324••••••••0777"
    assert not search_workers(rina, "3324095205850003").exists()


def test_a_nik_cannot_be_corrected_to_somebody_elses_or_to_another_birth_date(sari, register, rina, clock):
    register("Orang Lain", 9)
    with pytest.raises(AlreadyRegisteredError):
        correct_nik(sari, nik=Nik.parse("3324095205850009"), reason="-", acting_user=rina, clock=clock)
    with pytest.raises(WorkerDataError):
        correct_nik(sari, nik=Nik.parse("3324095305850001"), reason="-", acting_user=rina, clock=clock)


def test_a_death_is_recorded_once_with_its_source(sari, rina, clock):
    for _ in range(2):
        record_death(sari, died_on=date(2026, 11, 20), reason="akta 12/2026", acting_user=rina, clock=clock)
    assert Worker.objects.get(pk=sari.pk).died_on == date(2026, 11, 20)
    assert AuditEvent.objects.get(action="registry.worker.record_death").reason == "akta 12/2026"


def test_a_death_on_another_day_corrects_the_first(sari, rina, clock):
    record_death(sari, died_on=date(2026, 11, 20), reason="desa", acting_user=rina, clock=clock)
    record_death(sari, died_on=date(2026, 11, 19), reason="akta", acting_user=rina, clock=clock)
    assert Worker.objects.get(pk=sari.pk).died_on == date(2026, 11, 19)


@pytest.mark.parametrize(("day", "reason"), [(date(2026, 11, 23), "future"), (date(1985, 5, 11), "before-birth")])
def test_nobody_dies_tomorrow_or_before_the_birth(sari, rina, clock, day, reason):
    with pytest.raises(WorkerDataError, match=reason):
        record_death(sari, died_on=day, reason="desa", acting_user=rina, clock=clock)


@pytest.mark.parametrize("who", ["tono", "joko", "wulan", "agus"])
def test_tono_and_whoever_only_reads_cannot_change_anything(sari, clock, who, request):
    viewer = request.getfixturevalue(who)
    with pytest.raises(NotPermittedError):
        change(sari, viewer, clock, address="Jauh")
    with pytest.raises(NotPermittedError):
        record_death(sari, died_on=date(2026, 1, 1), reason="desa", acting_user=viewer, clock=clock)
    with pytest.raises(NotPermittedError):
        correct_nik(sari, nik=Nik.parse("3324095205850777"), reason="-", acting_user=viewer, clock=clock)


def test_a_worker_can_move(sari, rina, clock):
    assert change(sari, rina, clock, village_code=ELSEWHERE).village_id == ELSEWHERE
