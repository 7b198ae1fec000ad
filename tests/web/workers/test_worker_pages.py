"""Workers: seen as far as one reaches, masked until a purpose is named; changed, buried, and their story told."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse

from payung.access.permissions import Role
from payung.audit.models import AuditEvent
from payung.contributions.models import CoveredMonth
from payung.contributions.selectors import CoverCell
from payung.enrolment.transitions import NOTES as KNOWN_NOTES
from payung.enrolment.transitions import REMARKS
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.services import Purpose
from payung.web.frame.words import PURPOSES
from payung.web.workers.one import continuity
from payung.web.workers.steps import NOTES
from tests.cast import add_viewer
from tests.enrolment.people import KENDAL, add_workers, nik_of, propose
from tests.web.story import protect, way_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NIK = nik_of(7)
FACTS = {
    "nik": f"{NIK[:6]} {NIK[6:12]} {NIK[12:]}",
    "name": "Sari Utami",
    "sex": "P",
    "birth_date": "1985-03-02",
    "village_code": "33.24.09.2001",
    "occupation_code": "pedagang-asongan",
    "consent_basis": "formulir persetujuan",
}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def of_rina(client_of, rina):
    return client_of(rina)


@pytest.fixture
def sari(pt_maju, rina, wulan, clock):
    """PT Maju's first worker, protected from December to May."""
    _pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    return workers[0]


def page_of(worker, name="worker"):
    return reverse(name, args=[worker.public_id])


def test_every_note_and_every_purpose_has_its_words():
    assert set(NOTES) == KNOWN_NOTES.union(*REMARKS.values())
    assert set(PURPOSES) == set(Purpose)


def test_list_masks_every_nik(of_rina, sari):
    html = of_rina.get("/pekerja/").content.decode()
    assert "3324••••••••0001" in html
    assert not re.search(r"(?<![0-9a-f-])[0-9]{16}(?![0-9a-f-])", html)


def test_list_filters_by_place_standing_sponsor_and_payment(of_rina, sari, clock):
    add_workers(1, clock=clock, village=KENDAL, first=50)
    asked = {
        "kecamatan=33.24.15": 1,
        "desa=33.24.15.1001&kecamatan=33.24.15": 1,
        "pekerjaan=pedagang-asongan": 4,
        "kedudukan=active": 3,
        "kedudukan=belum": 1,
        "kedudukan=left": 0,
        "penyandang=ptmaju": 3,
        "penyandang=PTMAJU&kedudukan=diganti": 0,
        "lindung=dibayar": 3,
        "lindung=tanpa": 1,
        "penyandang=PTMAJU&lindung=dibayar": 3,
    }
    found = {query: of_rina.get(f"/pekerja/?{query}").content.decode().count('<th scope="row">') for query in asked}
    assert found == asked


def test_company_sees_its_own_workers_and_no_others(client_of, joko, sari, clock):
    stranger = add_workers(1, clock=clock, first=50)[0]
    html = client_of(joko).get("/pekerja/").content.decode()
    assert "Pekerja kami" in html
    assert sari.name in html
    assert html.count('<th scope="row">') == 3
    other = Worker.objects.get(pk=stranger)
    assert client_of(joko).get(page_of(other)).status_code == 404


def test_tono_finds_none_of_pt_majus_people(client_of, tono, sari):
    of_tono = client_of(tono)
    assert of_tono.get(page_of(sari)).status_code == 404
    assert of_tono.get("/pekerja/?penyandang=PTMAJU").content.decode().count('<th scope="row">') == 0
    for name in ("worker_reveal", "worker_mend_nik", "worker_death"):
        assert of_tono.post(page_of(sari, name), {"purpose": "verifikasi", "note": "x"}).status_code == 403
    assert of_tono.get("/pekerja/baru/").status_code == 403


def test_village_sees_its_own_people_alone(client_of, sari, clock):
    of_village = client_of(add_viewer("Lurah", Role.PETUGAS_DESA, clock=clock))
    elsewhere = Worker.objects.get(pk=add_workers(1, clock=clock, village=KENDAL, first=50)[0])
    assert of_village.get(page_of(sari)).status_code == 200
    assert of_village.get(page_of(elsewhere)).status_code == 404


def test_page_tells_standing_months_and_story(of_rina, sari):
    html = of_rina.get(page_of(sari)).content.decode()
    assert "Aktif sejak 1 Desember 2026 menurut BPJS, nomor peserta KPJ-1; dibayar sampai Mei 2027." in html
    assert "Iuran 6 bulan dibayar: Desember 2026 – Mei 2027." in html
    assert "Diusulkan oleh PT Maju." in html
    assert html.count("berlaku, PT Maju") == 12  # six months, each as a hint and for screen readers


def test_who_else_pays_is_not_told_to_a_company(client_of, tono, rina, wulan, sari, clock):
    lain = tono.grants[0].scope_id
    way = way_of(sari)
    way.state, way.reason = "left", "pindah"
    way.save()
    sponsor = type(way.sponsor).objects.get(public_id=lain)
    propose([sari.pk], sponsor, by=rina, clock=clock)
    html = client_of(tono).get(page_of(sari)).content.decode()
    assert "penyandang lain" in html
    assert "PT Maju" not in html


def test_nik_opens_for_a_purpose_that_is_recorded(of_rina, sari):
    refused = of_rina.post(page_of(sari, "worker_reveal"), {"purpose": "iseng", "note": "x"}).content.decode()
    assert nik_of(1) not in refused
    html = of_rina.post(page_of(sari, "worker_reveal"), {"purpose": "klaim", "note": "kasus 12"}).content.decode()
    assert nik_of(1) in html
    assert AuditEvent.objects.get(action="registry.worker.reveal").reason == "klaim: kasus 12"
    assert nik_of(1) not in of_rina.get(page_of(sari)).content.decode()


def test_one_worker_is_registered_by_hand(of_rina, kendal):
    answer = of_rina.post("/pekerja/baru/", FACTS)
    made = Worker.objects.get(name="Sari Utami")
    assert answer.url == page_of(made)
    assert made.source == "petugas"
    again = of_rina.post("/pekerja/baru/", FACTS | {"name": "Orang Lain"}).content.decode()
    assert "NIK ini sudah terdaftar" in again


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"nik": "3324"}, "NIK terdiri atas 16 angka"),
        ({"nik": "33240942O3850007"}, "NIK hanya berisi angka"),
        ({"birth_date": "1985-03-03"}, "Tanggal lahir ini tidak sama dengan yang tersimpan di NIK"),
        ({"village_code": ""}, "Desa atau kelurahan"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(of_rina, kendal, changed, words):
    html = of_rina.post("/pekerja/baru/", FACTS | changed).content.decode()
    assert words in html
    assert not Worker.objects.exists()


def test_facts_change_with_a_reason_and_sealed_ones_stay_unless_typed(of_rina, sari):
    facts = {name: value for name, value in FACTS.items() if name not in ("nik", "consent_basis")}
    page = of_rina.get(page_of(sari, "worker_edit")).content.decode()
    assert nik_of(1) not in page
    answer = of_rina.post(page_of(sari, "worker_edit"), facts | {"phone": "0812", "reason": "KTP baru"})
    assert answer.status_code == 302
    first = Worker.objects.get(pk=sari.pk)
    of_rina.post(page_of(sari, "worker_edit"), facts | {"name": "Sari", "reason": "ejaan"})
    second = Worker.objects.get(pk=sari.pk)
    assert (first.name, second.name) == ("Sari Utami", "Sari")
    assert first.phone_sealed is not None
    assert bytes(first.phone_sealed) == bytes(second.phone_sealed)


def test_wrong_nik_is_mended_and_the_person_stays(of_rina, sari):
    asked = {"nik": nik_of(99), "reason": "salah ketik"}
    assert of_rina.post(page_of(sari, "worker_mend_nik"), asked).status_code == 302
    assert "3324••••••••0099" in of_rina.get(page_of(sari)).content.decode()
    taken = of_rina.post(page_of(sari, "worker_mend_nik"), {"nik": nik_of(2), "reason": "x"}).content.decode()
    assert "NIK ini sudah terdaftar" in taken


def test_death_shows_what_it_undoes_before_it_does_it(of_rina, sari):
    asked = {"died_on": "2026-11-20", "reason": "akta kematian 12"}
    html = of_rina.post(page_of(sari, "worker_death"), asked).content.decode()
    assert "6 bulan sesudah bulan kematian dikembalikan; Rp92.400" in html
    assert Worker.objects.get(pk=sari.pk).died_on is None
    assert of_rina.post(page_of(sari, "worker_death"), asked | {"ya": "1"}).status_code == 302
    assert Worker.objects.get(pk=sari.pk).died_on == date(2026, 11, 20)
    assert not CoveredMonth.objects.filter(worker=sari).exists()
    assert way_of(sari).reason == "meninggal"


def test_nobody_dies_tomorrow(of_rina, sari):
    html = of_rina.post(page_of(sari, "worker_death"), {"died_on": "2027-01-01", "reason": "x", "ya": "1"}).content
    assert "Tanggal ini belum tiba" in html.decode()
    assert Worker.objects.get(pk=sari.pk).died_on is None


def test_auditor_reads_and_neither_opens_nor_changes(client_of, agus, sari):
    of_agus = client_of(agus)
    html = of_agus.get(page_of(sari)).content.decode()
    assert page_of(sari, "worker_reveal") not in html
    assert of_agus.post(page_of(sari, "worker_reveal"), {"purpose": "klaim", "note": "x"}).status_code == 403
    assert of_agus.get(page_of(sari, "worker_edit")).status_code == 403


def test_list_costs_the_same_however_many_stand_on_it(of_rina, clock, django_assert_max_num_queries):
    add_workers(40, clock=clock)
    of_rina.get("/pekerja/")  # counts in the navigation are asked once in a while
    with django_assert_max_num_queries(12):
        of_rina.get("/pekerja/")


def test_the_clock_says_how_many_months_in_a_row_and_what_breaks_them(of_rina, sari):
    html = of_rina.get(page_of(sari)).content.decode()
    assert "6 bulan (Desember 2026 – Mei 2027)" in html
    assert "36 bulan: kurang 30, tercapai November 2029 bila tidak terputus" in html
    assert "Juni 2027: belum ditagih kepada siapa pun" in html


def test_the_row_of_months_begins_where_it_began_and_not_where_the_grid_does():
    january = Month.from_text("2025-01")
    cells = [CoverCell(january + k, "berlaku", 1, "PT Maju", None, False, 16_800) for k in range(24)]
    now = Month.from_text("2026-11")
    assert continuity(cells, now, since=january - 13).months == 36
    assert continuity(cells, now).months == 23
    assert continuity(cells[12:], now, since=january + 12).months == 11
