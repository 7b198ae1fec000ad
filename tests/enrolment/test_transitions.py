"""The table of the way in: no walk, however long, takes a step that is not in it."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.audit.models import AuditEvent, AuditLine
from payung.audit.services import recording
from payung.enrolment.errors import EnrolmentGoneError, ReasonUnknownError, StepNotAllowedError
from payung.enrolment.models import Enrolment, EnrolmentEvent, LeaveReason, RejectReason
from payung.enrolment.transitions import ALLOWED, BEGINNING, State, is_allowed, move
from tests.enrolment.people import add_workers, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REASONS = ("", *LeaveReason.values, *RejectReason.values, "di_dukcapil", "tidak_padan", "disiapkan", "lain")


def _try(pk, to, reason, by, clock) -> bool:
    facts = {"kpj": "26000000001", "starts_on": clock.today()} if to == State.ACTIVE else {}
    try:
        with transaction.atomic(), recording(by.actor, "test") as event:
            move(
                [pk],
                to,
                reason=reason,
                changes=facts,
                effective_on=clock.today(),
                event=event,
                acting_user=by,
                clock=clock,
            )
    except (StepNotAllowedError, ReasonUnknownError, IntegrityError):
        return False
    return True


def test_every_state_is_in_the_table_and_only_ended_ways_have_no_successors():
    assert set(ALLOWED) == {BEGINNING, *State.values}
    assert {state for state, after in ALLOWED.items() if not after} == set(Enrolment.ENDED)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.sampled_from(State.values), st.sampled_from(REASONS)), max_size=25))
def test_a_random_walk_never_leaves_the_table(walk, pt_maju, wulan, clock):
    with transaction.atomic():
        (worker,) = add_workers(1, clock=clock)
        (pk,) = propose([worker], pt_maju, by=wulan, clock=clock)
        taken = [_try(pk, to, reason, wulan, clock) for to, reason in walk]
        steps = list(EnrolmentEvent.objects.filter(enrolment=pk).order_by("pk").values_list("from_state", "to_state"))
        assert len(steps) == 1 + sum(taken)
        assert all(is_allowed(before, after) for before, after in steps)
        assert [after for _, after in steps[:-1]] == [before for before, _ in steps[1:]]
        assert Enrolment.objects.get(pk=pk).state == steps[-1][1]
        transaction.set_rollback(True)


def test_one_wrong_step_in_a_set_moves_nobody(pt_maju, wulan, clock):
    first, second = propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock)
    assert _try(second, State.VERIFIED, "", wulan, clock)
    with pytest.raises(StepNotAllowedError), transaction.atomic(), recording(wulan.actor, "test") as event:
        move([first, second], State.MATCHED, effective_on=clock.today(), event=event, acting_user=wulan, clock=clock)
    assert Enrolment.objects.get(pk=first).state == State.PROPOSED
    assert Enrolment.objects.get(pk=second).state == State.VERIFIED


def test_an_enrolment_that_is_not_there_stops_the_whole_set(pt_maju, wulan, clock):
    (only,) = propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(EnrolmentGoneError), transaction.atomic(), recording(wulan.actor, "test") as event:
        move(
            [only, only + 999],
            State.VERIFIED,
            effective_on=clock.today(),
            event=event,
            acting_user=wulan,
            clock=clock,
        )


def test_a_step_is_never_rewritten(pt_maju, wulan, clock):
    propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentEvent.objects.update(to_state="active")
    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentEvent.objects.all().delete()


def test_two_thousand_move_by_a_few_statements(pt_maju, wulan, clock, django_assert_max_num_queries):
    enrolments = propose(add_workers(2_000, clock=clock), pt_maju, by=wulan, clock=clock)
    with django_assert_max_num_queries(30), transaction.atomic(), recording(wulan.actor, "test.move") as event:
        move(enrolments, State.VERIFIED, effective_on=clock.today(), event=event, acting_user=wulan, clock=clock)
    assert Counter(Enrolment.objects.values_list("state", flat=True)) == {"verified": 2_000}
    assert AuditLine.objects.filter(event=AuditEvent.objects.latest("sequence")).count() == 2_000


def test_active_without_a_number_of_bpjs_is_refused_by_the_database(pt_maju, wulan, clock):
    (pk,) = propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=pk).update(state="active")


def test_registered_without_a_wadah_is_refused_by_the_database(pt_maju, wulan, clock):
    (pk,) = propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=pk).update(state="registered")


def test_leaving_for_no_known_reason_is_refused_by_the_database(pt_maju, wulan, clock):
    (pk,) = propose(add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=pk).update(state="left", reason="bosan")
