"""Telling a payer what is due: each worker-month priced by the law of its month, asked for once."""

from collections.abc import Sequence

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.errors import (
    MonthClosedError,
    NoBasisError,
    NothingToAskError,
    NoticeInUseError,
    NoticeWithdrawnError,
    OutsidePledgeError,
    PledgeNotLiveError,
)
from payung.contributions.models import JournalEntry, Notice
from payung.contributions.selectors.due import Asking, closed_months, covered_months, due_ways, waiting_count
from payung.contributions.services.dues import Due, ask_for, notice_hash, open_dues
from payung.contributions.services.journal import (
    entry_day,
    hold_months_open,
    live_entries,
    lock_notice,
    lock_sponsor,
    reverse_entry,
)
from payung.kernel.clock import Clock
from payung.kernel.month import Month, months_from
from payung.sponsors.models import Pledge


@transaction.atomic
def issue_notice(pledge: Pledge, *, first_month: Month, months: int, acting_user: Viewer, clock: Clock) -> Notice:
    """Ask a payer for the months of a pledge's determined workers, up to its quota, in the order of the list.

    Again for the same months it asks only for workers who came since; with nothing new it gives the notice that stands.
    """
    acting_user.require(Permission.NOTICE_ISSUE, sponsor=pledge.sponsor.public_id)
    lock_sponsor(pledge.sponsor_id)
    pledge = Pledge.objects.select_related("sponsor").get(pk=pledge.pk)
    wanted = list(months_from(Month(first_month), months))
    hold_months_open()
    _check(pledge, wanted)
    asked = ask_for([pledge], wanted, acting_user=acting_user, clock=clock)
    return asked.get(pledge.pk) or _standing_notice(pledge, wanted)


@transaction.atomic
def withdraw_notice(notice: Notice, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Take a notice back that nobody has paid on; its worker-months can be asked for anew."""
    acting_user.require(Permission.NOTICE_ISSUE, sponsor=notice.sponsor.public_id)
    lock_sponsor(notice.sponsor_id)
    notice = lock_notice(notice.pk)
    if notice.withdrawn_at is not None:
        raise NoticeWithdrawnError(notice.number)
    if notice.payments.filter(reversed_at__isnull=True).exists() or notice.postings.filter(
        entry__kind=JournalEntry.Kind.ALLOCATION, entry__reversed_by__isnull=True
    ):
        raise NoticeInUseError(notice.number)
    with recording(acting_user.actor, "contributions.notice.withdraw", reason=reason) as event:
        day = entry_day(clock.today(), clock=clock)
        for entry in reversed(live_entries(notice=notice)):
            reverse_entry(entry, reason=reason, effective_on=day, acting_user=acting_user, clock=clock)
        notice.lines.filter(is_live=True).update(is_live=False)
        notice.pay_codes.filter(replaced_at__isnull=True).update(replaced_at=clock.now())
        notice.withdrawn_at = clock.now()
        notice.save(update_fields=["withdrawn_at"])
        event.touch("contributions.notice", notice.public_id, after=notice_hash(notice))


def preview_notice(pledge: Pledge, *, first_month: Month, months: int, acting_user: Viewer) -> list[Due]:
    """What a notice would ask for now, each worker's month with its price; refused as issuing it would be.

    Nothing is written: dues that issuing would end are counted as ended.
    """
    acting_user.require(Permission.NOTICE_ISSUE, sponsor=pledge.sponsor.public_id)
    wanted = list(months_from(Month(first_month), months))
    _check(pledge, wanted)
    dues = open_dues(Asking([pledge], wanted))
    if not dues:
        _standing_notice(pledge, wanted)
    return dues


def _check(pledge: Pledge, wanted: Sequence[Month]) -> None:
    """Refuse what cannot be asked for: the pledge taken back, months outside it or closed, nobody determined."""
    if pledge.state != Pledge.State.LIVE:
        raise PledgeNotLiveError
    first, last = Month(pledge.first_month), Month(pledge.first_month + pledge.months - 1)
    if not wanted or wanted[0] < first or wanted[-1] > last:
        raise OutsidePledgeError(first, last)
    closed = closed_months(wanted)
    if closed:
        raise MonthClosedError(Month(min(closed)))
    if not due_ways(pledge).exists():
        raise NoBasisError(waiting_count(pledge))


def _standing_notice(pledge: Pledge, wanted: Sequence[Month]) -> Notice:
    """The notice that has asked for just this before; where there is none, say why there is nothing to ask."""
    standing = Notice.objects.filter(
        pledge=pledge, first_month=wanted[0], months=len(wanted), withdrawn_at__isnull=True
    ).order_by("sequence")
    found = standing.first()
    if found is not None:
        return found
    asking = Notice.objects.filter(
        lines__is_live=True, lines__month__in=wanted, lines__enrolment__pledge=pledge
    ).first()
    ways = due_ways(pledge)
    raise NothingToAskError(
        asked_on=asking.number if asking else "",
        covered=len(covered_months(ways.values_list("worker_id", flat=True), wanted)),
        died=ways.filter(worker__died_on__lt=wanted[0].first_day).count(),
    )
