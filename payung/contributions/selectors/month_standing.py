"""How far a month is with every payer: who is determined, asked for, covered and unpaid, and who lacks a notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from payung.access.errors import NotPermittedError
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import ClosedMonth, CoveredMonth, Notice, NoticeLine
from payung.contributions.selectors.due import DUE_STATES, open_counts
from payung.enrolment.models import Enrolment
from payung.jobs.models import Job
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.sponsors.models import Pledge, Sponsor

MONTH_RUN = "contributions.month"  # the job's name, in `tasks`
LONGEST_MONTHS = 12  # a notice is for twelve months at most (`contributions_notice_term`)


class Lack(StrEnum):
    """Why a payer has no notice for a month: a closed list."""

    NOBODY = "nobody"
    NOT_DETERMINED = "not_determined"
    NOT_ISSUED = "not_issued"
    NOBODY_OPEN = "nobody_open"


@dataclass(frozen=True, slots=True)
class PayerMonth:
    """One payer's month: places promised, persons determined and on their way, worker-months asked and covered."""

    sponsor: Sponsor
    places: int
    determined: int
    waiting: int
    asked: int
    covered: int
    asked_rp: int
    unpaid_rp: int

    @property
    def may_lack(self) -> bool:
        """Whether nobody is asked for, or fewer than are determined and have a place."""
        return self.asked < min(self.determined, self.places) or not self.asked


@dataclass(frozen=True, slots=True)
class MonthStanding:
    """A month of all payers with a running pledge, by name."""

    month: Month
    closed: ClosedMonth | None
    payers: tuple[PayerMonth, ...]

    def total(self, name: str) -> int:
        """The sum of one figure over all payers."""
        return sum(getattr(payer, name) for payer in self.payers)

    @property
    def with_notice(self) -> int:
        """How many payers have a notice that stands."""
        return sum(1 for payer in self.payers if payer.asked)


def running_pledges(month: Month) -> QuerySet[Pledge]:
    """Live pledges whose term holds the month."""
    live = Pledge.objects.filter(state=Pledge.State.LIVE, first_month__lte=month)
    return live.filter(first_month__gt=int(month) - F("months"))


def latest_run(month: Month) -> Job | None:
    """The latest run behind the scenes that asked everybody for a month."""
    return Job.objects.filter(kind=MONTH_RUN, params__month=str(month)).order_by("-pk").first()


def month_standing(viewer: Viewer, month: Month) -> MonthStanding:
    """How far a month is, for whoever issues everybody's notices; five queries, however many payers."""
    if not viewer.scope_of(Permission.NOTICE_ISSUE).everything:
        raise NotPermittedError(Permission.NOTICE_ISSUE)
    places = dict(running_pledges(month).order_by().values_list("sponsor_id").annotate(places=Sum("quota")))
    people = {row["sponsor_id"]: row for row in _people(month)}
    lines = {row["notice__sponsor_id"]: row for row in _lines(month)}
    payers = [
        PayerMonth(
            sponsor=payer,
            places=places.get(payer.pk, 0),
            determined=people.get(payer.pk, {}).get("determined", 0),
            waiting=people.get(payer.pk, {}).get("waiting", 0),
            asked=lines.get(payer.pk, {}).get("asked", 0),
            covered=lines.get(payer.pk, {}).get("covered", 0),
            asked_rp=lines.get(payer.pk, {}).get("rp", 0),
            unpaid_rp=lines.get(payer.pk, {}).get("unpaid_rp") or 0,
        )
        for payer in Sponsor.objects.filter(pk__in=places.keys() | lines.keys()).order_by("name", "pk")
    ]
    return MonthStanding(month, ClosedMonth.objects.filter(month=month).first(), tuple(payers))


def why_lacking(payers: Sequence[PayerMonth], month: Month) -> dict[int, tuple[Lack, int]]:
    """Why some payers (a page of them) lack a notice or part of one, with how many persons it is about."""
    lacking = [payer for payer in payers if payer.may_lack]
    pledges = running_pledges(month).filter(sponsor__in=[payer.sponsor.pk for payer in lacking])
    open_now = open_counts(list(pledges.select_related("sponsor")), month) if lacking else {}
    found = {}
    for payer in lacking:
        count = open_now.get(payer.sponsor.pk, 0)
        if count:
            found[payer.sponsor.pk] = (Lack.NOT_ISSUED, count)
        elif payer.asked:
            continue
        elif payer.determined:
            found[payer.sponsor.pk] = (Lack.NOBODY_OPEN, payer.determined)
        else:
            found[payer.sponsor.pk] = (Lack.NOT_DETERMINED, payer.waiting) if payer.waiting else (Lack.NOBODY, 0)
    return found


def _people(month: Month) -> QuerySet[Any, Any]:
    live = Enrolment.objects.exclude(state__in=Enrolment.ENDED).filter(pledge__isnull=False)
    begun = live.filter(Q(from_month__isnull=True) | Q(from_month__lte=month)).order_by()
    determined = Q(state__in=DUE_STATES)
    return begun.values("sponsor_id").annotate(
        determined=Count("pk", filter=determined), waiting=Count("pk", filter=~determined)
    )


def _lines(month: Month) -> QuerySet[Any, Any]:
    """By payer, from the notices that may hold the month: lines have no index by month alone."""
    notices = Notice.objects.filter(
        first_month__lte=month, first_month__gt=month - LONGEST_MONTHS, withdrawn_at__isnull=True
    )
    paid = CoveredMonth.objects.filter(
        worker_id=OuterRef("worker_id"),
        month=month,
        program=Program.JKK,
        enrolment_id=OuterRef("enrolment_id"),
    )
    lines = NoticeLine.objects.filter(notice__in=notices, month=month, is_live=True).annotate(is_paid=Exists(paid))
    price = F("jkk_rp") + F("jkm_rp")
    return (
        lines.order_by()
        .values("notice__sponsor_id")
        .annotate(
            asked=Count("pk"),
            covered=Count("pk", filter=Q(is_paid=True)),
            rp=Sum(price),
            unpaid_rp=Sum(price, filter=Q(is_paid=False)),
        )
    )
