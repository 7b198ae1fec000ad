"""Pledges: priced by the law of each month while they are filled in, recorded once, renewed, taken back."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from payung.contributions.models import CoveredMonth, Notice
from payung.contributions.services import issue_notice
from payung.enrolment.models import Enrolment
from payung.sponsors.models import Pledge, Sponsor
from tests.enrolment.people import add_pledge, add_workers, jump, propose
from tests.web.story import DECEMBER, protect, way_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASKED = {"workers": "250", "first_month": "2026-12", "months": "6", "dasar_upah_rp": "1000000", "client_key": "k-1"}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


def new_of(sponsor):
    return reverse("pledge_new", args=[sponsor.public_id])


def priced(client, sponsor, **changed):
    return client.post(new_of(sponsor), ASKED | {"hitung": "1"} | changed).content.decode()


def test_price_follows_the_law_of_each_month(client_of, joko, pt_maju):
    html = priced(client_of(joko), pt_maju, workers="1", first_month="2026-11", months="3")
    assert "Mengapa Rp8.400 pada November 2026 – Desember 2026?" in html
    assert "Mengapa Rp16.800 pada Januari 2027?" in html
    assert not Pledge.objects.exists()


def test_public_money_pays_in_full(client_of, rina, clock):
    regency = Sponsor.objects.create(code="APBD", name="Pemkab", funds="APBD", recorded_at=clock.now())
    html = priced(client_of(rina), regency, workers="1", first_month="2026-11", months="3")
    assert "Mengapa Rp16.800 pada November 2026 – Januari 2027?" in html
    assert "Tidak ada keringanan: iuran yang dibayar dari APBD tidak berhak." in html


def test_every_price_names_its_articles(client_of, joko, pt_maju):
    html = priced(client_of(joko), pt_maju)
    assert "PP 44/2015" in html
    assert "PP 50/2025" in html


def test_three_months_or_fewer_carry_the_warning(client_of, joko, pt_maju):
    warning = "Tiga bulan atau kurang: santunan kematian belum penuh"
    assert warning in priced(client_of(joko), pt_maju, months="3")
    assert warning not in priced(client_of(joko), pt_maju, months="6")


def test_the_form_begins_with_six_months(client_of, joko, pt_maju):
    html = client_of(joko).get(new_of(pt_maju)).content.decode()
    assert re.search(r'<input[^>]*name="months"[^>]*value="6"[^>]*checked', html)
    assert re.search(r'<option value="1000000" selected', html)


def test_company_pledges_and_a_second_click_makes_no_second_pledge(client_of, joko, pt_maju):
    of_joko = client_of(joko)
    first, second = of_joko.post(new_of(pt_maju), ASKED), of_joko.post(new_of(pt_maju), ASKED)
    made = Pledge.objects.get()
    assert first.url == second.url == reverse("pledge", args=[made.public_id])
    assert (made.quota, made.first_month, made.months) == (250, int(DECEMBER), 6)


def test_the_same_form_with_other_facts_is_refused(client_of, joko, pt_maju):
    of_joko = client_of(joko)
    of_joko.post(new_of(pt_maju), ASKED)
    html = of_joko.post(new_of(pt_maju), ASKED | {"workers": "9"}).content.decode()
    assert "Formulir ini sudah dikirim dengan isian lain" in html
    assert Pledge.objects.count() == 1


def test_nobody_pledges_for_no_workers(client_of, joko, pt_maju):
    of_joko = client_of(joko)
    assert of_joko.post(new_of(pt_maju), ASKED | {"workers": "0"}).status_code == 200
    assert not Pledge.objects.exists()


def test_pledge_shows_its_workers_masked_with_their_standing(client_of, joko, pt_maju, rina, wulan, clock):
    pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    html = client_of(joko).get(reverse("pledge", args=[pledge.public_id])).content.decode()
    assert workers[0].name in html
    assert "3324••••••••0001" in html
    assert "nomor peserta KPJ-1; dibayar sampai Mei 2027" in html


def test_renewal_follows_on_and_carries_the_workers(client_of, rina, pt_maju, wulan, clock):
    pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    of_rina = client_of(rina)
    html = of_rina.get(reverse("pledge_renew", args=[pledge.public_id])).content.decode()
    assert '<option value="2027-06" selected>' in html
    assert "3 pekerja diteruskan" in html
    assert "belum diketahui" not in html
    asked = ASKED | {"workers": "3", "first_month": "2027-06"}
    answer = of_rina.post(reverse("pledge_renew", args=[pledge.public_id]), asked)
    renewed = Pledge.objects.get(renewal_of=pledge)
    assert answer.url == reverse("pledge", args=[renewed.public_id])
    assert [way_of(worker).pledge_id for worker in workers] == [renewed.pk] * 3
    again = of_rina.post(reverse("pledge_renew", args=[pledge.public_id]), asked | {"client_key": "k-2"})
    assert again.url == answer.url
    assert workers[0].name in of_rina.get(reverse("pledge", args=[pledge.public_id])).content.decode()


def test_workers_left_in_a_pledge_can_be_carried_on_to_its_renewal(client_of, rina, pt_maju, wulan, clock):
    pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    renewed = add_pledge(pt_maju, quota=3, clock=clock)
    Pledge.objects.filter(pk=renewed.pk).update(renewal_of=pledge, first_month=int(DECEMBER) + 6)
    page = reverse("pledge", args=[renewed.public_id])
    of_rina = client_of(rina)
    assert "3 pekerja masih di janji sebelumnya" in of_rina.get(page).content.decode()
    of_rina.post(page)
    assert way_of(workers[0]).pledge_id == renewed.pk


def test_the_form_of_a_renewal_names_who_cannot_go_on(client_of, rina, pt_maju, wulan, clock):
    pledge, workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    Enrolment.objects.filter(worker=workers[0]).update(state="left", reason="pindah")
    html = client_of(rina).get(reverse("pledge_renew", args=[pledge.public_id])).content.decode()
    assert "1 orang tidak dapat diteruskan" in html
    assert f"{workers[0].name}</a>: pindah domisili" in html


def test_tono_cannot_renew_by_the_page(client_of, tono, rina, pt_maju, wulan, clock):
    pledge, _workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    page = reverse("pledge_renew", args=[pledge.public_id])
    assert client_of(tono).get(page).status_code == 404
    assert client_of(tono).post(page, ASKED).status_code == 404
    assert not Pledge.objects.filter(renewal_of=pledge).exists()


def test_officer_takes_back_a_pledge_with_what_hangs_on_it(client_of, rina, pt_maju, clock):
    pledge = add_pledge(pt_maju, quota=2, clock=clock)
    ways = propose(add_workers(2, clock=clock), pt_maju, by=rina, clock=clock, pledge=pledge)
    for state in ("verified", "matched", "checked", "determined"):
        jump(ways, state, by=rina, clock=clock)
    issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    client_of(rina).post(reverse("pledge_withdraw", args=[pledge.public_id]), {"reason": "perusahaan tutup"})
    pledge.refresh_from_db()
    assert pledge.state == "withdrawn"
    assert Notice.objects.get().withdrawn_at is not None
    assert set(Enrolment.objects.values_list("state", "reason")) == {("left", "janji_ditarik")}


def test_paid_months_outlive_the_pledge(client_of, rina, pt_maju, wulan, clock):
    pledge, _workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    before = CoveredMonth.objects.count()
    client_of(rina).post(reverse("pledge_withdraw", args=[pledge.public_id]), {"reason": "perusahaan tutup"})
    assert Pledge.objects.get().state == "withdrawn"
    assert CoveredMonth.objects.count() == before


def test_company_takes_back_only_what_nothing_hangs_on(client_of, joko, pt_maju, rina, clock):
    of_joko, free = client_of(joko), add_pledge(pt_maju, quota=1, clock=clock)
    of_joko.post(reverse("pledge_withdraw", args=[free.public_id]), {"reason": "salah ketik"})
    free.refresh_from_db()
    assert free.state == "withdrawn"
    used = add_pledge(pt_maju, quota=1, clock=clock)
    propose(add_workers(1, clock=clock), pt_maju, by=rina, clock=clock, pledge=used)
    html = of_joko.post(reverse("pledge_withdraw", args=[used.public_id]), {"reason": "x"}, follow=True).content
    assert "Mintalah dinas untuk menariknya" in html.decode()
    used.refresh_from_db()
    assert used.state == "live"


def test_a_pledge_is_not_taken_back_without_a_reason(client_of, joko, pt_maju, clock):
    pledge = add_pledge(pt_maju, quota=1, clock=clock)
    client_of(joko).post(reverse("pledge_withdraw", args=[pledge.public_id]), {"reason": " "})
    pledge.refresh_from_db()
    assert pledge.state == "live"
