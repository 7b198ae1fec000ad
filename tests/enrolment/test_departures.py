"""Leaving, and who takes the place: the quota passes on from the next unpaid month, paid months stay."""

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError
from payung.enrolment.errors import ReasonUnknownError, StepNotAllowedError, SubstituteError
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import places_to_fill, pledge_counts, steps_of
from payung.enrolment.services import leave, substitute
from payung.kernel.month import Month
from tests.cast import add_company
from tests.enrolment.people import add_pledge, add_workers, propose, states

pytestmark = [pytest.mark.django_db, pytest.mark.database]
JANUARY = Month.from_text("2027-01")


@pytest.fixture
def pledge(pt_maju, clock):
    return add_pledge(pt_maju, quota=2, clock=clock)


@pytest.fixture
def inside(pt_maju, pledge, wulan, clock):
    return propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock, pledge=pledge)


@pytest.fixture
def waiting(pt_maju, wulan, clock):
    (pk,) = propose(add_workers(1, first=30, clock=clock), pt_maju, by=wulan, clock=clock)
    return Enrolment.objects.get(pk=pk)


def _substitute(old, new, by, clock, **given):
    return substitute(old, new, **{"from_month": JANUARY, "reason": "meninggal", **given}, acting_user=by, clock=clock)


def test_who_left_cannot_move_any_more(inside, rina, clock):
    leave(inside, reason="pindah", acting_user=rina, clock=clock)
    assert states(inside) == ["left", "left"]
    with pytest.raises(StepNotAllowedError):
        leave(inside, reason="pindah", acting_user=rina, clock=clock)


def test_only_reasons_of_the_list_are_taken(inside, rina, clock):
    with pytest.raises(ReasonUnknownError):
        leave(inside, reason="bosan", acting_user=rina, clock=clock)


def test_a_substitute_takes_place_and_month_and_walks_from_the_beginning(inside, waiting, pledge, rina, clock):
    old = Enrolment.objects.get(pk=inside[0])
    _substitute(old, waiting, rina, clock)
    new = Enrolment.objects.get(pk=waiting.pk)
    assert states([old.pk, new.pk]) == ["left", "proposed"]
    assert (new.pledge, new.position, new.replaces, new.from_month) == (pledge, old.position, old, JANUARY)
    assert pledge_counts(pledge)["vacant"] == 0
    assert steps_of(new)[-1].params == {"replaces": str(old.public_id), "from_month": "2027-01"}


def test_a_place_left_behind_is_counted_until_it_is_filled(inside, waiting, pledge, rina, clock):
    leave(inside[:1], reason="pindah", acting_user=rina, clock=clock)
    assert (places_to_fill(pledge), pledge_counts(pledge)["vacant"]) == (1, 1)
    _substitute(Enrolment.objects.get(pk=inside[0]), waiting, rina, clock, reason="pindah")
    assert (places_to_fill(pledge), pledge_counts(pledge)["vacant"]) == (0, 0)


def test_a_place_is_given_once(inside, waiting, pt_maju, rina, wulan, clock):
    old = Enrolment.objects.get(pk=inside[0])
    _substitute(old, waiting, rina, clock)
    (second,) = propose(add_workers(1, first=40, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(SubstituteError):
        _substitute(old, Enrolment.objects.get(pk=second), rina, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=second).update(replaces=old, from_month=JANUARY)


def test_a_substitute_comes_from_the_same_sponsor_and_has_no_place(inside, rina, wulan, clock):
    other = add_company("CVB", "CV Bersama", clock=clock)
    (foreign,) = propose(add_workers(1, first=50, clock=clock), other, by=wulan, clock=clock)
    old, placed = (Enrolment.objects.get(pk=pk) for pk in inside)
    for coming in (Enrolment.objects.get(pk=foreign), placed, old):
        with pytest.raises(SubstituteError):
            _substitute(old, coming, rina, clock)
    assert states(inside) == ["proposed", "proposed"]


def test_a_term_that_ended_knows_no_substitute(inside, waiting, rina, clock):
    with pytest.raises(ReasonUnknownError):
        _substitute(Enrolment.objects.get(pk=inside[0]), waiting, rina, clock, reason="masa_berakhir")


def test_undoing_a_list_ends_its_ways_by_the_right_to_undo(inside, wulan, clock):
    leave(inside, reason="daftar_dibatalkan", acting_user=wulan, clock=clock)
    assert states(inside) == ["left", "left"]


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "wulan"])
def test_tono_cannot_send_anybody_away(who, inside, clock, request):
    with pytest.raises(NotPermittedError):
        leave(inside, reason="menolak", acting_user=request.getfixturevalue(who), clock=clock)
    assert states(inside) == ["proposed", "proposed"]
