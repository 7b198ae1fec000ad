"""A list from the file to workers on their way, on the real parts."""

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.viewer import Viewer
from payung.audit.models import AuditEvent
from payung.enrolment.models import Enrolment
from payung.intake.errors import ListChangedError, WrongStateError
from payung.intake.models import AppliedRow, Upload
from payung.intake.selectors.lists import result_of
from payung.intake.services import apply_upload, receive_upload, stage_upload, submit_upload, undo_upload
from payung.kernel.clock import Clock
from payung.registry.models import Worker
from payung.registry.services import record_death
from payung.sponsors.models import Sponsor

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

LISTS = Path(__file__).parent.parent / "data" / "lists"
OFFICE = "data-pekerja-rentan-disperinaker.csv"
MAJU = "usulan-pt-maju.xlsx"
SEJAHTERA = "daftar-cv-sejahtera.csv"


def staged(name: str, sponsor: Sponsor | None, viewer: Viewer, clock: Clock) -> Upload:
    content = (LISTS / name).read_bytes()
    received = receive_upload(content, file_name=name, sponsor=sponsor, acting_user=viewer, clock=clock)
    return stage_upload(received.upload, acting_user=viewer, clock=clock)


def applied(upload: Upload, viewer: Viewer, clock: Clock):
    return apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=viewer, clock=clock)


def differences(upload: Upload, name: str, *, with_known: bool) -> list[tuple]:
    answers = json.loads((LISTS / f"{name}.answers.json").read_text())
    found = {row.row_number: row for row in upload.rows.all()}
    assert len(found) == len(answers)
    wrong = [(a["row"], a["fate"], found[a["row"]].fate) for a in answers if found[a["row"]].fate != a["fate"]]
    if with_known:
        wrong += [
            (a["row"], a["known"], found[a["row"]].known)
            for a in answers
            if "known" in a and found[a["row"]].known is not a["known"]
        ]
    return wrong


@pytest.mark.parametrize("name", [MAJU, SEJAHTERA])
def test_every_row_has_its_fate_with_an_empty_registry(name, pt_maju, joko, clock):
    assert differences(staged(name, pt_maju, joko, clock), name, with_known=False) == []


def test_with_the_offices_data_every_row_also_says_whether_it_is_known(pt_maju, joko, rina, wulan, clock):
    office = staged(OFFICE, None, rina, clock)
    assert applied(office, wulan, clock).registered == 5000
    for name in (MAJU, SEJAHTERA):
        assert differences(staged(name, pt_maju, joko, clock), name, with_known=True) == []


def test_an_approved_list_becomes_workers_on_their_way(pt_maju, joko, wulan, clock):
    upload = submit_upload(staged(MAJU, pt_maju, joko, clock), acting_user=joko, clock=clock)
    result = applied(upload, wulan, clock)
    assert (result.registered, result.enrolled, result.refused) == (219, 219, {})
    assert Worker.objects.count() == Enrolment.objects.filter(sponsor=pt_maju, state="proposed").count() == 219
    first = upload.rows.order_by("row_number").first()
    assert first.applied.worker.name == first.name
    assert AppliedRow.objects.filter(row__upload=upload, outcome="").count() == 219


def test_what_became_of_a_row_cannot_be_altered_afterwards(pt_maju, joko, wulan, clock):
    applied(staged(MAJU, pt_maju, joko, clock), wulan, clock)
    with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
        AppliedRow.objects.update(outcome="")


def test_who_died_meanwhile_is_left_out_and_the_row_says_why(pt_maju, joko, rina, wulan, clock):
    applied(staged(MAJU, pt_maju, joko, clock), wulan, clock)
    again = receive_upload(
        (LISTS / MAJU).read_bytes(), file_name=MAJU, sponsor=None, acting_user=rina, clock=clock
    ).upload
    again = stage_upload(again, acting_user=rina, clock=clock)
    worker = Worker.objects.order_by("pk").first()
    record_death(worker, died_on=clock.today(), reason="akta", acting_user=rina, clock=clock)
    result = applied(again, wulan, clock)
    (number,) = result.refused
    row = again.rows.get(row_number=number)
    assert (row.outcome, row.applied.worker) == ("dead", None)
    assert result_of(again).refused == [(number, row.name, "dead")]
    assert result_of(again).registered == 0


def test_the_same_file_twice_changes_nothing_and_says_so(pt_maju, joko, wulan, clock):
    upload = staged(MAJU, pt_maju, joko, clock)
    applied(upload, wulan, clock)
    events, content = AuditEvent.objects.count(), (LISTS / MAJU).read_bytes()
    again = receive_upload(content, file_name="lain.xlsx", sponsor=pt_maju, acting_user=joko, clock=clock)
    assert again.is_repeat
    assert again.upload.pk == upload.pk
    assert AuditEvent.objects.count() == events


def test_the_uploader_cannot_approve(pt_maju, rina, clock):
    upload = staged(MAJU, pt_maju, rina, clock)
    with pytest.raises(SamePersonError):
        applied(upload, rina, clock)
    assert Enrolment.objects.count() == 0


def test_what_was_shown_is_what_is_approved(pt_maju, joko, wulan, clock):
    upload = staged(MAJU, pt_maju, joko, clock)
    row = upload.rows.filter(fate__startswith="repair").first()
    upload.rows.filter(pk=row.pk).update(fate="accepted")
    with pytest.raises(ListChangedError):
        applied(upload, wulan, clock)


def test_a_clerk_cannot_approve_and_tono_cannot_even_upload(pt_maju, joko, tono, clock):
    upload = staged(MAJU, pt_maju, joko, clock)
    with pytest.raises(NotPermittedError):
        applied(upload, joko, clock)
    with pytest.raises(NotPermittedError):
        receive_upload(b"x", file_name="x.csv", sponsor=pt_maju, acting_user=tono, clock=clock)
    with pytest.raises(NotPermittedError):
        stage_upload(upload, acting_user=tono, clock=clock)


def test_an_applied_list_is_undone_by_reversal(pt_maju, joko, wulan, clock):
    upload = staged(MAJU, pt_maju, joko, clock)
    applied(upload, wulan, clock)
    assert undo_upload(upload, reason="Daftar keliru", acting_user=wulan, clock=clock) == 219
    assert Enrolment.objects.filter(state="left").count() == 219
    assert Worker.objects.count() == 219
    with pytest.raises(WrongStateError):
        undo_upload(upload, reason="lagi", acting_user=wulan, clock=clock)
    assert not receive_upload(
        (LISTS / MAJU).read_bytes(), file_name=MAJU, sponsor=pt_maju, acting_user=joko, clock=clock
    ).is_repeat


def test_no_nik_lies_in_the_clear_in_a_staged_row(pt_maju, joko, clock):
    upload = staged(SEJAHTERA, pt_maju, joko, clock)
    answers = json.loads((LISTS / f"{SEJAHTERA}.answers.json").read_text())
    stored = str(list(upload.rows.values())).encode() + str(upload.column_map).encode()
    assert not [a["row"] for a in answers if a["true_nik"].encode() in stored]
