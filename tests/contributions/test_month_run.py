"""A month for everybody in one run: the same as notice by notice, again harmless, taken up where it stopped."""

from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.contributions.errors import LedgerError, MonthClosedError
from payung.contributions.models import JournalEntry, Notice, NoticeLine, Posting
from payung.contributions.selectors import Lack, month_standing, why_lacking
from payung.contributions.selectors.due import Asking
from payung.contributions.selectors.month_standing import running_pledges
from payung.contributions.services import (
    close_month,
    issue_month,
    issue_notice,
    month_run,
    reverse_payment,
)
from payung.contributions.services.dues import release_dues
from payung.enrolment.models import Enrolment
from payung.enrolment.services import renew_pledge
from payung.jobs.models import Job
from payung.jobs.services import do_job, enqueue
from payung.kernel.clock import FixedClock
from payung.registry.models import Worker
from tests.cast import add_company
from tests.contributions.conftest import DECEMBER, JANUARY, add_pledge, add_workers, enrol, leave

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FUNDS = ("CSR", "APBD", "BAZNAS", "DONASI")
_numbers = iter(range(10**9))


def run(rina, clock, month=DECEMBER, **more):
    return issue_month(month, acting_user=rina, clock=clock, **more)


def add_payer(clock, *, funds="CSR"):
    code = f"M{next(_numbers)}"
    made = add_company(code, f"PT {code}", clock=clock)
    made.funds = funds
    made.save(update_fields=["funds"])
    return made


def world(random: Random, rina, clock) -> None:
    """Payers with pledges too small and too large, and people who died, left, came later, or have two records."""
    for _ in range(random.randint(2, 5)):
        payer = add_payer(clock, funds=random.choice(FUNDS))
        for _ in range(random.randint(1, 2)):
            pledge = add_pledge(payer, quota=random.randint(1, 7), clock=clock)
            workers = add_workers(random.randint(0, 7), clock=clock, sector=random.choice(("LAINNYA", "TRANSPORTASI")))
            for way in enrol(workers, pledge):
                befall(way, random)
            if random.random() < 0.3:
                first_notice(pledge, random, rina, clock)
            if random.random() < 0.2:
                renew_pledge(pledge, acting_user=rina, clock=clock)
    live = list(Enrolment.objects.exclude(state__in=Enrolment.ENDED).filter(events__isnull=True).order_by("pk"))
    for way in random.sample(live, k=min(3, len(live))):
        leave(way, since=date(2026, 11, 21))


def befall(way: Enrolment, random: Random) -> None:
    fate = random.choice(("none", "none", "none", "died", "died later", "later", "waiting", "other record"))
    if fate.startswith("died"):
        Worker.objects.filter(pk=way.worker_id).update(died_on=date(2026, 11 if fate == "died" else 12, 20))
    elif fate == "later":
        Enrolment.objects.filter(pk=way.pk).update(from_month=random.choice((DECEMBER, JANUARY)))
    elif fate == "waiting":
        Enrolment.objects.filter(pk=way.pk).update(state="verified")
    elif fate == "other record":
        Worker.objects.filter(pk=way.worker_id - 1, merged_into__isnull=True).exclude(
            enrolments__in=Enrolment.objects.exclude(state__in=Enrolment.ENDED)
        ).update(merged_into=way.worker_id)


def first_notice(pledge, random: Random, rina, clock) -> None:
    """Some are asked for already, for one month or for several."""
    try:
        issue_notice(pledge, first_month=DECEMBER, months=random.randint(1, 3), acting_user=rina, clock=clock)
    except LedgerError:
        return
    enrol(add_workers(random.randint(0, 2), clock=clock), pledge)


def one_by_one(rina, clock, month=DECEMBER) -> None:
    """A pledge that has nothing to ask is refused; the run ends the dues of those who left all the same."""
    for pledge in running_pledges(month).order_by("sponsor", "pk"):
        try:
            issue_notice(pledge, first_month=month, months=1, acting_user=rina, clock=clock)
        except LedgerError:
            stale = Asking([pledge], [month]).stale
            with transaction.atomic():
                release_dues(stale, reason="left", acting_user=rina, clock=clock)


def told(work) -> list[Any]:
    """All that stands after some work, by names that do not depend on the order of writing; the work is undone."""
    mark = transaction.savepoint()
    work()
    notice = ("number", "pledge_id", "first_month", "months", "sequence", "funds", "line_count", "total_rp", "due_on")
    line = ("notice__number", "enrolment_id", "worker_id", "month", "position", "sector", "jkk_rp", "jkm_rp", "is_live")
    posting = ("entry__kind", "account__kind", "notice__number")  # people who left may share one entry or have two
    found = [
        sorted(Notice.objects.values_list(*notice)),
        sorted(NoticeLine.objects.values_list(*line)),
        sorted(Posting.objects.order_by().values_list(*posting).annotate(rp=Sum("amount_rp"))),
    ]
    transaction.savepoint_rollback(mark)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_one_run_asks_for_just_what_notice_by_notice_asks_for(rina, clock, seed):
    world(Random(seed), rina, clock)
    for month in (DECEMBER, JANUARY):
        assert told(lambda: run(rina, clock, month)) == told(lambda: one_by_one(rina, clock, month))  # noqa: B023


def test_again_it_writes_nothing_and_asks_only_for_who_came_since(pledge, rina, clock):
    first = run(rina, clock)
    assert (first.pledges, first.notices, first.worker_months, first.total_rp) == (1, 1, 3, 25_200)
    before = (Notice.objects.count(), JournalEntry.objects.count(), AuditEvent.objects.count())
    assert run(rina, clock).notices == 0
    assert (Notice.objects.count(), JournalEntry.objects.count(), AuditEvent.objects.count()) == before
    type(pledge).objects.filter(pk=pledge.pk).update(quota=4)
    enrol(add_workers(1, clock=clock), pledge)
    assert run(rina, clock).worker_months == 1


def test_broken_off_in_the_middle_it_is_taken_up_where_it_stopped(rina, clock, monkeypatch):
    for _ in range(4):
        enrol(add_workers(2, clock=clock), add_pledge(add_payer(clock), quota=2, clock=clock))
    whole = told(lambda: run(rina, clock))
    monkeypatch.setattr(month_run, "PLACES_A_SLICE", 2)
    seen = []

    def power_goes(done, total):
        seen.append((done, total))
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(rina, clock, report=power_goes)
    assert (seen, Notice.objects.count()) == ([(0, 8), (2, 8), (4, 8)], 2)
    assert run(rina, clock).notices == 2
    assert told(lambda: None) == whole


def test_many_payers_take_as_many_statements_as_few(rina, clock):
    def statements(payers: int) -> int:
        for _ in range(payers):
            enrol(add_workers(2, clock=clock), add_pledge(add_payer(clock), quota=2, clock=clock))
        with CaptureQueriesContext(connection) as seen:
            assert run(rina, clock).notices == payers
        return len(seen)

    assert statements(12) == statements(3)


def test_a_closed_month_is_asked_of_nobody(pledge, rina, wulan):
    later = FixedClock.on(date(2027, 1, 20))
    close_month(DECEMBER, acting_user=wulan, clock=later)
    with pytest.raises(MonthClosedError):
        run(rina, later)
    assert Notice.objects.count() == 0


def test_what_is_corrected_in_a_closed_month_is_an_entry_of_an_open_one(notice, pay, wulan, clock):
    payment = pay(notice, notice.total_rp)
    january, february = FixedClock.on(date(2027, 1, 20)), FixedClock.on(date(2027, 2, 3))
    for month in (DECEMBER - 1, DECEMBER):
        close_month(month, acting_user=wulan, clock=january)
    known = set(JournalEntry.objects.values_list("pk", flat=True))
    reverse_payment(payment, reason="salah", acting_user=wulan, clock=february)
    new = JournalEntry.objects.exclude(pk__in=known)
    assert new.count() == 2
    assert set(new.values_list("effective_on", flat=True)) == {date(2027, 2, 3)}


def test_behind_the_scenes_it_says_how_far_it_is_and_what_came_of_it(pledge, rina, clock):
    job = enqueue("contributions.month", {"month": "2026-12"}, acting_user=rina, clock=clock)
    do_job(job.public_id, clock=clock)
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.total, done.done_count) == ("done", 3, 3)
    assert done.result == {"notices": 1, "worker_months": 3, "total_rp": 25_200}


def test_behind_the_scenes_a_closed_month_is_told_by_its_code(pledge, rina, wulan):
    later = FixedClock.on(date(2027, 1, 20))
    close_month(DECEMBER, acting_user=wulan, clock=later)
    job = enqueue("contributions.month", {"month": "2026-12"}, acting_user=rina, clock=later)
    do_job(job.public_id, clock=later)
    assert Job.objects.get(pk=job.pk).error_code == "contributions:month-closed"


def test_neither_a_company_nor_a_stranger_asks_everybody(pledge, joko, tono, clock):
    for viewer in (joko, tono):
        with pytest.raises(NotPermittedError):
            issue_month(DECEMBER, acting_user=viewer, clock=clock)
        with pytest.raises(NotPermittedError):
            month_standing(viewer, DECEMBER)


def test_the_month_tells_who_has_a_notice_and_why_another_lacks_one(pledge, pay, rina, clock):
    run(rina, clock)
    pay(Notice.objects.get(), 8_400)
    empty, waiting, ready, dead = (add_pledge(add_payer(clock), quota=2, clock=clock) for _ in range(4))
    enrol(add_workers(2, clock=clock), waiting, state="verified")
    enrol(add_workers(2, clock=clock), ready)
    gone = enrol(add_workers(1, clock=clock), dead)
    Worker.objects.filter(pk=gone[0].worker_id).update(died_on=date(2026, 11, 20))
    seen = month_standing(rina, DECEMBER)
    mine = next(payer for payer in seen.payers if payer.sponsor.pk == pledge.sponsor_id)
    assert (mine.determined, mine.asked, mine.covered, mine.asked_rp, mine.unpaid_rp) == (3, 3, 1, 25_200, 16_800)
    assert (seen.with_notice, seen.total("asked_rp"), seen.total("unpaid_rp")) == (1, 25_200, 16_800)
    assert why_lacking(seen.payers, DECEMBER) == {
        empty.sponsor_id: (Lack.NOBODY, 0),
        waiting.sponsor_id: (Lack.NOT_DETERMINED, 2),
        ready.sponsor_id: (Lack.NOT_ISSUED, 2),
        dead.sponsor_id: (Lack.NOBODY_OPEN, 1),
    }
