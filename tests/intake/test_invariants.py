"""Each checker of lists finds nothing in a sound one, and sees the fault that is planted."""

import pytest
from django.db import connection

from payung.intake.invariants import I_11, I_20, I_25, I_27, I_28, check_each
from payung.intake.models import AppliedRow, StagedRow, Upload
from payung.intake.services import apply_upload, receive_upload, stage_upload
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker, WorkerBlocks
from tests.intake.test_services import LISTS, MAJU
from tests.planting import without_checks

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def upload(pt_maju, joko, wulan, clock):
    content = (LISTS / MAJU).read_bytes()
    received = receive_upload(content, file_name=MAJU, sponsor=pt_maju, acting_user=joko, clock=clock)
    staged = stage_upload(received.upload, acting_user=joko, clock=clock)
    apply_upload(staged, approved_hash=bytes(staged.content_hash), acting_user=wulan, clock=clock)
    return staged


def found_by(checker) -> set[str]:
    return {violation.object_id for violation in checker()}


def test_no_checker_finds_anything_in_a_sound_list(upload):
    assert {number: found for number, found in check_each() if found} == {}


def test_a_person_without_their_keys_is_seen(upload):
    person = Worker.objects.first()
    WorkerBlocks.objects.filter(worker=person).update(birth_name=0)
    assert found_by(I_11) == {str(person.public_id)}


def test_a_list_that_is_not_the_one_shown_is_seen(upload):
    StagedRow.objects.filter(fate__startswith="repair:").last().delete()
    assert {violation.found for violation in I_20()} == {"hash"}


def test_a_list_approved_by_who_handed_it_in_is_seen(upload):
    without_checks("intake_upload", "intake_approved_by_another", "UPDATE intake_upload SET approved_by = uploaded_by")
    assert found_by(I_20) == {str(upload.public_id)}


def test_a_nik_readable_in_a_row_is_seen(upload):
    faulty = StagedRow.objects.filter(fate="repair:nik-length").first()
    StagedRow.objects.filter(pk=faulty.pk).update(problems=[{"code": "x", "found": "3324 1555 1290 0003"}])
    assert found_by(I_25) == {str(faulty.public_id)}


def test_a_row_that_vanished_is_seen(upload):
    StagedRow.objects.filter(fate__startswith="repair:").last().delete()
    assert found_by(I_27) == {str(upload.public_id)}


def test_an_accepted_row_without_an_answer_and_an_answer_without_one_are_seen(upload):
    stranger = StagedRow.objects.filter(fate__startswith="repair:").first()
    AppliedRow.objects.create(row=stranger, worker=None, outcome="dead")
    forgotten = StagedRow.objects.filter(fate__startswith="repair:").last()
    StagedRow.objects.filter(pk=forgotten.pk).update(fate="accepted")
    assert found_by(I_27) == {str(stranger.public_id), str(forgotten.public_id)}


def test_the_same_file_twice_is_seen(upload, pt_maju, joko, clock):
    with connection.cursor() as cursor:
        for index in ("intake_file_once", "intake_rows_once"):
            cursor.execute(f"DROP INDEX {index}")
    Upload.objects.filter(pk=upload.pk).update(state="submitted")
    upload.refresh_from_db()
    upload.pk, upload.public_id, upload.row_count = None, new_public_id(), 0
    upload.save(force_insert=True)
    assert {violation.found for violation in I_28()} == {"file_sha256 x2", "rows_hash x2"}
