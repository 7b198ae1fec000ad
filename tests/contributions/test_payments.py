"""Payments: recorded as they are, what they cover, confirmed by another person, reversed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError, SamePersonError
from payung.contributions.errors import (
    NotTheirNoticeError,
    PaidInFutureError,
    PaymentReversedError,
    SameKeyOtherContentError,
)
from payung.contributions.models import CoveredMonth, JournalEntry, Payment
from payung.contributions.selectors import balances_of, explain_payment, payments_visible_to
from payung.contributions.services import (
    allocate_payment,
    confirm_payment,
    identify_payment,
    issue_notice,
    record_pay_code,
    reverse_payment,
)
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.registry.services import merge_workers
from payung.vault.files import read
from tests.contributions.conftest import DECEMBER, JANUARY, add_workers, enrol, leave

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def covered() -> list[tuple[int, str, str]]:
    return list(CoveredMonth.objects.order_by("pk").values_list("worker_id", "program", "state"))


def test_a_full_payment_covers_both_programmes_provisionally(notice, pay):
    payment = pay(notice, 25_200)
    assert CoveredMonth.objects.filter(state="sementara", month=DECEMBER, payment=payment).count() == 6
    balances = balances_of(notice.sponsor)
    assert (balances.due_rp, balances.credit_rp, balances.unconfirmed_rp) == (0, 0, 25_200)


def test_confirmed_it_is_in_force_and_everything_comes_out_even(notice, pay, wulan, clock):
    confirm_payment(pay(notice, 25_200), acting_user=wulan, clock=clock)
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6
    balances = balances_of(notice.sponsor)
    assert (balances.due_rp, balances.credit_rp, balances.unconfirmed_rp, balances.owed_rp) == (0, 0, 0, 0)


def test_who_recorded_cannot_confirm(notice, pay, rina, clock):
    payment = pay(notice, 25_200)
    with pytest.raises(SamePersonError):
        confirm_payment(payment, acting_user=rina, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(confirmed_by=rina.actor.id, confirmed_at=clock.now())


def test_confirming_again_is_harmless(notice, pay, wulan, clock):
    payment = pay(notice, 25_200)
    confirm_payment(payment, acting_user=wulan, clock=clock)
    confirm_payment(payment, acting_user=wulan, clock=clock)
    assert JournalEntry.objects.filter(kind="confirmation").count() == 1


def test_too_little_covers_whole_worker_months_in_the_order_of_the_list(notice, pay):
    payment = pay(notice, 20_000)
    first_two = list(notice.lines.order_by("position").values_list("worker_id", flat=True)[:2])
    assert sorted({worker for worker, _, _ in covered()}) == sorted(first_two)
    told = explain_payment(payment)
    assert (told.used_rp, told.remainder_rp, told.short_rp) == (16_800, 3_200, 8_400)
    assert [(line.obstacle, line.workers) for line in told.not_covered] == [("money", 1)]


def test_the_oldest_month_is_covered_first(pledge, pay, rina, clock):
    notice = issue_notice(pledge, first_month=DECEMBER, months=2, acting_user=rina, clock=clock)
    told = explain_payment(pay(notice, 25_200 + 16_800))
    assert [(line.month, line.workers) for line in told.covered] == [(DECEMBER, 3), (JANUARY, 1)]


def test_a_second_payment_completes_what_the_first_began(notice, pay, wulan, clock):
    first, second = pay(notice, 20_000), pay(notice, 5_200)
    assert len(covered()) == 6
    confirm_payment(second, acting_user=wulan, clock=clock)
    assert CoveredMonth.objects.filter(state="berlaku").count() == 0
    confirm_payment(first, acting_user=wulan, clock=clock)
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6


def test_too_much_stays_the_payers_credit(notice, pay):
    told = explain_payment(pay(notice, 30_000))
    assert (told.worker_months, told.remainder_rp, told.short_rp) == (3, 4_800, 0)
    assert balances_of(notice.sponsor).credit_rp == 4_800


def test_credit_goes_to_another_notice_on_purpose(notice, pledge, pay, rina, clock):
    payment = pay(notice, 42_000)
    january = issue_notice(pledge, first_month=JANUARY, months=1, acting_user=rina, clock=clock)
    assert CoveredMonth.objects.filter(month=JANUARY).count() == 0
    allocate_payment(payment, to_notice=january, acting_user=rina, clock=clock)
    assert CoveredMonth.objects.filter(month=JANUARY).count() == 2
    assert balances_of(notice.sponsor).credit_rp == 0


def test_allocating_again_does_nothing_more(notice, pay, rina, clock):
    payment = pay(notice, 20_000)
    assert allocate_payment(payment, acting_user=rina, clock=clock).worker_months == 0
    assert len(covered()) == 4


def test_a_month_that_another_payer_covered_is_left_to_them(notice, pledge, other_pledge, pay, rina, clock):
    moved = Enrolment.objects.filter(pledge=pledge).order_by("position").first()
    leave(moved)
    enrol([moved.worker], other_pledge)
    pay(issue_notice(other_pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock), 8_400)
    told = explain_payment(pay(notice, 25_200))
    assert (told.worker_months, told.remainder_rp, told.short_rp) == (2, 8_400, 0)
    assert [(line.obstacle, line.workers) for line in told.not_covered] == [("covered_by_other", 1)]
    payers = CoveredMonth.objects.filter(worker=moved.worker).values_list("sponsor_id", flat=True)
    assert set(payers) == {other_pledge.sponsor_id}


def test_the_rejected_and_the_dead_are_passed_over(notice, pledge, pay, planted):
    first, second, third = Enrolment.objects.filter(pledge=pledge).order_by("position")
    leave(first, state="rejected")
    type(second.worker).objects.filter(pk=second.worker_id).update(died_on=date(2026, 11, 1))
    told = explain_payment(pay(notice, 25_200))
    assert {worker for worker, _, _ in covered()} == {third.worker_id}
    assert sorted((line.obstacle, line.workers) for line in told.not_covered) == [("died", 1), ("rejected", 1)]


def test_cover_begins_on_the_value_date_and_goes_on_from_the_first_day(pledge, pay, rina):
    late = FixedClock.on(date(2026, 12, 10))
    notice = issue_notice(pledge, first_month=DECEMBER, months=2, acting_user=rina, clock=late)
    pay(notice, notice.total_rp, paid_on=date(2026, 12, 9), clock=late)
    starts = CoveredMonth.objects.order_by("month").values_list("month", "covered_from").distinct()
    assert list(starts) == [(DECEMBER, date(2026, 12, 9)), (JANUARY, date(2027, 1, 1))]


def test_a_month_paid_late_after_a_covered_one_is_covered_from_its_first_day(notice, pledge, pay, rina):
    pay(notice, 25_200)
    late = FixedClock.on(date(2027, 1, 20))
    january = issue_notice(pledge, first_month=JANUARY, months=1, acting_user=rina, clock=late)
    pay(january, january.total_rp, clock=late)
    assert set(CoveredMonth.objects.filter(month=JANUARY).values_list("covered_from", "is_arrears")) == {
        (date(2027, 1, 1), False)
    }


def test_a_month_that_was_over_is_arrears_and_starts_when_paid(notice, pay):
    late = FixedClock.on(date(2027, 1, 20))
    pay(notice, 25_200, clock=late)
    assert set(CoveredMonth.objects.values_list("covered_from", "is_arrears")) == {(date(2027, 1, 20), True)}


def test_a_month_paid_in_time_does_not_wait_for_the_one_before_it(notice, pledge, pay, rina):
    december, february = FixedClock.on(date(2026, 12, 20)), FixedClock.on(date(2027, 2, 10))
    in_time = pay(None, 25_200, sponsor=notice.sponsor, clock=december, paid_on=date(2026, 12, 20), pay_code="90")
    january = issue_notice(pledge, first_month=JANUARY, months=1, acting_user=rina, clock=february)
    pay(notice, 25_200, clock=february)
    allocate_payment(in_time, to_notice=january, acting_user=rina, clock=february)
    starts = CoveredMonth.objects.order_by("month").values_list("month", "covered_from", "is_arrears").distinct()
    assert list(starts) == [(DECEMBER, date(2027, 2, 10), True), (JANUARY, date(2027, 1, 1), False)]


def test_the_same_key_gives_the_same_payment(notice, pay):
    assert pay(notice, 25_200, client_key="k") == pay(notice, 25_200, client_key="k")
    assert Payment.objects.count() == 1


def test_the_same_key_with_another_amount_is_refused(notice, pay):
    pay(notice, 25_200, client_key="k")
    with pytest.raises(SameKeyOtherContentError):
        pay(notice, 8_400, client_key="k")


def test_an_unknown_pay_code_waits_in_suspense_for_its_notice(notice, pay, dewi, clock):
    payment = pay(None, 25_200, sponsor=notice.sponsor, pay_code="900123")
    assert explain_payment(payment).in_suspense
    assert covered() == []
    record_pay_code(notice, code="900123", amount_rp=25_200, due_on=date(2026, 12, 15), acting_user=dewi, clock=clock)
    assert len(covered()) == 6


def test_an_officer_says_what_a_payment_in_suspense_was_for(notice, pay, wulan, clock):
    payment = pay(None, 25_200, sponsor=notice.sponsor, pay_code="900999")
    identify_payment(payment, notice=notice, acting_user=wulan, clock=clock)
    assert len(covered()) == 6


def test_another_payers_pay_code_is_refused(notice, other_pledge, pay, dewi, clock):
    record_pay_code(notice, code="900123", amount_rp=25_200, due_on=clock.today(), acting_user=dewi, clock=clock)
    with pytest.raises(NotTheirNoticeError):
        pay(None, 25_200, sponsor=other_pledge.sponsor, pay_code="900123")


def test_money_from_tomorrow_is_refused(notice, pay):
    with pytest.raises(PaidInFutureError):
        pay(notice, 25_200, paid_on=date(2026, 11, 23))


def test_the_proof_is_kept(notice, pay):
    assert read(pay(notice, 25_200).proof_sha256) == b"bukti"


def test_a_reversed_payment_gives_its_months_back(notice, pay, wulan, clock):
    payment = confirm_payment(pay(notice, 30_000), acting_user=wulan, clock=clock)
    reverse_payment(payment, reason="bukti palsu", acting_user=wulan, clock=clock)
    balances = balances_of(notice.sponsor)
    assert covered() == []
    assert (balances.due_rp, balances.credit_rp, balances.unconfirmed_rp, balances.owed_rp) == (25_200, 0, 0, 25_200)


def test_money_of_another_payment_takes_the_place_of_a_reversed_one(notice, pay, wulan, clock):
    first, second = pay(notice, 20_000), pay(notice, 16_800)
    reverse_payment(first, reason="salah catat", acting_user=wulan, clock=clock)
    told = explain_payment(second)
    assert (told.worker_months, told.remainder_rp) == (2, 0)


def test_a_payment_is_reversed_once(notice, pay, wulan, clock):
    payment = pay(notice, 25_200)
    reverse_payment(payment, reason="salah", acting_user=wulan, clock=clock)
    with pytest.raises(PaymentReversedError):
        reverse_payment(payment, reason="salah", acting_user=wulan, clock=clock)


def test_joko_records_for_his_company_and_confirms_nothing(notice, pay, joko, clock):
    payment = pay(notice, 25_200, acting_user=joko)
    assert list(payments_visible_to(joko)) == [payment]
    with pytest.raises(NotPermittedError):
        confirm_payment(payment, acting_user=joko, clock=clock)


def test_tono_records_and_sees_nothing_of_pt_maju(notice, pay, tono):
    with pytest.raises(NotPermittedError):
        pay(notice, 25_200, acting_user=tono)
    pay(notice, 25_200)
    assert list(payments_visible_to(tono)) == []


def test_a_month_out_of_two_purses_starts_when_the_later_of_them_was_paid(notice, pledge, pay, rina):
    december, january = FixedClock.on(date(2026, 12, 20)), FixedClock.on(date(2027, 1, 20))
    early = pay(None, 4_200, sponsor=notice.sponsor, clock=december, paid_on=date(2026, 12, 10), pay_code="90")
    pay(notice, 4_200, clock=january, paid_on=date(2027, 1, 5))
    allocate_payment(early, to_notice=notice, acting_user=rina, clock=january)
    assert set(CoveredMonth.objects.values_list("covered_from", "is_arrears")) == {(date(2027, 1, 5), True)}


def test_a_month_after_one_at_another_record_of_the_person_is_no_first_month(pledge, notice, pay, rina, clock):
    pay(notice, 25_200, paid_on=date(2026, 11, 22))
    way = Enrolment.objects.filter(pledge=pledge).select_related("worker").order_by("position").first()
    kept = add_workers(1, clock=clock)[0]
    leave(way, since=date(2026, 12, 31))
    merge_workers(way.worker, kept, reason="uji", acting_user=rina, clock=clock)
    enrol([kept], pledge)
    later = FixedClock.on(date(2027, 1, 20))
    january = issue_notice(pledge, first_month=JANUARY, months=1, acting_user=rina, clock=later)
    pay(january, january.total_rp, clock=later)
    starts = dict(CoveredMonth.objects.filter(month=JANUARY, program="JKK").values_list("worker_id", "covered_from"))
    assert starts[kept.pk] == date(2027, 1, 1)
