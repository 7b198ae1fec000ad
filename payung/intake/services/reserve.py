"""The other way in: a sponsor asks for workers, the office holds some of its own for fourteen days."""

from datetime import date, timedelta

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.services import Proposal, propose_workers
from payung.intake.errors import NobodyToOfferError, OfferEndedError, WrongStateError
from payung.intake.models import Reservation, ReservedWorker
from payung.intake.selectors import fitting_workers, places_of
from payung.kernel.clock import Clock
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert

HOLD_DAYS = 14
_OPEN = (Reservation.State.REQUESTED, Reservation.State.OFFERED)


@transaction.atomic
def request_workers(
    sponsor: Sponsor,
    *,
    wanted: int,
    region: Region | None,
    occupation: Occupation | None,
    note: str,
    acting_user: Viewer,
    clock: Clock,
) -> Reservation:
    """Write down a sponsor's wish: so many, near here, of this occupation."""
    if not acting_user.may(Permission.RESERVATION_OFFER):
        acting_user.require(Permission.RESERVATION_REQUEST, sponsor=sponsor.public_id)
    with recording(acting_user.actor, "intake.reservation.request") as event:
        reservation = Reservation.objects.create(
            sponsor=sponsor,
            wanted=wanted,
            region=region,
            occupation=occupation,
            note=note.strip(),
            state=Reservation.State.REQUESTED,
            requested_by=acting_user.actor.id,
            requested_at=clock.now(),
        )
        event.touch("intake.reservation", reservation.public_id)
    return reservation


@transaction.atomic
def offer_workers(reservation: Reservation, *, acting_user: Viewer, clock: Clock) -> int:
    """Hold the first unprotected workers who fit, in the open order; return how many there were (at most as wanted)."""
    acting_user.require(Permission.RESERVATION_OFFER)
    reservation = Reservation.objects.select_for_update().get(pk=reservation.pk)
    if reservation.state != Reservation.State.REQUESTED:
        raise WrongStateError(reservation.state)
    release_ended_offers(clock=clock)
    places = places_of(fitting_workers(reservation, on=clock.today()))[: reservation.wanted]
    if not places:
        raise NobodyToOfferError
    named = Worker.objects.filter(public_id__in=[place.public_id for place in places])
    workers = dict(named.values_list("public_id", "pk"))
    with recording(acting_user.actor, "intake.reservation.offer") as event:
        event.touch("intake.reservation", reservation.public_id)
        event.touch_many("registry.worker", [place.public_id for place in places])
        bulk_insert(
            ReservedWorker,
            ("reservation_id", "worker_id", "rank", "reasons"),
            ((reservation.pk, workers[place.public_id], place.rank, list(place.reasons)) for place in places),
        )
        reservation.state = Reservation.State.OFFERED
        reservation.offered_by, reservation.offered_at = acting_user.actor.id, clock.now()
        reservation.expires_on = clock.today() + timedelta(days=HOLD_DAYS)
        reservation.save(update_fields=["state", "offered_by", "offered_at", "expires_on"])
    return len(places)


@transaction.atomic
def accept_offer(reservation: Reservation, *, pledge: Pledge | None, acting_user: Viewer, clock: Clock) -> Proposal:
    """Take the offered workers: each is proposed under the sponsor, in the order of the offer."""
    acting_user.require(Permission.RESERVATION_REQUEST, sponsor=reservation.sponsor.public_id)
    reservation = Reservation.objects.select_for_update().select_related("sponsor").get(pk=reservation.pk)
    _check_still_offered(reservation, clock.today())
    held = reservation.workers.filter(released_at__isnull=True).order_by("rank")
    with recording(acting_user.actor, "intake.reservation.accept") as event:
        event.touch("intake.reservation", reservation.public_id)
        proposed = propose_workers(
            list(held.values_list("worker_id", flat=True)),
            sponsor=reservation.sponsor,
            pledge=pledge,
            source=f"reservation:{reservation.public_id}",
            acting_user=acting_user,
            clock=clock,
        )
        held.update(released_at=clock.now())
        _close(reservation, Reservation.State.ACCEPTED, clock)
    return proposed


@transaction.atomic
def withdraw_reservation(reservation: Reservation, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Give the wish up; whoever was held is free again."""
    if not acting_user.may(Permission.RESERVATION_OFFER):
        acting_user.require(Permission.RESERVATION_REQUEST, sponsor=reservation.sponsor.public_id)
    reservation = Reservation.objects.select_for_update().get(pk=reservation.pk)
    if reservation.state not in _OPEN:
        raise WrongStateError(reservation.state)
    with recording(acting_user.actor, "intake.reservation.withdraw", reason=reason) as event:
        event.touch("intake.reservation", reservation.public_id)
        reservation.workers.filter(released_at__isnull=True).update(released_at=clock.now())
        _close(reservation, Reservation.State.WITHDRAWN, clock)


@transaction.atomic
def release_ended_offers(*, clock: Clock) -> int:
    """Free the workers of offers whose fourteen days are over; return how many offers ended."""
    ended = Reservation.objects.filter(state=Reservation.State.OFFERED, expires_on__lt=clock.today())
    keys = list(ended.select_for_update().values_list("pk", flat=True))
    ReservedWorker.objects.filter(reservation__in=keys, released_at__isnull=True).update(released_at=clock.now())
    return Reservation.objects.filter(pk__in=keys).update(state=Reservation.State.EXPIRED, closed_at=clock.now())


def _check_still_offered(reservation: Reservation, on: date) -> None:
    if reservation.state != Reservation.State.OFFERED:
        raise WrongStateError(reservation.state)
    if reservation.expires_on is None or reservation.expires_on < on:
        raise OfferEndedError


def _close(reservation: Reservation, state: str, clock: Clock) -> None:
    reservation.state, reservation.closed_at = state, clock.now()
    reservation.save(update_fields=["state", "closed_at"])
