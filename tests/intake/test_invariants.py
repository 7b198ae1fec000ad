"""Each checker of lists finds nothing in a sound one, and sees the fault that is planted."""

import pytest

from payung.intake.invariants import I_24, I_27, I_28, check_each
from payung.intake.models import AppliedRow, StagedRow
from payung.intake.services import apply_upload, receive_upload, stage_upload
from tests.intake.test_services import LISTS, MAJU

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def upload(pt_maju, joko, wulan, clock):
    content = (LISTS / MAJU).read_bytes()
    received = receive_upload(content, file_name=MAJU, sponsor=pt_maju, acting_user=joko, clock=clock)
    staged = stage_upload(received.upload, acting_user=joko, clock=clock)
    apply_upload(staged, approved_hash=bytes(staged.content_hash), acting_user=wulan, clock=clock)
    return staged


def test_each_checker_finds_a_sound_list_sound_and_sees_a_planted_fault(upload):
    assert [found for _, found in check_each()] == [[], [], [], []]
    faulty = StagedRow.objects.filter(fate="repair:nik-length").first()
    StagedRow.objects.filter(pk=faulty.pk).update(problems=[{"code": "x", "found": "3324155512900003"}])
    assert [violation.object_id for violation in I_24()] == [str(faulty.public_id)]
    StagedRow.objects.filter(fate__startswith="repair:").last().delete()
    assert [violation.object_id for violation in I_27()] == [str(upload.public_id)]
    assert {violation.found for violation in I_28()} == {"hash"}
    stranger = StagedRow.objects.filter(fate__startswith="repair:").first()
    AppliedRow.objects.create(row=stranger, worker=None, outcome="dead")
    forgotten = StagedRow.objects.filter(fate__startswith="repair:").last()
    StagedRow.objects.filter(pk=forgotten.pk).update(fate="accepted")
    told = {violation.object_id for violation in I_28() if violation.found == "worker"}
    assert told == {str(stranger.public_id), str(forgotten.public_id)}
