"""Slips through the doors: only for paid months, within reach, with a code that no address holds."""

import re

import pytest

from payung.contributions.services import issue_notice, record_payment
from payung.enrolment.models import ProtectionSlip
from payung.kernel.month import Month
from payung.sponsors.models import Pledge
from payung.web.enrolment.slips import check_address
from tests.enrolment.people import BRANGSONG, KENDAL, determine_all, jump, register_all

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def accepted(proposed, pt_maju, rina, wulan, clock):
    for state in ("verified", "matched", "checked"):
        jump(proposed, state, by=wulan, clock=clock)
    determine_all(pt_maju, by=rina, approver=wulan, clock=clock)
    register_all(pt_maju, by=rina, clock=clock)
    for state in ("sent", "accepted"):
        jump(proposed, state, by=wulan, clock=clock)
    return proposed


@pytest.fixture
def paid(accepted, pt_maju, rina, clock):
    """A month of all four, paid by PT Maju."""
    pledge = Pledge.objects.get()
    notice = issue_notice(pledge, first_month=Month.from_text("2026-12"), months=1, acting_user=rina, clock=clock)
    record_payment(
        pt_maju,
        amount_rp=notice.total_rp,
        paid_on=clock.today(),
        proof=b"bukti",
        proof_name="bukti.pdf",
        client_key="bayar-1",
        notice=notice,
        acting_user=rina,
        clock=clock,
    )
    return accepted


def test_a_village_prints_the_slips_of_its_own_people(paid, lurah, client_of):
    client = client_of(lurah)
    html = client.get(f"/pendaftaran/slip/?desa={BRANGSONG}").content.decode()
    assert re.search(r'Slip yang dapat dicetak</span><span class="stat-value">3<', html)
    assert KENDAL not in html
    paper = client.post("/pendaftaran/slip/unduh/", {"desa": BRANGSONG, "kertas": "slip"})
    assert paper.content.startswith(b"%PDF")
    assert ProtectionSlip.objects.count() == 3
    receipt = client.post("/pendaftaran/slip/unduh/", {"desa": BRANGSONG, "kertas": "tanda-terima"})
    assert "tanda-terima-" in receipt.headers["Content-Disposition"]
    assert receipt.content.startswith(b"%PDF")
    assert ProtectionSlip.objects.count() == 3


def test_a_company_prints_by_its_pledge(paid, joko, client_of):
    pledge = Pledge.objects.get()
    assert client_of(joko).post("/pendaftaran/slip/unduh/", {"janji": pledge.public_id}).content.startswith(b"%PDF")
    assert ProtectionSlip.objects.count() == 4


def test_nobody_gets_a_slip_before_a_month_is_paid(accepted, rina, client_of):
    client = client_of(rina)
    assert "Belum ada slip yang dapat dicetak" in client.get(f"/pendaftaran/slip/?desa={BRANGSONG}").content.decode()
    answer = client.post("/pendaftaran/slip/unduh/", {"desa": BRANGSONG}, follow=True).content.decode()
    assert "Tidak ada peserta yang bulannya sudah dibayar" in answer
    assert ProtectionSlip.objects.count() == 0


def test_the_code_stands_behind_the_hash_where_no_log_sees_it():
    assert re.fullmatch(r"https?://[^/?#]+/cek/#ABCD", check_address("ABCD"))


def test_tono_cannot_print_slips_of_others(paid, tono, lurah, client_of):
    pledge = Pledge.objects.get()
    client = client_of(tono)
    assert client.post("/pendaftaran/slip/unduh/", {"janji": pledge.public_id}).status_code == 404
    assert BRANGSONG not in client.get("/pendaftaran/slip/").content.decode()
    for viewer, village in ((tono, BRANGSONG), (lurah, KENDAL)):
        client_of(viewer).post("/pendaftaran/slip/unduh/", {"desa": village})
    assert ProtectionSlip.objects.count() == 0
