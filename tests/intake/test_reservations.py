"""A sponsor asks the office for workers; the office holds some for fourteen days."""

from datetime import date, timedelta

import pytest

from payung.access.errors import NotPermittedError
from payung.access.viewer import SYSTEM_VIEWER
from payung.cli.demo.people import People
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import enrolments_visible_to
from payung.intake.errors import NobodyToOfferError, OfferEndedError
from payung.intake.models import Reservation, ReservedWorker
from payung.intake.services import accept_offer, offer_workers, release_ended_offers, request_workers
from payung.kernel.clock import FixedClock
from payung.kernel.nik import Nik
from payung.registry.models import Occupation, Region, Worker
from payung.registry.selectors import workers_visible_to
from payung.registry.services import NewWorker, register_workers

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]

TODAY = date(2026, 11, 22)


@pytest.fixture
def sellers(clock):
    """Ten sellers in Kaliwungu, of desil 1 to 5 and unknown."""
    maker = People(3, villages=["33.24.08.2003"], occupations=["pedagang-asongan"], on=TODAY)
    rows = [
        NewWorker(
            nik=Nik(person.nik),
            name=person.name,
            birth_date=person.birth_date,
            sex=person.sex,
            village_code=person.village_code,
            occupation_code=person.occupation_code,
            desil=(None, 1, 2, 3, 4)[number % 5],
            desil_version="uji" if number % 5 else "",
            desil_on=TODAY if number % 5 else None,
        )
        for number, person in enumerate(maker.many(10))
    ]
    return register_workers(rows, acting_user=SYSTEM_VIEWER, clock=clock, source="uji")


def wish(sponsor, viewer, clock, *, wanted=4, occupation="pedagang-asongan", region="33.24.08") -> Reservation:
    return request_workers(
        sponsor,
        wanted=wanted,
        region=Region.objects.get(pk=region),
        occupation=Occupation.objects.get(pk=occupation),
        note="",
        acting_user=viewer,
        clock=clock,
    )


def test_the_office_offers_the_poorest_first(sellers, pt_maju, joko, rina, clock):
    reservation = wish(pt_maju, joko, clock)
    assert offer_workers(reservation, acting_user=rina, clock=clock) == 4
    held = ReservedWorker.objects.order_by("rank").values_list("worker__desil", flat=True)
    assert list(held) == [1, 1, 2, 2]
    reservation.refresh_from_db()
    assert reservation.expires_on == TODAY + timedelta(days=14)


def test_nobody_is_held_for_two_sponsors(sellers, pt_maju, joko, rina, clock):
    offer_workers(wish(pt_maju, joko, clock, wanted=7), acting_user=rina, clock=clock)
    assert offer_workers(wish(pt_maju, joko, clock, wanted=7), acting_user=rina, clock=clock) == 3
    assert ReservedWorker.objects.values("worker").distinct().count() == 10


def test_who_fits_nobody_is_told_so(sellers, pt_maju, joko, rina, clock):
    with pytest.raises(NobodyToOfferError):
        offer_workers(wish(pt_maju, joko, clock, occupation="nelayan"), acting_user=rina, clock=clock)
    with pytest.raises(NobodyToOfferError):
        offer_workers(wish(pt_maju, joko, clock, region="33.24.01"), acting_user=rina, clock=clock)


def test_accepted_workers_are_proposed_in_the_order_of_the_offer(sellers, pt_maju, joko, rina, clock):
    reservation = wish(pt_maju, joko, clock)
    offer_workers(reservation, acting_user=rina, clock=clock)
    order = list(ReservedWorker.objects.order_by("rank").values_list("worker_id", flat=True))
    reservation.refresh_from_db()
    accept_offer(reservation, pledge=None, acting_user=joko, clock=clock)
    assert list(Enrolment.objects.order_by("pk").values_list("worker_id", flat=True)) == order
    assert not ReservedWorker.objects.filter(released_at__isnull=True).exists()
    assert not workers_visible_to(joko).exists(), "until it pays, a company knows them by initials alone"
    assert not enrolments_visible_to(joko).exists()
    assert workers_visible_to(rina).count() == 10


def test_after_fourteen_days_the_workers_are_free_again(sellers, pt_maju, joko, rina, clock):
    reservation = wish(pt_maju, joko, clock)
    offer_workers(reservation, acting_user=rina, clock=clock)
    later = FixedClock.on(TODAY + timedelta(days=15))
    reservation.refresh_from_db()
    with pytest.raises(OfferEndedError):
        accept_offer(reservation, pledge=None, acting_user=joko, clock=later)
    assert release_ended_offers(clock=later) == 1
    assert Worker.objects.count() == 10
    assert not ReservedWorker.objects.filter(released_at__isnull=True).exists()


def test_a_clerk_cannot_offer_and_tono_cannot_ask_for_another(sellers, pt_maju, joko, tono, clock):
    with pytest.raises(NotPermittedError):
        wish(pt_maju, tono, clock)
    reservation = wish(pt_maju, joko, clock)
    with pytest.raises(NotPermittedError):
        offer_workers(reservation, acting_user=joko, clock=clock)
