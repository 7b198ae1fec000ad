"""An applied list is taken back while nothing is paid, and not after."""

import pytest

from payung.audit.models import AuditEvent
from payung.enrolment.models import Enrolment
from payung.intake.errors import ListPaidError
from payung.intake.models import Upload
from payung.intake.services import apply_upload, receive_upload, stage_upload, undo_upload
from tests.intake.formats import as_csv, people
from tests.web.story import protect

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def applied(kendal, pt_maju, joko, wulan, clock):
    """A list of four people of PT Maju's, approved."""
    told = {"sponsor": pt_maju, "acting_user": joko, "clock": clock}
    upload = receive_upload(as_csv(people(4)), file_name="a.csv", **told).upload
    upload = stage_upload(upload, acting_user=joko, clock=clock)
    apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=clock)
    return upload


def test_once_somebody_of_it_is_paid_for_nothing_of_it_is_undone(applied, pt_maju, rina, wulan, clock):
    protect(pt_maju, officer=rina, approver=wulan, clock=clock, count=1, first=500)
    paid = Enrolment.objects.get(state="active")
    Enrolment.objects.filter(pk=paid.pk).update(source=f"upload:{applied.public_id}")
    events = AuditEvent.objects.count()
    with pytest.raises(ListPaidError):
        undo_upload(applied, reason="Keliru", acting_user=wulan, clock=clock)
    applied.refresh_from_db()
    assert applied.state == Upload.State.APPLIED
    assert not Enrolment.objects.filter(state="left").exists()
    assert AuditEvent.objects.count() == events


def test_the_reason_stands_in_the_record(applied, wulan, clock):
    assert undo_upload(applied, reason="Daftar tahun lalu", acting_user=wulan, clock=clock) == 4
    assert AuditEvent.objects.get(action="intake.upload.undo").reason == "Daftar tahun lalu"
