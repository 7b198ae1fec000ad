"""What has become of a sponsor's promise: the one line that says it all, and how punctually was paid."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Q

from payung.access.viewer import Viewer
from payung.contributions.models import CoveredMonth, Notice
from payung.contributions.selectors.balances import notice_balances
from payung.contributions.selectors.kept import kept_by_payer
from payung.enrolment.models import Enrolment, LeaveReason
from payung.enrolment.selectors.visibility import enrolments_visible_to
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import sponsor_lines

# Whoever left for these reasons leaves no place behind that somebody should take.
NO_PLACE_LEFT = (
    LeaveReason.MASA_BERAKHIR,
    LeaveReason.JANJI_DITARIK,
    LeaveReason.DAFTAR_DIBATALKAN,
    LeaveReason.DISERAHKAN,
    LeaveReason.BAYAR_SENDIRI,
)


@dataclass(frozen=True, slots=True)
class SponsorStory:
    """Say "Janji 250 · Daftar 250 · Dibayar 250 · Aktif 247 · 3 perlu diganti", in persons.

    `listed` are those on the way and those whose place nobody took yet (`to_replace`); `paid` have a covered month now
    or later; `active` are those for whom BPJS has given KPJ and start.
    """

    pledged: int = 0
    listed: int = 0
    paid: int = 0
    active: int = 0
    to_replace: int = 0


def sponsor_stories(sponsor_ids: Iterable[int], *, month: Month) -> dict[int, SponsorStory]:
    """The story of each of many sponsors as of a month, by four queries."""
    ids = list(sponsor_ids)
    pledged = sponsor_lines(ids, month=month)
    ways = _ways(ids, month)
    paid = kept_by_payer(f"paid:{int(month)}", ids, lambda asked: _paid(asked, month))
    return {
        pk: SponsorStory(
            pledged=pledged[pk].pledged,
            listed=ways[pk]["live"] + ways[pk]["to_replace"],
            paid=paid[pk],
            active=ways[pk]["active"],
            to_replace=ways[pk]["to_replace"],
        )
        for pk in ids
    }


@dataclass(frozen=True, slots=True)
class VacantPlaces:
    """How many places under a sponsor's running pledges wait for somebody else, and since when the first does."""

    sponsor_code: str
    sponsor_name: str
    count: int
    since: date


def vacant_places(viewer: Viewer, *, month: Month) -> list[VacantPlaces]:
    """The sponsors under whom places fell free that nobody took, the longest waiting first; one query."""
    ways = enrolments_visible_to(viewer).select_related(None).filter(to_replace(month)).order_by()
    rows = ways.values_list("sponsor__code", "sponsor__name").annotate(count=Count("pk"), first=Min("since"))
    return sorted((VacantPlaces(*row) for row in rows), key=lambda vacant: vacant.since)


def to_replace(month: Month) -> Q:
    """Ways that ended under a pledge that still runs, and whose place nobody took."""
    return Q(
        state__in=Enrolment.ENDED,
        replaced_by__isnull=True,
        pledge__state=Pledge.State.LIVE,
        pledge__first_month__gt=int(month) - F("pledge__months"),
    ) & ~Q(reason__in=NO_PLACE_LEFT)


def months_on_time(sponsor: Sponsor, *, today: date) -> int:
    """For how many months in a row, back from now, everything asked for was paid by its due date."""
    paid = Max("payments__paid_on", filter=Q(payments__reversed_at__isnull=True))
    notices = Notice.objects.filter(sponsor=sponsor, withdrawn_at__isnull=True).order_by("-first_month", "-pk")
    rows = list(notices.values_list("pk", "first_month", "months", "due_on").annotate(last_paid=paid))
    owing = notice_balances([pk for pk, *_ in rows])
    punctual: set[int] = set()
    for pk, first_month, months, due_on, last_paid in rows:
        settled = owing[pk] <= 0 and last_paid is not None
        if settled and last_paid <= due_on:
            punctual |= set(range(first_month, first_month + months))
        elif settled or due_on < today:
            break
    return len(punctual)


def _paid(ids: list[int], month: Month) -> dict[int, int]:
    """How many persons each sponsor has paid a month for, this one or one to come."""
    covered = CoveredMonth.objects.filter(sponsor__in=ids, program=Program.JKK, month__gte=month)
    counts = covered.order_by().values_list("sponsor_id").annotate(count=Count("worker_id", distinct=True))
    return dict.fromkeys(ids, 0) | dict(counts)


def _ways(ids: list[int], month: Month) -> dict[int, Counter[str]]:
    """Live, active and to be replaced by sponsor. By state alone an index counts; only who ended is looked at."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    ways = Enrolment.objects.filter(sponsor__in=ids).order_by()
    for sponsor_id, state, count in ways.values_list("sponsor_id", "state").annotate(count=Count("*")):
        found[sponsor_id]["live"] += 0 if state in Enrolment.ENDED else count
        found[sponsor_id]["active"] += count if state == Enrolment.State.ACTIVE else 0
    for sponsor_id, count in ways.filter(to_replace(month)).values_list("sponsor_id").annotate(count=Count("pk")):
        found[sponsor_id]["to_replace"] = count
    return found
