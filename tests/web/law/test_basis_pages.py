"""Dasar hukum: every figure with its article, its history, and what changed between two days."""

import html
import re

import pytest
from django.core.cache import cache

from payung.kernel.clock import SystemClock
from payung.rules.legal_basis import CARDS, CARDS_OF

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _story_day(monkeypatch, clock):
    cache.clear()
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())
    monkeypatch.setattr(SystemClock, "today", lambda _self: clock.today())


def said(answer):
    """What a page says, without its marks."""
    assert answer.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_every_figure_stands_in_the_list_with_its_article_and_when_it_was_checked(client):
    answer = client.get("/dasar-hukum/")
    for name in CARDS:
        assert f'href="/dasar-hukum/{name}/"' in answer.content.decode()
    assert "Iuran JKM peserta BPU Rp6.800 sebulan PP 44/2015 sejak 1 Juli 2015 22 November 2026" in said(answer)


def test_what_is_not_in_force_today_says_so(client):
    assert "Keringanan iuran JKK dan JKM masa COVID-19 tidak berlaku hari ini" in said(client.get("/dasar-hukum/"))


def test_the_uncertain_ones_can_be_seen_alone(client):
    page = said(client.get("/dasar-hukum/?saring=belum-pasti"))
    assert "Masa tunggu JKM peserta BPU" in page
    assert "perlu konfirmasi BPJS" in page
    assert "Iuran JKM peserta BPU" not in page


@pytest.mark.parametrize("programme", CARDS_OF)
def test_one_programme_can_be_seen_alone(client, programme):
    page = client.get(f"/dasar-hukum/?program={programme}").content.decode()
    shown = set(re.findall(r'<th scope="row"><a href="/dasar-hukum/(\w+)/"', page))
    assert shown == set(CARDS_OF[programme])


def test_a_programme_that_is_not_there_shows_nothing_and_breaks_nothing(client):
    assert "Tidak ada angka di sini" in said(client.get("/dasar-hukum/?program=pensiun&saring=x"))


@pytest.mark.parametrize("name", CARDS)
def test_each_figure_has_its_page_with_value_article_source_and_history(client, name):
    page = said(client.get(f"/dasar-hukum/{name}/"))
    last = CARDS[name].values[-1]
    for part in (CARDS[name].name_id, last.origin.article, last.origin.source, "Terakhir diperiksa orang"):
        assert " ".join(part.split()) in page


def test_a_figure_through_time_is_a_drawing_with_its_table(client):
    page = client.get("/dasar-hukum/batas_usia_mendaftar/").content.decode()
    assert '<polyline class="line"' in page
    assert re.search(r"<th scope=\"row\">sejak 1 April 2021</th><td class=\"num\">65 tahun", page)


def test_a_figure_with_months_without_it_is_drawn_as_columns(client):
    page = client.get("/dasar-hukum/keringanan_pp_50_2025_lainnya/").content.decode()
    assert page.count('<rect class="column"') == 9


def test_a_table_of_the_law_is_shown_row_by_row(client):
    page = said(client.get("/dasar-hukum/lampiran_ii/"))
    assert "33 Rp20.200.000 Rp20.700.000" in page
    assert "sebagian baris belum pasti" in page


@pytest.mark.parametrize("name", ["tidak_ada", "perubahan-x", "iuran_jkm_bpu%00"])
def test_a_figure_that_is_not_there_is_not_found(client, name):
    assert client.get(f"/dasar-hukum/{name}/").status_code == 404


def test_what_changed_between_two_days_and_by_which_regulation(client):
    page = said(client.get("/dasar-hukum/perubahan/", {"dari": "2026-03-31", "ke": "2026-04-01"}))
    assert "1 angka berbeda antara 31 Maret 2026 dan 1 April 2026" in page
    assert "Keringanan iuran BPU di luar transportasi – 50 % PP 50/2025 Ps 3-4, sejak 1 April 2026" in page


def test_rows_of_a_table_that_came_are_shown(client):
    page = said(client.get("/dasar-hukum/perubahan/", {"dari": "2025-12-31", "ke": "2026-01-01"}))
    assert "Yang baru Berhak CSR perusahaan ya" in page


def test_without_days_the_last_year_is_compared(client):
    assert "antara 22 November 2025 dan 22 November 2026" in said(client.get("/dasar-hukum/perubahan/"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"dari": "kemarin", "ke": "2026-04-01"}, "Isi tanggal, misalnya 2026-11-22."),
        ({"dari": "0001-01-01", "ke": "2026-04-01"}, "Isi tanggal antara 1930 dan 2099."),
        ({"dari": "2026-04-01", "ke": "2026-04-01"}, "Tidak ada yang berbeda"),
        ({"dari": "2099-12-31", "ke": "1930-01-01"}, "angka berbeda"),
    ],
)
def test_odd_days_are_told_how_to_mend_them(client, asked, says):
    assert says in said(client.get("/dasar-hukum/perubahan/", asked))


def test_signed_in_people_find_it_in_their_navigation_and_companies_keep_their_five(client_of, rina, joko):
    assert 'href="/dasar-hukum/"' in client_of(rina).get("/beranda/").content.decode()
    assert 'href="/dasar-hukum/"' not in client_of(joko).get("/beranda/").content.decode()


def test_english_is_told_in_english(client):
    client.post("/bahasa/", {"language": "en", "next": "/"})
    page = said(client.get("/dasar-hukum/masa_tunggu_jkm/"))
    assert "JKM waiting period of a BPU participant" in page
    assert "to be confirmed with BPJS" in page
    assert "since about 1 February 2025" in page


def test_the_note_beside_a_figure_is_read_in_the_readers_language(client):
    address = "/dasar-hukum/masa_tunggu_jkm/"
    assert "Catatan pemeriksa. Pasal dan hari pasti Permenaker 1/2025 belum dibaca" in said(client.get(address))
    client.post("/bahasa/", {"language": "en", "next": "/"})
    assert "The article and the exact day of Permenaker 1/2025 have not been read" in said(client.get(address))
