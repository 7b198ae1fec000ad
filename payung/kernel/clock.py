"""Time is passed in, never asked for: services take a `Clock`, pure functions take `on: date`."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Jakarta")


class Clock(Protocol):
    """Whoever can say what time it is."""

    def now(self) -> datetime:
        """The moment, aware of its zone (UTC)."""
        ...

    def today(self) -> date:
        """The business day in Jakarta."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    zone: ZoneInfo = BUSINESS_ZONE

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(tz=UTC)

    def today(self) -> date:
        """The business day."""
        return self.now().astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: for tests, demo data and replays."""

    moment: datetime
    zone: ZoneInfo = BUSINESS_ZONE

    @classmethod
    def on(cls, day: date, hour: int = 9) -> "FixedClock":
        """Stand at an hour of a business day."""
        return cls(datetime(day.year, day.month, day.day, hour, tzinfo=BUSINESS_ZONE).astimezone(UTC))

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def today(self) -> date:
        """The business day it stands in."""
        return self.moment.astimezone(self.zone).date()
