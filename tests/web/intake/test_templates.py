"""The template of a sponsor with many workers is made behind the scenes, for whoever asked."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from payung.access.permissions import Role
from payung.access.viewer import SYSTEM_VIEWER
from payung.audit.models import AuditEvent
from payung.intake.services import apply_upload, forget_templates
from payung.jobs.models import Job
from payung.jobs.services import do_job
from payung.kernel.clock import SystemClock
from payung.web.intake import templates
from tests.cast import add_viewer
from tests.intake.formats import as_csv, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]
ADDRESS = "/daftar/templat/"


@pytest.fixture
def ask(hand_in, client_of, joko, wulan, pt_maju, monkeypatch):
    """`ask()`: Joko asks for the template with his three workers, more than are put in while he waits."""
    monkeypatch.setattr(templates, "WORKERS_IN_REQUEST", 2)
    upload = hand_in(joko, pt_maju, "asli.csv", as_csv(people(3)))
    apply_upload(upload, approved_hash=bytes(upload.content_hash), acting_user=wulan, clock=SystemClock())

    def one(viewer=joko):
        return client_of(viewer).post(ADDRESS, {"sponsor": pt_maju.public_id})

    return one


def do_it():
    return do_job(Job.objects.filter(kind="intake.template").latest("pk").public_id, clock=SystemClock())


def test_it_is_made_behind_the_scenes_and_then_handed_out(ask, client_of, joko):
    assert ask().status_code == 302
    ask()
    assert Job.objects.filter(kind="intake.template").count() == 1
    html = client_of(joko).get("/daftar/unggah/").content.decode()
    assert "Menyiapkan templat berisi pekerja" in html
    assert 'hx-select="#templat"' in html
    assert do_it() == Job.State.DONE
    assert AuditEvent.objects.filter(action="intake.template.hand-out").count() == 1
    assert "Siap diunduh" in client_of(joko).get("/daftar/unggah/").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(ask().content)).worksheets[0]
    assert [sheet.cell(row, 3).value for row in range(5, 8)] == sorted(str(row[1]) for row in people(3))


def test_a_colleague_asks_anew_and_gets_none_of_somebody_elses(ask, pt_maju, clock):
    ask()
    do_it()
    siti = add_viewer("Siti", Role.PETUGAS_PERUSAHAAN, clock=clock, sponsor=pt_maju)
    assert ask(siti).status_code == 302
    assert Job.objects.filter(kind="intake.template").count() == 2


def test_after_an_hour_it_is_made_anew_and_after_a_day_it_is_removed(ask):
    ask()
    do_it()
    told = {"acting_user": SYSTEM_VIEWER, "clock": SystemClock()}
    assert forget_templates(**told) == 0
    long_ago = timezone.now() - timedelta(days=2)
    Job.objects.update(requested_at=long_ago, finished_at=long_ago)
    assert ask().status_code == 302
    assert forget_templates(**told) == 1
    assert forget_templates(**told) == 0
    assert do_it() == Job.State.DONE
    assert ask().headers["Content-Type"].endswith("sheet")
