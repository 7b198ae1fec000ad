"""The search box finds a person by name or whole NIK, a company, a bill; it tells nobody more than they may see."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from payung.contributions.models import Notice
from payung.contributions.services import record_pay_code
from tests.enrolment.people import nik_of
from tests.web.story import protect

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def sari(pt_maju, rina, wulan, clock):
    _pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    return workers[0]


def found_by(client, text):
    return client.post("/cari/", {"q": text}).content.decode()


def test_a_name_is_found_by_its_beginning(client_of, rina, sari):
    html = found_by(client_of(rina), sari.name[:3].lower())
    assert reverse("worker", args=[sari.public_id]) in html
    assert "3324••••••••0001" in html


def test_a_nik_is_found_whole_with_spaces_too_and_never_echoed(client_of, rina, sari):
    nik = nik_of(1)
    for typed in (nik, f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}"):
        html = found_by(client_of(rina), typed)
        assert reverse("worker", args=[sari.public_id]) in html
        assert nik not in html.replace(" ", "")
    assert "Tidak ditemukan" in found_by(client_of(rina), nik[:12])


def test_a_company_is_found_by_code_and_by_words(client_of, rina, pt_maju):
    address = reverse("sponsor", args=[pt_maju.public_id])
    assert address in found_by(client_of(rina), "ptmaju")
    assert address in found_by(client_of(rina), "maju")


def test_a_bill_is_found_by_its_number_and_by_bpjs_pay_code(client_of, rina, sari, clock):
    notice = Notice.objects.get()
    assert notice.number in found_by(client_of(rina), notice.number)
    record_pay_code(
        notice, code="880011223344", amount_rp=notice.total_rp, due_on=notice.due_on, acting_user=rina, clock=clock
    )
    assert notice.number in found_by(client_of(rina), "880011223344")


def test_tono_finds_nothing_of_pt_maju(client_of, tono, sari):
    of_tono = client_of(tono)
    for text in (sari.name, nik_of(1), "PT Maju", Notice.objects.get().number):
        html = found_by(of_tono, text)
        assert "Tidak ditemukan" in html
        assert reverse("worker", args=[sari.public_id]) not in html


def test_the_box_stands_on_every_page_and_posts(client_of, rina):
    html = client_of(rina).get("/beranda/").content.decode()
    assert '<form class="search" method="post" action="/cari/"' in html


def test_one_letter_is_not_a_question(client_of, rina, sari):
    assert reverse("worker", args=[sari.public_id]) not in found_by(client_of(rina), "b")
