"""One month of all payers: who has a notice, who lacks one and why, what is unpaid; asking everybody; closing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.selectors import MonthStanding, latest_run, month_standing, why_lacking
from payung.contributions.selectors.month_standing import MONTH_RUN
from payung.jobs.models import Job
from payung.jobs.selectors import progress_of
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month, NotAMonthError
from payung.sponsors.models import Sponsor
from payung.web.contributions.words import told_lack, told_run
from payung.web.frame.lists import asked_page
from payung.web.frame.tags import bulan

GOING_ON = (Job.State.QUEUED, Job.State.RUNNING)
LACKING = "kurang"


@door(GET=Permission.NOTICE_ISSUE, POST=Permission.NOTICE_ISSUE)
def page(request: ViewerRequest, code: str) -> HttpResponse:
    """A month of all payers; POST asks everybody for it, behind the scenes."""
    month, job = _month(code), None
    if not request.viewer.scope_of(Permission.NOTICE_ISSUE).everything:
        raise Http404
    job = latest_run(month)
    is_busy = job is not None and job.state in GOING_ON
    if request.method == "POST":
        return _run(request, month, is_busy=is_busy)
    facts: dict[str, Any] = {"month": month, "code": str(month), "before": str(month - 1), "after": str(month + 1)}
    if job is not None:
        facts |= {"is_busy": is_busy, "progress": progress_of(job), "run": told_run(job)}
    if not is_busy:
        facts |= _standing(request, month_standing(request.viewer, month))
    return render(request, "contributions/month.html", facts)


def _month(code: str) -> Month:
    try:
        return Month.from_text(code)
    except NotAMonthError as error:
        raise Http404 from error


def _run(request: ViewerRequest, month: Month, *, is_busy: bool) -> HttpResponse:
    if is_busy:
        messages.info(request, _("Penerbitan untuk bulan itu sedang berjalan."))
    else:
        enqueue(MONTH_RUN, {"month": str(month)}, acting_user=request.viewer, clock=SystemClock())
        told = _("Pemberitahuan %(month)s sedang diterbitkan. Anda boleh meninggalkan halaman ini.")
        messages.info(request, told % {"month": bulan(month)})
    return HttpResponseRedirect(reverse("month", args=[str(month)]))


def _standing(request: ViewerRequest, seen: MonthStanding) -> dict[str, Any]:
    only_lacking = request.GET.get("lihat") == LACKING
    payers = {each.sponsor.pk: each for each in seen.payers if each.may_lack or not only_lacking}
    shown = asked_page(request, Sponsor.objects.filter(pk__in=payers), order=("name", "id"))
    mine = [payers[sponsor.pk] for sponsor in shown.items]
    why = why_lacking(mine, seen.month)
    now = Month.of(SystemClock().today())
    return {
        "seen": seen,
        "page": shown,
        "rows": [(payer, told_lack(*why[payer.sponsor.pk]) if payer.sponsor.pk in why else None) for payer in mine],
        "only_lacking": only_lacking,
        "lacking": sum(1 for each in seen.payers if each.may_lack),
        "totals": {name: seen.total(name) for name in ("determined", "asked", "covered", "asked_rp", "unpaid_rp")},
        "may_close": request.viewer.may(Permission.MONTH_CLOSE) and seen.month < now and seen.closed is None,
        "is_over": seen.month < now,
    }
