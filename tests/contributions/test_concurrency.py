"""Two at once, with real connections: money is spent once and a month has one payer, whoever comes first.

SQLite lets one writer in at a time; there is nothing to race. After each test all invariants are checked.
"""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import close_old_connections, connection

from payung.contributions.errors import LedgerError, NothingToAskError, PaymentReversedError, SameKeyOtherContentError
from payung.contributions.models import CoveredMonth, JournalEntry, Notice, NoticeLine, Payment
from payung.contributions.selectors import balances_of
from payung.contributions.services import (
    allocate_payment,
    close_month,
    confirm_payment,
    issue_notice,
    reverse_payment,
    settle_death,
)
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.registry.models import Worker
from payung.vault.seal import seal
from tests.contributions.conftest import DECEMBER, JANUARY, add_pledge, add_workers, enrol, leave

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.database,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]

LATER = FixedClock.on(date(2026, 12, 10))


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Start deeds on a barrier, each on its own connection; give what each returned or raised."""
    barrier = threading.Barrier(len(deeds))
    outcomes: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        barrier.wait(timeout=30)
        try:
            outcomes[place] = deed()
        except Exception as error:  # noqa: BLE001 - the test looks at what came out of each thread
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    close_old_connections()
    unexpected = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, LedgerError)]
    assert unexpected == []
    return outcomes


def test_the_same_payment_sent_eight_times_is_recorded_once(notice, pay):
    outcomes = at_once(*[lambda: pay(notice, 25_200, client_key="satu")] * 8)
    assert {payment.pk for payment in outcomes} == {Payment.objects.get().pk}
    assert CoveredMonth.objects.count() == 6


def test_one_key_for_two_payers_at_once_stands_for_one_of_them(notice, other_pledge, pay):
    outcomes = at_once(
        lambda: pay(notice, 25_200, client_key="satu"),
        lambda: pay(None, 25_200, client_key="satu", sponsor=other_pledge.sponsor),
    )
    assert sum(isinstance(one, SameKeyOtherContentError) for one in outcomes) == 1
    assert Payment.objects.count() == 1


def test_two_payers_at_once_leave_a_worker_one(pledge, other_pledge, rina, pay):
    for month in (DECEMBER, JANUARY, JANUARY + 1):
        old = issue_notice(pledge, first_month=month, months=1, acting_user=rina, clock=LATER)
        moved = Enrolment.objects.filter(pledge=pledge, state="determined").order_by("position").first()
        leave(moved, since=month.first_day)
        enrol([moved.worker], other_pledge)
        at_once(
            lambda old=old: pay(old, 60_000, clock=LATER),
            lambda month=month: pay(
                issue_notice(other_pledge, first_month=month, months=1, acting_user=rina, clock=LATER),
                60_000,
                clock=LATER,
            ),
        )
        assert CoveredMonth.objects.filter(worker=moved.worker, month=month, program="JKK").count() == 1


def test_ten_places_and_sixteen_payments_cover_ten(pt_maju, rina, pay, clock):
    pledge = add_pledge(pt_maju, quota=10, clock=clock)
    enrol(add_workers(10, clock=clock), pledge)
    notice = issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    at_once(*[lambda: pay(notice, 8_400)] * 16)
    assert CoveredMonth.objects.filter(program="JKK").count() == 10
    assert balances_of(pt_maju).credit_rp == 6 * 8_400


def test_the_last_place_of_a_pledge_is_asked_for_once(pt_maju, rina, clock):
    pledge = add_pledge(pt_maju, quota=3, clock=clock)
    enrol(add_workers(5, clock=clock), pledge)
    outcomes = at_once(
        *[lambda: issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)] * 6
    )
    assert {notice.pk for notice in outcomes} == {Notice.objects.get().pk}
    assert NoticeLine.objects.count() == 3


def test_one_credit_used_by_eight_at_once_is_used_once(notice, pledge, rina, pay, clock):
    payment = pay(notice, 25_200 + 16_800)
    january = issue_notice(pledge, first_month=JANUARY, months=1, acting_user=rina, clock=clock)
    at_once(*[lambda: allocate_payment(payment, to_notice=january, acting_user=rina, clock=clock)] * 8)
    assert CoveredMonth.objects.filter(month=JANUARY, program="JKK").count() == 1
    assert balances_of(notice.sponsor).credit_rp == 0


def test_confirming_and_reversing_at_once_leave_one_truth(notice, pay, wulan, clock):
    payment = pay(notice, 25_200)
    at_once(
        lambda: confirm_payment(payment, acting_user=wulan, clock=clock),
        lambda: reverse_payment(payment, reason="uji", acting_user=wulan, clock=clock),
        lambda: reverse_payment(payment, reason="uji", acting_user=wulan, clock=clock),
    )
    assert CoveredMonth.objects.count() == 0
    assert JournalEntry.objects.filter(reverses__kind="payment").count() == 1
    with pytest.raises(PaymentReversedError):
        confirm_payment(payment, acting_user=wulan, clock=clock)


def test_a_death_recorded_while_her_months_are_paid_leaves_none_after_it(pledge, rina, pay, clock):
    for number, worker in enumerate(Worker.objects.filter(enrolments__pledge=pledge).order_by("pk")):
        sealed = seal("3324010101800001", table="registry_worker", column="nik_sealed", public_id=str(worker.public_id))
        Worker.objects.filter(pk=worker.pk).update(nik_sealed=sealed)
        notice = issue_notice(pledge, first_month=DECEMBER + number, months=1, acting_user=rina, clock=LATER)
        at_once(
            lambda notice=notice: pay(notice, 60_000, clock=LATER),
            lambda worker=worker: settle_death(
                worker, died_on=date(2026, 11, 30), reason="akta", acting_user=rina, clock=LATER
            ),
        )
        assert not CoveredMonth.objects.filter(worker=worker).exists()


def test_a_month_closed_while_it_is_asked_for_takes_nothing_more(pledge, rina, wulan):
    january = FixedClock.on(date(2027, 1, 5))
    asked, _ = at_once(
        lambda: issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=january),
        lambda: close_month(DECEMBER, acting_user=wulan, clock=january),
    )
    assert isinstance(asked, LedgerError) or asked.line_count == 3
    with pytest.raises(LedgerError):
        issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=january)


def test_notices_of_two_payers_for_one_worker_ask_one_of_them(pledge, other_pledge, rina, clock):
    notice = issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    moved = Enrolment.objects.filter(pledge=pledge).order_by("position").first()
    leave(moved)
    enrol([moved.worker], other_pledge)
    substitutes = enrol(add_workers(1, clock=clock), pledge)
    outcomes = at_once(
        lambda: issue_notice(other_pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock),
        lambda: issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock),
    )
    assert not any(isinstance(one, NothingToAskError) for one in outcomes)
    live = NoticeLine.objects.filter(is_live=True, month=DECEMBER)
    assert live.get(worker=moved.worker).notice.pledge_id == other_pledge.pk
    assert live.filter(notice__pledge=pledge).count() == 3
    assert live.filter(enrolment=substitutes[0]).exists()
    assert balances_of(notice.sponsor).due_rp == 3 * 8_400
