"""The thirty numbers, each with its checker or what there is instead; those of this module see their faults."""

from base64 import b64encode

import pytest
from django.db import connection

from payung.audit.models import AuditEvent
from payung.audit.services import recording
from payung.coverage.models import CoverageRollup
from payung.coverage.services import rebuild_everything
from payung.enrolment.models import DukcapilExport
from payung.kernel.nik import Nik
from payung.messages.models import Message
from payung.registry.models import Worker
from payung.registry.services import NewWorker, register_worker
from payung.watch import texts
from payung.watch.invariants import I_11, I_24, I_25, I_26, I_30, INVARIANTS, check_each
from payung.watch.invariants.secrets import text_columns
from tests.contributions import conftest as ledger
from tests.planting import run, unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NIK = "3324095205850001"


def test_every_number_has_a_sentence_and_a_checker_or_what_there_is_instead():
    assert list(INVARIANTS) == [f"I-{number}" for number in range(1, 31)] == list(texts.TITLES)
    assert {number for number, each in INVARIANTS.items() if each.instead} == {"I-8", "I-12", "I-18"}
    assert all(bool(each.checkers) != bool(each.instead) for each in INVARIANTS.values())
    assert {each.instead for each in INVARIANTS.values() if each.instead} <= texts.INSTEAD.keys()


def test_an_empty_program_breaks_nothing():
    assert [violation for checked in check_each() for violation in checked.violations] == []


def test_counts_unlike_the_ledger_are_seen_once_they_have_counted_it(clock):
    ledger.add_workers(1, clock=clock)
    rebuild_everything(clock=clock)
    assert I_11() == []
    CoverageRollup.objects.create(month=24_300, dimension="total", key="", sector="LAINNYA", berlaku=5, sementara=0)
    CoverageRollup.objects.update(berlaku=6)
    run("INSERT INTO coverage_summarymonth (month, counted_at) VALUES (24300, '2026-11-22 00:00:00+00')")
    assert {violation.object_type for violation in I_11()} == {"coverage.month"}


def opened(reason: str, actor) -> None:
    with recording(actor, "registry.worker.reveal", reason=reason) as event:
        event.touch("registry.worker.reveal", "01a20482-5434-7fb6-bb7b-c86225f9b384")


def test_numbers_opened_without_a_purpose_of_the_list_are_seen(rina):
    opened("klaim: 3/2026", rina.actor)
    assert I_24() == []
    opened("iseng", rina.actor)
    assert [violation.object_id for violation in I_24()] == [str(AuditEvent.objects.latest("pk").sequence)]


def test_an_opening_whose_lines_were_taken_away_is_seen(rina):
    with recording(rina.actor, "registry.worker.reveal", reason="klaim: 3") as event:
        event.touch_many("registry.worker.reveal", ["a", "b"])
    assert I_24() == []
    unguarded("audit_auditline", "DELETE FROM audit_auditline WHERE object_id = 'a'")
    assert [violation.found for violation in I_24()] == ["said=2, kept=1"]


@pytest.mark.parametrize("text", [NIK, f"a.n. Sari, {NIK}."])
def test_a_nik_in_any_open_column_is_seen(text, clock):
    (worker,) = ledger.add_workers(1, clock=clock)
    assert I_25() == []
    Worker.objects.update(address=text)
    assert [(each.object_type, each.object_id) for each in I_25()] == [("registry_worker.address", str(worker.pk))]


def test_a_hash_and_a_longer_number_are_no_nik(clock):
    ledger.add_workers(1, clock=clock)
    Worker.objects.update(address=f"a1{NIK}0b {NIK}7")
    assert I_25() == []


def test_every_table_with_open_text_is_looked_through():
    looked = {table for table, _, _ in text_columns()}
    assert {"audit_auditevent", "registry_worker", "intake_stagedrow", "contributions_journalentry"} <= looked


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are its server's; I-25 reads its columns")
def test_no_nik_stands_in_the_bytes_of_the_database_file(kendal, rina, clock):
    nik = Nik.parse(NIK)
    new = NewWorker(
        nik=nik, name="Sari Uji", birth_date=nik.birth_date(clock.today()), sex="P", village_code="33.24.09.2001"
    )
    register_worker(new, acting_user=rina, clock=clock, source="uji")
    content = connection.connection.serialize()
    assert b"Sari Uji" in content
    for digits in (NIK, NIK[::-1]):
        for written in (digits.encode(), digits.encode("utf-16-le"), b64encode(digits.encode())):
            assert written not in content
        assert int(digits).to_bytes(8, "big") not in content


def exported(rina, clock, *, rows: int, opened_rows: int, sha256: str = "ab" * 32) -> DukcapilExport:
    made = DukcapilExport.objects.create(
        file_name="x.xlsx", file_sha256="ab" * 32, row_count=rows, exported_at=clock.now(), exported_by=rina.actor.id
    )
    with recording(rina.actor, "enrolment.dukcapil.export", reason=f"padan-dukcapil: {rows} orang") as event:
        event.touch_many("registry.worker.reveal", [f"orang-{n}" for n in range(opened_rows)])
        event.touch("enrolment.dukcapil_export", made.public_id, after=bytes.fromhex(sha256))
    return made


def test_a_list_that_went_out_as_recorded_is_sound(rina, clock):
    exported(rina, clock, rows=3, opened_rows=3)
    assert I_26() == []


@pytest.mark.parametrize("more", [{"opened_rows": 2}, {"opened_rows": 3, "sha256": "cd" * 32}])
def test_a_list_that_went_out_otherwise_than_recorded_is_seen(more, rina, clock):
    made = exported(rina, clock, rows=3, **more)
    assert [each.object_id for each in I_26()] == [str(made.public_id)]


def test_a_list_of_whose_going_out_nobody_knows_is_seen(rina, clock):
    DukcapilExport.objects.create(
        file_name="x.xlsx", file_sha256="ab" * 32, row_count=1, exported_at=clock.now(), exported_by=rina.actor.id
    )
    assert len(I_26()) == 1


def letter(clock, **more) -> None:
    facts = {"template": "invitation", "source": "uji:1", "to": "a@contoh.example", "params": b"", "attempts": 1}
    facts |= {"created_at": clock.now(), "not_before": clock.now(), "state": "sent", "sent_at": clock.now()}
    Message.objects.create(**facts | more)


def test_letters_of_one_source_each_are_sound(clock):
    letter(clock)
    letter(clock, to="b@contoh.example")
    letter(clock, source="uji:2", state="waiting", sent_at=None, attempts=0)
    assert I_30() == []


@pytest.mark.parametrize("fault", [{"source": ""}, {"to": ""}, {"attempts": 0}])
def test_a_letter_without_a_source_or_never_tried_is_seen(fault, clock):
    letter(clock, **fault)
    assert len(I_30()) == 1


def test_two_letters_of_one_source_to_one_address_are_seen(clock):
    letter(clock)
    letter(clock, to="A@Contoh.example")
    assert [each.found for each in I_30()] == ["template=invitation, times=2"]
