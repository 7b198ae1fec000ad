"""Where somebody stands, and who may see it."""

from datetime import date

import pytest

from payung.access.permissions import Role
from payung.enrolment.models import Enrolment, LeaveReason, RejectReason
from payung.enrolment.selectors import STANDING_CODES, enrolments_visible_to, pipeline_counts, standing_of, work_waiting
from payung.enrolment.selectors.standing import Actor
from payung.enrolment.transitions import ALLOWED, REMARKS, State
from payung.registry.models import Worker
from tests.cast import add_company, add_viewer
from tests.enrolment.people import KENDAL, add_workers, propose

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _enrolment(state, reason="", born=date(1985, 3, 2)) -> Enrolment:
    return Enrolment(state=state, reason=reason, since=date(2026, 11, 1), worker=Worker(birth_date=born))


def test_every_state_and_reason_has_a_standing(clock):
    live = [(state, reason) for state in State.values for reason in ("", *REMARKS.get(state, ())) if ALLOWED[state]]
    ended = [("left", reason) for reason in LeaveReason.values] + [
        ("rejected", reason) for reason in RejectReason.values
    ]
    for state, reason in live + ended:
        standing = standing_of(_enrolment(state, reason), on=clock.today())
        assert standing.code in STANDING_CODES
        assert standing.since == date(2026, 11, 1)
        assert standing.params["days"] == 21
        assert (standing.who_must_act is Actor.NOBODY) == (state in ("active", "left", "rejected"))


def test_who_turns_65_while_active_is_told_of_and_not_dropped(clock):
    assert standing_of(_enrolment("active"), on=clock.today()).code == "active"
    assert standing_of(_enrolment("active", born=date(1961, 11, 22)), on=clock.today()).code == "active_past_age"


def test_each_sees_their_own(pt_maju, joko, rina, agus, dewi, tono, wulan, clock):
    ours = propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock)
    other = add_company("CVB", "CV Bersama", clock=clock)
    theirs = propose(add_workers(1, first=20, village=KENDAL, clock=clock), other, by=wulan, clock=clock)
    village = add_viewer("Lurah", Role.PETUGAS_DESA, clock=clock)
    keeper = add_viewer("Kelola", Role.PENGELOLA_SISTEM, clock=clock)
    seen = {
        viewer.actor.label: set(enrolments_visible_to(viewer).values_list("pk", flat=True))
        for viewer in (joko, rina, agus, dewi, tono, village, keeper)
    }
    everything = set(ours + theirs)
    assert seen == {
        "Joko": set(ours),
        "Rina": everything,
        "Agus": everything,
        "Dewi": everything,
        "Tono": set(),
        "Lurah": set(ours),
        "Kelola": set(),
    }


def test_the_pipeline_names_every_state(pt_maju, wulan, clock):
    propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock)
    counts = pipeline_counts(pt_maju)
    assert counts["proposed"] == 2
    assert set(counts) == set(State.values)
    assert sum(counts.values()) == 2


def test_nothing_waits_for_a_stranger(pt_maju, tono, joko, rina, wulan, clock):
    propose(add_workers(2, clock=clock), pt_maju, by=wulan, clock=clock)
    assert work_waiting(tono) == []
    assert work_waiting(joko) == []
    assert [(step.code, step.count, step.oldest) for step in work_waiting(rina)] == [("verify", 2, clock.today())]
