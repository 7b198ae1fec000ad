"""The one line that says it all, and the strip of a sponsor's months, as the page draws them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from payung.contributions.selectors import SponsorMonth, SponsorStory
from payung.contributions.selectors.people import PAID, TO_REPLACE
from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.sponsors.models import Sponsor
from payung.web.frame.shapes import LegendItem, MonthCell
from payung.web.frame.tags import angka, rupiah


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One part of the line, with the list of those it counts."""

    label: str
    count: int
    href: str
    note: str
    tone: str = ""


def story_parts(sponsor: Sponsor, story: SponsorStory) -> list[StoryPart]:
    """Janji, daftar, dibayar, aktif; and, where there are any, those to be replaced."""
    parts = [
        StoryPart(_("Janji"), story.pledged, "#janji", _("pekerja yang dijanjikan, bulan ini dan seterusnya")),
        StoryPart(_("Daftar"), story.listed, _people(sponsor), _("pekerja dalam daftar")),
        StoryPart(_("Dibayar"), story.paid, _people(sponsor, lindung=PAID), _("bulan ini atau sesudahnya")),
        StoryPart(
            _("Aktif"),
            story.active,
            _people(sponsor, kedudukan=Enrolment.State.ACTIVE),
            _("dikonfirmasi BPJS, ada KPJ"),
        ),
    ]
    if story.to_replace:
        href = _people(sponsor, kedudukan=TO_REPLACE)
        parts.append(StoryPart(_("Perlu diganti"), story.to_replace, href, _("tempatnya kosong"), "bad"))
    return parts


def strip_cell(month: SponsorMonth, now: Month) -> MonthCell:
    """One month of a sponsor: what was asked and what of it is covered, in words, shape and tone."""
    is_now = month.month == now
    if not (month.asked or month.covered):
        return MonthCell(month.month, _("tidak ada tagihan"), "off", "·", now=is_now)
    words = _("{covered} dari {asked} pekerja terlindungi, {amount}").format(
        covered=angka(month.covered), asked=angka(max(month.asked, month.covered)), amount=rupiah(month.covered_rp)
    )
    if month.covered < month.asked:
        tone, shape = ("bad", "!") if month.month < now else ("wait", "○")
    else:
        tone, shape = ("info", "◐") if month.sementara else ("ok", "●")
    return MonthCell(month.month, words, tone, shape, now=is_now)


def strip_legend() -> list[LegendItem]:
    """What the shapes of the strip mean."""
    return [
        LegendItem("ok", _("lunas dan berlaku"), "●"),
        LegendItem("info", _("lunas, menunggu konfirmasi BPJS"), "◐"),
        LegendItem("wait", _("ditagih, belum lunas"), "○"),
        LegendItem("bad", _("lewat dan belum lunas"), "!"),
        LegendItem("off", _("tidak ada tagihan"), "·"),
    ]


def _people(sponsor: Sponsor, **asked: str) -> str:
    return f"{reverse('workers')}?{urlencode({'penyandang': sponsor.code} | asked)}"
