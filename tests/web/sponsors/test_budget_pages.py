"""The budget of a public payer, through the door."""

import pytest
from django.urls import reverse

from payung.sponsors.models import Pledge, PublicBudget, Sponsor
from payung.sponsors.services import record_budget
from tests.enrolment.people import add_pledge

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIELDS = {"year": "2026", "amount_rp": "Rp1.000.000", "document": "DPA 900/1", "document_on": "2026-01-05"}


@pytest.fixture
def regency(db, clock):
    return Sponsor.objects.create(code="APBD", name="Pemkab Kendal", funds="APBD", recorded_at=clock.now())


def page_of(sponsor):
    return reverse("sponsor_budget", args=[sponsor.public_id])


def test_an_officer_enters_a_budget_and_sees_it_beside_the_pledges(client_of, regency, rina, clock):
    pledge = add_pledge(regency, quota=2, clock=clock)
    of_rina = client_of(rina)
    assert of_rina.post(page_of(regency), FIELDS).status_code == 302
    html = of_rina.get(page_of(regency)).content.decode()
    assert PublicBudget.objects.get().amount_rp == 1_000_000
    assert "Rp1.000.000" in html
    assert reverse("pledge", args=[pledge.public_id]) in html
    assert "DPA 900/1" in html
    assert page_of(regency) in of_rina.get(reverse("sponsor", args=[regency.public_id])).content.decode()


def test_a_pledge_beyond_the_year_is_refused_with_what_to_do(client_of, regency, rina, clock):
    told = {"document": "DPA", "document_on": clock.today(), "acting_user": rina, "clock": clock}
    record_budget(regency, year=2026, amount_rp=100, **told)
    asked = {"workers": "9", "first_month": "2026-12", "months": "3", "dasar_upah_rp": "1000000", "client_key": "k"}
    html = client_of(rina).post(reverse("pledge_new", args=[regency.public_id]), asked).content.decode()
    assert "Anggaran 2026 tidak cukup: janji ini Rp151.200, sisanya Rp100." in html
    assert "Anggaran 2027 belum dimasukkan" in html
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("wrong", [{"amount_rp": "banyak"}, {"year": "1999"}, {"document": " "}])
def test_what_cannot_be_is_drawn_again(client_of, regency, rina, wrong):
    assert client_of(rina).post(page_of(regency), FIELDS | wrong).status_code == 200
    assert not PublicBudget.objects.exists()


def test_other_money_has_no_budget_page(client_of, pt_maju, rina):
    assert client_of(rina).get(page_of(pt_maju)).status_code == 404


def test_tono_cannot_see_or_enter_a_budget(client_of, regency, tono):
    assert client_of(tono).get(page_of(regency)).status_code == 404
    assert client_of(tono).post(page_of(regency), FIELDS).status_code in {403, 404}
    assert not PublicBudget.objects.exists()
