"""Protection: the regency, one kecamatan, what closes the gap, and the regent's sheet of paper."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.coverage.counting import DEFAULT_DASAR_UPAH_RP
from payung.coverage.selectors import (
    by_occupation,
    by_sponsor,
    coverage_as_known_on,
    coverage_by_kecamatan,
    coverage_by_village,
    coverage_now,
    forecast,
    gap_by_village,
    lapsing,
    map_of,
    over_time,
    three_figures,
)
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.registry.models import Region
from payung.registry.selectors import kecamatan_of
from payung.rules.iuran.masa_iuran import masa_iuran_bawaan, pilihan_masa_iuran
from payung.web.coverage.drawing import bars_of, time_chart
from payung.web.coverage.mapping import ShownMap, shown_map
from payung.web.coverage.months import MonthChoice, chosen_month
from payung.web.coverage.telling import tell_figures
from payung.web.frame.known import asked_day, known_facts
from payung.web.frame.links import link_to
from payung.web.frame.reasons import law_reasons
from payung.web.frame.shapes import Choice
from payung.web.frame.words import FUND_NAMES

MONTHS_BACK, MONTHS_AHEAD = 18, 6
WIDEST_GAPS, MOST_FREQUENT = 10, 12
_PRINTED = 8


@door(GET=Permission.COVERAGE_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """The regency in a month."""
    today = SystemClock().today()
    choice = chosen_month(request, now=Month.of(today))
    if (day := asked_day(request, today=today)) is not None:
        return _as_known(request, choice, day)
    occupations = by_occupation(request.viewer, month=choice.month)
    share = request.GET.get("peta") == "bagian"
    facts = _facts(request.viewer, choice, share=share) | {
        "map_choices": _map_choices(choice, share=share),
        "occupations": bars_of([(line.label or _("belum diketahui"), line.covered.total, line.key)
                                for line in occupations[:MOST_FREQUENT]]),
        "occupations_left": max(0, len(occupations) - MOST_FREQUENT),
        "sponsors": bars_of(
            [(line.name, line.covered.total, str(line.public_id))
             for line in by_sponsor(request.viewer, month=choice.month)],
            href=lambda public_id: reverse("sponsor", args=[public_id]),
        ),
        "may_enter": request.viewer.may(Permission.COVERAGE_WRITE),
        **known_facts(request, today=today, note=""),
    }  # fmt: skip
    return render(request, "coverage/index.html", facts)


def _as_known(request: ViewerRequest, choice: MonthChoice, day: date) -> HttpResponse:
    """The month as it was known on a day that is over."""
    note = _("Dihitung dari buku besar; orang dihitung di tempat tinggalnya hari ini.")
    found = coverage_as_known_on(request.viewer, day, month=choice.month, kabupaten=settings.PAYUNG_REGENCY)
    facts = known_facts(request, today=SystemClock().today(), note=note) | {"choice": choice, "found": found}
    return render(request, "coverage/known.html", facts)


@door(GET=Permission.COVERAGE_READ)
def kecamatan(request: ViewerRequest, code: str) -> HttpResponse:
    """One kecamatan, desa by desa."""
    region = kecamatan_of(settings.PAYUNG_REGENCY).filter(code=code).first()
    if region is None:
        raise Http404
    viewer, choice = request.viewer, chosen_month(request, now=Month.of(SystemClock().today()))
    lines = coverage_by_village(viewer, month=choice.month, kecamatan=code)
    share = request.GET.get("peta") == "bagian"
    facts = {
        "region": region,
        "choice": choice,
        "lines": lines,
        "total": sum(line.covered.total for line in lines),
        "known": sum(line.known or 0 for line in lines),
        "uncovered": sum(line.uncovered or 0 for line in lines),
        "has_needs": any(line.known is not None for line in lines),
        "map": shown_map(
            map_of(code, month=choice.month, viewer=viewer, share=share),
            title=_("Peta desa di Kecamatan {name}").format(name=region.name),
        ),
        "map_choices": _map_choices(choice, share=share),
        "gaps": gap_by_village(viewer, month=choice.month, region=code),
        "workers_url": link_to("workers", query=f"kecamatan={code}") if viewer.may(Permission.WORKER_READ) else "",
    }
    return render(request, "coverage/kecamatan.html", facts)


@door(GET=Permission.COVERAGE_READ)
def gaps(request: ViewerRequest) -> HttpResponse:
    """What closes the gap: workers and rupiah, desa by desa, with the funds and for the term that are asked for."""
    now = Month.of(SystemClock().today())
    terms = pilihan_masa_iuran(now)
    asked = request.GET.get("dana", "")
    funds = SumberDana(asked) if asked in SumberDana.__members__ else SumberDana.CSR
    term = int(wanted) if (wanted := request.GET.get("masa", "")) in map(str, terms) else masa_iuran_bawaan(now)
    places = list(kecamatan_of(settings.PAYUNG_REGENCY))
    region = next((place for place in places if place.code == request.GET.get("kecamatan")), None)
    rows = gap_by_village(request.viewer, month=now, region=region.code if region else "", funds=funds, term=term)
    facts = {
        "month": now,
        "rows": rows,
        "workers": sum(row.uncovered for row in rows),
        "cost_rp": sum(row.cost_rp for row in rows),
        "funds": funds,
        "funds_name": FUND_NAMES[funds],
        "fund_names": [(code.value, words) for code, words in FUND_NAMES.items()],
        "term": term,
        "terms": terms,
        "places": places,
        "region": region,
        "reasons": law_reasons(now, months=term, sectors=Sektor, funds=funds, dasar_upah_rp=DEFAULT_DASAR_UPAH_RP),
    }
    return render(request, "coverage/gaps.html", facts)


@door(GET=Permission.COVERAGE_READ)
def sheet(request: ViewerRequest) -> HttpResponse:
    """One page of paper for the regent."""
    choice = chosen_month(request, now=Month.of(SystemClock().today()))
    facts = _facts(request.viewer, choice, share=False)
    facts |= {"gaps": facts["gaps"][:_PRINTED], "printed_at": SystemClock().now()}
    return render(request, "coverage/sheet.html", facts)


def _facts(viewer: Viewer, choice: MonthChoice, *, share: bool) -> dict[str, Any]:
    """What the screen and the sheet both show."""
    month, today = choice.month, SystemClock().today()
    gap_rows = gap_by_village(viewer, month=month)
    lines = coverage_by_kecamatan(viewer, month=month, kabupaten=settings.PAYUNG_REGENCY)
    ahead = forecast(viewer, first=choice.now + 1, months=MONTHS_AHEAD)
    return {
        "choice": choice,
        "now": coverage_now(viewer, month=month),
        "regency": Region.objects.filter(pk=settings.PAYUNG_REGENCY).values_list("name", flat=True).first(),
        "figures": tell_figures(three_figures(min(month.last_day, today))),
        "lines": lines,
        "has_needs": any(line.known is not None for line in lines),
        "map": _map(viewer, choice, share=share),
        "chart": time_chart(over_time(viewer, first=choice.now + (1 - MONTHS_BACK), months=MONTHS_BACK), ahead),
        "ahead": ahead,
        "lapse": lapsing(viewer, month=month + 1),
        "gaps": gap_rows[:WIDEST_GAPS],
        "gap_workers": sum(gap.uncovered for gap in gap_rows),
        "gap_cost_rp": sum(gap.cost_rp for gap in gap_rows),
        "gap_villages": len(gap_rows),
    }


def _map(viewer: Viewer, choice: MonthChoice, *, share: bool) -> ShownMap:
    query = "" if choice.is_now else f"?bulan={choice.month}"
    return shown_map(
        map_of(settings.PAYUNG_REGENCY, month=choice.month, viewer=viewer, share=share),
        title=_("Peta perlindungan menurut kecamatan"),
        href=lambda code: reverse("coverage_kecamatan", args=[code]) + query,
    )


def _map_choices(choice: MonthChoice, *, share: bool) -> list[Choice]:
    month = "" if choice.is_now else f"&bulan={choice.month}"
    return [
        Choice(_("Banyaknya pekerja"), f"?peta=jumlah{month}#peta", active=not share),
        Choice(_("Bagian dari yang terdata"), f"?peta=bagian{month}#peta", active=share),
    ]
