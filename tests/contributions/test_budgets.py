"""Public money has its year: a pledge beyond it is refused, what is paid is told against it, gaps are priced."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.contributions.selectors.budgets import budget_years, ending_bridges
from payung.contributions.services import confirm_payment, issue_notice
from payung.enrolment.services import renew_pledge
from payung.kernel.month import Month
from payung.sponsors.budgets import budgets_of, promised_by_year
from payung.sponsors.errors import BudgetError, SponsorDataError
from payung.sponsors.models import Pledge, PublicBudget, Sponsor
from payung.sponsors.services import make_pledge, record_budget
from tests.contributions.conftest import DECEMBER, add_pledge, add_workers, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOVEMBER = Month.from_text("2026-11")
DAY = date(2026, 1, 5)


@pytest.fixture
def regency(db, clock):
    return Sponsor.objects.create(code="APBD", name="Pemkab Kendal", funds="APBD", recorded_at=clock.now())


@pytest.fixture
def budget(regency, rina, clock):
    def enter(year, amount_rp, document="DPA 900/1", **changed):
        facts = {"acting_user": rina, "clock": clock, "document_on": DAY} | changed
        return record_budget(
            changed.pop("sponsor", regency), year=year, amount_rp=amount_rp, document=document, **facts
        )

    return enter


@pytest.fixture
def promise(regency, rina, clock):
    def make(workers=10, first=NOVEMBER, months=1):
        return make_pledge(regency, workers=workers, first_month=first, months=months, acting_user=rina, clock=clock)

    return make


def test_a_pledge_within_the_budget_stands_and_one_rupiah_beyond_is_refused(budget, promise):
    budget(2026, 20 * 16_800 - 1)
    promise(workers=10)
    with pytest.raises(BudgetError) as refused:
        promise(workers=10)
    (lack,) = refused.value.lacking
    assert (lack.year, lack.reason, lack.wanted_rp, lack.left_rp) == (2026, "over", 168_000, 167_999)
    assert Pledge.objects.count() == 1


def test_a_pledge_into_a_year_without_a_budget_is_refused_once_budgets_are_kept(budget, promise):
    budget(2026, 10_000_000)
    with pytest.raises(BudgetError) as refused:
        promise(months=3)
    assert [(lack.year, lack.reason) for lack in refused.value.lacking] == [(2027, "not-entered")]
    budget(2027, 10_000_000)
    assert promise(months=3).months == 3


def test_without_any_budget_nothing_is_refused_and_other_money_has_no_year(promise, pt_maju, rina, clock):
    assert promise(months=12).pk
    assert make_pledge(pt_maju, workers=9, first_month=NOVEMBER, months=12, acting_user=rina, clock=clock).pk
    with pytest.raises(SponsorDataError):
        record_budget(pt_maju, year=2026, amount_rp=1, document="x", document_on=DAY, acting_user=rina, clock=clock)


def test_a_renewal_is_held_against_the_next_year_too(budget, promise, rina, clock):
    budget(2026, 10_000_000)
    first = promise(first=DECEMBER)
    with pytest.raises(BudgetError):
        renew_pledge(first, acting_user=rina, clock=clock)
    assert not Pledge.objects.filter(renewal_of=first).exists()


def test_a_withdrawn_pledge_frees_its_promise(budget, promise):
    budget(2026, 168_000)
    made = promise(workers=10)
    Pledge.objects.filter(pk=made.pk).update(state="withdrawn")
    assert promise(workers=10).pk != made.pk


def test_a_budget_is_entered_anew_and_never_changed(regency, budget):
    first, second = budget(2026, 100), budget(2026, 200, document="DPPA 900/2")
    assert budgets_of(regency) == {2026: second}
    assert budget(2026, 200, document="DPPA 900/2") == second
    assert AuditEvent.objects.filter(action="sponsors.budget.record").count() == 2
    for wrong in (
        lambda: PublicBudget.objects.filter(pk=first.pk).update(amount_rp=1),
        lambda: PublicBudget.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"year": 2014}, "year"),
        ({"year": 2031}, "year"),
        ({"amount_rp": -1}, "amount_rp"),
        ({"document": " "}, "document"),
        ({"document_on": date(2026, 11, 23)}, "document_on"),
    ],
)
def test_a_budget_that_cannot_be_is_refused(budget, changed, field):
    with pytest.raises(SponsorDataError) as refused:
        budget(**({"year": 2026, "amount_rp": 1} | changed))
    assert refused.value.field == field


def test_each_year_tells_budget_promise_dues_payments_and_confirmations(regency, budget, rina, wulan, pay, clock):
    budget(2026, 1_000_000)
    made = add_pledge(regency, quota=3, months=3, clock=clock)
    enrol(add_workers(3, clock=clock), made)
    notice = issue_notice(made, first_month=DECEMBER, months=2, acting_user=rina, clock=clock)
    payment = pay(notice, 50_400)
    (next_year, year) = budget_years(regency)
    assert (next_year.year, next_year.budget, next_year.promised.total_rp, next_year.asked_rp) == (
        2027, None, 100_800, 50_400,
    )  # fmt: skip
    assert (year.promised.total_rp, year.asked_rp, year.paid_rp, year.confirmed_rp) == (50_400, 50_400, 50_400, 0)
    confirm_payment(payment, acting_user=wulan, clock=clock)
    year = budget_years(regency)[1]
    assert (year.confirmed_rp, year.left_rp, year.free_rp) == (50_400, 949_600, 949_600)
    assert promised_by_year(regency)[2026].pledges == ((made, 50_400),)


def test_who_falls_off_when_a_term_ends_is_counted_and_priced(regency, rina, wulan, pay, clock):
    made = add_pledge(regency, quota=3, months=3, clock=clock)
    enrol(add_workers(3, clock=clock), made)
    notice = issue_notice(made, first_month=DECEMBER, months=3, acting_user=rina, clock=clock)
    (bridge,) = ending_bridges(regency, now=NOVEMBER, months=2)
    assert (bridge.month, bridge.workers, bridge.own_rp) == (DECEMBER + 3, 3, 3 * 2 * 16_800)
    assert (bridge.past_waiting, bridge.waiting_months, bridge.confidence) == (0, 3, "perlu konfirmasi")
    pay(notice, notice.total_rp)
    assert ending_bridges(regency, now=NOVEMBER)[0].past_waiting == 3
    renew_pledge(made, acting_user=rina, clock=clock)
    assert [each.month for each in ending_bridges(regency, now=NOVEMBER)] == [DECEMBER + 6]


@pytest.mark.django_db(transaction=True)
def test_the_last_rupiah_of_a_year_is_promised_once(regency, budget, rina, clock):
    if connection.vendor != "postgresql":
        pytest.skip("threads share no connection: on SQLite one writer holds the database")
    budget(2026, 168_000)
    barrier, refused = Barrier(8), []

    def pledge():
        barrier.wait()
        try:
            make_pledge(regency, workers=10, first_month=NOVEMBER, months=1, acting_user=rina, clock=clock)
        except BudgetError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=pledge) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Pledge.objects.count(), len(refused)) == (1, 7)


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "wulan"])
def test_tono_cannot_enter_a_budget(who, budget, request):
    with pytest.raises(NotPermittedError):
        budget(2026, 1, acting_user=request.getfixturevalue(who))
    assert not PublicBudget.objects.exists()
