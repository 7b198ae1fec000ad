"""Pemeriksaan buku: the auditor sees what was found, asks for another look; Tono sees nothing of it."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditLine
from payung.jobs.models import Job
from payung.jobs.schedule import tick
from payung.jobs.services import do_job
from payung.registry.models import Worker
from payung.watch.models import CheckRun
from payung.watch.services import run_checks

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/pemeriksaan/"


def test_before_the_first_look_the_page_says_so(client_of, agus):
    assert "Belum pernah diperiksa" in client_of(agus).get(reverse("checks")).content.decode()


def test_the_auditor_asks_and_the_job_keeps_what_it_found(client_of, agus, clock):
    browser = client_of(agus)
    assert browser.post(PAGE).status_code == 302
    assert "sedang berjalan" in browser.post(PAGE, follow=True).content.decode()
    job = Job.objects.get(kind="watch.check")
    assert do_job(job.public_id, clock=clock) == "done"
    run = CheckRun.objects.get()
    assert (run.asked_by, run.is_whole, run.broken, len(run.results)) == (agus.actor.id, True, 0, 30)
    assert AuditLine.objects.filter(object_type="watch.check_run", object_id=str(run.public_id)).count() == 1
    told = browser.get(PAGE).content.decode()
    assert "27 janji diperiksa, semuanya berlaku" in told
    assert told.count("BELUM ADA") == 2
    assert "dibuktikan oleh uji program" in told


def test_a_look_at_some_numbers_is_not_shown_as_the_whole(client_of, agus, clock):
    run = run_checks(acting_user=agus, clock=clock, only=frozenset({"I-1", "I-25"}))
    assert not run.is_whole
    assert "Belum pernah" in client_of(agus).get(PAGE).content.decode()


def test_rows_of_a_broken_promise_stand_on_the_page(client_of, agus, clock, kendal):
    sari = Worker.objects.create(
        nik_sealed=b"-", nik_index=bytes(32), nik_birth_date="1980-01-01", name="Sari", name_folded="sari",
        birth_date="1980-01-01", sex="P", village_id="33.24.09.2001", address="3324095205850001",
        recorded_at=clock.now(),
    )  # fmt: skip
    run = run_checks(acting_user=agus, clock=clock)
    assert run.broken == 2  # and nobody can be found again without keys (I-11)
    told = client_of(agus).get(PAGE).content.decode()
    assert "2 janji dilanggar" in told
    assert f"registry_worker.address {sari.pk}" in told
    assert "3324095205850001" not in told


def test_a_run_is_never_changed(agus, clock):
    run_checks(acting_user=agus, clock=clock, only=frozenset({"I-1"}))
    with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
        CheckRun.objects.update(broken=1)


def test_it_is_done_every_night(clock):
    assert "watch.check" in tick(clock=clock)
    assert Job.objects.filter(kind="watch.check").count() == 1
    assert "watch.check" not in tick(clock=clock)


@pytest.mark.parametrize("method", ["get", "post"])
def test_tono_cannot_look(method, client_of, tono, clock):
    assert getattr(client_of(tono), method)(PAGE).status_code == 403
    with pytest.raises(NotPermittedError):
        run_checks(acting_user=tono, clock=clock)
    assert not CheckRun.objects.exists()
    assert not Job.objects.exists()
