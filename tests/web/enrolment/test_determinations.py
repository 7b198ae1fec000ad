"""Determination through the doors: prepared by one, approved by another, as it was shown."""

import re

import pytest

from payung.audit.models import AuditEvent
from payung.enrolment.models import Determination
from payung.registry.models import Worker
from payung.web.enrolment import waiting
from tests.enrolment.people import jump, nik_of, states
from tests.web.enrolment.conftest import letter

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def checked(proposed, wulan, clock):
    for state in ("verified", "matched", "checked"):
        jump(proposed, state, by=wulan, clock=clock)
    return proposed


@pytest.fixture
def prepared(checked, pt_maju, rina, client_of):
    fields = {"basis": "surat_komitmen", "number": "012/CSR/2026", "dated_on": "2026-11-20", "file": letter()}
    answer = client_of(rina).post(f"/pendaftaran/penetapan/baru/?penyandang={pt_maju.public_id}", fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def shown_hash(html):
    return re.search(r'name="hash" value="([0-9a-f]{64})"', html)[1]


def test_wulan_approves_exactly_what_she_was_shown(prepared, checked, wulan, client_of, clock):
    assert waiting.url_of("approve") in [task.url for task in waiting.tasks(wulan, clock)]
    client = client_of(wulan)
    html = client.get(prepared).content.decode()
    assert nik_of(1) not in html
    assert bytes(Determination.objects.get().content_hash).hex() == shown_hash(html)
    answer = client.post(prepared, {"hash": shown_hash(html)}, follow=True).content.decode()
    assert "Daftar disetujui" in answer
    assert states(checked) == ["determined"] * 4


def test_who_prepared_it_asks_a_colleague(prepared, checked, rina, client_of):
    client = client_of(rina)
    html = client.get(prepared).content.decode()
    assert "Anda yang menyiapkan daftar ini, mintalah rekan untuk menyetujui" in html
    assert "Setujui daftar ini" not in html
    assert client.post(prepared, {"hash": bytes(Determination.objects.get().content_hash).hex()}).status_code == 403
    assert states(checked) == ["checked"] * 4


@pytest.mark.parametrize("seen", ["", "zz", "00" * 32])
def test_another_hash_than_the_lists_approves_nothing(prepared, checked, wulan, client_of, seen):
    answer = client_of(wulan).post(prepared, {"hash": seen}, follow=True).content.decode()
    assert "Daftarnya sudah berubah sejak disiapkan" in answer
    assert states(checked) == ["checked"] * 4


def test_a_name_mended_meanwhile_needs_a_new_list(prepared, checked, wulan, client_of):
    client = client_of(wulan)
    html = client.get(prepared).content.decode()
    Worker.objects.filter(name="Budi 1").update(name="Budi Santoso")
    assert "sudah berubah" in client.post(prepared, {"hash": shown_hash(html)}, follow=True).content.decode()
    assert states(checked) == ["checked"] * 4


def test_only_bases_that_fit_the_funds_are_offered(checked, pt_maju, rina, client_of):
    address = f"/pendaftaran/penetapan/baru/?penyandang={pt_maju.public_id}"
    html = client_of(rina).get(address).content.decode()
    assert set(re.findall(r'<option value="(\w+)"', html)) == {"surat_komitmen", "perjanjian"}
    without = client_of(rina).post(address, {"basis": "sk_bupati"}).content.decode()
    assert "Lampirkan suratnya" in without
    assert Determination.objects.count() == 0


def test_a_list_is_withdrawn_with_a_reason(prepared, checked, rina, client_of):
    client = client_of(rina)
    assert "Tulis alasannya" in client.post(f"{prepared}tarik/", follow=True).content.decode()
    answer = client.post(f"{prepared}tarik/", {"reason": "Salah nomor"}, follow=True).content.decode()
    assert "Ditarik kembali" in answer
    assert Determination.objects.get().withdrawn_at is not None


def test_the_letter_is_opened_by_those_who_decide_and_recorded(prepared, wulan, joko, client_of):
    answer = client_of(wulan).post(f"{prepared}surat/")
    assert (answer.content, answer.headers["Content-Type"]) == (letter().read(), "application/pdf")
    assert AuditEvent.objects.filter(action="enrolment.determination.open_basis", actor_id=wulan.actor.id).exists()
    assert client_of(joko).post(f"{prepared}surat/").status_code == 404


def test_tono_cannot_see_or_decide(prepared, checked, tono, client_of):
    client = client_of(tono)
    assert client.get(prepared).status_code == 404
    assert "012/CSR" not in client.get("/pendaftaran/penetapan/").content.decode()
    assert client.post(prepared).status_code == 403
    assert client.post(f"{prepared}tarik/", {"reason": "x"}).status_code == 403
    assert client.post(f"{prepared}surat/").status_code == 404
    assert states(checked) == ["checked"] * 4
