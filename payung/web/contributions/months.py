"""Closing months: what it means, which are closed, and closing the next."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.errors import LedgerError
from payung.contributions.selectors import closed_since
from payung.contributions.services import close_month
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month, NotAMonthError, months_from
from payung.web.contributions.words import told_refusal
from payung.web.frame.tags import bulan

MONTHS_SHOWN = 18


@door(GET=Permission.MONTH_CLOSE, POST=Permission.MONTH_CLOSE)
def page(request: ViewerRequest) -> HttpResponse:
    """The months that are over, and whether they are closed."""
    clock = SystemClock()
    if request.method == "POST":
        return _close(request, clock)
    now = Month.of(clock.today())
    first = Month(now - MONTHS_SHOWN)
    closed = closed_since(first)
    months = sorted(months_from(first, MONTHS_SHOWN), reverse=True)
    facts = {"rows": [(month, str(month), closed.get(month)) for month in months], "now": now}
    facts["asks_months"] = request.viewer.scope_of(Permission.NOTICE_ISSUE).everything
    return render(request, "contributions/months.html", facts)


def _close(request: ViewerRequest, clock: SystemClock) -> HttpResponse:
    try:
        month = Month.from_text(request.POST.get("bulan", ""))
        close_month(month, acting_user=request.viewer, clock=clock)
    except NotAMonthError:
        messages.error(request, _("Pilih bulan yang hendak ditutup."))
    except LedgerError as error:
        messages.error(request, told_refusal(error))
    else:
        messages.success(request, _("%(month)s ditutup.") % {"month": bulan(month)})
    return HttpResponseRedirect(reverse("months"))
