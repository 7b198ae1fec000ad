"""A public payer's budget years: budget, promised, asked for, paid and confirmed; and what bridges whose term ends."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.selectors.budgets import BRIDGE_MONTHS, budget_years, ending_bridges
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.sponsors.budgets import is_public
from payung.sponsors.errors import SponsorDataError
from payung.sponsors.models import Sponsor
from payung.sponsors.services import record_budget
from payung.web.frame.words import CONFIDENCE_NOTES, FUND_NAMES
from payung.web.sponsors.finding import sponsor_or_404
from payung.web.sponsors.forms import BudgetForm
from payung.web.sponsors.words import refusal_words


@door(GET=Permission.SPONSOR_READ, POST=Permission.SPONSOR_WRITE)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The years of one public payer; a POST enters a budget anew."""
    sponsor, clock = sponsor_or_404(request.viewer, public_id), SystemClock()
    if not is_public(sponsor):
        raise Http404
    now = Month.of(clock.today())
    form = BudgetForm(request.POST or None, initial={"year": now.year})
    if request.method == "POST" and form.is_valid() and _entered(request, sponsor, form, clock):
        messages.success(request, _("Anggaran dicatat; catatan sebelumnya tetap tersimpan."))
        return HttpResponseRedirect(reverse("sponsor_budget", args=[sponsor.public_id]))
    months = _bridge_months(request.GET.get("jembatan", ""))
    bridges = ending_bridges(sponsor, now=now, months=months)
    facts = {
        "sponsor": sponsor,
        "funds": FUND_NAMES[sponsor.funds],  # type: ignore[index]
        "years": budget_years(sponsor),
        "bridges": [(bridge, CONFIDENCE_NOTES[bridge.confidence]) for bridge in bridges],
        "bridge_months": months,
        "bridge_choices": (1, 2, 3, 6),
        "may_hand_over": request.viewer.may(Permission.ENROLMENT_READ),
        "entries": list(sponsor.budgets.order_by("-pk")[:20]),
        "form": form if request.viewer.may(Permission.SPONSOR_WRITE) else None,
    }
    return render(request, "sponsors/budget.html", facts)


def _entered(request: ViewerRequest, sponsor: Sponsor, form: BudgetForm, clock: SystemClock) -> bool:
    facts: dict[str, Any] = form.cleaned_data
    try:
        record_budget(sponsor, acting_user=request.viewer, clock=clock, **facts)
    except SponsorDataError as error:
        form.add_error(error.field if error.field in form.fields else None, refusal_words(error))
        return False
    return True


def _bridge_months(text: str) -> int:
    return int(text) if text in {"1", "2", "3", "6"} else BRIDGE_MONTHS
