"""Approval by another than the uploader, and taking it back."""

import re

import pytest

from payung.enrolment.models import Enrolment
from payung.intake.models import Upload
from payung.jobs.models import Job
from payung.jobs.services import do_job
from payung.kernel.clock import SystemClock
from payung.web.intake import waiting
from tests.web.intake.conftest import MAJU

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


def shown_hash(html):
    return re.search(r'name="hash" value="([0-9a-f]{64})"', html)[1]


def test_wulan_approves_what_she_was_shown(sent, client_of, wulan):
    client = client_of(wulan)
    address = f"/persetujuan/{sent.public_id}/"
    waiting_lists = client.get("/persetujuan/").content.decode()
    assert MAJU in waiting_lists
    assert "sejak hari ini" in waiting_lists
    html = client.get(address).content.decode()
    answer = client.post(address, {"hash": shown_hash(html)}, follow=True).content.decode()
    sent.refresh_from_db()
    assert sent.state == Upload.State.APPLIED
    assert Enrolment.objects.count() == 219
    assert "219 orang baru terdaftar" in answer
    assert "Mulai didaftarkan ke program" in answer


def test_the_approver_sees_every_exception_and_the_same_sample_each_time(sent, client_of, wulan):
    client = client_of(wulan)
    first, again = (client.get(f"/persetujuan/{sent.public_id}/").content.decode() for _ in range(2))
    rows = set(map(int, re.findall(r'id="baris-(\d+)"', first)))
    assert rows == set(map(int, re.findall(r'id="baris-(\d+)"', again)))
    exceptions = set(sent.rows.exclude(fate="accepted").values_list("row_number", flat=True))
    assert exceptions <= rows
    assert len(rows - exceptions) == 20


def test_a_list_that_changed_meanwhile_is_not_approved(sent, client_of, wulan):
    client = client_of(wulan)
    html = client.get(f"/persetujuan/{sent.public_id}/").content.decode()
    row = sent.rows.filter(fate__startswith="repair").first()
    sent.rows.filter(pk=row.pk).update(fate="accepted")
    answer = client.post(f"/persetujuan/{sent.public_id}/", {"hash": shown_hash(html)}, follow=True)
    assert "Isi daftar berubah" in answer.content.decode()
    assert Enrolment.objects.count() == 0


def test_who_uploaded_asks_a_colleague(hand_in, client_of, rina, pt_maju):
    upload = hand_in(rina, pt_maju)
    client = client_of(rina)
    client.post(f"/daftar/{upload.public_id}/kirim/")
    html = client.get(f"/persetujuan/{upload.public_id}/").content.decode()
    assert "Anda yang mengunggah daftar ini, mintalah rekan untuk menyetujui" in html
    assert "Setujui daftar ini" not in html
    upload.refresh_from_db()
    sent = {"hash": bytes(upload.content_hash).hex()}
    answer = client.post(f"/persetujuan/{upload.public_id}/", sent, follow=True)
    assert "mintalah rekan" in answer.content.decode()
    assert Enrolment.objects.count() == 0


def test_a_list_is_given_back_with_its_reason(sent, client_of, wulan, joko):
    client_of(wulan).post(f"/persetujuan/{sent.public_id}/kembalikan/", {"reason": "Desanya keliru"})
    sent.refresh_from_db()
    assert sent.state == Upload.State.STAGED
    assert "Desanya keliru" in client_of(joko).get(f"/daftar/{sent.public_id}/").content.decode()


def test_an_approved_list_is_taken_back_with_a_reason(sent, client_of, wulan):
    client = client_of(wulan)
    client.post(f"/persetujuan/{sent.public_id}/", {"hash": bytes(sent.content_hash).hex()})
    assert "Pendaftaran 219 pekerja" in client.get(f"/daftar/{sent.public_id}/").content.decode()
    assert "Tulis alasannya" in client.post(f"/daftar/{sent.public_id}/batalkan/", follow=True).content.decode()
    answer = client.post(f"/daftar/{sent.public_id}/batalkan/", {"reason": "Daftar keliru"}, follow=True)
    assert "Daftar ini dibatalkan" in answer.content.decode()
    assert Enrolment.objects.filter(state="left").count() == 219


@pytest.mark.usefixtures("all_lists_are_long")
def test_a_long_list_is_applied_behind_the_scenes(hand_in, client_of, rina, wulan):
    upload = hand_in(rina, None)
    do_job(Job.objects.get(kind="intake.stage").public_id, clock=SystemClock())
    client_of(rina).post(f"/daftar/{upload.public_id}/kirim/")
    client = client_of(wulan)
    html = client.get(f"/persetujuan/{upload.public_id}/").content.decode()
    answer = client.post(f"/persetujuan/{upload.public_id}/", {"hash": shown_hash(html)}, follow=True)
    assert "Meneruskan baris yang disetujui" in answer.content.decode()
    client.post(f"/persetujuan/{upload.public_id}/", {"hash": shown_hash(html)})
    job = Job.objects.get(kind="intake.apply")
    assert do_job(job.public_id, clock=SystemClock()) == Job.State.DONE
    html = client.get(f"/daftar/{upload.public_id}/").content.decode()
    assert "Orang baru terdaftar" in html
    assert ">219<" in html


def test_waiting_lists_stand_in_the_tasks_of_others_only(sent, rina, joko, wulan, clock):
    assert waiting.approvals_count(wulan) == 1
    assert [task.url for task in waiting.approval_tasks(wulan, clock)] == [f"/persetujuan/{sent.public_id}/"]
    assert waiting.approval_tasks(joko, clock) == []
    Upload.objects.filter(pk=sent.pk).update(uploaded_by=wulan.actor.id)
    assert waiting.approvals_count(wulan) == 0


def test_a_checked_list_stands_in_the_tasks_of_its_uploader(hand_in, joko, pt_maju, clock):
    upload = hand_in(joko, pt_maju)
    (task,) = waiting.list_tasks(joko, clock)
    assert task.url == f"/daftar/{upload.public_id}/"
    assert "Perbaiki" in task.title


def test_joko_and_tono_cannot_approve(sent, client_of, joko, tono):
    for viewer in (joko, tono):
        client = client_of(viewer)
        assert client.get("/persetujuan/").status_code == 403
        assert client.get(f"/persetujuan/{sent.public_id}/").status_code == 403
        assert client.post(f"/persetujuan/{sent.public_id}/", {"hash": "00"}).status_code == 403
        assert client.post(f"/persetujuan/{sent.public_id}/kembalikan/", {"reason": "x"}).status_code == 403
    assert Enrolment.objects.count() == 0
