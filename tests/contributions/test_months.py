"""Months given back after a death, and months closed."""

from datetime import date

import pytest

from payung.access.errors import NotPermittedError
from payung.contributions.errors import (
    AlreadyReversedError,
    MonthClosedError,
    MonthNotOverError,
    SameKeyOtherContentError,
    UnbalancedError,
)
from payung.contributions.invariants import check_all
from payung.contributions.models import Account, ClosedMonth, CoveredMonth, JournalEntry, NoticeLine
from payung.contributions.selectors import balances_of, explain_payment
from payung.contributions.services import (
    Side,
    close_month,
    confirm_payment,
    issue_notice,
    post_entry,
    reverse_entry,
    reverse_months_after,
    reverse_payment,
    settle_death,
)
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.registry.models import Worker
from payung.vault.seal import seal
from tests.contributions.conftest import DECEMBER, JANUARY, add_workers, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER = FixedClock.on(date(2027, 1, 20))


@pytest.fixture
def sari(pledge):
    """The first worker on the list; her record opens, as one of the registry's does."""
    worker = Worker.objects.filter(enrolments__pledge=pledge).order_by("enrolments__position").first()
    sealed = seal("3324010101800001", table="registry_worker", column="nik_sealed", public_id=str(worker.public_id))
    Worker.objects.filter(pk=worker.pk).update(nik_sealed=sealed)
    worker.refresh_from_db()
    return worker


def bury(sari, rina, died_on=date(2026, 12, 20)) -> int:
    return settle_death(sari, died_on=died_on, reason="akta", acting_user=rina, clock=LATER)


@pytest.fixture
def paid(pledge, pay, rina, clock):
    """Six months of three workers, paid in one."""
    notice = issue_notice(pledge, first_month=DECEMBER, months=6, acting_user=rina, clock=clock)
    return pay(notice, notice.total_rp)


def test_months_after_the_death_are_given_back_and_the_month_itself_stays(paid, sari, rina):
    assert bury(sari, rina) == 5
    assert set(CoveredMonth.objects.filter(worker=sari).values_list("month", flat=True)) == {DECEMBER}
    assert CoveredMonth.objects.exclude(worker=sari).count() == 2 * 6 * 2


def test_exactly_their_rupiah_become_the_payers_credit(paid, sari, rina):
    bury(sari, rina)
    balances = balances_of(paid.sponsor)
    assert (balances.due_rp, balances.credit_rp) == (0, 5 * 16_800)


def test_what_was_given_back_is_told(paid, sari, rina):
    bury(sari, rina)
    told = explain_payment(paid)
    assert [(line.month, line.workers) for line in told.covered[:2]] == [(DECEMBER, 3), (JANUARY, 2)]
    assert {line.obstacle for line in told.not_covered} == {"died"}


def test_an_unpaid_month_after_the_death_is_asked_for_no_more(pledge, sari, rina, clock):
    issue_notice(pledge, first_month=DECEMBER, months=2, acting_user=rina, clock=clock)
    bury(sari, rina)
    assert not NoticeLine.objects.filter(worker=sari, month=JANUARY, is_live=True).exists()
    assert balances_of(pledge.sponsor).due_rp == 3 * 8_400 + 2 * 16_800


def test_the_way_in_ends_with_the_death(paid, sari, rina):
    bury(sari, rina)
    assert Enrolment.objects.get(worker=sari).reason == "meninggal"


def test_the_same_death_again_changes_nothing(paid, sari, rina):
    bury(sari, rina)
    entries = JournalEntry.objects.count()
    assert bury(sari, rina) == 0
    assert JournalEntry.objects.count() == entries


def test_a_substitute_is_paid_from_the_credit_on_purpose(paid, pledge, sari, pay, rina, clock):
    bury(sari, rina)
    enrol(add_workers(1, clock=clock), pledge)
    second = issue_notice(pledge, first_month=JANUARY, months=5, acting_user=rina, clock=LATER)
    assert (second.line_count, second.total_rp) == (5, 5 * 16_800)


def test_a_payment_can_be_reversed_after_a_death(paid, sari, rina, wulan):
    bury(sari, rina)
    reverse_payment(paid, reason="bukti palsu", acting_user=wulan, clock=LATER)
    assert CoveredMonth.objects.count() == 0
    balances = balances_of(paid.sponsor)
    assert (balances.credit_rp, balances.due_rp) == (0, 3 * 8_400 + 5 * 2 * 16_800)


def test_a_month_out_of_two_purses_goes_back_to_both(notice, pay, sari, rina, clock):
    first, second = pay(notice, 5_000), pay(notice, 3_400)
    settle_death(sari, died_on=date(2026, 11, 21), reason="akta", acting_user=rina, clock=clock)
    told = explain_payment(first), explain_payment(second)
    assert [one.remainder_rp for one in told] == [5_000, 3_400]


def test_tono_cannot_bury_anybody(paid, sari, tono):
    with pytest.raises(NotPermittedError):
        bury(sari, tono)


def test_a_month_is_closed_once_it_is_over(db, wulan, clock):
    with pytest.raises(MonthNotOverError):
        close_month(DECEMBER - 1, acting_user=wulan, clock=clock)
    close_month(DECEMBER, acting_user=wulan, clock=LATER)
    close_month(DECEMBER, acting_user=wulan, clock=LATER)
    assert ClosedMonth.objects.count() == 1


def test_rina_cannot_close_a_month(rina):
    with pytest.raises(NotPermittedError):
        close_month(DECEMBER, acting_user=rina, clock=LATER)


def test_nothing_is_entered_in_a_closed_month(pt_maju, rina, wulan):
    close_month(DECEMBER, acting_user=wulan, clock=LATER)
    with pytest.raises(MonthClosedError):
        enter(pt_maju, rina, effective_on=date(2026, 12, 5))


def test_money_of_a_closed_month_is_entered_today_and_its_cover_says_so(notice, pay, wulan):
    close_month(DECEMBER, acting_user=wulan, clock=LATER)
    pay(notice, 25_200, paid_on=date(2026, 12, 9), clock=LATER)
    assert set(CoveredMonth.objects.values_list("covered_from", "is_arrears")) == {(date(2026, 12, 9), True)}
    assert JournalEntry.objects.get(kind="payment").effective_on == date(2027, 1, 20)


def test_confirmed_before_it_was_covered_it_is_in_force_at_once(notice, pay, pledge, rina, wulan, clock):
    payment = confirm_payment(pay(None, 25_200, sponsor=notice.sponsor), acting_user=wulan, clock=clock)
    type(payment).objects.filter(pk=payment.pk).update(notice=notice)
    pay(notice, 1)
    assert CoveredMonth.objects.filter(state="berlaku").count() == 6


def enter(sponsor, rina, *, key="uji", amount=100, effective_on=date(2027, 1, 20), short=0):
    return post_entry(
        key,
        kind=JournalEntry.Kind.PAY_CODE,
        sides=[
            Side(Account.Kind.TITIPAN, sponsor.pk, amount),
            Side(Account.Kind.IURAN, sponsor.pk, short - amount),
        ],
        effective_on=effective_on,
        acting_user=rina,
        clock=LATER,
    )


def test_sides_that_do_not_balance_are_refused(pt_maju, rina):
    with pytest.raises(UnbalancedError):
        enter(pt_maju, rina, short=1)
    with pytest.raises(UnbalancedError):
        enter(pt_maju, rina, amount=0)


def test_a_natural_key_enters_once(pt_maju, rina):
    entry = enter(pt_maju, rina)
    assert enter(pt_maju, rina) == entry
    with pytest.raises(SameKeyOtherContentError):
        enter(pt_maju, rina, amount=200)
    # No line of a bank brought this money (I-7): what the test entered goes again.
    reverse_entry(entry, reason="uji", effective_on=date(2027, 1, 20), acting_user=rina, clock=LATER)


def test_an_entry_is_reversed_once_and_a_reversal_never(pt_maju, rina):
    def undo(entry):
        return reverse_entry(entry, reason="uji", effective_on=date(2027, 1, 20), acting_user=rina, clock=LATER)

    entry = enter(pt_maju, rina)
    reversal = undo(entry)
    for twice in (entry, reversal):
        with pytest.raises(AlreadyReversedError):
            undo(twice)
    assert balances_of(pt_maju).entrusted_rp == 0


def test_a_reversal_after_a_substitute_took_the_place_is_one_deed(pledge, notice, pay, rina, wulan, clock):
    """What takes the release back and what takes the payment back are two entries; between them no place is taken."""
    paid = pay(notice, 25_200)
    way = Enrolment.objects.filter(pledge=pledge).select_related("worker").order_by("position").first()
    reverse_months_after(way.worker, month=DECEMBER - 1, reason="uji", acting_user=rina, clock=clock)
    Enrolment.objects.filter(pk=way.pk).update(state="left", reason="pindah")
    enrol(add_workers(1, clock=clock), pledge)
    later = issue_notice(pledge, first_month=DECEMBER, months=2, acting_user=rina, clock=clock)
    pay(later, later.total_rp)
    reverse_payment(paid, reason="uji", acting_user=wulan, clock=clock)
    assert check_all() == []
