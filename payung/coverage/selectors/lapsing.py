"""Who falls off, month by month, under whom, and what it costs to keep them: the calendar and the forecast.

A worker falls off in a month if the month before was covered and this one is not (yet) paid by anybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Scope, Viewer
from payung.contributions.models import CoveredMonth
from payung.coverage.counting import records_falling_off, records_staying
from payung.coverage.models import CoverageRollup, LapseSummary
from payung.coverage.pricing import term_price_rp
from payung.coverage.selectors.standing import Covered, month_lines, sponsor_reach, sponsors_within
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.paging import Page, keyset_page

DEFAULT_TERM = 6


@dataclass(frozen=True, slots=True)
class LapsingWorkers:
    """Workers of one sector and dasar upah who fall off under one sponsor; `each_rp` keeps one of them for the term.

    `past_waiting` of them have done JKM's waiting, which a gap may begin anew (perlu konfirmasi).
    """

    sector: Sektor
    dasar_upah_rp: int
    workers: int
    each_rp: int
    past_waiting: int = 0


@dataclass(frozen=True, slots=True)
class LapsingSponsor:
    """The workers who fall off under one sponsor in a month, and what the term of each more costs with these funds."""

    public_id: UUID
    code: str
    name: str
    funds: SumberDana
    groups: tuple[LapsingWorkers, ...]

    @property
    def workers(self) -> int:
        """Everybody who falls off under this sponsor."""
        return sum(group.workers for group in self.groups)

    @property
    def past_waiting(self) -> int:
        """How many of them may have to wait for JKM's full benefit again."""
        return sum(group.past_waiting for group in self.groups)

    @property
    def keep_rp(self) -> int:
        """What it costs to keep them."""
        return sum(group.workers * group.each_rp for group in self.groups)


@dataclass(frozen=True, slots=True)
class LapsingMonth:
    """One month of the calendar. `keep_rp` pays everybody who falls off in it for `term` months from it on."""

    month: Month
    term: int
    sponsors: tuple[LapsingSponsor, ...]

    @property
    def workers(self) -> int:
        """Everybody who falls off."""
        return sum(line.workers for line in self.sponsors)

    @property
    def past_waiting(self) -> int:
        """How many of them may have to wait for JKM's full benefit again."""
        return sum(line.past_waiting for line in self.sponsors)

    @property
    def keep_rp(self) -> int:
        """What it costs to keep them all."""
        return sum(line.keep_rp for line in self.sponsors)


@dataclass(frozen=True, slots=True)
class ForecastMonth:
    """A month as it stands today: paid so far, who falls off in it, and how many places pledges have promised."""

    month: Month
    covered: Covered
    lapsing: int
    pledged: int


def lapsing(viewer: Viewer, *, month: Month, funds: SumberDana | None = None, term: int = DEFAULT_TERM) -> LapsingMonth:
    """Who falls off in a month, the most first; priced with each sponsor's own funds, or with others if named."""
    return lapsing_calendar(viewer, first=month, months=1, funds=funds, term=term)[0]


def lapsing_calendar(
    viewer: Viewer, *, first: Month, months: int, funds: SumberDana | None = None, term: int = DEFAULT_TERM
) -> list[LapsingMonth]:
    """Month by month, who falls off; the sponsors a viewer may see. Two queries, however many months."""
    seen = {sponsor.pk: sponsor for sponsor in sponsors_within(sponsor_reach(viewer))}
    rows = LapseSummary.objects.filter(month__gte=first, month__lt=int(first) + months, workers__gt=0)
    by_month: dict[int, dict[int, list[LapseSummary]]] = {}
    for row in rows:
        if row.sponsor_id in seen:
            by_month.setdefault(row.month, {}).setdefault(row.sponsor_id, []).append(row)
    return [
        LapsingMonth(
            month,
            term,
            _most_first(
                _line(seen[sponsor_id], cells, month=month, funds=funds, term=term)
                for sponsor_id, cells in by_month.get(int(month), {}).items()
            ),
        )
        for month in months_from(first, months)
    ]


def lapsing_workers(
    viewer: Viewer, *, month: Month, sponsor: Sponsor | None = None, cursor: str = "", size: int = 50
) -> Page[CoveredMonth]:
    """The people who fall off in a month, page by page: their last covered months, with worker, village and payer.

    One query, and a few more for a page with somebody of several records. The regency sees everybody, a village and a
    kecamatan their own people, a sponsor those whom it pays.
    """
    viewer.require(Permission.WORKER_READ)
    scope = viewer.scope_of(Permission.WORKER_READ)
    rows = records_falling_off(month)
    if sponsor is not None:
        rows = rows.filter(sponsor=sponsor)
    if not scope.everything:
        rows = rows.filter(_within(scope, month=month))
    people = rows.select_related("worker__village__parent", "worker__occupation", "sponsor")
    page = keyset_page(people, order=("worker_id",), cursor=cursor, size=size)
    if not any(row.is_of_several for row in page.items):
        return page
    staying = records_staying(month)
    return replace(page, items=[row for row in page.items if row.worker_id not in staying])


def forecast(viewer: Viewer, *, first: Month, months: int) -> list[ForecastMonth]:
    """The months to come as they stand: what is paid already, who falls off when, and what pledges have promised."""
    viewer.require(Permission.COVERAGE_READ)
    paid = month_lines(CoverageRollup.Dimension.TOTAL, "", first=first, months=months)
    rows = LapseSummary.objects.filter(month__gte=first, month__lt=int(first) + months)
    off = dict(rows.values_list("month").annotate(workers=Sum("workers")))
    pledges = Pledge.objects.filter(state=Pledge.State.LIVE, first_month__lt=int(first) + months)
    spans = list(pledges.values_list("first_month", "months", "quota"))
    return [
        ForecastMonth(
            line.month,
            line.covered,
            off.get(int(line.month), 0),
            sum(quota for start, term, quota in spans if start <= line.month < start + term),
        )
        for line in paid
    ]


def _within(scope: Scope, *, month: Month) -> Q:
    """Only what the viewer has, by its people: so that the databases begin with these few and not with the month."""
    reach = Q(pk__in=[])
    if scope.sponsors:
        payers = list(sponsors_within(scope).values_list("pk", flat=True))
        paid = CoveredMonth.objects.filter(sponsor_id__in=payers, month=month - 1).values("worker_id")
        reach |= Q(sponsor_id__in=payers, worker_id__in=paid)
    if scope.villages or scope.kecamatan:
        place = Q(village_id__in=scope.villages) | Q(village__parent_id__in=scope.kecamatan)
        reach |= Q(worker_id__in=Worker.objects.filter(place).values("pk"))
    return reach


def _line(
    sponsor: Sponsor, cells: list[LapseSummary], *, month: Month, funds: SumberDana | None, term: int
) -> LapsingSponsor:
    price = funds or SumberDana(sponsor.funds)
    groups = tuple(_group(cell, month=month, price=price, term=term) for cell in cells)
    return LapsingSponsor(sponsor.public_id, sponsor.code, sponsor.name, SumberDana(sponsor.funds), groups)


def _group(cell: LapseSummary, *, month: Month, price: SumberDana, term: int) -> LapsingWorkers:
    sector, base = Sektor(cell.sector), cell.dasar_upah_rp
    each_rp = term_price_rp(month, months=term, sector=sector, funds=price, dasar_upah_rp=base)
    return LapsingWorkers(sector, base, cell.workers, each_rp, cell.past_waiting)


def _most_first(lines: Iterable[LapsingSponsor]) -> tuple[LapsingSponsor, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.workers, line.name)))
