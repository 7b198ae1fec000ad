"""A pledge renewed with its workers: the new term follows the old one, places and order are kept, nobody has a gap."""

from dataclasses import dataclass

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors.places import GoingOn, going_on
from payung.enrolment.services.proposals import assign_to_pledge
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.sponsors.errors import PledgeRenewedError, SponsorDataError
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.services import make_pledge


@dataclass(frozen=True, slots=True)
class Renewal:
    """The new pledge, how many went on, how many found no place in it, and who could not go on."""

    pledge: Pledge
    carried: int
    without_place: int
    seen: GoingOn


@transaction.atomic
def renew_pledge(
    before: Pledge,
    *,
    acting_user: Viewer,
    clock: Clock,
    months: int | None = None,
    first_month: Month | None = None,
    workers: int | None = None,
    dasar_upah_rp: int | None = None,
    village_wish: str | None = None,
    occupation_wish: str | None = None,
    client_key: str = "",
) -> Renewal:
    """Promise the same again from the month after a pledge ends, and carry its workers on, in one step.

    What is not named stays as it was. A pledge is renewed once: the same request again (`client_key`) gives the same
    answer, another one raises `PledgeRenewedError`. A first month within the old term raises `SponsorDataError`. Fewer
    places than people: the first of the list have them.
    """
    acting_user.require(Permission.PLEDGE_WRITE, sponsor=before.sponsor.public_id)
    # The payer's row is the first lock: two renewals of one pledge queue here.
    sponsor = Sponsor.objects.select_for_update(no_key=True).get(pk=before.sponsor_id)
    follows = Month(before.first_month) + before.months
    first = follows if first_month is None else first_month
    _check(before, first, client_key)
    with recording(acting_user.actor, "enrolment.pledge.renew") as event:
        made = make_pledge(
            sponsor,
            workers=before.quota if workers is None else workers,
            first_month=first,
            months=before.months if months is None else months,
            dasar_upah_rp=before.dasar_upah_rp if dasar_upah_rp is None else dasar_upah_rp,
            village_wish=village_wish,
            occupation_wish=occupation_wish,
            renewal_of=before,
            client_key=client_key,
            acting_user=acting_user,
            clock=clock,
        )
        seen = going_on(before, month=first)
        taken = made.enrolments.exclude(state__in=Enrolment.ENDED).count()
        coming = seen.people[: made.quota - taken]
        carried = assign_to_pledge(coming, pledge=made, renewal=True, acting_user=acting_user, clock=clock)
        event.touch("sponsors.pledge", before.public_id)
    return Renewal(made, carried + taken, len(seen.people) - len(coming), seen)


def _check(before: Pledge, first: Month, client_key: str) -> None:
    standing = Pledge.objects.filter(renewal_of=before, state=Pledge.State.LIVE).order_by("pk").first()
    if standing is not None and not (client_key and standing.client_key == client_key):
        raise PledgeRenewedError(standing.public_id)
    if Pledge.objects.get(pk=before.pk).state != Pledge.State.LIVE:
        raise PledgeRenewedError(None)
    last = Month(before.first_month) + (before.months - 1)
    if first <= last:
        raise SponsorDataError("first_month", "overlap", allowed=(last,))
