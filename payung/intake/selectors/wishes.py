"""Reading what sponsors wish for, and whom the office has to offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import CoveredMonth
from payung.enrolment.models import Enrolment
from payung.intake.models import Reservation, ReservedWorker
from payung.intake.reach import within_reach
from payung.intake.selectors.masking import masked_name
from payung.kernel.clock import BUSINESS_ZONE
from payung.kernel.funds import Sektor
from payung.kernel.month import Month
from payung.planning.priority import Candidate, Place, in_order
from payung.registry.models import Region, Worker


@dataclass(frozen=True, slots=True)
class Offered:
    """One worker of an offer as this viewer may see them: initials until the sponsor has paid for them."""

    rank: int
    name: str
    is_masked: bool
    village: str
    kecamatan: str
    occupation: str
    reasons: tuple[str, ...]


def reservations_visible_to(viewer: Viewer) -> QuerySet[Reservation]:
    """The wishes that a sponsor's people or the office may see."""
    found = Reservation.objects.select_related("sponsor", "region__parent", "occupation")
    if viewer.may(Permission.RESERVATION_OFFER):
        return within_reach(found, viewer, Permission.RESERVATION_OFFER)
    return within_reach(found, viewer, Permission.RESERVATION_REQUEST)


def wishes_waiting(viewer: Viewer, *, on: date) -> QuerySet[Reservation]:
    """What waits for this viewer: wishes for the office, live offers for the sponsor's people."""
    if viewer.may(Permission.RESERVATION_OFFER):
        return reservations_visible_to(viewer).filter(state=Reservation.State.REQUESTED).order_by("requested_at", "id")
    offered = reservations_visible_to(viewer).filter(state=Reservation.State.OFFERED, expires_on__gte=on)
    return offered.order_by("expires_on", "id")


def unprotected_workers(on: date) -> QuerySet[Worker]:
    """Who is alive, on no way into the programme, held for nobody, and not covered from this month on."""
    month = Month.of(on)
    live_way = Enrolment.objects.filter(worker=OuterRef("pk")).exclude(state__in=Enrolment.ENDED)
    covered = CoveredMonth.objects.filter(worker=OuterRef("pk"), month__gte=int(month))
    held = ReservedWorker.objects.filter(worker=OuterRef("pk"), released_at__isnull=True)
    return Worker.objects.filter(
        ~Exists(live_way), ~Exists(covered), ~Exists(held), died_on__isnull=True, merged_into__isnull=True
    )


def fitting_workers(reservation: Reservation, *, on: date) -> QuerySet[Worker]:
    """The unprotected workers who fit a wish: its place (a kecamatan with all its villages), its occupation."""
    fitting = Q()
    if reservation.region_id:
        region = reservation.region_id
        fitting &= Q(village=region) | Q(village__parent=region) | Q(village__parent__parent=region)
    if reservation.occupation_id:
        fitting &= Q(occupation_id=reservation.occupation_id)
    return unprotected_workers(on).filter(fitting)


def places_of(workers: QuerySet[Worker]) -> list[Place]:
    """Put workers in the open order."""
    facts = workers.values_list("public_id", "desil", "occupation__sector", "birth_date", "recorded_at")
    return in_order(
        Candidate(public_id, desil, Sektor(sector or Sektor.LAINNYA), born, recorded.astimezone(BUSINESS_ZONE).date())
        for public_id, desil, sector, born, recorded in facts.iterator(chunk_size=5_000)
    )


def preview_of(reservation: Reservation, *, on: date, shown: int = 50) -> tuple[int, list[Offered]]:
    """How many workers fit a wish, and the first of those whom an offer would hold now, in the open order."""
    places = places_of(fitting_workers(reservation, on=on))
    first = places[: min(shown, reservation.wanted)]
    workers = Worker.objects.select_related("village__parent", "occupation")
    found = {worker.public_id: worker for worker in workers.filter(public_id__in=[each.public_id for each in first])}
    return len(places), [
        _offered(found[place.public_id], place.rank, place.reasons, is_masked=False) for place in first
    ]


def workers_offered(reservation: Reservation, *, viewer: Viewer) -> list[Offered]:
    """Whom an offer holds or held. The office sees names; a sponsor initials until it has paid for the person."""
    paid = CoveredMonth.objects.filter(worker=OuterRef("worker"), enrolment__sponsor=reservation.sponsor_id)
    held = reservation.workers.select_related("worker__village__parent", "worker__occupation").order_by("rank")
    sees_names = viewer.scope_of(Permission.RESERVATION_OFFER).everything
    return [
        _offered(row.worker, row.rank, row.reasons, is_masked=not (sees_names or row.is_paid))
        for row in held.annotate(is_paid=Exists(paid))
    ]


def places_to_wish_for(kabupaten: str) -> list[tuple[Region, list[Region]]]:
    """The kecamatan of a regency, each with its villages: two queries."""
    villages: dict[str, list[Region]] = {}
    for village in Region.objects.filter(parent__parent_id=kabupaten, level=4).order_by("name", "code"):
        villages.setdefault(str(village.parent_id), []).append(village)
    kecamatan = Region.objects.filter(parent_id=kabupaten, level=3).order_by("name")
    return [(each, villages.get(each.pk, [])) for each in kecamatan]


def _offered(worker: Worker, rank: int, reasons: Sequence[str], *, is_masked: bool) -> Offered:
    return Offered(
        rank=rank,
        name=masked_name(worker.name) if is_masked else worker.name,
        is_masked=is_masked,
        village=worker.village.name,
        kecamatan=worker.village.parent.name if worker.village.parent else "",
        occupation=worker.occupation.name if worker.occupation else "",
        # The birth date among the reasons would tell more of somebody than their initials.
        reasons=tuple(reason for reason in reasons if not (is_masked and reason.startswith("lahir:"))),
    )
