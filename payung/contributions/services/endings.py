"""A pledge that is taken back, with all that hangs on it."""

from django.db import transaction
from django.db.models import Q

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.errors import PledgeInUseError
from payung.contributions.models import JournalEntry, Notice, Payment, Posting
from payung.contributions.services.journal import lock_sponsor
from payung.contributions.services.notices import withdraw_notice
from payung.enrolment.models import Enrolment, LeaveReason
from payung.enrolment.services import assign_to_pledge, leave
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.sponsors.models import Pledge
from payung.sponsors.services import withdraw_pledge


@transaction.atomic
def end_pledge(pledge: Pledge, *, reason: str, acting_user: Viewer, clock: Clock) -> Pledge:
    """Take a pledge back with what hangs on it: unpaid notices are withdrawn, ways under it end; paid months stay.

    A company takes back what nothing hangs on yet; for more it asks the office (`PledgeInUseError`). Whom a renewal
    carried on from a term that still runs goes back to it.
    """
    acting_user.require(Permission.PLEDGE_WRITE, sponsor=pledge.sponsor.public_id)
    lock_sponsor(pledge.sponsor_id)
    notices = notices_to_withdraw(pledge)
    back = _going_back(pledge, clock=clock)
    live = pledge.enrolments.exclude(state__in=Enrolment.ENDED).exclude(pk__in=back)
    ways = list(live.values_list("pk", flat=True))
    may_end = acting_user.may(Permission.NOTICE_ISSUE) and acting_user.may(Permission.ENROLMENT_REGISTER)
    if (notices or ways) and not may_end:
        raise PledgeInUseError(workers=len(ways), notices=len(notices))
    with recording(acting_user.actor, "contributions.pledge.end", reason=reason):
        for notice in notices:
            withdraw_notice(notice, reason=reason, acting_user=acting_user, clock=clock)
        if ways:
            leave(ways, reason=LeaveReason.JANJI_DITARIK, note_text=reason, acting_user=acting_user, clock=clock)
        ended = withdraw_pledge(pledge, reason=reason, acting_user=acting_user, clock=clock)
        if back and pledge.renewal_of:
            assign_to_pledge(back, pledge=pledge.renewal_of, renewal=True, acting_user=acting_user, clock=clock)
        return ended


def _going_back(pledge: Pledge, *, clock: Clock) -> list[int]:
    """The ways in a renewal that still have months of the term before it, in the order of the list."""
    before = pledge.renewal_of
    if before is None or before.state != Pledge.State.LIVE:
        return []
    last = before.first_month + before.months - 1
    if last < Month.of(clock.today()):
        return []
    carried = pledge.enrolments.exclude(state__in=Enrolment.ENDED)
    carried = carried.filter(Q(from_month__isnull=True) | Q(from_month__lte=last))
    return list(carried.order_by("position", "pk").values_list("pk", flat=True))


def notices_to_withdraw(pledge: Pledge) -> list[Notice]:
    """The notices of a pledge that stand and that no money was recorded on or went to, in the order of locks."""
    paid = Payment.objects.filter(reversed_at__isnull=True, notice__isnull=False).values("notice_id")
    used = Posting.objects.filter(
        entry__kind=JournalEntry.Kind.ALLOCATION, entry__reversed_by__isnull=True, notice__pledge=pledge
    ).values("notice_id")
    standing = pledge.notices.filter(withdrawn_at__isnull=True).exclude(pk__in=paid).exclude(pk__in=used)
    return list(standing.select_related("sponsor").order_by("pk"))
