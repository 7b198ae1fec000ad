"""Asking a payer for the months of the determined workers."""

from datetime import date

import pytest
from django.db.models import Sum

from payung.access.errors import NotPermittedError
from payung.audit.models import AuditLine
from payung.contributions.errors import (
    MonthClosedError,
    NoBasisError,
    NothingToAskError,
    NoticeInUseError,
    OutsidePledgeError,
    PledgeNotLiveError,
)
from payung.contributions.models import JournalEntry, Notice, NoticeLine, Posting
from payung.contributions.selectors import balances_of
from payung.contributions.services import close_month, issue_notice, withdraw_notice
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.registry.models import Worker
from tests.contributions.conftest import DECEMBER, JANUARY, add_pledge, add_workers, enrol, leave

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def issue(pledge, rina, clock, *, first_month=DECEMBER, months=1):
    return issue_notice(pledge, first_month=first_month, months=months, acting_user=rina, clock=clock)


def test_december_costs_half_and_january_the_whole(pledge, rina, clock):
    notice = issue(pledge, rina, clock, months=2)
    prices = notice.lines.order_by("month").values_list("month", "jkk_rp", "jkm_rp").distinct()
    assert list(prices) == [(DECEMBER, 5_000, 3_400), (JANUARY, 10_000, 6_800)]
    assert notice.total_rp == 3 * 8_400 + 3 * 16_800


def test_public_money_gets_no_relief(pt_maju, rina, clock):
    type(pt_maju).objects.filter(pk=pt_maju.pk).update(funds="APBD")
    pledge = add_pledge(pt_maju, quota=1, clock=clock)
    enrol(add_workers(1, clock=clock), pledge)
    assert issue(pledge, rina, clock).total_rp == 16_800


def test_a_driver_keeps_the_relief_in_january(pt_maju, rina, clock):
    pledge = add_pledge(pt_maju, quota=1, clock=clock)
    enrol(add_workers(1, clock=clock, sector="TRANSPORTASI"), pledge)
    assert issue(pledge, rina, clock, first_month=JANUARY).total_rp == 8_400


def test_what_the_payer_owes_is_what_bpjs_is_owed(notice, pt_maju):
    balances = balances_of(pt_maju)
    assert (balances.due_rp, balances.owed_rp, balances.credit_rp) == (25_200, 25_200, 0)
    assert Posting.objects.aggregate(sum=Sum("amount_rp"))["sum"] == 0


def test_the_same_notice_again_changes_nothing(notice, pledge, rina, clock):
    assert issue(pledge, rina, clock) == notice
    assert (Notice.objects.count(), NoticeLine.objects.count(), JournalEntry.objects.count()) == (1, 3, 1)


def test_a_worker_who_came_later_is_asked_for_alone(pt_maju, rina, clock):
    pledge = add_pledge(pt_maju, quota=3, clock=clock)
    enrol(add_workers(2, clock=clock), pledge)
    first = issue(pledge, rina, clock)
    enrol(add_workers(1, clock=clock), pledge)
    second = issue(pledge, rina, clock)
    assert (first.line_count, second.line_count) == (2, 1)
    assert (first.number, second.number) == ("PI/PTMAJU/2026-12/1", "PI/PTMAJU/2026-12/2")


def test_the_quota_is_never_exceeded_and_goes_by_the_order_of_the_list(pledge, rina, clock):
    late = add_workers(2, clock=clock)
    enrol(late, pledge)
    lines = issue(pledge, rina, clock).lines
    assert lines.count() == 3
    assert not lines.filter(worker__in=late).exists()


def test_a_month_asked_for_inside_a_longer_notice_is_not_asked_for_twice(pledge, rina, clock):
    issue(pledge, rina, clock, months=6)
    with pytest.raises(NothingToAskError) as refusal:
        issue(pledge, rina, clock)
    assert refusal.value.asked_on == "PI/PTMAJU/2026-12/1"


def test_no_notice_without_its_basis(pt_maju, rina, clock):
    pledge = add_pledge(pt_maju, quota=3, clock=clock)
    enrol(add_workers(2, clock=clock), pledge, state="verified")
    with pytest.raises(NoBasisError) as refusal:
        issue(pledge, rina, clock)
    assert refusal.value.waiting == 2


def test_a_closed_month_is_not_asked_for(pledge, rina, wulan):
    later = FixedClock.on(date(2027, 1, 5))
    close_month(DECEMBER, acting_user=wulan, clock=later)
    with pytest.raises(MonthClosedError) as refusal:
        issue(pledge, rina, later)
    assert refusal.value.month == DECEMBER


def test_a_month_outside_the_pledge_is_refused(pledge, rina, clock):
    with pytest.raises(OutsidePledgeError):
        issue(pledge, rina, clock, months=7)


def test_a_withdrawn_pledge_is_not_asked(pledge, rina, clock):
    type(pledge).objects.filter(pk=pledge.pk).update(state="withdrawn")
    with pytest.raises(PledgeNotLiveError):
        issue(pledge, rina, clock)


def test_nobody_is_asked_for_after_the_month_of_death(pledge, rina, clock):
    worker = Worker.objects.filter(enrolments__pledge=pledge).first()
    Worker.objects.filter(pk=worker.pk).update(died_on=date(2026, 12, 3))
    lines = issue(pledge, rina, clock, months=2).lines.filter(worker=worker)
    assert list(lines.values_list("month", flat=True)) == [DECEMBER]


def test_a_substitute_takes_the_place_of_one_who_left_unpaid(notice, pledge, rina, clock):
    leave(Enrolment.objects.filter(pledge=pledge).first())
    substitute = add_workers(1, clock=clock)
    enrol(substitute, pledge)
    second = issue(pledge, rina, clock)
    assert list(second.lines.values_list("worker_id", flat=True)) == [substitute[0].pk]
    assert NoticeLine.objects.filter(is_live=True).count() == 3
    assert balances_of(pledge.sponsor).due_rp == 3 * 8_400


def test_who_changed_payer_unpaid_is_asked_of_the_new_one_alone(notice, pledge, other_pledge, rina, clock):
    moved = Enrolment.objects.filter(pledge=pledge).first()
    leave(moved)
    enrol([moved.worker], other_pledge)
    issue(other_pledge, rina, clock)
    assert balances_of(pledge.sponsor).due_rp == 2 * 8_400
    assert balances_of(other_pledge.sponsor).due_rp == 8_400


def test_who_is_paid_already_stays_with_that_payer(notice, pledge, other_pledge, pay, rina, clock):
    pay(notice, 25_200)
    moved = Enrolment.objects.filter(pledge=pledge).first()
    leave(moved)
    enrol([moved.worker], other_pledge)
    with pytest.raises(NothingToAskError) as refusal:
        issue(other_pledge, rina, clock)
    assert refusal.value.covered == 1


def test_a_withdrawn_notice_can_be_asked_anew(notice, pledge, rina, clock):
    withdraw_notice(notice, reason="salah", acting_user=rina, clock=clock)
    assert balances_of(pledge.sponsor).due_rp == 0
    assert issue(pledge, rina, clock).pk != notice.pk


def test_a_notice_with_money_on_it_is_not_withdrawn(notice, pay, rina, clock):
    pay(notice, 8_400)
    with pytest.raises(NoticeInUseError):
        withdraw_notice(notice, reason="salah", acting_user=rina, clock=clock)


def test_joko_and_tono_cannot_issue_notices(pledge, joko, tono, clock):
    for viewer in (joko, tono):
        with pytest.raises(NotPermittedError):
            issue(pledge, viewer, clock)


def test_the_record_names_the_notice(notice):
    assert AuditLine.objects.filter(object_type="contributions.notice", object_id=str(notice.public_id)).count() == 1


def test_the_due_day_of_the_law_or_today_where_it_has_passed(pledge, rina, clock):
    assert issue(pledge, rina, clock).due_on == date(2026, 12, 15)
    assert issue(pledge, rina, FixedClock.on(date(2027, 1, 20)), first_month=JANUARY).due_on == date(2027, 1, 20)


def test_a_substitutes_months_begin_where_those_of_the_other_end(pt_maju, rina, clock):
    pledge = add_pledge(pt_maju, quota=1, clock=clock)
    (enrolment,) = enrol(add_workers(1, clock=clock), pledge)
    Enrolment.objects.filter(pk=enrolment.pk).update(from_month=JANUARY)
    notice = issue(pledge, rina, clock, months=2)
    assert list(notice.lines.values_list("month", flat=True)) == [JANUARY]
