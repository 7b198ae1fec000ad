"""Temuan: what the rules found, with the reason in words, and what a person said of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.errors import SamePersonError
from payung.access.permissions import Permission
from payung.kernel.clock import SystemClock
from payung.watch.errors import WatchError
from payung.watch.models import Finding, FindingReview
from payung.watch.selectors import EVERY, OPEN, findings_visible_to
from payung.watch.services import review_finding
from payung.watch.telling import ANSWERS, RULE_NAMES, tell
from payung.web.frame.links import link_to
from payung.web.frame.lists import asked_page

TONES = {OPEN: "wait", FindingReview.Answer.WAJAR: "ok", FindingReview.Answer.DITINDAKLANJUTI: "bad"}
PLACES = {"registry.worker": "worker", "sponsors.sponsor": "sponsor", "contributions.payment": "payment"}


@door(GET=Permission.FINDING_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """The findings, newest first; by rule and by what was said of them."""
    rule, state = request.GET.get("aturan", ""), request.GET.get("keadaan", OPEN)
    found = findings_visible_to(request.viewer, rule=rule, state=state)
    page = asked_page(request, found, sorts={"ditemukan": "opened_at"})
    facts = {
        "page": page,
        "rows": [_row(finding) for finding in page.items],
        "rules": RULE_NAMES.items(),
        "states": [(OPEN, _("belum ditinjau")), *ANSWERS.items(), (EVERY, _("semua"))],
        "rule": rule,
        "state": state,
    }
    return render(request, "watch/findings.html", facts)


@door(GET=Permission.FINDING_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One finding: the reason, the figures, what was said, and the form to say it."""
    finding = _one(request, public_id)
    facts = _row(finding) | {
        "reviews": [(review, ANSWERS[review.answer]) for review in finding.reviews.order_by("-pk")],
        "answers": ANSWERS.items(),
        "workers": finding.figures.get("workers", []),
        "may_review": request.viewer.may(Permission.FINDING_REVIEW),
        "is_about": request.viewer.actor.id in finding.about,
    }
    return render(request, "watch/finding.html", facts)


@door(POST=Permission.FINDING_REVIEW)
def review(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Judge it, with a reason."""
    finding = _one(request, public_id)
    try:
        review_finding(
            finding,
            answer=request.POST.get("answer", ""),
            reason=request.POST.get("reason", ""),
            acting_user=request.viewer,
            clock=SystemClock(),
        )
    except WatchError:
        messages.error(request, _("Pilih jawabannya dan tuliskan alasannya."))
    except SamePersonError:
        messages.error(request, _("Temuan ini tentang pekerjaan Anda sendiri: rekan lain yang meninjaunya."))
    else:
        messages.success(request, _("Tinjauan dicatat."))
    return HttpResponseRedirect(reverse("finding", args=[finding.public_id]))


def _one(request: ViewerRequest, public_id: UUID) -> Finding:
    found = findings_visible_to(request.viewer, state=EVERY).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _row(finding: Finding) -> dict[str, Any]:
    state = finding.answer or OPEN  # type: ignore[attr-defined]
    place = PLACES.get(finding.subject_type)
    return {
        "finding": finding,
        "rule_name": RULE_NAMES[finding.rule],
        "told": tell(finding),
        "word": ANSWERS.get(state, _("belum ditinjau")),
        "tone": TONES[state],
        "subject_url": link_to(place, finding.subject_id) if place else "",
    }
