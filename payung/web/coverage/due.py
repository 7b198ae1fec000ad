"""The calendar of those who fall off: by month and by sponsor, and their names for those who may see them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.models import CoveredMonth
from payung.coverage.selectors import LapsingMonth, LapsingSponsor, lapsing, lapsing_calendar, lapsing_workers
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month, NotAMonthError
from payung.registry.selectors import masked_niks
from payung.rules.jkm.masa_tunggu import masa_tunggu_jkm
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsors_visible_to
from payung.store.paging import BadCursorError, Page
from payung.web.frame.navigation import is_company
from payung.web.frame.reasons import PriceReason, law_reasons
from payung.web.frame.tags import rupiah
from payung.web.frame.words import FUND_NAMES, SECTOR_NAMES

MONTHS = 12
FURTHEST = 36


@door(GET=Permission.SPONSOR_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """A year of months: who falls off in each, under whom, and what keeps them."""
    first = Month.of(SystemClock().today()) + 1
    calendar = lapsing_calendar(request.viewer, first=first, months=MONTHS)
    most = max((month.workers for month in calendar), default=0) or 1
    facts = {
        "rows": [{"month": month, "width": f"{100 * month.workers / most:.1f}"} for month in calendar],
        "workers": sum(month.workers for month in calendar),
        "keep_rp": sum(month.keep_rp for month in calendar),
        "is_own": is_company(request.viewer),
    }
    return render(request, "coverage/due.html", facts)


@door(GET=Permission.SPONSOR_READ)
def month(request: ViewerRequest, month: str) -> HttpResponse:
    """Who falls off in one month."""
    viewer, asked = request.viewer, _month_or_404(month)
    sponsors = list(sponsors_visible_to(viewer))
    wanted = next((one for one in sponsors if one.code == request.GET.get("penyandang")), None)
    facts: dict[str, Any] = {"month": asked, "wanted": wanted, "is_own": is_company(viewer)}
    facts["lapse"] = lapse = lapsing(viewer, month=asked)
    facts["lines"] = [_line(line) for line in lapse.sponsors]
    waiting = masa_tunggu_jkm(asked)
    facts["waiting"] = {"months": waiting.result.bulan, "rp": int(waiting.result.manfaat_rp)}
    facts["may_hand_over"] = viewer.may(Permission.ENROLMENT_REGISTER) and asked > Month.of(SystemClock().today())
    facts["reasons"] = _reasons(lapse)
    facts["keep_by_csr_rp"] = _by_others(request, lapse)
    if viewer.may(Permission.WORKER_READ):
        page = _people(request, asked, wanted)
        niks = masked_niks([row.worker for row in page.items])
        facts |= {"page": page, "people": [{"row": row, "nik": niks[row.worker_id]} for row in page.items]}
    return render(request, "coverage/due_month.html", facts)


def _people(request: ViewerRequest, asked: Month, sponsor: Sponsor | None) -> Page[CoveredMonth]:
    try:
        return lapsing_workers(request.viewer, month=asked, sponsor=sponsor, cursor=request.GET.get("hal", ""))
    except BadCursorError:
        return lapsing_workers(request.viewer, month=asked, sponsor=sponsor)


def _line(line: LapsingSponsor) -> dict[str, Any]:
    groups = [(group, SECTOR_NAMES[group.sector]) for group in line.groups]
    return {"line": line, "funds": FUND_NAMES[line.funds], "groups": groups}


def _reasons(lapse: LapsingMonth) -> list[tuple[str, list[PriceReason]]]:
    """The law's price of a month, once for each fund and dasar upah among those who fall off."""
    sectors: dict[tuple[SumberDana, int], set[Sektor]] = {}
    for line in lapse.sponsors:
        for group in line.groups:
            sectors.setdefault((line.funds, group.dasar_upah_rp), set()).add(group.sector)
    return [
        (
            _("{funds}, dasar upah {base}").format(funds=FUND_NAMES[funds], base=rupiah(base)),
            law_reasons(lapse.month, months=lapse.term, sectors=found, funds=funds, dasar_upah_rp=base),
        )
        for (funds, base), found in sectors.items()
    ]


def _by_others(request: ViewerRequest, lapse: LapsingMonth) -> int:
    """What another company would pay for the same people: the price when they are offered to one."""
    return lapsing(request.viewer, month=lapse.month, funds=SumberDana.CSR).keep_rp


def _month_or_404(text: str) -> Month:
    now = Month.of(SystemClock().today())
    try:
        asked = Month.from_text(text)
    except NotAMonthError as error:
        raise Http404 from error
    if not now - FURTHEST <= asked <= now + FURTHEST:
        raise Http404
    return asked
