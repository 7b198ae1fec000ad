"""Entering a public payer's budget of a year, from its document."""

from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.kernel.clock import Clock
from payung.sponsors.budgets import budgets_of, is_public
from payung.sponsors.errors import SponsorDataError
from payung.sponsors.models import PublicBudget, Sponsor

MOST_RP = 10_000_000_000_000
FIRST_YEAR, YEARS_AHEAD = 2015, 3


@transaction.atomic
def record_budget(
    sponsor: Sponsor,
    *,
    year: int,
    amount_rp: int,
    document: str,
    document_on: date,
    acting_user: Viewer,
    clock: Clock,
) -> PublicBudget:
    """Enter what a public payer may spend in a year. Entered again the later one counts; the earlier one stays.

    The same facts as those that stand change nothing. Less than what is promised already is recorded all the same: the
    document says so, and the page tells by how much the pledges exceed it.
    """
    acting_user.require(Permission.SPONSOR_WRITE, sponsor=sponsor.public_id)
    # The payer's row, as for a pledge: a budget does not change under a pledge that is being held against it.
    sponsor = Sponsor.objects.select_for_update(no_key=True).get(pk=sponsor.pk)
    _check(sponsor, year, amount_rp, document, document_on, clock)
    standing = budgets_of(sponsor).get(year)
    facts = {"year": year, "amount_rp": amount_rp, "document": document.strip(), "document_on": document_on}
    if standing is not None and all(getattr(standing, name) == value for name, value in facts.items()):
        return standing
    with recording(acting_user.actor, "sponsors.budget.record") as event:
        made = PublicBudget.objects.create(
            sponsor=sponsor,
            entered_by=acting_user.actor.id,
            entered_label=acting_user.actor.label,
            recorded_at=clock.now(),
            **facts,
        )
        event.touch("sponsors.budget", made.public_id, after=content_hash(facts | {"document_on": str(document_on)}))
    return made


def _check(sponsor: Sponsor, year: int, amount_rp: int, document: str, document_on: date, clock: Clock) -> None:
    last = clock.today().year + YEARS_AHEAD
    if not is_public(sponsor):
        raise SponsorDataError("funds", "not-public")
    if not FIRST_YEAR <= year <= last:
        raise SponsorDataError("year", "range", allowed=(FIRST_YEAR, last))
    if not 0 <= amount_rp <= MOST_RP:
        raise SponsorDataError("amount_rp", "range", allowed=(0, MOST_RP))
    if not document.strip() or len(document.strip()) > 120:
        raise SponsorDataError("document", "missing")
    if document_on > clock.today():
        raise SponsorDataError("document_on", "future")
