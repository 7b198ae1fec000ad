"""Payments: recorded once with their proof, confirmed by another, explained, identified, reversed; months closed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payung.contributions.models import ClosedMonth, CoveredMonth, Payment
from payung.kernel.month import Month
from payung.store.files import _path
from payung.vault.files import _name
from payung.web.contributions.waiting import money_count, payment_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PROOF = b"%PDF-1.4 bukti"


def form(**changed):
    facts = {"amount_rp": "25.200", "paid_on": "2026-11-22", "pay_code": "", "client_key": "k-1"}
    return facts | {"proof": SimpleUploadedFile("bukti.pdf", PROOF)} | changed


def pay_on(client, notice, **changed):
    return client.post(reverse("notice_pay", args=[notice.public_id]), form(**changed))


def page_of(payment):
    return reverse("payment", args=[payment.public_id])


def test_company_records_a_payment_and_sees_what_it_covers(client_of, joko, notice):
    of_joko = client_of(joko)
    answer = pay_on(of_joko, notice)
    payment = Payment.objects.get()
    assert answer.url == page_of(payment)
    html = of_joko.get(answer.url).content.decode()
    assert "Desember 2026" in html
    assert "sementara sampai pembayaran ini dikonfirmasi" in html
    assert CoveredMonth.objects.filter(state="sementara").count() == 6


def test_a_double_click_makes_one_payment(client_of, joko, notice):
    of_joko = client_of(joko)
    first, second = pay_on(of_joko, notice), pay_on(of_joko, notice)
    assert first.url == second.url
    assert Payment.objects.count() == 1


def test_proof_is_sealed_and_given_back_only_to_those_who_may_see_it(client_of, joko, tono, notice):
    of_joko = client_of(joko)
    pay_on(of_joko, notice)
    payment = Payment.objects.get()
    assert PROOF not in _path(_name(payment.proof_sha256)).read_bytes()
    address = reverse("payment_proof", args=[payment.public_id])
    answer = of_joko.get(address)
    assert answer.content == PROOF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client_of(tono).get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kosong"),
        (b"MZ program", "bukan PDF, JPG atau PNG"),
        (b"%PDF-" + b"0" * 5_242_880, "lebih besar dari 5 MB"),
    ],
)
def test_a_proof_that_is_none_is_refused(client_of, joko, notice, content, told):
    html = pay_on(client_of(joko), notice, proof=SimpleUploadedFile("bukti.pdf", content)).content.decode()
    assert told in html
    assert not Payment.objects.exists()


def test_a_proof_named_after_a_nik_loses_its_name(client_of, joko, notice):
    pay_on(client_of(joko), notice, proof=SimpleUploadedFile("3324096001800003.pdf", PROOF))
    assert Payment.objects.get().proof_name == "bukti.pdf"


def test_a_day_that_has_not_come_and_an_amount_that_is_none_are_refused(client_of, joko, notice):
    of_joko = client_of(joko)
    assert "belum tiba" in pay_on(of_joko, notice, paid_on="2026-11-23").content.decode()
    for amount in ("0", "banyak", "-5"):
        assert pay_on(of_joko, notice, amount_rp=amount).status_code == 200
    assert not Payment.objects.exists()


def test_whoever_recorded_is_told_to_ask_a_colleague(client_of, rina, notice, pay):
    payment = pay(25_200)
    of_rina = client_of(rina)
    assert "Anda yang mencatat pembayaran ini" in of_rina.get(page_of(payment)).content.decode()
    of_rina.post(reverse("payment_confirm", args=[payment.public_id]))
    payment.refresh_from_db()
    assert payment.confirmed_at is None


def test_another_person_confirms_and_the_months_are_in_force(client_of, wulan, rina, notice, pay, clock):
    payment = pay(25_200)
    assert (money_count(wulan), money_count(rina)) == (1, 0)
    assert payment_tasks(wulan, clock)[0].title == "Konfirmasi 1 pembayaran"
    of_wulan = client_of(wulan)
    html = of_wulan.post(reverse("payment_confirm", args=[payment.public_id]), follow=True).content.decode()
    assert "Perlindungannya berlaku" in html
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6
    listed = of_wulan.get(reverse("notices") + "?keadaan=terkonfirmasi").content.decode()
    assert notice.number in listed


def test_too_little_is_explained_and_nothing_covered_by_guess(client_of, rina, pay):
    html = client_of(rina).get(page_of(pay(20_000))).content.decode()
    assert "Kurang Rp8.400" in html
    assert "uangnya belum cukup" in html
    assert "Sisa Rp3.200 belum dipakai" in html
    assert CoveredMonth.objects.filter(program="JKK").count() == 2


def test_too_much_stays_the_payers(client_of, rina, pay):
    html = client_of(rina).get(page_of(pay(30_000))).content.decode()
    assert "Sisa Rp4.800 belum dipakai" in html
    assert "Kurang" not in html


def test_an_unknown_code_waits_until_somebody_says_whose_it_is(client_of, joko, wulan, notice, clock):
    of_joko = client_of(joko)
    of_joko.post(reverse("payment_new"), form(sponsor="PTMAJU", pay_code="900999"))
    payment = Payment.objects.get()
    assert "Kode iuran ini belum dikenal" in of_joko.get(page_of(payment)).content.decode()
    of_wulan = client_of(wulan)
    assert "900999" in of_wulan.get(reverse("payments") + "?keadaan=suspens").content.decode()
    assert "belum dikenal" in payment_tasks(wulan, clock)[0].title
    of_wulan.post(reverse("payment_identify", args=[payment.public_id]), {"notice": str(notice.public_id)})
    payment.refresh_from_db()
    assert payment.notice_id == notice.pk
    assert CoveredMonth.objects.count() == 6


def test_approver_reverses_with_a_reason_and_the_months_go_back(client_of, wulan, rina, pay):
    payment = pay(25_200)
    address = reverse("payment_reverse", args=[payment.public_id])
    assert client_of(rina).post(address, {"reason": "x"}).status_code == 403
    of_wulan = client_of(wulan)
    of_wulan.post(address, {"reason": ""})
    assert CoveredMonth.objects.exists()
    html = of_wulan.post(address, {"reason": "bukti palsu"}, follow=True).content.decode()
    assert "dibatalkan" in html
    assert not CoveredMonth.objects.exists()


def test_every_balance_opens_into_its_entries(client_of, joko, pay):
    payment = pay(30_000)
    address = reverse("account_of_sponsor", args=[payment.sponsor.public_id])
    of_joko = client_of(joko)
    html = of_joko.get(address).content.decode()
    assert "Rp4.800" in html
    assert "Bulan pekerja dilindungi" in html
    credit = of_joko.get(address + "?akun=suspens").content.decode()
    assert "Pembayaran dicatat" in credit
    assert "Pemberitahuan diterbitkan" not in credit


def test_approver_closes_a_month_that_is_over(client_of, wulan):
    of_wulan, address = client_of(wulan), reverse("months")
    assert "Oktober 2026" in of_wulan.get(address).content.decode()
    of_wulan.post(address, {"bulan": "2026-10"})
    assert [Month(each.month) for each in ClosedMonth.objects.all()] == [Month.from_text("2026-10")]
    html = of_wulan.post(address, {"bulan": "2026-11"}, follow=True).content.decode()
    assert "belum lewat" in html
    assert ClosedMonth.objects.count() == 1


def test_tono_gets_nowhere_with_payments(client_of, tono, pay):
    payment, of_tono = pay(25_200), client_of(tono)
    assert of_tono.get(page_of(payment)).status_code == 404
    assert "Rp25.200" not in of_tono.get(reverse("payments")).content.decode()
    for name in ("payment_confirm", "payment_identify", "payment_reverse"):
        assert of_tono.post(reverse(name, args=[payment.public_id]), {"reason": "x"}).status_code == 403
    assert of_tono.post(reverse("payment_new"), form(sponsor="PTMAJU")).status_code == 200
    assert Payment.objects.count() == 1
