"""The month that an address asks for, and the months that may be chosen."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from payung.coverage.selectors import every_month
from payung.kernel.month import Month, NotAMonthError


@dataclass(frozen=True, slots=True)
class MonthChoice:
    """The month that is looked at and the others on offer, the newest first; the addresses of its neighbours."""

    month: Month
    now: Month
    offered: tuple[Month, ...]
    earlier: Month | None
    later: Month | None

    @property
    def is_now(self) -> bool:
        """Whether this is the month of today."""
        return self.month == self.now


def chosen_month(request: HttpRequest, *, now: Month) -> MonthChoice:
    """What `?bulan=2026-11` asks for among the months that were counted; else the month of today."""
    known = {Month(month) for month in every_month()} | {now}
    asked = asked_month(request.GET, default=now)
    month = asked if asked in known else now
    offered = tuple(sorted(known, reverse=True))
    at = offered.index(month)
    return MonthChoice(
        month=month,
        now=now,
        offered=offered,
        earlier=offered[at + 1] if at + 1 < len(offered) else None,
        later=offered[at - 1] if at else None,
    )


def asked_month(given: QueryDict, *, default: Month, name: str = "bulan") -> Month:
    """The month of a query; the default where it is none."""
    try:
        return Month.from_text(given.get(name, ""))
    except NotAMonthError:
        return default
