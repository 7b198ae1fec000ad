"""The other way in: a sponsor asks the office for workers; the office offers some of its own for fourteen days."""

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
from payung.access.viewer import Viewer
from payung.intake.models import Reservation
from payung.intake.selectors import live_pledges, preview_of, reservations_visible_to, workers_offered
from payung.intake.services import accept_offer, offer_workers, request_workers, withdraw_reservation
from payung.intake.tasks import TROUBLE
from payung.kernel.clock import SystemClock
from payung.sponsors.models import Sponsor
from payung.web.frame.lists import asked_page
from payung.web.frame.tags import angka
from payung.web.intake.forms import ReasonForm, WishForm, pledge_words
from payung.web.intake.lists import tell_trouble
from payung.web.intake.words import WISH_NAMES, reasons_of

SHOWN = 50


@door(GET=Permission.RESERVATION_REQUEST)
def index(request: ViewerRequest) -> HttpResponse:
    """Every wish that this person may see, the newest first."""
    found = reservations_visible_to(request.viewer)
    state = request.GET.get("keadaan", "")
    if state in WISH_NAMES:
        found = found.filter(state=state)
    page = asked_page(request, found, size=30)
    lines = [{"wish": each, "words": wish_words(each), "state": WISH_NAMES[each.state]} for each in page.items]
    facts = {
        "page": page,
        "lines": lines,
        "state": state,
        "states": WISH_NAMES.items(),
        "is_office": _is_office(request),
    }
    return render(request, "intake/wishes.html", facts)


@door(GET=Permission.RESERVATION_REQUEST, POST=Permission.RESERVATION_REQUEST)
def new(request: ViewerRequest) -> HttpResponse:
    """Ask for workers."""
    sponsors = _sponsors_of(request.viewer)
    form = WishForm(request.POST if request.method == "POST" else None, sponsors=sponsors)
    if request.method == "POST" and form.is_valid():
        wish = request_workers(
            form.cleaned_data["sponsor"],
            wanted=form.cleaned_data["wanted"],
            region=form.cleaned_data["region"],
            occupation=form.cleaned_data["occupation"],
            note=form.cleaned_data["note"],
            acting_user=request.viewer,
            clock=SystemClock(),
        )
        messages.success(request, _("Permintaan dicatat. Dinas akan menawarkan pekerja yang cocok."))
        return HttpResponseRedirect(_address(wish))
    return render(request, "intake/wish_new.html", {"form": form})


@door(GET=Permission.RESERVATION_REQUEST)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One wish: what was asked, whom the office could offer or has offered."""
    wish = _find(request, public_id)
    today = SystemClock().today()
    is_office = _is_office(request)
    is_open = wish.state in (Reservation.State.REQUESTED, Reservation.State.OFFERED)
    is_ended = wish.state == Reservation.State.OFFERED and wish.expires_on is not None and wish.expires_on < today
    facts: dict[str, Any] = {
        "wish": wish,
        "words": wish_words(wish),
        "state": WISH_NAMES[Reservation.State.EXPIRED if is_ended else wish.state],
        "asker": actor_names([wish.requested_by]).get(wish.requested_by, ""),
        "is_office": is_office,
        "may_accept": wish.state == Reservation.State.OFFERED and not is_ended,
        "may_withdraw": is_open,
        "is_ended": is_ended,
        "days_left": (wish.expires_on - today).days if wish.expires_on else None,
        "pledges": [(each.public_id, pledge_words(each)) for each in _pledges(wish)],
    }
    if wish.state == Reservation.State.REQUESTED and is_office:
        fitting, first = preview_of(wish, on=today, shown=SHOWN)
        facts |= {"fitting": fitting, "workers": [(each, reasons_of(each)) for each in first]}
    elif wish.state != Reservation.State.REQUESTED:
        facts["workers"] = [(each, reasons_of(each)) for each in workers_offered(wish, viewer=request.viewer)]
    facts["masked"] = any(worker.is_masked for worker, _reasons in facts.get("workers", []))
    return render(request, "intake/wish.html", facts)


@door(POST=Permission.RESERVATION_OFFER)
def offer(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Hold the first workers of the open order for fourteen days."""
    wish = _find(request, public_id)
    try:
        count = offer_workers(wish, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        messages.success(request, _("{n} pekerja ditawarkan dan ditahan selama 14 hari.").format(n=angka(count)))
    return HttpResponseRedirect(_address(wish))


@door(POST=Permission.RESERVATION_REQUEST)
def accept(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take the offered workers."""
    wish = _find(request, public_id)
    chosen = request.POST.get("pledge", "")
    pledge = next((each for each in _pledges(wish) if str(each.public_id) == chosen), None)
    try:
        proposal = accept_offer(wish, pledge=pledge, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        text = _("{n} pekerja diterima dan mulai didaftarkan. Nama lengkapnya terlihat setelah iurannya dibayar.")
        messages.success(request, text.format(n=angka(len(proposal.created))))
        if proposal.refused:
            left = _("{n} pekerja sementara itu tidak dapat didaftarkan lagi dan dilepas.")
            messages.warning(request, left.format(n=angka(len(proposal.refused))))
    return HttpResponseRedirect(_address(wish))


@door(POST=Permission.RESERVATION_REQUEST)
def withdraw(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Give the wish up."""
    wish = _find(request, public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya dahulu."))
        return HttpResponseRedirect(_address(wish))
    try:
        withdraw_reservation(wish, reason=form.cleaned_data["reason"], acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        messages.success(request, _("Permintaan ditarik kembali; pekerja yang ditahan bebas lagi."))
    return HttpResponseRedirect(_address(wish))


def wish_words(wish: Reservation) -> str:
    """A wish in one line: `30 pedagang asongan, Kecamatan Kaliwungu`."""
    what = wish.occupation.name.lower() if wish.occupation else _("pekerja")
    text = f"{angka(wish.wanted)} {what}"
    if wish.region is None:
        return text
    where = _("Kecamatan {name}") if wish.region.level == 3 else _("Desa/Kelurahan {name}")
    return f"{text}, {where.format(name=wish.region.name)}"


def _find(request: ViewerRequest, public_id: UUID) -> Reservation:
    wish = reservations_visible_to(request.viewer).filter(public_id=public_id).first()
    if wish is None:
        raise Http404
    return wish


def _address(wish: Reservation) -> str:
    return reverse("reservation", args=[wish.public_id])


def _is_office(request: ViewerRequest) -> bool:
    return request.viewer.may(Permission.RESERVATION_OFFER)


def _sponsors_of(viewer: Viewer) -> Any:
    scope = viewer.scope_of(Permission.RESERVATION_REQUEST)
    active = Sponsor.objects.filter(is_active=True).order_by("name", "id")
    return active if scope.everything else active.filter(public_id__in=scope.sponsors)


def _pledges(wish: Reservation) -> Any:
    return live_pledges(Sponsor.objects.filter(pk=wish.sponsor_id))
