"""A payer's account: its balances, and the entries of the journal behind each."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.models import Account
from payung.contributions.selectors import balances_of, postings_visible_to
from payung.sponsors.errors import UnknownSponsorError
from payung.sponsors.selectors import sponsor_for
from payung.web.contributions.words import ACCOUNTS, ENTRIES
from payung.web.frame.lists import asked_page

# What stands here is the payer's or BPJS's: shown above zero, as the balance above it is.
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
    told = balances_of(sponsor)
    sums = {
        Account.Kind.PIUTANG: told.due_rp,
        Account.Kind.SUSPENS: told.credit_rp,
        Account.Kind.KLIRING: told.unconfirmed_rp,
        Account.Kind.IURAN: told.owed_rp,
    }
    entries = asked_page(request, postings_visible_to(request.viewer, sponsor, account=chosen))
    facts = {
        "sponsor": sponsor,
        "chosen": chosen,
        "balances": [
            {"kind": str(kind), "label": label, "note": note, "rp": sums[kind]}  # type: ignore[index]
            for kind, (label, note) in ACCOUNTS.items()
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
    return render(request, "contributions/account.html", facts)
