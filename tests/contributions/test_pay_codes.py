"""BPJS's pay codes: its figure wins, and the difference has a name."""

from datetime import date

import pytest

from payung.access.errors import NotPermittedError
from payung.contributions.errors import SameKeyOtherContentError
from payung.contributions.models import CoveredMonth
from payung.contributions.selectors import balances_of, explain_payment, live_pay_code, unexplained_differences
from payung.contributions.services import issue_notice, record_pay_code, reverse_payment, withdraw_notice
from payung.enrolment.models import Enrolment
from tests.contributions.conftest import DECEMBER, leave

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def code(dewi, clock):
    """Record BPJS's code: `code(notice, 25_200)`."""

    def record(notice, amount_rp, *, number="900123", acting_user=dewi, **more):
        return record_pay_code(
            notice,
            code=number,
            amount_rp=amount_rp,
            due_on=date(2026, 12, 15),
            acting_user=acting_user,
            clock=clock,
            **more,
        )

    return record


def test_the_same_figure_needs_no_entry(notice, code):
    assert code(notice, 25_200).difference == "none"
    assert balances_of(notice.sponsor).due_rp == 25_200


def test_fewer_workers_is_a_count_and_covers_no_more_than_bpjs_asks_for(notice, code, pay):
    assert code(notice, 16_800).difference == "count"
    assert balances_of(notice.sponsor).due_rp == 16_800
    told = explain_payment(pay(notice, 25_200))
    assert (told.worker_months, told.remainder_rp) == (2, 8_400)
    assert [(line.obstacle, line.workers) for line in told.not_covered] == [("beyond_pay_code", 1)]


def test_who_was_rejected_makes_room_for_who_was_accepted(notice, pledge, code, pay):
    rejected = Enrolment.objects.filter(pledge=pledge).order_by("position").first()
    leave(rejected, state="rejected")
    code(notice, 16_800)
    told = explain_payment(pay(notice, 16_800))
    assert (told.worker_months, told.short_rp) == (2, 0)
    assert not CoveredMonth.objects.filter(worker=rejected.worker).exists()


def test_the_same_months_at_another_price_are_covered_at_bpjs_price(notice, code, pay):
    assert code(notice, 50_400, worker_months=3).difference == "price"
    told = explain_payment(pay(notice, 50_400))
    assert (told.worker_months, told.remainder_rp, told.short_rp) == (3, 0, 0)
    assert set(CoveredMonth.objects.values_list("program", "amount_rp")) == {("JKK", 10_000), ("JKM", 6_800)}


def test_half_the_amount_without_a_count_is_not_taken_for_half_the_price(pledge, rina, clock, code):
    notice = issue_notice(pledge, first_month=DECEMBER + 1, months=1, acting_user=rina, clock=clock)
    assert code(notice, 25_200).difference == "unexplained"
    assert live_pay_code(notice).our_amount_rp == 50_400


def test_an_amount_that_nothing_explains_is_shown(notice, code, agus):
    assert code(notice, 25_201).difference == "unexplained"
    (found,) = unexplained_differences(agus)
    assert (found.kind, found.amount_rp) == ("pay_code", 1)


def test_a_code_issued_anew_takes_the_place_of_the_old_one(notice, code):
    first = code(notice, 16_800)
    code(notice, 25_200, number="900456")
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert balances_of(notice.sponsor).due_rp == 25_200


def test_a_code_issued_anew_asks_for_what_is_still_open(notice, code, pay):
    code(notice, 25_200)
    pay(notice, 16_800)
    assert code(notice, 8_400, number="900456").difference == "none"
    pay(None, 8_400, sponsor=notice.sponsor, pay_code="900456")
    assert CoveredMonth.objects.count() == 6


def test_money_on_the_old_code_is_still_the_notices(notice, code, pay):
    code(notice, 25_200)
    code(notice, 25_200, number="900456")
    pay(None, 25_200, sponsor=notice.sponsor, pay_code="900123")
    assert CoveredMonth.objects.count() == 6


def test_what_bpjs_asked_for_stays_told_of_a_reversed_payment_when_its_notice_is_withdrawn(
    notice, pay, code, rina, wulan, clock
):
    code(notice, 50_400, worker_months=3)
    payment = pay(notice, 50_400)
    reverse_payment(payment, reason="salah catat", acting_user=wulan, clock=clock)
    withdraw_notice(notice, reason="salah", acting_user=rina, clock=clock)
    payment.refresh_from_db()
    assert (notice.total_rp, explain_payment(payment).asked_rp) == (25_200, 50_400)


def test_the_same_code_again_is_harmless_and_another_amount_refused(notice, code):
    assert code(notice, 25_200) == code(notice, 25_200)
    with pytest.raises(SameKeyOtherContentError):
        code(notice, 8_400)


def test_joko_cannot_write_what_bpjs_says(notice, code, joko):
    with pytest.raises(NotPermittedError):
        code(notice, 25_200, acting_user=joko)


def test_the_first_code_is_for_the_whole_notice_even_if_it_is_paid_already(notice, pay, code):
    pay(notice, 25_200)
    assert code(notice, 25_200).difference == "none"
    assert balances_of(notice.sponsor).due_rp == 0


def test_money_that_waited_is_used_when_bpjs_asks_for_the_rest(notice, pay, code):
    code(notice, 16_800)
    pay(notice, 25_200)
    code(notice, 8_400, number="900456")
    assert CoveredMonth.objects.count() == 6
    assert balances_of(notice.sponsor).credit_rp == 0
