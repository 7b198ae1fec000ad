"""Notices: issuing one with its price beside it, one of them, its pay code, its payments, taking it back."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.errors import LedgerError, NothingToAskError
from payung.contributions.models import Notice
from payung.contributions.selectors import NoticeMonth
from payung.contributions.services import (
    issue_notice,
    preview_notice,
    record_pay_code,
    record_payment,
    withdraw_notice,
)
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.kernel.nik import holds_a_nik
from payung.sponsors.models import Pledge
from payung.sponsors.selectors import pledges_visible_to
from payung.web.contributions.finding import notice_or_404
from payung.web.contributions.forms import IssueForm, PayCodeForm, PaymentForm
from payung.web.contributions.lists import asked_sponsor, sponsors_to_choose
from payung.web.contributions.one_notice import page_facts, people_of
from payung.web.contributions.paper import notice_paper
from payung.web.contributions.prices import month_span, notice_reasons
from payung.web.contributions.words import told_refusal
from payung.web.frame.lists import asked_page
from payung.web.frame.words import SECTOR_NAMES


@door(GET=Permission.NOTICE_ISSUE)
def choose(request: ViewerRequest) -> HttpResponse:
    """Choose the pledge that a notice is for."""
    sponsor = asked_sponsor(request)
    live = pledges_visible_to(request.viewer).filter(state=Pledge.State.LIVE)
    if sponsor is not None:
        live = live.filter(sponsor=sponsor)
    page = asked_page(request, live, order=("-first_month", "-id"))
    facts = {
        "page": page,
        "rows": [(pledge, month_span(pledge.first_month, pledge.months)) for pledge in page.items],
        "sponsor": sponsor,
        "sponsors": sponsors_to_choose(request.viewer),
    }
    return render(request, "contributions/choose.html", facts)


@door(GET=Permission.NOTICE_ISSUE, POST=Permission.NOTICE_ISSUE)
def new(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Issue a notice for a pledge; `hitung` prices what stands in the form and writes nothing."""
    pledge = pledges_visible_to(request.viewer).filter(public_id=public_id).first()
    if pledge is None:
        raise Http404
    request.viewer.require(Permission.NOTICE_ISSUE, sponsor=pledge.sponsor.public_id)
    clock = SystemClock()
    form = IssueForm(request.POST or None, pledge=pledge, now=Month.of(clock.today()))
    asked: dict[str, Any] | None = None
    if request.method != "POST":
        asked = {"first_month": Month.from_text(form.initial["first_month"]), "months": form.initial["months"]}
    elif form.is_valid():
        asked = form.cleaned_data
    if asked and request.method == "POST" and "hitung" not in request.POST:
        made = _issue(request, pledge, asked, form)
        if made is not None:
            return HttpResponseRedirect(reverse("notice", args=[made.public_id]))
        asked = None
    facts = {"form": form, "pledge": pledge, "span": month_span(pledge.first_month, pledge.months)}
    return render(request, "contributions/new.html", facts | _preview(request, pledge, asked))


@door(GET=Permission.NOTICE_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One notice: what it asks for and why, of whom, BPJS's code, what was paid and what that covered."""
    return _draw(request, notice_or_404(request.viewer, public_id))


@door(GET=Permission.NOTICE_READ)
def pdf(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The notice as a paper."""
    notice = notice_or_404(request.viewer, public_id)
    name = notice.number.replace("/", "-")
    answer = HttpResponse(notice_paper(notice), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@door(POST=Permission.BPJS_ANSWER)
def pay_code(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Record BPJS's pay code, or the one that replaces it."""
    notice = notice_or_404(request.viewer, public_id)
    form = PayCodeForm(request.POST)
    if form.is_valid():
        try:
            made = record_pay_code(notice, **form.cleaned_data, acting_user=request.viewer, clock=SystemClock())
        except LedgerError as error:
            form.add_error("code", told_refusal(error))
        else:
            messages.success(request, _("Kode iuran %(code)s tercatat.") % {"code": made.code})
            return HttpResponseRedirect(reverse("notice", args=[notice.public_id]) + "#kode")
    return _draw(request, notice, code_form=form)


@door(POST=Permission.PAYMENT_RECORD)
def pay(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Record a payment on a notice, with its proof."""
    notice = notice_or_404(request.viewer, public_id)
    form = PaymentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = record_payment(
                notice.sponsor, notice=notice, **paid(form), acting_user=request.viewer, clock=SystemClock()
            )
        except LedgerError as error:
            form.add_error(None, told_refusal(error))
        else:
            messages.success(request, _("Pembayaran tercatat. Inilah yang dilindunginya."))
            return HttpResponseRedirect(reverse("payment", args=[made.public_id]))
    return _draw(request, notice, pay_form=form)


@door(POST=Permission.NOTICE_ISSUE)
def withdraw(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take a notice back that nobody paid on."""
    notice = notice_or_404(request.viewer, public_id)
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        messages.error(request, _("Tuliskan alasannya."))
        return HttpResponseRedirect(reverse("notice", args=[notice.public_id]))
    try:
        withdraw_notice(notice, reason=reason, acting_user=request.viewer, clock=SystemClock())
    except LedgerError as error:
        messages.error(request, told_refusal(error))
    else:
        messages.success(request, _("Pemberitahuan ditarik; bulan-bulannya dapat ditagihkan lagi."))
    return HttpResponseRedirect(reverse("notice", args=[notice.public_id]))


def paid(form: PaymentForm) -> dict[str, Any]:
    """What a payment form holds, as the service takes it. A file named after somebody's NIK loses that name."""
    proof = form.cleaned_data["proof"]
    name = str(proof.name)[-150:]
    return {
        "amount_rp": form.cleaned_data["amount_rp"],
        "paid_on": form.cleaned_data["paid_on"],
        "proof": proof.read(),
        "proof_name": f"bukti.{name.rsplit('.', 1)[-1][:4]}" if holds_a_nik(name) else name,
        "client_key": form.cleaned_data["client_key"],
        "pay_code": form.cleaned_data["pay_code"],
    }


def _draw(request: ViewerRequest, notice: Notice, **forms: Any) -> HttpResponse:
    viewer = request.viewer
    people = None
    if viewer.may(Permission.ENROLMENT_READ):
        people = asked_page(request, people_of(notice, viewer), order=("position", "id"))
    facts = page_facts(notice, people, viewer=viewer, clock=SystemClock())
    return render(request, "contributions/page.html", facts | forms)


def _issue(request: ViewerRequest, pledge: Pledge, asked: dict[str, Any], form: IssueForm) -> Notice | None:
    known = set(pledge.notices.values_list("pk", flat=True))
    try:
        made = issue_notice(pledge, **asked, acting_user=request.viewer, clock=SystemClock())
    except NothingToAskError as error:
        form.add_error("first_month", told_refusal(error))
        return None
    except LedgerError as error:
        form.add_error(None, told_refusal(error))
        return None
    if made.pk in known:
        told = _("Bulan itu sudah ditagihkan pada %(number)s. Tidak ada yang ditagihkan dua kali.")
        messages.info(request, told % {"number": made.number})
    else:
        messages.success(request, _("%(number)s terbit.") % {"number": made.number})
    return made


def _preview(request: ViewerRequest, pledge: Pledge, asked: dict[str, Any] | None) -> dict[str, Any]:
    """What the notice would ask for, or why there would be none."""
    if asked is None:
        return {}
    try:
        dues = preview_notice(pledge, **asked, acting_user=request.viewer)
    except LedgerError as error:
        return {"refused": told_refusal(error)}
    counts = Counter((due.place.month, due.place.sector, due.jkk_rp, due.jkm_rp) for due in dues)
    lines = [
        NoticeMonth(month, sector, jkk_rp, jkm_rp, workers, 0)
        for (month, sector, jkk_rp, jkm_rp), workers in sorted(counts.items())
    ]
    seen = Notice(pledge=pledge, funds=pledge.sponsor.funds)
    return {
        "lines": [(line, SECTOR_NAMES[line.sector]) for line in lines],
        "several": len({line.sector for line in lines}) > 1,
        "asks_rp": sum(line.total_rp for line in lines),
        "reasons": notice_reasons(seen, lines),
        "is_known": not dues,
    }
