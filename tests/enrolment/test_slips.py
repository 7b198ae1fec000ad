"""Slips: a code that opens one way, and the same nothing for every other."""

import re

import pytest
from django.db import connection

from payung.access.errors import NotPermittedError
from payung.access.permissions import Role
from payung.enrolment.errors import EnrolmentGoneError
from payung.enrolment.models import Enrolment, ProtectionSlip
from payung.enrolment.selectors import slip_by_code, slips_due
from payung.enrolment.services import add_wadah, issue_slips, leave, revoke_slip
from payung.enrolment.slip_codes import folded_code, shown_code
from tests.cast import add_viewer
from tests.enrolment.people import BRANGSONG, KENDAL, add_workers, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def accepted(pt_maju, rina, wulan, clock):
    wadah = add_wadah("NPW1", name="x", branch="Kendal", agreement="PKS", acting_user=rina, clock=clock)
    enrolments = propose(add_workers(3, clock=clock), pt_maju, by=wulan, clock=clock)
    Enrolment.objects.filter(pk__in=enrolments).update(state="accepted", wadah=wadah)
    return enrolments


def test_a_code_opens_its_slip_however_it_is_typed(accepted, rina, clock):
    first, *_ = issue_slips(accepted, acting_user=rina, clock=clock)
    assert re.fullmatch(r"[A-Z2-7]{26}", first.code)
    for typed in (first.code, shown_code(first.code).lower(), f" {first.code} "):
        assert slip_by_code(typed) == first.slip
    assert first.slip.enrolment_id == accepted[0]


def test_every_wrong_code_is_the_same_nothing(accepted, rina, clock, django_assert_num_queries):
    (slip, *_) = issue_slips(accepted, acting_user=rina, clock=clock)
    other = "A" if slip.code[-1] != "A" else "B"
    wrong = ("", "x", "3324094203850001", slip.code[:-1], slip.code[:-1] + other)
    for code in wrong:
        with django_assert_num_queries(1):
            assert slip_by_code(code) is None


def test_the_code_is_nowhere_in_the_clear(accepted, rina, clock):
    (slip, *_) = issue_slips(accepted, acting_user=rina, clock=clock)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enrolment_protectionslip")
        stored = b"".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for r in cursor for v in r)
    assert slip.code.encode() not in stored


def test_the_same_person_gets_the_same_slip_again(accepted, rina, clock):
    first = issue_slips(accepted, acting_user=rina, clock=clock)
    again = issue_slips(accepted, acting_user=rina, clock=clock)
    assert [slip.code for slip in again] == [slip.code for slip in first]
    assert len({slip.code for slip in first}) == 3
    assert ProtectionSlip.objects.count() == 3


def test_a_lost_slip_opens_nothing_and_is_issued_anew(accepted, rina, clock):
    (lost,) = issue_slips(accepted[:1], acting_user=rina, clock=clock)
    revoke_slip(lost.slip, reason="hilang", acting_user=rina, clock=clock)
    (new,) = issue_slips(accepted[:1], acting_user=rina, clock=clock)
    assert slip_by_code(lost.code) is None
    assert slip_by_code(new.code) == new.slip
    assert new.code != lost.code


def test_who_is_not_accepted_gets_no_slip(accepted, rina, clock):
    leave(accepted[:1], reason="menolak", acting_user=rina, clock=clock)
    with pytest.raises(EnrolmentGoneError):
        issue_slips(accepted, acting_user=rina, clock=clock)


def test_a_village_prints_for_its_own_people(accepted, pt_maju, wulan, clock):
    village = add_viewer("Lurah", Role.PETUGAS_DESA, clock=clock)
    (other,) = propose(add_workers(1, first=30, village=KENDAL, clock=clock), pt_maju, by=wulan, clock=clock)
    Enrolment.objects.filter(pk=other).update(state="accepted", wadah=Enrolment.objects.get(pk=accepted[0]).wadah)
    assert slips_due(village).count() == slips_due(village, village=BRANGSONG).count() == 3
    with pytest.raises(EnrolmentGoneError):
        issue_slips([other], acting_user=village, clock=clock)


def test_tono_cannot_print_slips_of_pt_maju(accepted, tono, agus, joko, clock):
    with pytest.raises(EnrolmentGoneError):
        issue_slips(accepted, acting_user=tono, clock=clock)
    with pytest.raises(NotPermittedError):
        issue_slips(accepted, acting_user=agus, clock=clock)
    assert not slips_due(tono).exists()
    assert len(issue_slips(accepted, acting_user=joko, clock=clock)) == 3


def test_lookalikes_are_read_as_the_letters_they_look_like():
    assert folded_code("0i18-o") == "OIIBO"
