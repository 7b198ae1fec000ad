"""Serah terima through the doors: prepared by one, approved by another, with its paper."""

import re

import pytest
from django.urls import reverse

from payung.audit.models import AuditEvent
from payung.enrolment.models import Enrolment, Handover, Wadah
from payung.enrolment.services import substitute
from payung.kernel.month import Month
from payung.sponsors.models import Pledge
from tests.cast import add_company
from tests.enrolment.people import add_pledge, add_workers, nik_of, propose
from tests.web.story import protect

pytestmark = [pytest.mark.django_db, pytest.mark.database]
JUNE = Month.from_text("2027-06")


@pytest.fixture
def giving(pt_maju, rina, wulan, clock):
    """Three of PT Maju's, active and paid until May 2027."""
    pledge, _workers = protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    return pledge


@pytest.fixture
def taking(clock):
    """CV Jaya's pledge of four from June 2027 on."""
    made = add_pledge(add_company("CVJAYA", "CV Jaya", clock=clock), quota=4, clock=clock)
    Pledge.objects.filter(pk=made.pk).update(first_month=int(JUNE))
    return made


@pytest.fixture
def fields(taking, clock):
    wadah = Wadah.objects.create(number="W-2", name="Jaya", type="P", recorded_at=clock.now())
    return {
        "first_month": str(JUNE), "to": str(taking.public_id), "wadah": str(wadah.public_id), "who": "tanpa-jeda",
        "giving_letter": "01/PTMAJU", "taking_letter": "02/CVJAYA", "client_key": "k-1",
    }  # fmt: skip


def new_of(sponsor, month=""):
    return f"{reverse('enrolment_handover_new')}?penyandang={sponsor.public_id}&bulan={month}"


def prepared(client, giving, fields):
    answer = client.post(new_of(giving.sponsor, JUNE), fields)
    assert answer.status_code == 302, answer.content.decode()
    return Handover.objects.get()


def test_an_officer_prepares_and_an_approver_approves_what_was_shown(client_of, giving, taking, fields, rina, wulan):
    html = client_of(rina).get(new_of(giving.sponsor, JUNE)).content.decode()
    assert '<option value="2027-06" selected>' in html
    made = prepared(client_of(rina), giving, fields)
    page = reverse("enrolment_handover", args=[made.public_id])
    assert "Menunggu persetujuan rekan Anda" in client_of(rina).get(page).content.decode()
    shown = client_of(wulan).get(page).content.decode()
    assert "3324••••••••0001" in shown
    seen = re.search(r'name="hash" value="([0-9a-f]{64})"', shown).group(1)
    done = client_of(wulan).post(page, {"hash": seen}, follow=True).content.decode()
    assert "Serah terima disetujui" in done
    assert Enrolment.objects.filter(pledge=taking, state="active", wadah__number="W-2").count() == 3
    assert AuditEvent.objects.filter(action="contributions.handover.approve").count() == 1


def test_another_hash_approves_nothing(client_of, giving, fields, rina, wulan):
    made = prepared(client_of(rina), giving, fields)
    page = reverse("enrolment_handover", args=[made.public_id])
    assert "sudah berubah" in client_of(wulan).post(page, {"hash": "00"}, follow=True).content.decode()
    made.refresh_from_db()
    assert made.approved_at is None


def test_a_month_already_paid_leaves_nobody_to_hand_over_and_says_why(client_of, giving, fields, rina):
    html = client_of(rina).get(new_of(giving.sponsor, "2027-03")).content.decode()
    assert "3 sudah dibayar penyandang lama pada bulan itu" in html
    assert "Tidak ada yang dapat diserahkan" in html


def test_the_paper_is_a_draft_until_it_is_approved_and_holds_no_nik(client_of, giving, fields, rina):
    made = prepared(client_of(rina), giving, fields)
    answer = client_of(rina).get(reverse("enrolment_handover_paper", args=[made.public_id]))
    assert answer.content.startswith(b"%PDF")
    assert nik_of(1).encode() not in answer.content
    assert "rancangan-serah-terima" in answer["Content-Disposition"]


def test_an_officer_takes_a_list_back_with_a_reason(client_of, giving, fields, rina):
    made = prepared(client_of(rina), giving, fields)
    door = reverse("enrolment_handover_withdraw", args=[made.public_id])
    client_of(rina).post(door, {"reason": " "})
    made.refresh_from_db()
    assert made.withdrawn_at is None
    client_of(rina).post(door, {"reason": "salah bulan"})
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_who_pays_for_themselves_needs_no_wadah(client_of, giving, fields, rina):
    made = prepared(client_of(rina), giving, fields | {"to": "sendiri", "wadah": ""})
    assert (made.to_pledge, made.to_wadah) == (None, None)
    assert "membayar sendiri" in client_of(rina).get(reverse("enrolment_handovers")).content.decode()


def test_a_handover_waits_among_the_approvers_tasks(client_of, giving, fields, rina, wulan):
    prepared(client_of(rina), giving, fields)
    told = "Serah terima 3 pekerja dari PT Maju menunggu persetujuan Anda."
    assert told in client_of(wulan).get(reverse("beranda")).content.decode()
    assert told not in client_of(rina).get(reverse("beranda")).content.decode()


def test_a_substitution_has_its_numbered_minutes(client_of, giving, rina, wulan, clock):
    (coming,) = propose(add_workers(1, first=40, clock=clock), giving.sponsor, by=wulan, clock=clock)
    old = Enrolment.objects.filter(pledge=giving).first()
    told = {"from_month": JUNE, "reason": "pindah", "acting_user": rina, "clock": clock}
    new = substitute(old, Enrolment.objects.get(pk=coming), **told)
    answer = client_of(rina).get(reverse("enrolment_substitution_paper", args=[new.public_id]))
    assert answer.content.startswith(b"%PDF")
    assert client_of(rina).get(reverse("enrolment_substitution_paper", args=[old.public_id])).status_code == 404


def test_tono_cannot_see_prepare_or_approve_a_handover(client_of, giving, fields, rina, tono):
    made = prepared(client_of(rina), giving, fields)
    of_tono = client_of(tono)
    assert of_tono.get(new_of(giving.sponsor)).status_code in {403, 404}
    assert of_tono.post(new_of(giving.sponsor), fields | {"client_key": "k-2"}).status_code in {403, 404}
    for name in ("enrolment_handover", "enrolment_handover_paper"):
        assert of_tono.get(reverse(name, args=[made.public_id])).status_code == 404
    page = reverse("enrolment_handover", args=[made.public_id])
    assert of_tono.post(page, {"hash": bytes(made.content_hash).hex()}).status_code in {403, 404}
    assert Enrolment.objects.filter(state="active").count() == 3
    assert Handover.objects.count() == 1
