"""Serah terima: active workers go on under another payer, or by themselves; one prepares, another approves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.selectors.handovers import HandoverView, can_go_on, handovers_visible_to, judged_handover
from payung.contributions.services import approve_handover, prepare_handover, withdraw_handover
from payung.contributions.texts import HINDRANCES
from payung.enrolment.models import Enrolment, Handover, Wadah
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month, NotAMonthError
from payung.kernel.public_id import new_public_id
from payung.registry.selectors.workers import masked_niks
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import pledges_visible_to, sponsors_visible_to
from payung.web.enrolment.doorstep import PDF, TROUBLE, given_file, one_of, page_of, refused, sponsor_in, tell
from payung.web.enrolment.forms import ALONE, WITHOUT_GAP, HandoverForm
from payung.web.enrolment.handover_paper import handover_paper
from payung.web.frame.tags import angka, bulan

REGISTER = Permission.ENROLMENT_REGISTER
MOST_PLEDGES = 200


@door(GET=Permission.ENROLMENT_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """Handovers within reach, the newest first; and whose people could be handed over."""
    viewer = request.viewer
    shown = page_of(request, handovers_visible_to(viewer), order=("-id",), size=30)
    active = Enrolment.objects.filter(state=Enrolment.State.ACTIVE).values("sponsor")
    may_prepare = viewer.may(REGISTER)
    givers = (
        sponsors_visible_to(viewer).filter(pk__in=active).order_by("name") if may_prepare else Sponsor.objects.none()
    )
    facts = {
        "page": shown,
        "lines": [(each, _taker(each), *_state(each)) for each in shown.items],
        "givers": list(givers[:MOST_PLEDGES]),
    }
    return render(request, "enrolment/handovers.html", facts)


@door(GET=REGISTER, POST=REGISTER)
def new(request: ViewerRequest) -> HttpResponse:
    """Prepare a handover of a payer's active workers from a month on."""
    sponsor = sponsor_in(sponsors_visible_to(request.viewer), request.GET.get("penyandang", ""))
    if sponsor is None:
        raise Http404
    clock = SystemClock()
    first = _asked_month(request.GET.get("bulan", ""), Month.of(clock.today()) + 1)
    form = HandoverForm(
        request.POST if request.method == "POST" else None,
        first=first,
        now=Month.of(clock.today()),
        pledges=_taking_pledges(request, sponsor),
        wadah=[(str(each.public_id), f"{each.number} · {each.name}") for each in Wadah.objects.order_by("number")],
        initial={"client_key": str(new_public_id()), "first_month": str(first)},
    )
    if request.method == "POST" and form.is_valid():
        first = form.cleaned_data["first_month"]
    ids = list(can_go_on(sponsor).values_list("pk", flat=True))
    view = judged_handover(ids, first_month=first, today=clock.today())
    if request.method == "POST" and form.is_valid():
        made = _prepared(request, sponsor, form, view, clock)
        if made is not None:
            messages.success(request, _("Serah terima disiapkan. Mintalah rekan yang berwenang untuk menyetujuinya."))
            return HttpResponseRedirect(_address(made))
    hindered = [(HINDRANCES[code], count) for code, count in view.hindered.items()]
    facts = {"form": form, "sponsor": sponsor, "view": view, "hindered": hindered, "first": first}
    return render(request, "enrolment/handover_new.html", facts | {"free": len(view.free)})


@door(GET=Permission.ENROLMENT_READ, POST=Permission.ENROLMENT_APPROVE)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One handover with its people and its hash; sending it approves exactly what was shown."""
    found = _handover(request, public_id)
    if request.method == "POST":
        return _approved(request, found)
    rows = found.lines.select_related("enrolment__worker__village", "taken_by")
    shown = page_of(request, rows, order=("position",))
    niks = masked_niks(line.enrolment.worker for line in shown.items)
    state, tone = _state(found)
    undecided = found.approved_at is None and found.withdrawn_at is None
    prepared_it = request.viewer.actor.id == found.prepared_by
    may_approve = request.viewer.may(Permission.ENROLMENT_APPROVE)
    facts = {
        "found": found,
        "taker": _taker(found),
        "state": state,
        "tone": tone,
        "hash": bytes(found.content_hash).hex(),
        "page": shown,
        "lines": [(line, niks[line.enrolment.worker_id]) for line in shown.items],
        "view": _standing(found) if undecided else None,
        "may_approve": undecided and may_approve and not prepared_it,
        "asks_colleague": undecided and prepared_it,
        "may_withdraw": undecided and request.viewer.may(REGISTER),
    }
    return render(request, "enrolment/handover.html", facts)


@door(POST=REGISTER)
def withdraw(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take back a handover that was not approved, with a reason."""
    found = _handover(request, public_id)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Tulis alasannya dahulu."))
        return HttpResponseRedirect(_address(found))
    try:
        withdraw_handover(found, reason=reason, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        messages.success(request, _("Serah terima ditarik kembali; semua tetap pada penyandangnya."))
    return HttpResponseRedirect(_address(found))


@door(GET=Permission.ENROLMENT_READ)
def paper(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The minutes with their annex; a draft until they are approved."""
    found = _handover(request, public_id)
    name = (found.number or "rancangan-serah-terima") + ".pdf"
    return given_file(handover_paper(found), name=name, kind=PDF)


def _prepared(
    request: ViewerRequest, sponsor: Sponsor, form: HandoverForm, view: HandoverView, clock: SystemClock
) -> Handover | None:
    data: dict[str, Any] = form.cleaned_data
    alone = data["to"] == ALONE
    only_without_gap = data["who"] == WITHOUT_GAP
    chosen = [each.enrolment_id for each in view.free if not (only_without_gap and each.gap)]
    try:
        return prepare_handover(
            sponsor,
            first_month=data["first_month"],
            giving_letter=data["giving_letter"],
            taking_letter=data["taking_letter"],
            client_key=data["client_key"],
            to_pledge=None if alone else one_of(pledges_visible_to(request.viewer), data["to"]),
            to_wadah=None if alone or not data["wadah"] else one_of(Wadah.objects.all(), data["wadah"]),
            enrolment_ids=chosen,
            with_gap=not only_without_gap,
            acting_user=request.viewer,
            clock=clock,
        )
    except TROUBLE as error:
        form.add_error(None, refused(error))
        return None


def _approved(request: ViewerRequest, found: Handover) -> HttpResponse:
    try:
        seen = bytes.fromhex(request.POST.get("hash", ""))
    except ValueError:
        seen = b""
    try:
        approve_handover(found, seen_hash=seen, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        messages.success(request, _("Serah terima disetujui. Unduh berita acaranya dan kirimkan ke BPJS."))
    return HttpResponseRedirect(_address(found))


def _taking_pledges(request: ViewerRequest, sponsor: Sponsor) -> list[tuple[str, str]]:
    """Live pledges of other payers that have not ended, the newest first."""
    now = int(Month.of(SystemClock().today()))
    live = pledges_visible_to(request.viewer).filter(state=Pledge.State.LIVE, sponsor__is_active=True)
    rows = live.exclude(sponsor=sponsor).order_by("-id")[:MOST_PLEDGES]
    return [(str(each.public_id), _pledge_words(each)) for each in rows if each.first_month + each.months > now]


def _pledge_words(pledge: Pledge) -> str:
    told = _("%(name)s · %(n)s pekerja · %(first)s – %(last)s")
    first = Month(pledge.first_month)
    words = {"name": pledge.sponsor.name, "n": angka(pledge.quota), "first": bulan(first)}
    return told % (words | {"last": bulan(first + (pledge.months - 1))})


def _standing(found: Handover) -> HandoverView:
    ids = list(found.lines.order_by("position").values_list("enrolment_id", flat=True))
    today = SystemClock().today()
    return judged_handover(ids, first_month=Month(found.first_month), today=today, handover=found)


def _asked_month(text: str, default: Month) -> Month:
    try:
        return Month.from_text(text)
    except NotAMonthError:
        return default


def _taker(found: Handover) -> str:
    return found.to_pledge.sponsor.name if found.to_pledge else _("membayar sendiri")


def _state(found: Handover) -> tuple[str, str]:
    if found.approved_at is not None:
        return _("Disetujui"), "ok"
    if found.withdrawn_at is not None:
        return _("Ditarik kembali"), "off"
    return _("Menunggu persetujuan"), "wait"


def _handover(request: ViewerRequest, public_id: UUID) -> Handover:
    return one_of(handovers_visible_to(request.viewer), public_id)


def _address(found: Handover) -> str:
    return reverse("enrolment_handover", args=[found.public_id])
