"""These stories happen on the day of the tests' clock, also for pages that ask the machine's."""

import pytest
from django.core.cache import cache

from payung.contributions.services import issue_notice, record_payment
from payung.kernel.clock import SystemClock
from tests.enrolment.people import add_pledge, add_workers, jump, propose
from tests.web.story import DECEMBER


@pytest.fixture(autouse=True)
def _story_day(monkeypatch, clock):
    """The machine's clock stands."""
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())
    monkeypatch.setattr(SystemClock, "today", lambda _self: clock.today())


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def pledge(pt_maju, rina, clock):
    """PT Maju's: three determined workers for six months from December 2026."""
    made = add_pledge(pt_maju, quota=3, clock=clock)
    ways = propose(add_workers(3, clock=clock), pt_maju, by=rina, clock=clock, pledge=made)
    for state in ("verified", "matched", "checked", "determined"):
        jump(ways, state, by=rina, clock=clock)
    return made


@pytest.fixture
def notice(pledge, rina, clock):
    """December for the three of them: Rp25.200."""
    return issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)


@pytest.fixture
def pay(notice, rina, clock):
    """Record a payment: `pay(25_200)`."""

    def record(amount_rp, *, by=rina, on=notice, **more):
        return record_payment(
            notice.sponsor,
            notice=on,
            amount_rp=amount_rp,
            paid_on=clock.today(),
            proof=b"%PDF-bukti",
            proof_name="bukti.pdf",
            client_key=f"kunci-{amount_rp}",
            acting_user=by,
            clock=clock,
            **more,
        )

    return record
