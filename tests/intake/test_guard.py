"""A list with too many doubles stops and asks; the answer stands with it."""

import pytest

from payung.audit.models import AuditEvent
from payung.intake.errors import DoublesUnexplainedError
from payung.intake.models import Upload
from payung.intake.services import apply_upload, receive_upload, stage_upload, submit_upload
from tests.intake.formats import as_csv, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def with_doubles(pt_maju, joko, clock):
    """`with_doubles(20, 8)`: a staged list of so many rows, the last of which repeat its first ones."""

    def stage(count, doubles):
        single = people(count - doubles)
        told = {"sponsor": pt_maju, "acting_user": joko, "clock": clock}
        received = receive_upload(as_csv([*single, *single[:doubles]]), file_name=f"{count}-{doubles}.csv", **told)
        return stage_upload(received.upload, acting_user=joko, clock=clock)

    return stage


def test_a_list_above_the_limit_is_not_sent_without_a_reason(with_doubles, joko, clock):
    upload = with_doubles(20, 7)
    with pytest.raises(DoublesUnexplainedError) as raised:
        submit_upload(upload, acting_user=joko, clock=clock, doubles_reason="   ")
    assert raised.value.percent == 35
    upload.refresh_from_db()
    assert upload.state == Upload.State.STAGED


def test_the_answer_is_recorded_and_stays_with_the_list(with_doubles, joko, clock):
    upload = with_doubles(20, 7)
    submit_upload(upload, acting_user=joko, clock=clock, doubles_reason="Dua bagian menyetor daftar yang sama")
    upload.refresh_from_db()
    assert (upload.state, upload.doubles_reason) == ("submitted", "Dua bagian menyetor daftar yang sama")
    assert AuditEvent.objects.get(action="intake.upload.submit").reason == upload.doubles_reason


def test_it_is_not_approved_unexplained_either(with_doubles, joko, wulan, clock):
    upload = with_doubles(20, 7)
    with pytest.raises(DoublesUnexplainedError):
        apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock)
    submit_upload(upload, acting_user=joko, clock=clock, doubles_reason="Benar begitu")
    assert apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock).enrolled == 13


@pytest.mark.parametrize(("rows", "doubles"), [(20, 6), (8, 4), (20, 0)])
def test_up_to_the_limit_and_with_a_handful_nobody_is_asked(rows, doubles, with_doubles, joko, clock):
    upload = submit_upload(with_doubles(rows, doubles), acting_user=joko, clock=clock, doubles_reason="tidak perlu")
    assert (upload.state, upload.doubles_reason) == ("submitted", "")


def test_the_office_sets_the_limit(with_doubles, joko, clock, settings):
    settings.PAYUNG_LIST_DOUBLES_PERCENT = 20
    upload = with_doubles(20, 6)
    with pytest.raises(DoublesUnexplainedError):
        submit_upload(upload, acting_user=joko, clock=clock)


def test_checking_the_list_anew_asks_anew(with_doubles, joko, clock):
    upload = with_doubles(20, 7)
    Upload.objects.filter(pk=upload.pk).update(doubles_reason="lama")
    assert stage_upload(upload, acting_user=joko, clock=clock).doubles_reason == ""
