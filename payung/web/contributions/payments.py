"""Payments: one of them and what it covered, confirming, saying whose it is, reversing, its proof."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.errors import SamePersonError
from payung.access.permissions import Permission
from payung.contributions.errors import LedgerError
from payung.contributions.models import Payment
from payung.contributions.selectors import explain_payment, notices_visible_to
from payung.contributions.services import confirm_payment, identify_payment, record_payment, reverse_payment
from payung.contributions.texts import OBSTACLES
from payung.kernel.clock import SystemClock
from payung.kernel.public_id import new_public_id
from payung.sponsors.selectors import sponsors_visible_to
from payung.store.files import FileGoneError
from payung.vault.files import read
from payung.web.contributions.finding import payment_or_404
from payung.web.contributions.forms import IdentifyForm, LoosePaymentForm
from payung.web.contributions.lists import asked_sponsor
from payung.web.contributions.notices import paid
from payung.web.contributions.words import PAYMENT_STATES, payment_state, told_refusal

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@door(GET=Permission.NOTICE_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One payment: what it covered, what not, and why; and the next step."""
    return _draw(request, payment_or_404(request.viewer, public_id))


@door(GET=Permission.PAYMENT_RECORD, POST=Permission.PAYMENT_RECORD)
def new(request: ViewerRequest) -> HttpResponse:
    """Record a payment by its pay code; a code that we do not know waits until somebody says whose it is."""
    sponsors = sponsors_visible_to(request.viewer).order_by("name")
    chosen = asked_sponsor(request) or (sponsors[0] if sponsors.count() == 1 else None)
    initial = {"client_key": str(new_public_id()), "sponsor": chosen.code if chosen else None}
    form = LoosePaymentForm(request.POST or None, request.FILES or None, sponsors=sponsors, initial=initial)
    if request.method == "POST" and form.is_valid():
        sponsor = form.cleaned_data["sponsor"]
        try:
            made = record_payment(sponsor, **paid(form), acting_user=request.viewer, clock=SystemClock())
        except LedgerError as error:
            form.add_error(None, told_refusal(error))
        else:
            messages.success(request, _("Pembayaran tercatat. Inilah yang dilindunginya."))
            return HttpResponseRedirect(reverse("payment", args=[made.public_id]))
    return render(request, "contributions/payment_new.html", {"form": form})


@door(POST=Permission.PAYMENT_CONFIRM)
def confirm(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Confirm that BPJS has the money; never by whoever recorded it."""
    payment = payment_or_404(request.viewer, public_id)
    try:
        confirm_payment(payment, acting_user=request.viewer, clock=SystemClock())
    except SamePersonError:
        messages.error(request, _("Anda yang mencatat pembayaran ini; mintalah rekan untuk mengonfirmasi."))
    except LedgerError as error:
        messages.error(request, told_refusal(error))
    else:
        messages.success(request, _("Pembayaran terkonfirmasi; bulan yang ditutupnya berlaku."))
    return _back(payment)


@door(POST=Permission.PAYMENT_CONFIRM)
def identify(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Say which notice a payment in suspense was for."""
    payment = payment_or_404(request.viewer, public_id)
    form = _identify_form(request, payment, request.POST)
    if not form.is_valid():
        return _draw(request, payment, identify_form=form)
    notice = form.cleaned_data["notice"]
    try:
        identify_payment(payment, notice=notice, acting_user=request.viewer, clock=SystemClock())
    except LedgerError as error:
        messages.error(request, told_refusal(error))
    else:
        messages.success(request, _("Pembayaran ini dipakai untuk %(number)s.") % {"number": notice.number})
    return _back(payment)


@door(POST=Permission.PAYMENT_REVERSE)
def reverse_(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Undo a payment that was none, with the reason."""
    payment = payment_or_404(request.viewer, public_id)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Tuliskan alasannya."))
        return _back(payment)
    try:
        reverse_payment(payment, reason=reason, acting_user=request.viewer, clock=SystemClock())
    except LedgerError as error:
        messages.error(request, told_refusal(error))
    else:
        messages.success(request, _("Pembayaran dibatalkan; catatannya tetap ada."))
    return _back(payment)


@door(GET=Permission.NOTICE_READ)
def proof(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The proof as it came, to keep beside one's own papers."""
    payment = payment_or_404(request.viewer, public_id)
    try:
        content = read(payment.proof_sha256)
    except FileGoneError as error:
        raise Http404 from error
    kind = TYPES.get(payment.proof_name.rsplit(".", 1)[-1].lower(), "application/octet-stream")
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, payment.proof_name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _back(payment: Payment) -> HttpResponse:
    return HttpResponseRedirect(reverse("payment", args=[payment.public_id]))


def _identify_form(request: ViewerRequest, payment: Payment, data: Any = None) -> IdentifyForm:
    own = notices_visible_to(request.viewer).filter(sponsor_id=payment.sponsor_id, withdrawn_at__isnull=True)
    return IdentifyForm(data, notices=own.order_by("-pk"))


def _draw(request: ViewerRequest, payment: Payment, **forms: Any) -> HttpResponse:
    viewer = request.viewer
    words, tone = PAYMENT_STATES[payment_state(payment)]
    told = explain_payment(payment)
    live = payment.reversed_at is None
    is_own = payment.recorded_by == viewer.actor.id and not viewer.is_operator
    may_confirm = live and viewer.may(Permission.PAYMENT_CONFIRM)
    facts = {
        "payment": payment,
        "sponsor": payment.sponsor,
        "words": words,
        "tone": tone,
        "told": told,
        "missed": [(line, OBSTACLES[line.obstacle]) for line in told.not_covered],
        "is_too_little": live and told.asked_rp is not None and told.short_rp > 0,
        "may_confirm": may_confirm and payment.confirmed_at is None and not is_own,
        "is_own": may_confirm and payment.confirmed_at is None and is_own,
        "may_reverse": live and viewer.may(Permission.PAYMENT_REVERSE),
        "identify_form": _identify_form(request, payment) if may_confirm and payment.notice_id is None else None,
    }
    return render(request, "contributions/payment.html", facts | forms)
