"""Determination: a list with its basis, prepared by one person and approved by another."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.selectors import actor_names
from payung.enrolment.bases import BASES_OF
from payung.enrolment.models import Determination, Enrolment
from payung.enrolment.selectors import determinations_visible_to, sponsors_at
from payung.enrolment.services import (
    approve_determination,
    open_basis,
    prepare_determination,
    withdraw_determination,
)
from payung.enrolment.texts import BASES
from payung.kernel.clock import SystemClock
from payung.registry.selectors.workers import masked_niks
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.enrolment.doorstep import TROUBLE, given_file, one_of, page_of, refused, sponsor_in, tell
from payung.web.enrolment.forms import DeterminationForm
from payung.web.enrolment.words import determination_state

DETERMINE = Permission.ENROLMENT_DETERMINE
# What a basis may be is what browsers show; anything else is handed over as plain bytes.
TYPES: Mapping[str, str] = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@door(GET=Permission.ENROLMENT_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """Lists within reach, the newest first; and whose people are ready for one."""
    rows = determinations_visible_to(request.viewer)
    waits = request.GET.get("keadaan", "") == "menunggu"
    if waits:
        rows = rows.filter(approved_at__isnull=True, withdrawn_at__isnull=True)
    shown = page_of(request, rows, order=("-id",), size=30)
    may_prepare = request.viewer.may(DETERMINE)
    facts = {
        "page": shown,
        "lines": [(each, BASES[each.basis], *determination_state(each)) for each in shown.items],
        "waits": waits,
        "ready": sponsors_at(request.viewer, "diperiksa", permission=DETERMINE) if may_prepare else [],
    }
    return render(request, "enrolment/determinations.html", facts)


@door(GET=DETERMINE, POST=DETERMINE)
def new(request: ViewerRequest) -> HttpResponse:
    """Prepare a list of a sponsor's checked persons on a paper that fits its funds."""
    sponsor = sponsor_in(sponsors_visible_to(request.viewer), request.GET.get("penyandang", ""))
    if sponsor is None:
        raise Http404
    ready = {each.sponsor.pk: each.count for each in sponsors_at(request.viewer, "diperiksa", permission=DETERMINE)}
    is_post = request.method == "POST"
    form = DeterminationForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        bases=[(basis, BASES[basis]) for basis in BASES if basis in BASES_OF[sponsor.funds]],
    )
    if is_post and form.is_valid():
        made = _prepared(request, sponsor, form)
        if made is not None:
            messages.success(request, _("Daftar disiapkan. Mintalah rekan yang berwenang untuk menyetujuinya."))
            return HttpResponseRedirect(_address(made))
    facts = {"form": form, "sponsor": sponsor, "count": ready.get(sponsor.pk, 0)}
    return render(request, "enrolment/determination_new.html", facts)


@door(GET=Permission.ENROLMENT_READ, POST=Permission.ENROLMENT_APPROVE)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """A list with its basis and its hash; sending it approves exactly what was shown."""
    found = _determination(request, public_id)
    if request.method == "POST":
        return _approved(request, found)
    rows = found.lines.select_related("enrolment__worker__village", "enrolment__pledge")
    shown = page_of(request, rows, order=("position",))
    niks = masked_niks(line.enrolment.worker for line in shown.items)
    state, tone = determination_state(found)
    undecided = found.approved_at is None and found.withdrawn_at is None
    prepared_it = request.viewer.actor.id == found.prepared_by
    may_approve = request.viewer.may(Permission.ENROLMENT_APPROVE)
    facts = {
        "found": found,
        "basis": BASES[found.basis],
        "state": state,
        "tone": tone,
        "hash": bytes(found.content_hash).hex(),
        "page": shown,
        "lines": [(line, niks[line.enrolment.worker_id]) for line in shown.items],
        "gone": _gone(found) if undecided else 0,
        "names": actor_names([found.prepared_by, found.approved_by]),
        "may_approve": undecided and may_approve and not prepared_it,
        "asks_colleague": undecided and prepared_it,
        "may_withdraw": undecided and request.viewer.may(DETERMINE),
        "may_open": may_approve or request.viewer.may(DETERMINE),
    }
    return render(request, "enrolment/determination.html", facts)


@door(POST=DETERMINE)
def withdraw(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take back a list that was not approved, with a reason."""
    found = _determination(request, public_id)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Tulis alasannya dahulu."))
        return HttpResponseRedirect(_address(found))
    try:
        withdraw_determination(found, reason=reason, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        messages.success(request, _("Daftar ditarik kembali; orangnya menunggu daftar yang baru."))
    return HttpResponseRedirect(_address(found))


@door(POST=Permission.SIGNED_IN)
def basis(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The paper on which a list rests, for whoever prepares or approves; it is recorded who opened it."""
    found = _determination(request, public_id)
    content = open_basis(found, acting_user=request.viewer)
    kind = TYPES.get(found.file_name.rsplit(".", maxsplit=1)[-1].lower(), "application/octet-stream")
    return given_file(content, name=found.file_name, kind=kind)


def _prepared(request: ViewerRequest, sponsor: Sponsor, form: DeterminationForm) -> Determination | None:
    data: dict[str, Any] = form.cleaned_data
    try:
        return prepare_determination(
            sponsor,
            basis=data["basis"],
            number=data["number"],
            dated_on=data["dated_on"],
            file=data["file"].read(),
            file_name=data["file"].name,
            acting_user=request.viewer,
            clock=SystemClock(),
        )
    except TROUBLE as error:
        form.add_error(None, refused(error))
        return None


def _approved(request: ViewerRequest, found: Determination) -> HttpResponse:
    try:
        seen = bytes.fromhex(request.POST.get("hash", ""))
    except ValueError:
        seen = b""
    try:
        approve_determination(found, seen_hash=seen, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        messages.success(request, _("Daftar disetujui; orangnya ditetapkan."))
    return HttpResponseRedirect(_address(found))


def _determination(request: ViewerRequest, public_id: UUID) -> Determination:
    return one_of(determinations_visible_to(request.viewer), public_id)


def _gone(found: Determination) -> int:
    """How many of the list are no longer at this step: then its hash differs, and it is prepared anew."""
    return found.lines.exclude(enrolment__state=Enrolment.State.CHECKED).count()


def _address(found: Determination) -> str:
    return reverse("enrolment_determination", args=[found.public_id])
