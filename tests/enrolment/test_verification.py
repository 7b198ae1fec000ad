"""Verification: a result per person, minutes, and nobody outside the verifier's reach."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from payung.access.errors import NotPermittedError
from payung.access.permissions import Role
from payung.enrolment.errors import (
    EnrolmentGoneError,
    NothingToDoError,
    NumberTakenError,
    ReasonUnknownError,
    RoundClosedError,
    RoundIncompleteError,
    RoundNotHeldError,
)
from payung.enrolment.models import EnrolmentEvent, VerificationEntry
from payung.enrolment.selectors import minutes_of, rounds_visible_to, work_waiting
from payung.enrolment.services import close_round, leave, open_round, record_for_all, record_results
from payung.registry.models import Region
from tests.cast import add_viewer
from tests.enrolment.people import BRANGSONG, KENDAL, add_workers, propose, states

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def lurah(db, clock):
    """The officer of desa Brangsong (33.24.09.2001)."""
    return add_viewer("Lurah", Role.PETUGAS_DESA, clock=clock)


@pytest.fixture
def three(pt_maju, wulan, clock):
    return propose(add_workers(3, clock=clock), pt_maju, by=wulan, clock=clock)


def _open(by, clock, **given):
    return open_round(number="BA-1", held_on=clock.today(), acting_user=by, clock=clock, **given)


def test_each_person_goes_where_the_result_says(three, rina, clock):
    opened = _open(rina, clock)
    found = {three[0]: ("layak", ""), three[1]: ("tidak_ditemukan", "rumah kosong"), three[2]: ("meninggal", "")}
    record_results(opened, found, acting_user=rina, clock=clock)
    counts = close_round(opened, acting_user=rina, clock=clock)
    assert states(three) == ["verified", "left", "left"]
    assert counts == {"layak": 1, "tidak_layak": 0, "tidak_ditemukan": 1, "pindah": 0, "meninggal": 1}
    event = EnrolmentEvent.objects.get(enrolment=three[1], to_state="left")
    assert (event.reason, event.params["note"]) == ("tidak_ditemukan", "rumah kosong")


def test_the_minutes_say_every_result_and_hold_no_nik(three, rina, clock):
    opened = _open(rina, clock)
    record_for_all(opened, "layak", acting_user=rina, clock=clock)
    minutes = minutes_of(opened)
    assert [line.result for line in minutes.lines] == ["layak"] * 3
    assert minutes.counts["layak"] == 3
    assert not minutes.is_final
    assert "332409" not in repr(minutes)


def test_a_round_without_all_results_stays_open(three, rina, clock):
    opened = _open(rina, clock)
    record_results(opened, {three[0]: ("layak", "")}, acting_user=rina, clock=clock)
    with pytest.raises(RoundIncompleteError):
        close_round(opened, acting_user=rina, clock=clock)
    assert states(three) == ["proposed"] * 3


def test_a_closed_round_takes_no_more_results(three, rina, clock):
    opened = _open(rina, clock)
    record_for_all(opened, "layak", acting_user=rina, clock=clock)
    close_round(opened, acting_user=rina, clock=clock)
    with pytest.raises(RoundClosedError):
        record_results(opened, {three[0]: ("pindah", "")}, acting_user=rina, clock=clock)
    with pytest.raises(RoundClosedError):
        close_round(opened, acting_user=rina, clock=clock)


def test_who_left_meanwhile_needs_no_result(three, rina, clock):
    opened = _open(rina, clock)
    leave(three[:1], reason="menolak", acting_user=rina, clock=clock)
    record_results(opened, dict.fromkeys(three[1:], ("layak", "")), acting_user=rina, clock=clock)
    close_round(opened, acting_user=rina, clock=clock)
    assert states(three) == ["left", "verified", "verified"]


def test_nobody_stands_on_two_open_rounds(three, rina, clock):
    opened = _open(rina, clock)
    with pytest.raises(NothingToDoError):
        open_round(number="BA-2", held_on=clock.today(), acting_user=rina, clock=clock)
    entry = VerificationEntry.objects.first()
    entry.pk, entry.round = None, opened
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_the_number_of_minutes_is_given_once(pt_maju, three, rina, wulan, clock):
    opened = _open(rina, clock)
    record_for_all(opened, "layak", acting_user=rina, clock=clock)
    close_round(opened, acting_user=rina, clock=clock)
    propose(add_workers(1, first=50, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(NumberTakenError):
        _open(rina, clock)


def test_results_wait_for_the_day_of_the_round(three, rina, clock):
    opened = open_round(number="BA-1", held_on=clock.today() + timedelta(1), acting_user=rina, clock=clock)
    with pytest.raises(RoundNotHeldError):
        record_for_all(opened, "layak", acting_user=rina, clock=clock)


def test_a_strange_result_or_person_is_refused(three, rina, clock):
    opened = _open(rina, clock)
    with pytest.raises(ReasonUnknownError):
        record_results(opened, {three[0]: ("baik", "")}, acting_user=rina, clock=clock)
    with pytest.raises(EnrolmentGoneError):
        record_results(opened, {three[0] + 999: ("layak", "")}, acting_user=rina, clock=clock)


def test_a_village_verifies_its_own_people_alone(pt_maju, lurah, wulan, clock):
    own = propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock)
    others = propose(add_workers(2, first=20, village=KENDAL, clock=clock), pt_maju, by=wulan, clock=clock)
    assert [(step.code, step.count) for step in work_waiting(lurah)] == [("verify", 2)]
    opened = _open(lurah, clock, village=Region.objects.get(pk=BRANGSONG))
    record_for_all(opened, "layak", acting_user=lurah, clock=clock)
    close_round(opened, acting_user=lurah, clock=clock)
    assert states(own) == ["verified", "verified"]
    assert states(others) == ["proposed", "proposed"]
    with pytest.raises(NotPermittedError):
        open_round(
            number="BA-2",
            held_on=clock.today(),
            village=Region.objects.get(pk=KENDAL),
            acting_user=lurah,
            clock=clock,
        )


def test_a_round_of_the_office_is_closed_to_a_village(three, lurah, rina, pt_maju, wulan, clock):
    propose(add_workers(2, first=20, village=KENDAL, clock=clock), pt_maju, by=wulan, clock=clock)
    opened = _open(rina, clock)
    with pytest.raises(EnrolmentGoneError):
        record_for_all(opened, "layak", acting_user=lurah, clock=clock)
    assert not rounds_visible_to(lurah).exists()
    assert rounds_visible_to(rina).get() == opened


@pytest.mark.parametrize("who", ["tono", "joko", "agus", "dewi"])
def test_tono_cannot_verify(who, three, clock, request):
    with pytest.raises(NotPermittedError):
        _open(request.getfixturevalue(who), clock)
