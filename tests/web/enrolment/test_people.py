"""The steps with their counts, people by step, and the way out."""

import re

import pytest

from payung.enrolment.models import Enrolment
from tests.enrolment.people import add_workers, jump, nik_of, propose, states

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def address(pk):
    return f"/pendaftaran/orang/{Enrolment.objects.get(pk=pk).public_id}/"


def test_each_number_leads_to_the_people_it_is_made_of(rina, proposed, client_of, clock):
    jump(proposed[:1], "verified", by=rina, clock=clock)
    client = client_of(rina)
    html = client.get("/pendaftaran/").content.decode()
    for step, count in (("usulan", 3), ("terverifikasi", 1), ("aktif", 0)):
        (shown,) = re.findall(rf'href="(/pendaftaran/orang/\?langkah={step})".*?stat-value">(\d+)<', html, re.DOTALL)
        assert int(shown[1]) == count
        people = client.get(shown[0]).content.decode()
        assert len(re.findall(r"/pendaftaran/orang/[0-9a-f-]{36}/", people)) == count


def test_a_standing_is_one_sentence_and_the_nik_is_masked(rina, proposed, client_of):
    html = client_of(rina).get("/pendaftaran/orang/?langkah=usulan").content.decode()
    assert "Diusulkan sejak 22 November 2026; desa atau dinas perlu memverifikasi." in html
    assert nik_of(1) not in html
    assert "3324••••••••0001" in html


def test_a_company_sees_its_own_people_alone(joko, tono, proposed, client_of):
    assert client_of(joko).get(address(proposed[0])).status_code == 200
    assert client_of(tono).get(address(proposed[0])).status_code == 404
    assert "/pendaftaran/orang/0" not in client_of(tono).get("/pendaftaran/orang/").content.decode()


def test_somebody_leaves_with_a_reason_of_the_list(rina, proposed, client_of):
    client = client_of(rina)
    page = f"{address(proposed[0])}keluar/"
    assert "Pilih alasannya" in client.post(page, {}).content.decode()
    answer = client.post(page, {"reason": "menolak", "note": "Tidak mau"}, follow=True).content.decode()
    assert "Keluar sejak" in answer
    assert "menolak ikut" in answer
    assert "Tidak mau" in answer
    assert states(proposed)[0] == "left"


def test_another_takes_the_place(rina, wulan, proposed, client_of, pt_maju, clock):
    (coming,) = propose(add_workers(1, clock=clock, first=9), pt_maju, by=wulan, clock=clock)
    chosen = str(Enrolment.objects.get(pk=coming).public_id)
    fields = {"coming": chosen, "reason": "pindah", "from_month": "2027-01"}
    answer = client_of(rina).post(f"{address(proposed[1])}ganti/", fields, follow=True).content.decode()
    assert "menggantikan" in answer
    row = Enrolment.objects.get(pk=coming)
    assert (row.replaces_id, row.from_month, row.pledge_id is not None) == (proposed[1], 2027 * 12, True)
    assert states(proposed)[1] == "left"


def test_joko_and_tono_cannot_end_a_way(joko, tono, proposed, client_of):
    for viewer in (joko, tono):
        for part in ("keluar/", "ganti/"):
            assert client_of(viewer).post(f"{address(proposed[0])}{part}", {"reason": "pindah"}).status_code == 403
    assert states(proposed) == ["proposed"] * 4
