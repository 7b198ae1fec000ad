"""Rekonsiliasi: a file handed in, its lines, a word on one, and the acceptance by another person."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payung.contributions.models import CoveredMonth, Payment, ReconciliationFile
from payung.contributions.services import record_pay_code
from tests.contributions.reconciliation_files import report
from tests.tabular.bank_files import bca

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TODAY = date(2026, 11, 22)
CODE = "900123456789"


@pytest.fixture
def code(notice, dewi, clock):
    return record_pay_code(
        notice, code=CODE, amount_rp=25_200, due_on=date(2026, 11, 30), acting_user=dewi, clock=clock
    )


def hand_in(client, content, source="laporan", **more):
    facts = {"source": source, "file": SimpleUploadedFile("berkas.csv", content), **more}
    return client.post(reverse("reconciliations"), facts)


def address(name, file=None):
    return reverse(name, args=[(file or ReconciliationFile.objects.get()).public_id])


def line_address(row):
    return reverse("reconciliation_line", args=[ReconciliationFile.objects.get().public_id, "theirs", row])


def test_officer_hands_in_and_bpjs_accepts(client_of, rina, dewi, code):
    of_rina, of_dewi = client_of(rina), client_of(dewi)
    answer = hand_in(of_rina, report([(CODE, 25_200, TODAY)]))
    html = of_rina.get(answer.url).content.decode()
    assert "Cocok" in html
    assert f"{answer.url}" in html
    assert of_rina.post(address("reconciliation_submit")).url == answer.url
    assert (
        "mintalah rekan" in of_rina.get(answer.url).content.decode()
        or not of_rina.get(answer.url).context["may_accept"]
    )
    of_dewi.post(address("reconciliation_accept"))
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6
    assert "diterima" in of_dewi.get(answer.url).content.decode()


def test_who_handed_it_in_is_told_to_ask_a_colleague(client_of, rina, code):
    of_rina = client_of(rina)
    answer = hand_in(of_rina, report([(CODE, 25_200, TODAY)]))
    of_rina.post(address("reconciliation_submit"))
    told = of_rina.post(address("reconciliation_accept"), follow=True).content.decode()
    assert "Anda yang mengunggah berkas ini" in told
    assert ReconciliationFile.objects.get().accepted_at is None
    assert answer.url


def test_line_that_waits_is_decided_on_its_page(client_of, rina, code):
    of_rina = client_of(rina)
    answer = hand_in(of_rina, report([("888", 25_200, TODAY)]))
    assert "1 baris menunggu putusan" in of_rina.get(answer.url).content.decode()
    [line] = ReconciliationFile.objects.get().lines.filter(side="theirs")
    here = line_address(line.row_number)
    assert CODE in of_rina.get(here).content.decode()
    of_rina.post(here, {"putusan": "terima", "note": ""})
    line.refresh_from_db()
    assert line.decision == ""
    of_rina.post(here, {"putusan": "terima", "note": "bukti bank"})
    of_rina.post(address("reconciliation_submit"))
    assert Payment.objects.get().pay_code_id == code.pk


def test_every_count_leads_to_its_lines(client_of, rina, code):
    of_rina = client_of(rina)
    answer = hand_in(of_rina, report([(CODE, 25_200, TODAY), ("888", 1_000, TODAY)]))
    html = of_rina.get(answer.url).content.decode()
    assert "?hasil=cocok#baris" in html
    only = of_rina.get(answer.url, {"hasil": "kode_tidak_dikenal"}).context["lines"]
    assert [line.amount_rp for line, *_ in only] == [1_000]


def test_statement_without_its_owner_and_a_file_that_is_none_are_explained(client_of, rina, pt_maju):
    of_rina = client_of(rina)
    assert "Pilih penyandang pemilik rekening" in hand_in(of_rina, bca(), "rekening").content.decode()
    assert ">PT Maju</option>" in of_rina.get(reverse("reconciliations")).content.decode()
    assert "Mintalah berkas aslinya" in hand_in(of_rina, b"%PDF-1.4").content.decode()
    assert ReconciliationFile.objects.count() == 0


def test_same_file_again_says_so(client_of, rina, code):
    of_rina = client_of(rina)
    hand_in(of_rina, report([(CODE, 25_200, TODAY)]))
    answer = hand_in(of_rina, report([(CODE, 25_200, TODAY)]))
    assert "tidak ada yang berubah" in of_rina.get(answer.url).content.decode()


def test_approver_takes_a_file_back(client_of, rina, dewi, wulan, code):
    hand_in(client_of(rina), report([(CODE, 25_200, TODAY)]))
    client_of(rina).post(address("reconciliation_submit"))
    client_of(dewi).post(address("reconciliation_accept"))
    client_of(wulan).post(address("reconciliation_undo"), {"reason": "berkas bulan lain"})
    assert Payment.objects.get().reversed_at is not None


def test_account_of_the_movement_shows_its_entrusted_money(client_of, rina, dewi, pt_maju):
    hand_in(client_of(rina), bca(), "rekening", sponsor=pt_maju.pk)
    for line in ReconciliationFile.objects.get().lines.filter(outcome="keluar_belum_dikenal"):
        client_of(rina).post(line_address(line.row_number), {"putusan": "terima", "note": "ke BPJS"})
    client_of(rina).post(address("reconciliation_submit"))
    client_of(dewi).post(address("reconciliation_accept"))
    html = client_of(rina).get(reverse("account_of_sponsor", args=[pt_maju.public_id])).content.decode()
    assert "Di rekening titipan" in html
    assert "Masuk ke dana titipan" in html


@pytest.mark.parametrize("name", ["reconciliation", "reconciliations"])
def test_tono_cannot(client_of, rina, tono, joko, code, name):
    hand_in(client_of(rina), report([(CODE, 25_200, TODAY)]))
    here = reverse(name) if name == "reconciliations" else address(name)
    for company in (tono, joko):
        assert client_of(company).get(here).status_code == 403
    for step in ("reconciliation_submit", "reconciliation_accept", "reconciliation_undo"):
        assert client_of(tono).post(address(step)).status_code == 403
    assert hand_in(client_of(tono), b"x").status_code == 403


def test_file_waits_on_the_page_of_who_is_next(client_of, rina, dewi, joko, code):
    of_rina, of_dewi = client_of(rina), client_of(dewi)
    answer = hand_in(of_rina, report([(CODE, 25_200, TODAY)]))
    assert f'href="{answer.url}"' in of_rina.get(reverse("beranda")).content.decode()
    assert "berkas.csv" not in of_dewi.get(reverse("beranda")).content.decode()
    of_rina.post(address("reconciliation_submit"))
    assert "berkas.csv" not in of_rina.get(reverse("beranda")).content.decode(), "who handed it in does not accept it"
    assert f'href="{answer.url}"' in of_dewi.get(reverse("beranda")).content.decode()
    of_dewi.post(address("reconciliation_accept"))
    assert "berkas.csv" not in of_dewi.get(reverse("beranda")).content.decode()
    assert "berkas.csv" not in client_of(joko).get(reverse("beranda")).content.decode(), "a company sees no such file"
