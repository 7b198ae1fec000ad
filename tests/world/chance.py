"""Clock, public ids and dice of a world: all from its seed."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import payung.audit.services as audit
import payung.kernel.public_id as public_ids
from payung.kernel.clock import BUSINESS_ZONE

SECOND = timedelta(seconds=1)


class WorldClock:
    """A clock that goes when it is told to: to a day, and a second further with each deed."""

    def __init__(self, day: date) -> None:
        self._moment = _morning(day)

    def now(self) -> datetime:
        return self._moment

    def today(self) -> date:
        return self._moment.astimezone(BUSINESS_ZONE).date()

    def go_to(self, day: date) -> None:
        """Never back: later on the same day it only goes on."""
        self._moment = max(self._moment, _morning(day))

    def tick(self) -> None:
        self._moment += SECOND


@contextmanager
def from_seed(ids: random.Random, clock: WorldClock) -> Iterator[None]:
    """Let public ids and the record's times come from the dice and the world's clock, for as long as it lasts."""

    class Secrets:
        randbits, token_bytes = ids.getrandbits, ids.randbytes

    class Time:
        @staticmethod
        def time_ns() -> int:
            return int(clock.now().timestamp()) * 1_000_000_000

    class Moments(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock.now().astimezone(tz)

    places: tuple[tuple[Any, str, Any], ...] = (
        (public_ids, "secrets", Secrets),
        (public_ids, "time", Time),
        (audit, "datetime", Moments),
    )
    before = [getattr(module, name) for module, name, _ in places]
    for module, name, ours in places:
        setattr(module, name, ours)
    try:
        yield
    finally:
        for (module, name, _), theirs in zip(places, before, strict=True):
            setattr(module, name, theirs)


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=BUSINESS_ZONE).astimezone(UTC)
