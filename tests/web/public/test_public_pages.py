"""What everybody may see and ask: nothing small, nothing about a person without the code of their slip."""

import re

import pytest
from django.test import Client

from payung.coverage.services.protection import TRIES
from payung.enrolment.models import Enrolment, Wadah
from payung.enrolment.services import issue_slips, revoke_slip
from payung.kernel.month import Month, months_from
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from tests.coverage.people import SARIREJO, add_workers, cover

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOVEMBER = Month.of_year(2026, 11)


def text_of(answer):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def but_for_tokens(answer):
    """A page without what differs from one request to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.fixture
def visitor():
    """A visitor at an address nobody else asks from."""
    return Client(REMOTE_ADDR=str(new_public_id()))


@pytest.fixture
def slip(regions, pt_maju, rina, clock):
    """Sari Dewi's slip: protected from November to January."""
    (sari,) = add_workers(1, village=SARIREJO, clock=clock)
    Worker.objects.filter(pk=sari).update(name="SARI DEWI")
    cover([sari], sponsor=pt_maju, months=months_from(NOVEMBER, 3), clock=clock)
    wadah = Wadah.objects.create(
        number="W1", name="Kendal CSR", type="SC", branch="Kendal", funder=pt_maju, recorded_at=clock.now()
    )
    way = Enrolment.objects.get(worker_id=sari)
    Enrolment.objects.filter(pk=way.pk).update(state="accepted", reason="", wadah=wadah)
    (issued,) = issue_slips([way.pk], acting_user=rina, clock=clock)
    return issued


def test_the_front_page_shows_the_total_and_hides_small_places(counted, client):
    page = client.get("/").content.decode()
    assert '<span class="hero-number">21</span>' in page
    assert 'aria-label="Kaliwungu: 12 pekerja"' in page
    assert 'aria-label="Ngampel: tidak ditampilkan"' in page
    assert 'aria-label="Kota Kendal: tidak ditampilkan"' in page  # it would give Ngampel away
    assert "Candiroto" not in page
    assert re.search(r">Ngampel</th><td class=\"num\">0</td>", page) is None  # a nought beside hidden cells tells


def test_no_count_below_five_stands_anywhere_on_the_front_page(counted, client):
    page = client.get("/").content.decode()
    cells = [int(found) for found in re.findall(r'<td class="num">(\d+)</td>', page)]
    assert cells
    assert [count for count in cells if count < 5] == []


def test_the_price_on_the_front_page_shows_its_steps(regions, client):
    said = text_of(client.get("/"))
    assert "Mengapa Rp8.400?" in said
    assert "PP 50/2025" in said


def test_an_empty_regency_has_a_front_page(regions, client):
    assert "kurang dari 5" in text_of(client.get("/"))


def test_signed_in_people_see_it_too(counted, client_of, rina):
    assert client_of(rina).get("/").status_code == 200


def test_ten_million_protect_119_for_six_months(client):
    said = text_of(client.get("/hitung/"))
    assert "6 bulan yang biasa dipilih 119 pekerja November 2026 – April 2027" in said
    assert "Rp84.000 seorang, seluruhnya Rp9.996.000; sisa Rp4.000." in said
    assert "PP 50/2025" in said


def test_the_price_changes_with_funds_and_month(client):
    assert "1.190 pekerja" in text_of(client.get("/hitung/?mulai=2026-11&dana=CSR"))
    assert "595 pekerja" in text_of(client.get("/hitung/?mulai=2027-01&dana=CSR"))
    assert "595 pekerja" in text_of(client.get("/hitung/?mulai=2026-11&dana=APBD"))


def test_short_terms_carry_the_warning_and_long_ones_do_not(client):
    page = client.get("/hitung/").content.decode()
    warned = [bool(re.search("term-warning", term)) for term in page.split('<li class="term')[1:]]
    assert warned == [True, True, False, False]


def test_too_little_for_one_says_what_one_costs(client):
    assert "Belum cukup: seorang pekerja Rp8.400." in text_of(client.get("/hitung/?rupiah=5000"))


@pytest.mark.parametrize("sum_", ["", "sepuluh juta", "-5", "1e9", "9" * 25, "10.00"])
def test_a_sum_that_is_none_is_explained_and_nothing_is_reckoned(client, sum_):
    answer = client.get("/hitung/", {"rupiah": sum_})
    assert answer.status_code == 200
    assert "term-workers" not in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_the_answer_alone_is_sent_while_somebody_types(client):
    page = client.get("/hitung/?rupiah=1000000", headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<section id="hasil"')
    assert "<html" not in page


def test_the_holder_of_a_slip_is_answered(slip, visitor):
    said = text_of(visitor.post("/cek/", {"kode": slip.code}))
    assert "S. D. terlindungi" in said
    assert "31 Januari 2027" in said
    assert "Jaminan Kecelakaan Kerja (JKK)" in said
    assert not any(secret in said for secret in ("SARI", "DEWI", "PT Maju", "Sarirejo", slip.code))


def test_wrong_unknown_ended_codes_and_niks_look_the_same(slip, visitor, rina, clock):
    ended = slip.code
    revoke_slip(slip.slip, reason="hilang", acting_user=rina, clock=clock)
    asked = ["ABCD-EFGH", ended, "3324010505850001", "x" * 500, "' OR 1=1 --", "É🙂"]
    answers = [visitor.post("/cek/", {"kode": code}) for code in asked]
    assert {answer.status_code for answer in answers} == {200}
    assert len({but_for_tokens(answer) for answer in answers}) == 1
    assert "Kode ini tidak menjawab apa-apa" in text_of(answers[0])


def test_a_code_in_the_address_is_not_read(slip, visitor):
    assert "terlindungi sampai" not in text_of(visitor.get("/cek/", {"kode": slip.code}))
    assert (
        slip.code
        not in visitor.get("/cek/", {"kode": slip.code}).content.decode().replace("&amp;", "&").split("<main")[1]
    )


def test_after_too_many_tries_one_waits_even_with_the_right_code(slip, visitor):
    for _ in range(TRIES.per_source):
        assert visitor.post("/cek/", {"kode": "ABCD"}).status_code == 200
    answer = visitor.post("/cek/", {"kode": slip.code})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Terlalu banyak percobaan" in text_of(answer)
    assert "S. D." not in text_of(answer)


def test_another_forwarded_address_does_not_open_the_limit(slip, visitor):
    for number in range(TRIES.per_source):
        visitor.post("/cek/", {"kode": "ABCD"}, headers={"X-Forwarded-For": f"10.0.0.{number}"})
    assert visitor.post("/cek/", {"kode": slip.code}, headers={"X-Forwarded-For": "10.9.9.9"}).status_code == 429


def test_an_answer_is_kept_nowhere(slip, visitor):
    assert visitor.post("/cek/", {"kode": slip.code}).headers["Cache-Control"] == "no-store"


def test_an_empty_code_is_asked_for_again(visitor):
    answer = visitor.post("/cek/", {"kode": "  "})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
