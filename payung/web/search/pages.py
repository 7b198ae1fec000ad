"""The search page. What was asked for travels in the body of the request, so that a NIK stands in no address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.selectors import notices_visible_to, pay_codes_visible_to
from payung.kernel.funds import SumberDana
from payung.kernel.nik import holds_a_nik
from payung.registry.selectors import masked_niks, search_workers
from payung.sponsors.selectors import search_sponsors
from payung.web.frame.links import link_to
from payung.web.frame.words import FUND_NAMES

MOST = 20
LEAST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: its name, what tells it from others, and its page (empty where there is none)."""

    label: str
    note: str
    href: str


@door(GET=Permission.SIGNED_IN, POST=Permission.SIGNED_IN)
def search(request: ViewerRequest) -> HttpResponse:
    """Look through everything that the viewer may see."""
    text = request.POST.get("q", "").strip()[:200]
    facts: dict[str, Any] = {"asked": "" if holds_a_nik(text) else text, "is_asked": bool(text), "most": MOST}
    if len(text) >= LEAST:
        facts |= {
            "workers": _workers(request.viewer, text),
            "sponsors": _sponsors(request.viewer, text),
            "bills": _bills(request.viewer, text),
        }
    return render(request, "search/page.html", facts)


def _workers(viewer: Viewer, text: str) -> list[Hit]:
    if not viewer.may(Permission.WORKER_READ):
        return []
    found = list(search_workers(viewer, text).select_related("village__parent")[:MOST])
    niks = masked_niks(found)
    return [
        Hit(worker.name, f"{niks[worker.pk]} · {worker.village.name}", reverse("worker", args=[worker.public_id]))
        for worker in found
    ]


def _sponsors(viewer: Viewer, text: str) -> list[Hit]:
    if not viewer.may(Permission.SPONSOR_READ):
        return []
    return [
        Hit(one.name, f"{one.code} · {FUND_NAMES[SumberDana(one.funds)]}", reverse("sponsor", args=[one.public_id]))
        for one in search_sponsors(viewer, text)[:MOST]
    ]


def _bills(viewer: Viewer, text: str) -> list[Hit]:
    """Notices by their number, and by BPJS's pay code."""
    if not viewer.may(Permission.NOTICE_READ):
        return []
    notices = list(notices_visible_to(viewer).filter(number__icontains=text).order_by("-pk")[:MOST])
    codes = pay_codes_visible_to(viewer).filter(code__iexact=text).select_related("notice__sponsor")[:MOST]
    found = {notice.pk: (notice, notice.sponsor.name) for notice in notices}
    found |= {code.notice_id: (code.notice, f"{code.notice.sponsor.name} · {code.code}") for code in codes}
    return [
        Hit(
            notice.number,
            note,
            link_to("notice", notice.public_id) or reverse("sponsor", args=[notice.sponsor.public_id]),
        )
        for notice, note in found.values()
    ]
