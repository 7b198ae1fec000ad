"""Proposing: one live way per worker, places in a pledge, and nothing said of other payers."""

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError
from payung.enrolment.errors import PledgeFullError, PledgeMismatchError
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.enrolment.services import Refusal, assign_to_pledge, leave, propose_workers
from payung.registry.models import Worker
from tests.cast import add_company
from tests.enrolment.people import add_pledge, add_workers, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_list_becomes_ways_in_its_order(pt_maju, wulan, clock):
    pledge = add_pledge(pt_maju, quota=5, clock=clock)
    workers = list(reversed(add_workers(3, clock=clock)))
    enrolments = propose(workers, pt_maju, by=wulan, clock=clock, pledge=pledge)
    rows = Enrolment.objects.filter(pk__in=enrolments).order_by("position")
    assert [(row.worker_id, row.position, row.state) for row in rows] == [
        (worker, place, "proposed") for place, worker in enumerate(workers, start=1)
    ]


def test_a_worker_of_another_payer_is_refused_without_naming_them(pt_maju, wulan, clock):
    workers = add_workers(2, clock=clock)
    propose(workers[:1], add_company("CVB", "CV Bersama", clock=clock), by=wulan, clock=clock)
    made = propose_workers(workers, sponsor=pt_maju, source="test", acting_user=wulan, clock=clock)
    assert made.refused == (Refusal(workers[0], "elsewhere"),)
    assert list(made.created) == workers[1:]
    assert "Bersama" not in repr(made)


def test_the_same_list_twice_changes_nothing(pt_maju, wulan, clock):
    workers = add_workers(3, clock=clock)
    first = propose_workers(workers, sponsor=pt_maju, source="test", acting_user=wulan, clock=clock)
    again = propose_workers(workers, sponsor=pt_maju, source="test", acting_user=wulan, clock=clock)
    assert again.created == {}
    assert again.standing == first.created
    assert EnrolmentEvent.objects.count() == 3


def test_the_dead_are_not_proposed(pt_maju, wulan, clock):
    (worker,) = add_workers(1, clock=clock)
    Worker.objects.filter(pk=worker).update(died_on=clock.today())
    made = propose_workers([worker], sponsor=pt_maju, source="test", acting_user=wulan, clock=clock)
    assert made.refused == (Refusal(worker, "dead"),)


def test_who_is_beyond_the_quota_waits_without_a_place(pt_maju, wulan, clock):
    pledge = add_pledge(pt_maju, quota=2, clock=clock)
    workers = add_workers(3, clock=clock)
    made = propose_workers(workers, sponsor=pt_maju, pledge=pledge, source="test", acting_user=wulan, clock=clock)
    assert made.without_place == (made.created[workers[2]],)
    assert pledge.enrolments.count() == 2


def test_the_database_holds_one_live_way_per_worker(pt_maju, wulan, clock):
    (pk,) = propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(
            worker=Enrolment.objects.get(pk=pk).worker,
            sponsor=pt_maju,
            source="x",
            state="proposed",
            since=clock.today(),
            recorded_at=clock.now(),
        )


def test_who_left_may_be_proposed_by_another_payer(pt_maju, rina, wulan, clock):
    workers = add_workers(1, clock=clock)
    enrolments = propose(workers, pt_maju, by=wulan, clock=clock)
    leave(enrolments, reason="masa_berakhir", acting_user=rina, clock=clock)
    other = add_company("CVB", "CV Bersama", clock=clock)
    made = propose_workers(workers, sponsor=other, source="test", acting_user=wulan, clock=clock)
    assert list(made.created) == workers


def test_places_are_given_up_to_the_quota(pt_maju, joko, wulan, clock):
    enrolments = propose(add_workers(3, clock=clock), pt_maju, by=wulan, clock=clock)
    pledge = add_pledge(pt_maju, quota=2, clock=clock)
    with pytest.raises(PledgeFullError):
        assign_to_pledge(enrolments, pledge=pledge, acting_user=joko, clock=clock)
    assert pledge.enrolments.count() == 0
    assert assign_to_pledge(enrolments[:2], pledge=pledge, acting_user=joko, clock=clock) == 2
    assert assign_to_pledge(enrolments[:2], pledge=pledge, acting_user=joko, clock=clock) == 0


def test_a_renewal_carries_people_on_and_an_assignment_does_not(pt_maju, joko, wulan, clock):
    old, new = (add_pledge(pt_maju, quota=2, clock=clock) for _ in range(2))
    enrolments = propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock, pledge=old)
    with pytest.raises(PledgeMismatchError):
        assign_to_pledge(enrolments, pledge=new, acting_user=joko, clock=clock)
    assert assign_to_pledge(enrolments, pledge=new, renewal=True, acting_user=joko, clock=clock) == 2
    assert new.enrolments.count() == 2


def test_a_pledge_of_another_sponsor_is_refused(pt_maju, wulan, clock):
    other = add_pledge(add_company("CVB", "CV Bersama", clock=clock), quota=2, clock=clock)
    with pytest.raises(PledgeMismatchError):
        propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock, pledge=other)


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "dewi"])
def test_tono_cannot_propose_and_neither_can_readers(who, pt_maju, clock, request):
    workers = add_workers(1, clock=clock)
    with pytest.raises(NotPermittedError):
        propose(workers, pt_maju, by=request.getfixturevalue(who), clock=clock)
    assert not Enrolment.objects.exists()


def test_tono_cannot_fill_a_pledge_of_pt_maju(pt_maju, tono, wulan, clock):
    enrolments = propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    pledge = add_pledge(pt_maju, quota=2, clock=clock)
    with pytest.raises(NotPermittedError):
        assign_to_pledge(enrolments, pledge=pledge, acting_user=tono, clock=clock)
