"""A pledge is renewed with its workers in one step, before its term ends, and nobody has a gap or two payers."""

from datetime import date

import pytest

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditEvent
from payung.contributions.errors import NoBasisError
from payung.contributions.models import NoticeLine
from payung.contributions.services import end_pledge, issue_notice
from payung.enrolment.errors import PledgeFullError
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import pledge_counts
from payung.enrolment.services import assign_to_pledge, propose_workers, renew_pledge
from payung.enrolment.services import leave as end_ways
from payung.registry.models import Worker
from payung.sponsors.errors import PledgeRenewedError, SponsorDataError
from payung.sponsors.models import Pledge
from tests.contributions.conftest import DECEMBER, add_workers, leave
from tests.enrolment.people import jump

pytestmark = [pytest.mark.django_db, pytest.mark.database]
JUNE = DECEMBER + 6


def ways_of(pledge):
    return list(Enrolment.objects.filter(pledge=pledge).order_by("position", "pk"))


def asked(pledge):
    lines = NoticeLine.objects.filter(notice__pledge=pledge, is_live=True)
    return sorted(lines.values_list("worker_id", "month"))


def test_one_step_makes_the_pledge_and_carries_its_workers_in_their_order(pledge, joko, clock):
    before = [way.pk for way in ways_of(pledge)]
    done = renew_pledge(pledge, acting_user=joko, clock=clock)
    facts = (done.pledge.first_month, done.pledge.months, done.pledge.quota, done.pledge.renewal_of)
    assert facts == (JUNE, 6, 3, pledge)
    assert ([way.pk for way in ways_of(done.pledge)], done.carried, done.without_place) == (before, 3, 0)
    assert AuditEvent.objects.filter(action="enrolment.pledge.renew").count() == 1


def test_months_left_of_the_old_term_are_still_asked_on_it_after_the_renewal(pledge, rina, clock):
    done = renew_pledge(pledge, acting_user=rina, clock=clock)
    issue_notice(pledge, first_month=DECEMBER, months=6, acting_user=rina, clock=clock)
    issue_notice(done.pledge, first_month=JUNE, months=6, acting_user=rina, clock=clock)
    workers = [way.worker_id for way in ways_of(done.pledge)]
    assert asked(pledge) == sorted((worker, DECEMBER + step) for worker in workers for step in range(6))
    assert asked(done.pledge) == sorted((worker, JUNE + step) for worker in workers for step in range(6))


def test_somebody_new_in_the_renewal_is_not_asked_for_the_old_term(pledge, rina, wulan, clock):
    done = renew_pledge(pledge, workers=5, acting_user=rina, clock=clock)
    (new,) = add_workers(1, clock=clock)
    came = propose_workers(
        [new.pk], sponsor=pledge.sponsor, pledge=done.pledge, source="uji", acting_user=wulan, clock=clock
    )
    for state in ("verified", "matched", "checked", "determined"):
        jump(list(came.created.values()), state, by=rina, clock=clock)
    Pledge.objects.filter(pk=pledge.pk).update(quota=4)
    issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    assert new.pk not in {worker for worker, _ in asked(pledge)}
    issue_notice(done.pledge, first_month=JUNE, months=1, acting_user=rina, clock=clock)
    assert new.pk in {worker for worker, _ in asked(done.pledge)}


def test_the_places_of_the_old_term_stay_taken_while_it_runs(pledge, rina, wulan, clock):
    renew_pledge(pledge, acting_user=rina, clock=clock)
    assert pledge_counts(pledge)["vacant"] == 0
    (new,) = add_workers(1, clock=clock)
    came = propose_workers([new.pk], sponsor=pledge.sponsor, source="uji", acting_user=wulan, clock=clock)
    with pytest.raises(PledgeFullError):
        assign_to_pledge(list(came.created.values()), pledge=pledge, acting_user=rina, clock=clock)


def test_who_died_or_left_does_not_go_on_and_is_named(pledge, rina, clock):
    first, second, third = ways_of(pledge)
    leave(first)
    Worker.objects.filter(pk=second.worker_id).update(died_on=date(2026, 11, 21))
    done = renew_pledge(pledge, acting_user=rina, clock=clock)
    assert [way.pk for way in ways_of(done.pledge)] == [third.pk]
    assert (done.seen.ended, done.seen.stay) == ({"pindah": 1}, (second.pk,))


def test_who_reaches_the_age_goes_on_and_is_flagged(pledge, rina, clock):
    Worker.objects.filter(pk=ways_of(pledge)[0].worker_id).update(birth_date=date(1962, 6, 1))
    Worker.objects.filter(pk=ways_of(pledge)[1].worker_id).update(birth_date=date(1962, 6, 2))
    done = renew_pledge(pledge, acting_user=rina, clock=clock)
    assert (done.carried, done.seen.past_age) == (3, 1)


def test_fewer_places_take_the_first_of_the_list(pledge, rina, clock):
    order = [way.pk for way in ways_of(pledge)]
    done = renew_pledge(pledge, workers=2, acting_user=rina, clock=clock)
    assert ([way.pk for way in ways_of(done.pledge)], done.without_place) == (order[:2], 1)


def test_the_same_request_twice_makes_one_renewal(pledge, joko, clock):
    first = renew_pledge(pledge, client_key="k", acting_user=joko, clock=clock)
    again = renew_pledge(pledge, client_key="k", acting_user=joko, clock=clock)
    assert (first.pledge, again.carried) == (again.pledge, 3)
    with pytest.raises(PledgeRenewedError) as refused:
        renew_pledge(pledge, client_key="other", acting_user=joko, clock=clock)
    assert refused.value.renewal == first.pledge.public_id
    assert Pledge.objects.filter(renewal_of=pledge).count() == 1


def test_a_renewal_does_not_begin_within_the_old_term(pledge, joko, clock):
    with pytest.raises(SponsorDataError) as refused:
        renew_pledge(pledge, first_month=DECEMBER + 5, acting_user=joko, clock=clock)
    assert (refused.value.reason, refused.value.allowed) == ("overlap", (DECEMBER + 5,))


def test_a_withdrawn_pledge_is_not_renewed(pledge, rina, clock):
    end_pledge(pledge, reason="tutup", acting_user=rina, clock=clock)
    with pytest.raises(PledgeRenewedError) as refused:
        renew_pledge(pledge, acting_user=rina, clock=clock)
    assert refused.value.renewal is None


def test_a_renewal_taken_back_leaves_its_people_in_the_running_term(pledge, rina, clock):
    done = renew_pledge(pledge, acting_user=rina, clock=clock)
    end_pledge(done.pledge, reason="batal", acting_user=rina, clock=clock)
    assert {(way.state, way.pledge_id) for way in ways_of(pledge)} == {("determined", pledge.pk)}
    issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    assert len(asked(pledge)) == 3


def test_who_left_after_the_renewal_is_asked_for_on_neither_term(pledge, rina, clock):
    done = renew_pledge(pledge, acting_user=rina, clock=clock)
    gone = [way.pk for way in ways_of(done.pledge)]
    end_ways(gone, reason="pindah", acting_user=rina, clock=clock)
    with pytest.raises(NoBasisError):
        issue_notice(done.pledge, first_month=JUNE, months=1, acting_user=rina, clock=clock)
    assert not asked(done.pledge)


def test_tono_cannot_renew(pledge, tono, clock):
    with pytest.raises(NotPermittedError):
        renew_pledge(pledge, acting_user=tono, clock=clock)
    assert not Pledge.objects.filter(renewal_of=pledge).exists()
