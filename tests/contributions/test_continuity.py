"""The continuity clock: months in a row across payers, the next break, and when the scholarship's months are full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.contributions.selectors.continuity import _row, continuity_clocks
from payung.contributions.services import approve_handover, issue_notice, prepare_handover
from payung.enrolment.models import Enrolment, Wadah
from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month
from payung.registry.models import Worker
from tests.contributions.conftest import DECEMBER, JANUARY
from tests.contributions.test_handovers import activate
from tests.enrolment import people

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOVEMBER = Month.from_text("2026-11")


@pytest.fixture
def active(pt_maju, pledge, rina, wulan, clock):
    """One active worker of a pledge of PT Maju's."""
    wadah = Wadah.objects.create(number="W-1", name="Rentan", type="P", recorded_at=clock.now())
    made = people.add_pledge(pt_maju, quota=1, clock=clock)
    ways = people.propose(people.add_workers(1, clock=clock), pt_maju, by=wulan, clock=clock, pledge=made)
    activate(ways, wadah=wadah, by=rina, clock=clock)
    return Enrolment.objects.get(pk=ways[0])


def clock_of(worker_id, now=DECEMBER):
    return continuity_clocks([worker_id], now=now).get(worker_id)


def test_who_was_never_paid_for_has_no_clock(active):
    assert clock_of(active.worker_id) is None


def test_the_clock_goes_on_across_a_handover_and_stops_at_the_first_unpaid_month(
    active, other_pledge, pay, rina, wulan, clock
):
    first = issue_notice(active.pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    pay(first, first.total_rp)
    wadah = Wadah.objects.create(number="W-2", name="Jaya", type="P", recorded_at=clock.now())
    made = prepare_handover(
        active.sponsor, first_month=JANUARY, giving_letter="a", taking_letter="b", client_key="k",
        to_pledge=other_pledge, to_wadah=wadah, acting_user=rina, clock=clock,
    )  # fmt: skip
    approve_handover(made, seen_hash=bytes(made.content_hash), acting_user=wulan, clock=clock)
    second = issue_notice(other_pledge, first_month=JANUARY, months=2, acting_user=rina, clock=clock)
    pay(second, second.total_rp // 2)
    told = clock_of(active.worker_id)
    assert (told.since, told.until, told.in_row, told.in_all) == (DECEMBER, JANUARY, 2, 2)
    assert (told.next_break, told.is_asked, told.is_broken) == (JANUARY + 1, True, False)
    assert (told.target, told.missing, told.reached) == (36, 34, DECEMBER + 35)
    assert told.confidence is Keyakinan.PERLU_KONFIRMASI


def test_a_gap_starts_the_row_anew_and_all_months_are_counted_beside_it(active, pay, rina, clock):
    for month in (DECEMBER, DECEMBER + 2):
        notice = issue_notice(active.pledge, first_month=month, months=1, acting_user=rina, clock=clock)
        pay(notice, notice.total_rp)
    told = clock_of(active.worker_id, now=DECEMBER + 4)
    assert (told.since, told.in_row, told.in_all) == (DECEMBER + 2, 1, 2)
    assert (told.next_break, told.is_asked, told.is_broken) == (DECEMBER + 3, False, True)


def test_a_merged_record_keeps_the_persons_clock(active, pay, rina, clock, planted):
    notice = issue_notice(active.pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    pay(notice, notice.total_rp)
    (kept,) = people.add_workers(1, first=50, clock=clock)
    Worker.objects.filter(pk=active.worker_id).update(merged_into=kept)
    assert clock_of(kept).in_row == 1


def test_many_clocks_cost_what_one_costs(active, pay, rina, clock, django_assert_max_num_queries):
    notice = issue_notice(active.pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)
    pay(notice, notice.total_rp)
    everybody = list(Worker.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(4):
        assert set(continuity_clocks(everybody, now=NOVEMBER)) == {active.worker_id}


@given(covered=st.sets(st.integers(0, 60), min_size=1), now=st.integers(0, 60))
def test_the_row_is_whole_and_as_long_as_it_can_be(covered, now):
    since, until = _row(covered, now)
    assert set(range(since, until + 1)) <= covered
    assert since - 1 not in covered
    assert until + 1 not in covered
    past = [month for month in covered if month <= now]
    assert since <= max(past) <= until if past else since == min(covered)
