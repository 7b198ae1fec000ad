"""A payer's account: its balances, and the entries of the journal behind each."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.models import Account
from payung.contributions.selectors import (
    balances_as_known_on,
    balances_of,
    end_of,
    postings_visible_to,
    sponsor_months_as_known_on,
    sponsor_story_as_known_on,
)
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.sponsors.errors import UnknownSponsorError
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsor_for
from payung.web.contributions.words import ACCOUNTS, ENTRIES
from payung.web.frame.known import asked_day, known_facts
from payung.web.frame.lists import asked_page

# What stands here is the payer's or BPJS's: shown above zero, as the balance above it is.
MONTHS_BACK, MONTHS_SHOWN = 5, 12
CREDIT = (Account.Kind.SUSPENS, Account.Kind.IURAN)


@door(GET=Permission.NOTICE_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """What stands open with one payer, and what each figure is made of."""
    try:
        sponsor = sponsor_for(request.viewer, public_id)
    except UnknownSponsorError as error:
        raise Http404 from error
    chosen = request.GET.get("akun", "")
    chosen = chosen if chosen in ACCOUNTS else ""
    today = SystemClock().today()
    day = asked_day(request, today=today)
    told = balances_as_known_on(sponsor, day) if day else balances_of(sponsor)
    sums = {
        Account.Kind.PIUTANG: told.due_rp,
        Account.Kind.SUSPENS: told.credit_rp,
        Account.Kind.KLIRING: told.unconfirmed_rp,
        Account.Kind.TITIPAN: told.entrusted_rp,
        Account.Kind.IURAN: told.owed_rp,
    }
    postings = postings_visible_to(request.viewer, sponsor, account=chosen)
    entries = asked_page(request, postings.filter(entry__recorded_at__lt=end_of(day)) if day else postings)
    note = _("Saldo, catatan, dan bulan yang terlindungi; yang dicatat sesudah hari itu tidak ditunjukkan.")
    facts = known_facts(request, today=today, note=note) | {
        "sponsor": sponsor,
        "chosen": chosen,
        "balances": [
            {"kind": str(kind), "label": label, "note": note, "rp": sums[kind]}  # type: ignore[index]
            for kind, (label, note) in ACCOUNTS.items()
            if kind != Account.Kind.TITIPAN or told.entrusted_rp or chosen == kind  # movements alone have one
        ],
        "page": entries,
        "rows": [
            {
                "posting": row,
                "entry": row.entry,
                "told": ENTRIES[row.entry.kind],
                "account": ACCOUNTS[row.account.kind],
                "amount_rp": -row.amount_rp if row.account.kind in CREDIT else row.amount_rp,
            }
            for row in entries.items
            if row.account.kind in ACCOUNTS
        ],
    }
    return render(request, "contributions/account.html", facts | _as_known(sponsor, day))


def _as_known(sponsor: Sponsor, day: date | None) -> dict[str, Any]:
    """The story and the months of a day that is over; today's stand on the payer's own page."""
    if day is None:
        return {}
    month = Month.of(day)
    first = Month(month - MONTHS_BACK)
    return {
        "story": sponsor_story_as_known_on(sponsor, day, month=month),
        "known_months": sponsor_months_as_known_on(sponsor, day, first_month=first, months=MONTHS_SHOWN),
    }
