"""Verification through the doors: rounds, results, minutes."""

import re

import pytest

from payung.enrolment.models import Enrolment, VerificationRound
from payung.web.enrolment import waiting
from tests.enrolment.people import BRANGSONG, nik_of, states

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def open_by(client, **fields):
    given = {"number": "141/BA/XI/2026", "held_on": "2026-11-20", "village": "", "sponsor": "", **fields}
    answer = client.post("/pendaftaran/verifikasi/baru/", given)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_a_village_verifies_its_own_people_and_prints_the_minutes(lurah, proposed, client_of):
    client = client_of(lurah)
    page = open_by(client, village=BRANGSONG)
    html = client.get(page).content.decode()
    assert html.count('name="hasil-') == 3
    assert nik_of(1) not in html
    client.post(page, {"hasil-1": "", "hasil-2": "pindah", "catatan-2": "Ke Semarang", "hasil-3": ""})
    client.post(f"{page}sisanya/")
    answer = client.post(f"{page}tutup/", follow=True).content.decode()
    assert "Verifikasi ditutup" in answer
    assert states(proposed) == ["verified", "left", "verified", "proposed"]
    assert Enrolment.objects.get(pk=proposed[1]).reason == "pindah"
    paper = client.get(f"{page}berita-acara/")
    assert paper.content.startswith(b"%PDF")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="berita-acara-141-BA-XI-2026.pdf"'


def test_a_round_is_not_closed_while_somebody_has_no_result(rina, proposed, client_of, pt_maju):
    client = client_of(rina)
    page = open_by(client, sponsor=str(pt_maju.public_id))
    assert "Masih ada orang tanpa hasil" in client.post(f"{page}tutup/", follow=True).content.decode()
    assert states(proposed) == ["proposed"] * 4


def test_a_number_is_given_once_and_said_so_in_the_form(rina, proposed, client_of):
    client = client_of(rina)
    open_by(client, village=BRANGSONG)
    again = {"number": "141/BA/XI/2026", "held_on": "2026-11-20"}
    assert "Nomor itu sudah dipakai" in client.post("/pendaftaran/verifikasi/baru/", again).content.decode()
    assert VerificationRound.objects.count() == 1


def test_a_village_officer_sees_neither_other_villages_nor_their_rounds(lurah, rina, proposed, client_of, pt_maju):
    page = open_by(client_of(rina), sponsor=str(pt_maju.public_id))
    client = client_of(lurah)
    assert client.get(page).status_code == 404
    html = client.get("/pendaftaran/orang/").content.decode()
    assert len(re.findall(r"/pendaftaran/orang/[0-9a-f-]{36}/", html)) == 3
    stranger = Enrolment.objects.get(pk=proposed[3])
    assert client.get(f"/pendaftaran/orang/{stranger.public_id}/").status_code == 404


def test_what_waits_stands_in_the_tasks(lurah, proposed, clock, joko):
    (task,) = waiting.tasks(lurah, clock)
    assert (task.count, task.url) == (3, "/pendaftaran/verifikasi/")
    assert waiting.count(lurah) == 3
    assert waiting.tasks(joko, clock) == []


def test_tono_cannot_verify_or_look(tono, rina, proposed, client_of, pt_maju):
    page = open_by(client_of(rina), sponsor=str(pt_maju.public_id))
    client = client_of(tono)
    assert client.get(page).status_code == 404
    assert client.get(f"{page}berita-acara/").status_code == 404
    for address in (page, f"{page}sisanya/", f"{page}tutup/", "/pendaftaran/verifikasi/baru/"):
        assert client.post(address).status_code == 403
    assert "PT Maju" not in client.get("/pendaftaran/verifikasi/").content.decode()
    assert states(proposed) == ["proposed"] * 4
