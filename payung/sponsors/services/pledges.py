"""Making a pledge (janji), taking it back, and saying what it costs."""

from collections.abc import Mapping

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.kernel.clock import Clock
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.registry.errors import UnknownOccupationError, UnknownRegionError
from payung.registry.models import Occupation, Region
from payung.registry.occupations import sector_of
from payung.rules.errors import RuleError
from payung.rules.iuran.golongan_penghasilan import golongan_penghasilan
from payung.rules.iuran.masa_iuran import pilihan_masa_iuran
from payung.sponsors.budgets import check_budget
from payung.sponsors.errors import ClientKeyReusedError, SponsorDataError, SponsorInactiveError
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.pricing import PledgeFacts, PricedPledge, price_facts

MOST_WORKERS = 1_000_000
MONTHS_BACK = 3  # arrears that BPJS still takes
MONTHS_AHEAD = 24


@transaction.atomic
def make_pledge(
    sponsor: Sponsor,
    *,
    workers: int,
    first_month: Month,
    months: int = 6,
    dasar_upah_rp: int = 1_000_000,
    village_wish: str | None = None,
    occupation_wish: str | None = None,
    renewal_of: Pledge | None = None,
    client_key: str = "",
    acting_user: Viewer,
    clock: Clock,
) -> Pledge:
    """Promise to pay for so many workers for so many months from a month on.

    `village_wish` is the code of a village or kecamatan that it should go to. With a `client_key` the same request sent
    again gives the pledge that it made; the same key with other facts raises `ClientKeyReusedError`. Public money
    beyond its budget year raises `BudgetError`.
    """
    acting_user.require(Permission.PLEDGE_WRITE, sponsor=sponsor.public_id)
    # The payer's row is the first lock of everything that touches what they pay: two equal requests queue here.
    sponsor = Sponsor.objects.select_for_update(no_key=True).get(pk=sponsor.pk)
    wanted = Pledge(
        sponsor=sponsor,
        quota=workers,
        first_month=int(first_month),
        months=months,
        dasar_upah_rp=dasar_upah_rp,
        village_wish_id=village_wish,
        occupation_wish_id=occupation_wish,
        renewal_of=renewal_of,
        client_key=client_key,
        pledged_by=acting_user.actor.id,
        pledged_on=clock.today(),
        recorded_at=clock.now(),
    )
    known = sponsor.pledges.filter(client_key=client_key).first() if client_key else None
    if known is not None:
        if _content(known) != _content(wanted):
            raise ClientKeyReusedError
        return known
    if not sponsor.is_active:
        raise SponsorInactiveError
    check_pledge(facts_of(wanted), clock=clock)
    check_budget(sponsor, facts_of(wanted))
    _check_wishes(wanted)
    with recording(acting_user.actor, "sponsors.pledge.make") as event:
        wanted.save(force_insert=True)
        event.touch("sponsors.pledge", wanted.public_id, after=content_hash(_content(wanted)))
    return wanted


@transaction.atomic
def withdraw_pledge(
    pledge: Pledge,
    *,
    reason: str,
    acting_user: Viewer,
    clock: Clock,  # noqa: ARG001  # every service is told the time
) -> Pledge:
    """Take a pledge back: it stays, withdrawn, with the reason in the record. A second time changes nothing.

    Ways begun under it and notices that stand are for the modules above to end, in the same transaction.
    """
    acting_user.require(Permission.PLEDGE_WRITE, sponsor=pledge.sponsor.public_id)
    pledge = Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)
    if not reason.strip():
        raise SponsorDataError("reason", "missing")
    if pledge.state == Pledge.State.WITHDRAWN:
        return pledge
    pledge.state = Pledge.State.WITHDRAWN
    with recording(acting_user.actor, "sponsors.pledge.withdraw", reason=reason.strip()) as event:
        event.touch("sponsors.pledge", pledge.public_id, before=content_hash(_content(pledge)))
        pledge.save(update_fields=["state"])
    return pledge


def price_pledge(pledge: Pledge, *, sectors: Mapping[Sektor, int] | None = None) -> PricedPledge:
    """Say what a pledge costs, month by month, with the articles; `sectors` counts its workers where they are known."""
    return price_facts(facts_of(pledge, sectors=sectors))


def facts_of(pledge: Pledge, *, sectors: Mapping[Sektor, int] | None = None) -> PledgeFacts:
    """What decides the price of a pledge. An occupation that it asked for tells the sector of workers not known yet."""
    wished = sector_of(pledge.occupation_wish_id)
    known = dict(sectors or {})
    if wished is not None:
        missing = pledge.quota - sum(known.values())
        known[wished] = known.get(wished, 0) + max(missing, 0)
    return PledgeFacts(
        funds=SumberDana(pledge.sponsor.funds),
        workers=pledge.quota,
        first_month=Month(pledge.first_month),
        months=pledge.months,
        dasar_upah_rp=pledge.dasar_upah_rp,
        sectors=known,
    )


def check_pledge(facts: PledgeFacts, *, clock: Clock) -> None:
    """Raise `SponsorDataError` for a pledge that cannot be: too many workers, a term or a base that the law has not."""
    if not 1 <= facts.workers <= MOST_WORKERS:
        raise SponsorDataError("workers", "range", allowed=(1, MOST_WORKERS))
    this_month = Month.of(clock.today())
    if not this_month - MONTHS_BACK <= facts.first_month <= this_month + MONTHS_AHEAD:
        raise SponsorDataError("first_month", "range", allowed=(this_month - MONTHS_BACK, this_month + MONTHS_AHEAD))
    terms = pilihan_masa_iuran(facts.first_month)
    if facts.months not in terms:
        raise SponsorDataError("months", "term", allowed=terms)
    try:
        _, base = golongan_penghasilan(facts.dasar_upah_rp, bulan=facts.first_month)
    except RuleError as error:
        raise SponsorDataError("dasar_upah_rp", "range") from error
    if base.result != facts.dasar_upah_rp:
        raise SponsorDataError("dasar_upah_rp", "band", allowed=(base.result,))


def _check_wishes(pledge: Pledge) -> None:
    if pledge.village_wish_id and not Region.objects.filter(pk=pledge.village_wish_id, level__gte=3).exists():
        raise UnknownRegionError({pledge.village_wish_id})
    if pledge.occupation_wish_id and not Occupation.objects.filter(pk=pledge.occupation_wish_id).exists():
        raise UnknownOccupationError({pledge.occupation_wish_id})
    if pledge.renewal_of is not None and pledge.renewal_of.sponsor_id != pledge.sponsor_id:
        raise SponsorDataError("renewal_of", "other-sponsor")
    if len(pledge.client_key) > 64:
        raise SponsorDataError("client_key", "length")


def _content(pledge: Pledge) -> dict[str, object]:
    names = ("quota", "first_month", "months", "dasar_upah_rp", "village_wish_id", "occupation_wish_id")
    return {name: getattr(pledge, name) for name in (*names, "sponsor_id", "renewal_of_id")}
