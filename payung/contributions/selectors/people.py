"""Finding workers by where they live, what they do, how far they are and whether somebody has paid for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import CoveredMonth
from payung.contributions.selectors.sponsor_story import to_replace
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors.visibility import enrolments_visible_to
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.selectors import records_of, workers_visible_to
from payung.sponsors.models import Sponsor

NOT_PROPOSED, TO_REPLACE = "belum", "diganti"
PAID, UNPAID = "dibayar", "tanpa"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFilter:
    """What is asked for; empty parts ask for nothing.

    `standing` is a state of the way in, `belum` (on no way) or `diganti` (the place waits for somebody else);
    `cover` is `dibayar` (a month from this one on is covered) or `tanpa`.
    """

    kecamatan: str = ""
    village: str = ""
    occupation: str = ""
    standing: str = ""
    cover: str = ""
    sponsor: Sponsor | None = None


def workers_matching(viewer: Viewer, wanted: WorkerFilter, *, month: Month) -> QuerySet[Worker]:
    """The workers that a viewer may see and asks for. Ways and payers of others are nothing that one can ask about."""
    found = workers_visible_to(viewer)
    if wanted.kecamatan:
        found = found.filter(village__parent=wanted.kecamatan)
    if wanted.village:
        found = found.filter(village=wanted.village)
    if wanted.occupation:
        found = found.filter(occupation=wanted.occupation)
    if wanted.standing or wanted.sponsor:
        found = _by_way(found, viewer, wanted, month)
    if wanted.cover:
        covered = cover_visible_to(viewer).filter(program=Program.JKK, month__gte=month)
        if wanted.sponsor:
            covered = covered.filter(sponsor=wanted.sponsor)
        paid = Q(pk__in=covered.values("worker_id"))
        found = found.filter(paid if wanted.cover == PAID else ~paid)
    return found


def cover_visible_to(viewer: Viewer) -> QuerySet[CoveredMonth]:
    """Covered months by the right to see workers: the regency, a village and a kecamatan all, a company its own."""
    scope = viewer.scope_of(Permission.WORKER_READ)
    rows = CoveredMonth.objects.all()
    if scope.everything or scope.villages or scope.kecamatan:
        return rows
    return rows.filter(sponsor__public_id__in=scope.sponsors)


def last_covered(viewer: Viewer, workers: Iterable[Worker]) -> dict[int, Month]:
    """The last covered month of each worker of a page, as far as the viewer may see."""
    person = records_of(worker.pk for worker in workers)
    rows = cover_visible_to(viewer).filter(worker__in=list(person), program=Program.JKK)
    found: dict[int, Month] = {}
    for row in rows.order_by().values("worker_id").annotate(last=Max("month")):
        last, worker_id = Month(row["last"]), person[row["worker_id"]]
        found[worker_id] = max(last, found.get(worker_id, last))
    return found


def months_beyond(worker: Worker, day: date) -> tuple[int, int]:
    """How many covered months of a worker lie after a day's month, and how many rupiah they cost."""
    rows = CoveredMonth.objects.filter(worker__in=list(records_of([worker.pk])), month__gt=Month.of(day))
    told = rows.aggregate(months=Count("month", distinct=True), rp=Sum("amount_rp"))
    return told["months"], told["rp"] or 0


def _by_way(found: QuerySet[Worker], viewer: Viewer, wanted: WorkerFilter, month: Month) -> QuerySet[Worker]:
    ways = enrolments_visible_to(viewer).select_related(None)
    if wanted.sponsor:
        ways = ways.filter(sponsor=wanted.sponsor)
    if wanted.standing == NOT_PROPOSED:
        return found.exclude(pk__in=ways.exclude(state__in=Enrolment.ENDED).values("worker_id"))
    if wanted.standing == TO_REPLACE:
        ways = ways.filter(to_replace(month))
    elif wanted.standing:
        ways = ways.filter(state=wanted.standing)
    return found.filter(pk__in=ways.values("worker_id"))
