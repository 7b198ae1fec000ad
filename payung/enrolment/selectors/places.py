"""Places in a pledge, and what becomes of them when it is renewed.

A way names the newest pledge in which it has a place. Carried on to a renewal before the term is over, it keeps the
months of the old term too: whoever asks a pledge for its people asks here. Somebody new to a renewal has `from_month`,
the renewal's first, and so none of the months before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.rules.kepesertaan.figures import BATAS_USIA_MENDAFTAR
from payung.sponsors.models import Pledge
from payung.sponsors.selectors import RENEWALS, renewals_of

DIED = "meninggal"


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Who is carried on by a renewal, in the order of the list, and who no longer can be.

    `stay` are live ways whose worker died (nobody ended them yet); `ended` counts the ways that ended by reason, but
    those whose place a substitute has. `past_age` of `people` have the age at which nobody registers any more: they go
    on, for only registering is judged by age, and are flagged.
    """

    people: tuple[int, ...]
    stay: tuple[int, ...]
    ended: dict[str, int]
    past_age: int


def in_pledge(pledge: Pledge) -> Q:
    """Ways with a place in a pledge for some of its months, also those that a renewal has carried on since."""
    here = Q(pledge=pledge)
    later = renewals_of(pledge)
    if not later:
        return here
    last = pledge.first_month + pledge.months - 1
    return here | Q(pledge__in=later) & (Q(from_month__isnull=True) | Q(from_month__lte=last))


def terms_asked(pledges: Sequence[Pledge]) -> dict[int, int]:
    """By pledge that a way names, the one of these under which it has months: its own, or one renewed since.

    For pledges of one month: of a term and its renewals a month lies in one.
    """
    found = {pledge.pk: pledge.pk for pledge in pledges}
    step = list(found)
    while step:
        renewals = {pk: found[before] for pk, before in RENEWALS(step) if pk not in found}
        found |= renewals
        step = list(renewals)
    return found


def place_holders(pledge: Pledge) -> QuerySet[Enrolment]:
    """Ways of a pledge that have not ended."""
    return Enrolment.objects.filter(in_pledge(pledge)).exclude(state__in=Enrolment.ENDED)


def going_on(pledge: Pledge, *, month: Month) -> GoingOn:
    """Who goes on when a pledge is renewed from a month on, and who cannot; three queries."""
    live = Enrolment.objects.filter(pledge=pledge).exclude(state__in=Enrolment.ENDED)
    rows = list(live.order_by("position", "pk").values_list("pk", "worker__died_on", "worker__birth_date"))
    oldest = _years_before(month.first_day, BATAS_USIA_MENDAFTAR.on(month.first_day).value)
    gone = Enrolment.objects.filter(pledge=pledge, state__in=Enrolment.ENDED, replaced_by__isnull=True)
    reasons = gone.order_by().values_list("reason").annotate(count=Count("pk"))
    return GoingOn(
        people=tuple(pk for pk, died_on, _ in rows if died_on is None),
        stay=tuple(pk for pk, died_on, _ in rows if died_on is not None),
        ended=dict(sorted(reasons)),
        past_age=sum(1 for _, died_on, born in rows if died_on is None and born <= oldest),
    )


def names_staying(pledge: Pledge, *, most: int = 50) -> list[tuple[Worker, str]]:
    """The people of a pledge who cannot go on, each with the reason: a page of them."""
    gone = Q(state__in=Enrolment.ENDED, replaced_by__isnull=True) | Q(worker__died_on__isnull=False)
    rows = Enrolment.objects.filter(gone, pledge=pledge).select_related("worker").order_by("position", "pk")[:most]
    return [(row.worker, row.reason if row.state in Enrolment.ENDED else DIED) for row in rows]


def last_position(pledge: Pledge) -> int:
    """The last place of the list that somebody has or had; 0 for none."""
    return int(pledge.enrolments.aggregate(last=Coalesce(Max("position"), 0))["last"])


def _years_before(day: date, years: int) -> date:
    """The first day of a month so many years ago."""
    return day.replace(year=day.year - years)
