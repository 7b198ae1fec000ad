"""As known on a day: the answer of that evening, whatever was entered since."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from payung.contributions.errors import LedgerError
from payung.contributions.models import Notice, Payment
from payung.contributions.selectors import balances_of, cover_grid, sponsor_month_strip, sponsor_stories
from payung.contributions.selectors.known import (
    balances_as_known_on,
    cover_grid_as_known_on,
    sponsor_months_as_known_on,
    villages_covered_as_known_on,
)
from payung.contributions.selectors.known_story import sponsor_story_as_known_on
from payung.contributions.services import (
    confirm_payment,
    issue_notice,
    record_pay_code,
    reverse_payment,
    settle_death,
    withdraw_notice,
)
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor
from payung.vault.seal import seal
from tests.contributions.conftest import DECEMBER, add_workers, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST_DAY = date(2026, 11, 22)
NOVEMBER = Month.from_text("2026-11")
SPAN = {"first_month": NOVEMBER, "months": 9}


def snapshot() -> dict[str, object]:
    """What the pages say now, read from the covered months and today's balances."""
    sponsors = list(Sponsor.objects.order_by("pk"))
    stories = sponsor_stories([each.pk for each in sponsors], month=DECEMBER)
    strips = {each.pk: sponsor_month_strip(each, **SPAN) for each in sponsors}
    berlaku, sementara = (
        sum(getattr(strip[1], name) for strip in strips.values()) for name in ("berlaku", "sementara")
    )
    return {
        "grids": [cover_grid(worker, **SPAN) for worker in Worker.objects.order_by("pk")],
        "balances": [balances_of(each) for each in sponsors],
        "strips": [[(m.month, m.berlaku, m.sementara, m.covered_rp) for m in strips[each.pk]] for each in sponsors],
        "december": (berlaku, sementara),
        "stories": [stories[each.pk] for each in sponsors],
    }


def as_known_on(day: date) -> dict[str, object]:
    """The same, computed from the journal."""
    sponsors = list(Sponsor.objects.order_by("pk"))
    villages = villages_covered_as_known_on(DECEMBER, day).values()
    return {
        "grids": [cover_grid_as_known_on(worker, day, **SPAN) for worker in Worker.objects.order_by("pk")],
        "balances": [balances_as_known_on(each, day) for each in sponsors],
        "strips": [
            [(m.month, m.berlaku, m.sementara, m.rp) for m in sponsor_months_as_known_on(each, day, **SPAN)]
            for each in sponsors
        ],
        "december": (sum(b for b, _ in villages), sum(s for _, s in villages)),
        "stories": [sponsor_story_as_known_on(each, day, month=DECEMBER) for each in sponsors],
    }


class Story:
    """Days of a random office: each deed goes through the services, at its day's clock."""

    def __init__(self, seed: int, pledges, pay: Callable[..., Payment], rina, wulan) -> None:
        self.rng, self.pledges, self.pay, self.rina, self.wulan = random.Random(seed), pledges, pay, rina, wulan

    def live_through(self, day: date) -> None:
        clock = FixedClock.on(day, hour=self.rng.randint(0, 23))
        deeds = (self.ask, self.pay_some, self.pay_some, self.confirm, self.undo, self.bury, self.code, self.withdraw)
        for deed in self.rng.choices(deeds, k=4):
            try:
                deed(clock)
            except LedgerError:
                continue  # what the ledger refuses did not happen

    def ask(self, clock) -> None:
        first = DECEMBER + self.rng.randint(0, 3)
        issue_notice(self.rng.choice(self.pledges), first_month=first, months=self.rng.randint(1, 2),
                     acting_user=self.rina, clock=clock)  # fmt: skip

    def some(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise LedgerError
        return self.rng.choice(found)

    def pay_some(self, clock) -> None:
        notice = self.some(Notice.objects.filter(withdrawn_at__isnull=True))
        self.pay(notice, self.rng.choice([8_400, notice.total_rp, notice.total_rp + 500, 20_000]), clock=clock)

    def confirm(self, clock) -> None:
        payment = self.some(Payment.objects.filter(reversed_at__isnull=True, confirmed_at__isnull=True))
        confirm_payment(payment, acting_user=self.wulan, clock=clock)

    def undo(self, clock) -> None:
        payment = self.some(Payment.objects.filter(reversed_at__isnull=True))
        reverse_payment(payment, reason="keliru", acting_user=self.wulan, clock=clock)

    def code(self, clock) -> None:
        notice = self.some(Notice.objects.filter(withdrawn_at__isnull=True))
        record_pay_code(notice, code=f"K{self.rng.random()}", amount_rp=notice.total_rp, due_on=clock.today(),
                        acting_user=self.rina, clock=clock)  # fmt: skip

    def withdraw(self, clock) -> None:
        withdraw_notice(self.some(Notice.objects.filter(withdrawn_at__isnull=True)), reason="keliru",
                        acting_user=self.rina, clock=clock)  # fmt: skip

    def bury(self, clock) -> None:
        if self.rng.random() < 0.5:
            worker = self.some(Worker.objects.filter(died_on__isnull=True))
            settle_death(worker, died_on=clock.today(), reason="akta", acting_user=self.rina, clock=clock)


@pytest.fixture
def pledges(pledge, other_pledge, clock):
    enrol(add_workers(3, clock=clock), other_pledge)
    workers = list(Worker.objects.order_by("pk"))
    for number, worker in enumerate(workers, start=1):
        worker.nik_sealed = seal(
            f"332401010180{number:04d}", table="registry_worker", column="nik_sealed", public_id=str(worker.public_id)
        )
    Worker.objects.bulk_update(workers, ["nik_sealed"])
    for way in Enrolment.objects.order_by("pk"):
        EnrolmentEvent.objects.create(enrolment=way, from_state="checked", to_state="determined",
                                      effective_on=way.since, recorded_at=clock.now())  # fmt: skip
    return [pledge, other_pledge]


@pytest.mark.parametrize("seed", range(3))
def test_what_was_known_on_each_day_is_what_stood_there_on_that_evening(seed, pledges, pay, rina, wulan):
    story, seen = Story(seed, pledges, pay, rina, wulan), {}
    for number in range(9):
        day = FIRST_DAY + timedelta(days=9 * number)
        story.live_through(day)
        seen[day] = snapshot()
    assert len({str(each) for each in seen.values()}) > 6  # days on which something was learnt
    for day, stood in seen.items():
        told = as_known_on(day)
        assert told == stood, day
        assert as_known_on(day + timedelta(days=8)) == stood
    before = as_known_on(FIRST_DAY - timedelta(days=1))
    assert before["december"] == (0, 0)


def test_a_day_ends_at_midnight_in_jakarta(pledge, pay, rina, clock):
    notice = issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    pay(notice, 25_200, clock=FixedClock.on(date(2026, 11, 23), hour=0))
    sponsor = pledge.sponsor
    assert balances_as_known_on(sponsor, date(2026, 11, 22)).unconfirmed_rp == 0
    assert balances_as_known_on(sponsor, date(2026, 11, 23)).unconfirmed_rp == 25_200


def test_known_today_and_effective_earlier_are_two_questions(pledge, pay, rina, clock):
    notice = issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    later = FixedClock.on(date(2026, 11, 30))
    pay(notice, 25_200, paid_on=date(2026, 11, 25), clock=later)
    sponsor, known = pledge.sponsor, date(2026, 11, 30)
    assert balances_as_known_on(sponsor, known, effective_by=date(2026, 11, 24)).unconfirmed_rp == 0
    assert balances_as_known_on(sponsor, known, effective_by=date(2026, 11, 25)).unconfirmed_rp == 25_200
    assert balances_as_known_on(sponsor, date(2026, 11, 29)).unconfirmed_rp == 0
