"""Hitung manfaat: a visitor asks what the law gives, and is told why, or what to mend. Never a 500, never a promise."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.web.law.forms import RuleForm
from payung.web.law.questions import QUESTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PRICE = {"penghasilan_rp": "1.000.000", "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}
DEATH = {"tanggal_meninggal": "2026-02-10", "mulai_kepesertaan": "2023-01-01", "bulan_iuran": "38"}
WAITING = {"tanggal_meninggal": "2025-07-15", "mulai_kepesertaan": "2025-06-01", "bulan_iuran": "2"}
TWO_CHILDREN = {"anak-1-jenjang": "TK", "anak-1-tahun_ke": "1", "anak-2-jenjang": "TK", "anak-2-tahun_ke": "1"}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


def said(answer):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def ask(client, slug, **given):
    answer = client.get(f"/hitung-manfaat/{slug}/", given)
    assert answer.status_code == 200
    return said(answer)


def test_everybody_may_choose_a_question_and_each_has_its_form(client):
    page = client.get("/hitung-manfaat/").content.decode()
    for slug in QUESTIONS:
        assert f'href="/hitung-manfaat/{slug}/"' in page
        assert "Isi, lalu hitung" in ask(client, slug)


def test_no_question_is_asked_that_there_is_not(client):
    assert client.get("/hitung-manfaat/warisan/").status_code == 404


@pytest.mark.parametrize(
    ("slug", "given", "answer"),
    [
        ("melapor", {"waktu_kejadian": "2026-11-20T08:00"}, "22 November 2026 08.00"),
        ("kesimpulan", {"tanggal_lapor": "2026-11-22"}, "22 Desember 2026"),
        ("pembayaran-jkk", {"tanggal_lengkap": "2026-11-20"}, "1 Desember 2026"),
        ("terlambat-dibayar",
         {"program": "JKK", "manfaat_rp": "70.000.000", "hari_terlambat": "4", "pada": "2026-05-04"}, "Rp2.800.000"),
        ("kedaluwarsa-jkk", {"tanggal_kecelakaan": "2021-03-10", "diajukan": "2026-03-11"}, "10 Maret 2026"),
        ("ahli-waris", {"tanggal_meninggal": "2026-05-04", "saudara": "2"}, "saudara"),
    ],
)  # fmt: skip
def test_deadlines_penalties_and_heirs_are_told_with_their_articles(client, slug, given, answer):
    page = ask(client, slug, **given)
    assert answer in page
    assert re.search(r"(PP|Permenaker) \d+/\d{4} Ps", page)


@pytest.mark.parametrize("moment", ["kemarin", "1800-01-01T00:00", "2026-13-01T00:00"])
def test_a_moment_that_is_none_is_asked_for_again(client, moment):
    assert "Isi tanggal" in ask(client, "melapor", waktu_kejadian=moment)


def test_a_price_is_told_with_its_steps_articles_days_and_figures(client):
    page = ask(client, "iuran", **PRICE)
    assert "Jumlah Rp8.400" in page
    assert "PP 50/2025 Ps 3-4, sejak 1 April 2026 sampai 31 Desember 2026" in page
    assert 'href="/dasar-hukum/iuran_jkm_bpu/"' in client.get("/hitung-manfaat/iuran/", PRICE).content.decode()


def test_the_benefit_of_a_death_with_the_scholarship_of_each_child(client):
    page = ask(client, "meninggal", **DEATH, **TWO_CHILDREN)
    assert "Jumlah Rp216.000.000" in page
    assert "Beasiswa paling banyak Rp174.000.000" in page
    assert "TahunSekolah" not in page


def test_what_is_nothing_says_the_condition_that_failed(client):
    page = ask(client, "meninggal", **DEATH | {"bulan_iuran": "35"}, **TWO_CHILDREN)
    assert "Beasiswa paling banyak Rp0" in page
    assert re.search(r"Yang tidak diberikan, dan sebabnya [^.]*35 bulan", page)
    assert re.search(r"Yang tidak diberikan, dan sebabnya [^.]*1 dari 3 bulan", ask(client, "meninggal", **WAITING))


def test_bpjs_decides_and_nothing_is_promised(client):
    for page in (ask(client, "meninggal", **DEATH), ask(client, "iuran")):
        assert "Yang memutuskan adalah BPJS Ketenagakerjaan" in page
        assert "bukan janji" in page


def test_what_is_not_sure_is_marked(client):
    assert "Jumlah Rp10.000.000 perlu konfirmasi BPJS Ketenagakerjaan" in ask(client, "meninggal", **WAITING)


@pytest.mark.parametrize(
    ("slug", "given", "says"),
    [
        ("iuran", PRICE | {"penghasilan_rp": "banyak"}, "Tulis jumlah uang, misalnya 1.000.000."),
        ("iuran", PRICE | {"penghasilan_rp": "9" * 15}, "Paling banyak Rp100.000.000.000."),
        ("iuran", PRICE | {"bulan": "2026-13"}, "Isi bulan, misalnya 2026-11."),
        ("iuran", PRICE | {"bulan": "9999-12"}, "Isi bulan antara 1930 dan 2099."),
        ("iuran", PRICE | {"bulan": "2010-01"}, "Belum ada hukumnya pada 1 Januari 2010; yang pertama berlaku sejak"),
        ("iuran", PRICE | {"sektor": "BECAK"}, "Periksa kembali isian Anda"),
        ("masa-tunggu", {"bulan": "0", "mulai": "2026-11"}, "Isi satu atau lebih."),
        ("masa-tunggu", {"bulan": "-1", "mulai": "2026-11"}, "Periksa kembali isian Anda"),
        ("masa-tunggu", {"bulan": "tiga", "mulai": "2026-11"}, "Isi bilangan bulat, misalnya 12."),
        ("usia", {"lahir": "besok", "mendaftar": "2026-11-22"}, "Isi tanggal, misalnya 2026-11-22."),
        ("usia", {"lahir": "0001-01-01", "mendaftar": "2026-11-22"}, "Isi tanggal antara 1930 dan 2099."),
        ("usia", {"lahir": "2026-11-23", "mendaftar": "2026-11-22"}, "tidak sesudah tanggal mendaftar"),
        ("meninggal", DEATH | {"mulai_kepesertaan": "2026-02-11"}, "tidak sesudah tanggal meninggal"),
        ("meninggal", DEATH | {"bulan_iuran": ""}, "Periksa kembali isian Anda"),
        ("meninggal", DEATH | {"anak-1-jenjang": "TK", "anak-1-tahun_ke": "0"}, "Periksa kembali isian Anda"),
        ("meninggal", DEATH | {"tanggal_meninggal": "1999-01-01", "mulai_kepesertaan": "1998-01-01"},
         "Belum ada hukum"),
    ],
)  # fmt: skip
def test_bad_input_is_told_how_to_mend_it(client, slug, given, says):
    page = ask(client, slug, **given)
    assert says in page
    assert "Langkah demi langkah" not in page


ODD = st.one_of(
    st.sampled_from(["", "0", "1", "99999", "-1", "1e9", "on", "100.000.000.000", "\x00", "٣", "<b>"]),
    st.text(max_size=8),
)


@pytest.mark.parametrize("slug", QUESTIONS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_nothing_that_is_filled_in_breaks_a_page(client, slug, data):
    fields = RuleForm(QUESTIONS[slug].rule, today=date(2026, 11, 22)).fields
    filled = {name: data.draw(_likely(field)) for name, field in fields.items()}
    assert client.get(f"/hitung-manfaat/{slug}/", filled).status_code == 200


def _likely(field):
    """Odd texts, and often one of the choices, a day or a number, so that the rules are reached too."""
    choices = [value for value, _ in getattr(field, "choices", [])]
    days = st.dates(date(1930, 1, 1), date(2099, 12, 31)).map(str)
    months = days.map(lambda day: day[:7])
    return st.one_of(
        ODD, days, months, *([st.sampled_from(choices)] * 3 if choices else []), st.integers(0, 10**6).map(str)
    )


def test_english_is_told_in_english(client):
    client.post("/bahasa/", {"language": "en", "next": "/"})
    page = ask(client, "iuran", **PRICE)
    assert "BPJS Ketenagakerjaan decides" in page
    assert "Relief for November 2026" in page
    assert "Total Rp8,400" in page
    assert "There was no law yet on 1 January 2010" in ask(client, "iuran", **PRICE | {"bulan": "2010-01"})
