"""What every test may lean on: a standing clock, an own `PAYUNG_HOME`, and skips that name what is missing."""

import os
from datetime import date

import pytest

from payung.kernel.clock import FixedClock

TODAY = date(2026, 11, 22)


def pytest_configure(config: pytest.Config) -> None:
    """Name every skipped test by itself in the summary, not by the line that skipped it."""
    config.option.fold_skipped = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs something that this machine has not: `make test` says so in `PAYUNG_TEST_MISSING`."""
    missing = os.environ.get("PAYUNG_TEST_MISSING")
    for item in items if missing else ():
        item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture
def clock() -> FixedClock:
    """The day on which the tests' stories happen: Sunday 22 November 2026, nine in the morning in Jakarta."""
    return FixedClock.on(TODAY)


@pytest.fixture
def payung_home(tmp_path, monkeypatch):
    """An empty home of the program, for this test alone."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("PAYUNG_HOME", str(home))
    return home
