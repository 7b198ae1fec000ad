"""Protection: three figures with their sources, the map beside its table, who falls off; and who may see any of it."""

import re
from datetime import date

import pytest

from payung.access.permissions import Role
from payung.coverage.models import OfficialFigure
from payung.coverage.services import load_known_figures, rebuild_summary, record_official_figure
from tests.cast import add_company, add_viewer
from tests.coverage.people import NGAMPEL
from tests.web.story import protect

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGES = [
    "/perlindungan/",
    f"/perlindungan/kecamatan/{NGAMPEL}/",
    "/perlindungan/kekurangan/",
    "/perlindungan/cetak/",
    "/perlindungan/angka/",
]
LETTER = {
    "kind": "ucj_aktif",
    "value": "120.500",
    "as_of": "2026-10-31",
    "document_on": "2026-11-05",
    "source": "Surat BPJS Ketenagakerjaan Cabang Kendal",
    "document": "B/1120/112026",
    "confidence": "tinggi",
}


@pytest.fixture
def of_rina(client_of, rina):
    return client_of(rina)


def text_of(answer):
    """What a page says, without its marks."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("address", PAGES)
def test_tono_cannot_see_the_regencys_protection(counted, client_of, tono, address):
    assert client_of(tono).get(address).status_code == 403


@pytest.mark.parametrize("address", [*PAGES, "/jatuh-tempo/", "/jatuh-tempo/2026-12/"])
def test_a_visitor_is_led_to_the_door(counted, client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"].startswith("/masuk/")) == (302, True)


def test_figures_stand_apart_each_with_its_source_and_day(counted, of_rina, rina, clock):
    load_known_figures(acting_user=rina, clock=clock)
    said = text_of(of_rina.get("/perlindungan/"))
    assert "Pekerja yang berlaku di Payung ÷ pekerja informal" in said
    assert "Peserta BPU aktif ÷ pekerja informal" in said
    assert "Peserta aktif PU dan BPU ÷ penduduk bekerja" in said
    assert "4,19 %" in said
    assert "14.177 Bupati Kendal, 10 Juni 2025 (dikutip pers); keadaan 10 Juni 2025" in said
    assert "Target UCJ dalam RPJMD: 51,64 %" in said


def test_a_missing_figure_says_so_and_offers_to_be_entered(counted, of_rina, client_of, agus):
    page = of_rina.get("/perlindungan/").content.decode()
    assert "belum dimasukkan" in page
    assert "/perlindungan/angka/?jenis=ucj_aktif#masukkan" in page
    assert "?jenis=ucj_aktif" not in client_of(agus).get("/perlindungan/").content.decode()


def test_map_and_table_say_the_same_and_lead_to_the_kecamatan(counted, of_rina):
    page = of_rina.get("/perlindungan/").content.decode()
    assert 'aria-label="Kaliwungu: 12 pekerja"' in page
    assert page.count(f'href="/perlindungan/kecamatan/{NGAMPEL}/"') == 2
    assert re.search(r">Kaliwungu</a></th><td class=\"num\">12</td>", page)
    assert 'class="map-value"' in page


def test_the_map_may_show_the_share_of_those_known(counted, of_rina):
    page = of_rina.get("/perlindungan/?peta=bagian").content.decode()
    assert 'aria-label="Kaliwungu: 100,00 %"' in page
    assert 'aria-label="Ngampel: 0,00 %"' in page


def test_a_kecamatan_shows_its_villages_and_what_closes_their_gap(counted, of_rina):
    said = text_of(of_rina.get(f"/perlindungan/kecamatan/{NGAMPEL}/"))
    assert "Dempelrejo" in said
    assert "dari 20 Rp1.680.000" in said  # 20 workers, two months at 8,400 and four at 16,800
    assert of_rina.get("/perlindungan/kecamatan/33.74.01/").status_code == 404


def test_another_month_is_asked_for_in_the_address(counted, of_rina):
    said = text_of(of_rina.get("/perlindungan/?bulan=2026-10"))
    assert "Pekerja rentan pada Oktober 2026" in said
    for nonsense in ("2026-13", "x", "1999-01", "2026-10' --"):
        assert "Pekerja rentan pada November 2026" in text_of(of_rina.get("/perlindungan/", {"bulan": nonsense}))


def test_the_gap_costs_what_the_chosen_funds_and_term_cost(counted, of_rina):
    csr = text_of(of_rina.get("/perlindungan/kekurangan/?dana=CSR&masa=1"))
    apbd = text_of(of_rina.get("/perlindungan/kekurangan/?dana=APBD&masa=1"))
    assert "Rp168.000" in csr
    assert "Rp336.000" in apbd
    assert "Mengapa Rp8.400 pada November 2026? (transportasi)" in csr
    assert "Mengapa Rp16.800 pada November 2026? (di luar transportasi)" in apbd
    assert of_rina.get("/perlindungan/kekurangan/?dana=X&masa=99&kecamatan=1").status_code == 200


def test_the_regents_sheet_holds_figures_map_and_lapses(counted, of_rina):
    said = text_of(of_rina.get("/perlindungan/cetak/"))
    assert "Tiga" not in said
    assert "Jatuh tempo Desember 2026" in said
    assert "CV Lain 8" in said


def test_the_calendar_names_months_sponsors_and_cost(counted, of_rina):
    said = text_of(of_rina.get("/jatuh-tempo/"))
    assert "Desember 2026 11 CV Lain (8), PT Maju (3)" in said
    assert "Februari 2027 12 PT Maju (12)" in said


@pytest.fixture
def covered(kendal, pt_maju, rina, wulan, clock):
    """Three people of PT Maju, covered from December until May; and one of CV Mitra, likewise."""
    protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    mitra = add_company("MITRA", "CV Mitra", clock=clock)
    protect(mitra, officer=rina, approver=wulan, clock=clock, count=1, first=50)
    rebuild_summary(clock=clock)


def test_the_cost_of_keeping_people_shows_what_it_is_made_of(covered, of_rina):
    said = text_of(of_rina.get("/jatuh-tempo/2027-06/"))
    assert "3 × Rp100.800" in said
    assert "Harga seorang: CSR perusahaan, dasar upah Rp1.000.000" in said
    assert "Mengapa Rp16.800 pada Juni 2027 – November 2027?" in said
    assert "PP 44/2015" in said


def test_names_of_a_month_are_masked_and_filtered_by_sponsor(covered, of_rina):
    everybody = of_rina.get("/jatuh-tempo/2027-06/").content.decode()
    assert len(re.findall(r"\d{4}••••••••\d{4}", everybody)) == 4
    one = of_rina.get("/jatuh-tempo/2027-06/?penyandang=MITRA").content.decode()
    assert len(re.findall(r"\d{4}••••••••\d{4}", one)) == 1
    assert not re.search(r"\b\d{16}\b", everybody)


def test_a_sponsor_sees_its_own_people_alone(covered, client_of, joko, tono):
    page = client_of(joko).get("/jatuh-tempo/2027-06/").content.decode()
    assert len(re.findall(r"\d{4}••••••••\d{4}", page)) == 3
    assert "CV Mitra" not in page
    strange = client_of(tono).get("/jatuh-tempo/2027-06/").content.decode()
    assert "••••" not in strange
    assert "PT Maju" not in strange
    assert "Tidak ada yang jatuh tempo" in strange


def test_a_regent_sees_counts_and_no_names(counted, client_of, clock):
    bupati = client_of(add_viewer("Bupati", Role.PIMPINAN_DAERAH, clock=clock))
    page = bupati.get("/jatuh-tempo/2026-12/").content.decode()
    assert "CV Lain" in page
    assert "Sari" not in page
    assert "••••" not in page


@pytest.mark.parametrize("month", ["2026-13", "x", "1900-01", "2999-01"])
def test_a_month_that_is_none_is_not_found(counted, of_rina, month):
    assert of_rina.get(f"/jatuh-tempo/{month}/").status_code == 404


def test_rina_enters_a_letter_and_finds_it_in_the_history(counted, of_rina):
    answer = of_rina.post("/perlindungan/angka/", LETTER)
    assert answer.status_code == 302
    made = OfficialFigure.objects.get(kind="ucj_aktif")
    assert (made.value, made.as_of, made.document_on) == (120_500, date(2026, 10, 31), date(2026, 11, 5))
    said = text_of(of_rina.get("/perlindungan/angka/"))
    assert "120.500 31 Oktober 2026 Surat BPJS Ketenagakerjaan Cabang Kendal, B/1120/112026" in said


def test_a_target_is_written_in_percent(counted, of_rina):
    of_rina.post("/perlindungan/angka/", LETTER | {"kind": "target_ucj_rpjmd", "value": "51,64"})
    assert OfficialFigure.objects.get(kind="target_ucj_rpjmd").value == 5_164


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "banyak"}, "Tulis angka saja"),
        ({"value": "0"}, "Angka harus 1 atau lebih"),
        ({"value": "1,5"}, "Tulis angka saja"),
        ({"value": "²"}, "Tulis angka saja"),
        ({"as_of": "2026-12-31"}, "Tanggal 31 Desember 2026 belum tiba"),
        ({"kind": "target_ucj_rpjmd", "value": "120"}, "paling banyak 100 persen"),
        ({"kind": "bpu_aktif", "value": "400.000"}, "400.000 lebih banyak daripada penyebutnya (338.681)"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_what_to_do(counted, of_rina, rina, clock, change, said):
    record_official_figure(
        "pekerja_informal", 338_681, as_of=date(2025, 6, 10), document_on=date(2025, 6, 10), source="Bupati",
        acting_user=rina, clock=clock,
    )  # fmt: skip
    answer = of_rina.post("/perlindungan/angka/", LETTER | change)
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert OfficialFigure.objects.count() == 1


def test_agus_reads_the_figures_and_enters_none(counted, client_of, agus):
    of_agus = client_of(agus)
    assert "Catat angka" not in of_agus.get("/perlindungan/angka/").content.decode()
    assert of_agus.post("/perlindungan/angka/", LETTER).status_code == 403
    assert not OfficialFigure.objects.exists()


def test_the_dashboard_asks_the_same_number_of_questions_however_many_workers(
    counted, of_rina, django_assert_max_num_queries
):
    of_rina.get("/perlindungan/")
    with django_assert_max_num_queries(45):
        of_rina.get("/perlindungan/")


def test_an_empty_regency_still_answers(regions, of_rina):
    for address in [*PAGES, "/jatuh-tempo/", "/jatuh-tempo/2026-12/"]:
        assert of_rina.get(address).status_code == 200, address


def test_the_calendar_says_whose_waiting_may_begin_anew_and_offers_them(
    of_rina, client_of, joko, rina, wulan, pt_maju, clock
):
    protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    rebuild_summary(clock=clock)
    said = of_rina.get("/jatuh-tempo/2027-06/")
    assert "3 orang dapat memulai lagi masa tunggu JKM" in text_of(said)
    offer = f"/pendaftaran/serah-terima/baru/?penyandang={pt_maju.public_id}&amp;bulan=2027-06"
    assert offer in said.content.decode()
    assert offer not in client_of(joko).get("/jatuh-tempo/2027-06/").content.decode()
