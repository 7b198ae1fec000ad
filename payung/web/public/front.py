"""The front page: what Payung is, how far it has come, and how to take part. Small counts are hidden."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.coverage.pricing import month_price
from payung.coverage.protectable import DASAR_UPAH_RP
from payung.coverage.selectors import PublicLine, map_of, public_coverage
from payung.kernel.clock import SystemClock
from payung.kernel.funds import Sektor, SumberDana
from payung.registry.models import Region
from payung.web.coverage.drawing import bars_of, public_chart
from payung.web.coverage.mapping import shown_map
from payung.web.coverage.telling import tell_figures
from payung.web.frame.shapes import BarRow
from payung.web.frame.tags import bulan
from payung.web.frame.traces import tell_steps
from payung.web.frame.words import FUND_NAMES


@door(GET=Permission.PUBLIC)
def page(request: ViewerRequest) -> HttpResponse:
    """What everybody may know."""
    today, regency = SystemClock().today(), settings.PAYUNG_REGENCY
    found = public_coverage(on=today, kabupaten=regency)
    price = month_price(found.month, Sektor.LAINNYA, SumberDana.CSR, DASAR_UPAH_RP)
    facts = {
        "found": found,
        "month_words": bulan(found.month),
        "regency": Region.objects.filter(pk=regency).values_list("name", flat=True).first() or "",
        "figures": tell_figures(found.figures),
        "map": shown_map(map_of(regency, month=found.month), title=_("Peta pekerja terlindungi menurut kecamatan")),
        "chart": public_chart(found.over_time) if any(line.count for line in found.over_time) else None,
        "occupations": _bars(found.occupations),
        "funds": _bars(tuple(PublicLine(line.key, str(FUND_NAMES[SumberDana(line.key)]), line.count)
                             for line in found.funds)),
        "price_rp": price.total_rp,
        "price_steps": tell_steps(price.steps),
    }  # fmt: skip
    return render(request, "public/front.html", facts)


def _bars(lines: tuple[PublicLine, ...]) -> list[BarRow]:
    """The lines that are shown, the most first; how many are hidden is said in words beside them."""
    shown = [(line.label or _("belum diketahui"), line.count, line.key) for line in lines if line.count]
    return bars_of(sorted(shown, key=lambda row: (-row[1], row[0])))
