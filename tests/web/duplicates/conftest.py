"""These stories happen on the day of the tests' clock, also for pages that ask the machine's."""

import pytest

from payung.kernel.clock import SystemClock


@pytest.fixture(autouse=True)
def _story_day(monkeypatch, clock):
    """The machine's clock stands."""
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())
    monkeypatch.setattr(SystemClock, "today", lambda _self: clock.today())
