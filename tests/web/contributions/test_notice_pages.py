"""Notices: priced before they are issued, issued once, told month by month, taken back; the PDF; the list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from payung.contributions.models import ClosedMonth, Notice
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.web.contributions.waiting import money_count, notice_tasks
from tests.enrolment.people import add_pledge
from tests.papers.pdf_text import pdf_text
from tests.web.story import DECEMBER, protect

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASKED = {"first_month": "2026-12", "months": "2"}


def new_of(pledge):
    return reverse("notice_new", args=[pledge.public_id])


def page_of(notice):
    return reverse("notice", args=[notice.public_id])


def test_price_stands_beside_the_form_and_nothing_is_written(client_of, rina, pledge):
    html = client_of(rina).post(new_of(pledge), ASKED | {"hitung": "1"}).content.decode()
    assert "Rp75.600" in html
    assert "Mengapa Rp8.400 pada Desember 2026?" in html
    assert "Mengapa Rp16.800 pada Januari 2027?" in html
    assert not Notice.objects.exists()


def test_officer_issues_a_notice_for_what_the_preview_said(client_of, rina, pledge):
    answer = client_of(rina).post(new_of(pledge), ASKED)
    made = Notice.objects.get()
    assert answer.url == page_of(made)
    assert (made.total_rp, made.line_count) == (75_600, 6)


def test_the_same_months_are_not_asked_for_twice(client_of, rina, pledge):
    of_rina = client_of(rina)
    of_rina.post(new_of(pledge), ASKED)
    html = of_rina.post(new_of(pledge), ASKED, follow=True).content.decode()
    assert "sudah ditagihkan pada PI/PTMAJU/2026-12/1" in html
    part = of_rina.post(new_of(pledge), ASKED | {"months": "1"}).content.decode()
    assert "Bulan itu sudah ditagihkan" in part
    assert Notice.objects.count() == 1


def test_without_a_basis_there_is_no_notice(client_of, rina, pt_maju, clock):
    bare = add_pledge(pt_maju, quota=2, clock=clock)
    html = client_of(rina).post(new_of(bare), ASKED).content.decode()
    assert "Belum ada pekerja yang ditetapkan" in html
    assert not Notice.objects.exists()


def test_a_closed_month_takes_no_notice(client_of, rina, pledge, clock):
    ClosedMonth.objects.create(month=DECEMBER, closed_at=clock.now(), closed_by="uji")
    html = client_of(rina).post(new_of(pledge), ASKED).content.decode()
    assert "Desember 2026 sudah ditutup" in html
    assert not Notice.objects.exists()


def test_notice_tells_months_prices_articles_and_people(client_of, rina, notice):
    html = client_of(rina).get(page_of(notice)).content.decode()
    assert "PI/PTMAJU/2026-12/1" in html
    assert "PP 50/2025" in html
    assert "3324••••••••0001" in html
    assert "diminta" in html


def test_company_sees_masked_names_until_it_pays(client_of, joko, rina, notice, pay):
    name = Enrolment.objects.select_related("worker").order_by("position").first().worker.name
    of_joko = client_of(joko)
    assert name not in of_joko.get(page_of(notice)).content.decode()
    pay(25_200)
    assert name in of_joko.get(page_of(notice)).content.decode()


def test_the_paper_is_in_indonesian_and_names_bpjs_pay_code(client_of, dewi, joko, notice):
    code = {"code": "900123", "amount_rp": "25.200", "due_on": "2026-12-15"}
    client_of(dewi).post(reverse("notice_pay_code", args=[notice.public_id]), code)
    of_joko = client_of(joko)
    of_joko.cookies["django_language"] = "en"
    answer = of_joko.get(reverse("notice_pdf", args=[notice.public_id]))
    text = pdf_text(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "900123" in text
    assert "Rp25.200" in text
    assert "CSR perusahaan" in text


def test_pay_code_of_another_amount_is_shown_beside_ours_with_the_reason(client_of, dewi, notice):
    code = {"code": "900124", "amount_rp": "16.800", "worker_months": "2", "due_on": "2026-12-15"}
    of_dewi = client_of(dewi)
    of_dewi.post(reverse("notice_pay_code", args=[notice.public_id]), code)
    html = of_dewi.get(page_of(notice)).content.decode()
    assert "BPJS menghitung jumlah pekerja atau bulan yang lain" in html
    assert "Rp16.800" in html
    assert "kode iuran terbit" in html


def test_a_code_that_is_taken_is_refused_in_the_form(client_of, dewi, notice):
    of_dewi, address = client_of(dewi), reverse("notice_pay_code", args=[notice.public_id])
    code = {"code": "900125", "amount_rp": "25200", "due_on": "2026-12-15"}
    of_dewi.post(address, code)
    html = of_dewi.post(address, code | {"amount_rp": "25201"}).content.decode()
    assert "900125 sudah dipakai untuk isian yang lain" in html


def test_officer_takes_back_an_unpaid_notice_with_a_reason(client_of, rina, notice):
    of_rina, address = client_of(rina), reverse("notice_withdraw", args=[notice.public_id])
    of_rina.post(address, {"reason": " "})
    notice.refresh_from_db()
    assert notice.withdrawn_at is None
    html = of_rina.post(address, {"reason": "salah bulan"}, follow=True).content.decode()
    notice.refresh_from_db()
    assert notice.withdrawn_at is not None
    assert "Catat pembayaran ini" not in html


def test_a_paid_notice_is_not_taken_back(client_of, rina, notice, pay):
    pay(25_200)
    address = reverse("notice_withdraw", args=[notice.public_id])
    html = client_of(rina).post(address, {"reason": "x"}, follow=True).content.decode()
    assert "sudah tercatat uang" in html


def test_list_filters_by_standing_month_and_payer(client_of, rina, wulan, pt_maju, clock):
    protect(pt_maju, officer=rina, approver=wulan, clock=clock)
    of_rina, number = client_of(rina), "PI/PTMAJU/2026-12/1"
    listed = reverse("notices")
    for query in ("keadaan=terkonfirmasi", "bulan=2027-03", "penyandang=PTMAJU", ""):
        assert number in of_rina.get(f"{listed}?{query}").content.decode()
    for query in ("keadaan=diminta", "keadaan=belum", "bulan=2027-06", "bulan=2026-11"):
        assert number not in of_rina.get(f"{listed}?{query}").content.decode()


def test_list_costs_the_same_however_long(
    client_of, rina, wulan, pt_maju, notice, clock, django_assert_max_num_queries
):
    of_rina = client_of(rina)
    of_rina.get(reverse("notices"))
    with django_assert_max_num_queries(20):
        of_rina.get(reverse("notices"))
    with django_assert_max_num_queries(40):
        of_rina.get(page_of(notice))


def test_a_notice_without_a_pay_code_waits_for_whoever_records_it(dewi, joko, rina, notice, clock):
    assert [task.count for task in notice_tasks(dewi, clock)] == [1]
    assert notice_tasks(joko, clock) == []
    later = FixedClock.on(notice.due_on + timedelta(days=1))
    assert "lewat jatuh tempo" in notice_tasks(joko, later)[0].title
    assert money_count(rina) == 0


def test_tono_gets_nowhere(client_of, tono, notice, pledge):
    of_tono = client_of(tono)
    assert notice.number not in of_tono.get(reverse("notices")).content.decode()
    for name in ("notice", "notice_pdf"):
        assert of_tono.get(reverse(name, args=[notice.public_id])).status_code == 404
    assert of_tono.post(reverse("notice_pay", args=[notice.public_id])).status_code == 404
    assert of_tono.get(reverse("account_of_sponsor", args=[notice.sponsor.public_id])).status_code == 404
    for name in ("notice_pay_code", "notice_withdraw"):
        assert of_tono.post(reverse(name, args=[notice.public_id])).status_code == 403
    assert of_tono.post(new_of(pledge), ASKED).status_code == 403
    assert of_tono.get(reverse("months")).status_code == 403
