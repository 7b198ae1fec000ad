"""The small counted regency of the coverage tests, on the day of the tests' clock."""

import pytest
from django.core.cache import cache

from payung.kernel.clock import SystemClock
from tests.coverage.conftest import counted, cv_lain, regions

__all__ = ["counted", "cv_lain", "regions"]


@pytest.fixture(autouse=True)
def _story_day(monkeypatch, clock):
    """The machine's clock stands; counts of the navigation are fresh."""
    cache.clear()
    monkeypatch.setattr(SystemClock, "now", lambda _self: clock.now())
    monkeypatch.setattr(SystemClock, "today", lambda _self: clock.today())
