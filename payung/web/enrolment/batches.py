"""Wadah, and what goes to BPJS and comes back: batches, acceptance with its pay code, KPJ."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.models import Notice
from payung.contributions.selectors import notices_visible_to
from payung.contributions.services import record_pay_code
from payung.enrolment.models import Answer, BpjsBatch, Wadah
from payung.enrolment.selectors import (
    answers_visible_to,
    batches_visible_to,
    people_at,
    pledges_of,
    sponsors_at,
    unanswered,
    wadah_waiting,
)
from payung.enrolment.services import (
    Paper,
    PayOrder,
    Received,
    add_wadah,
    export_batch_for_bpjs,
    import_acceptance,
    import_activation,
    register_in_wadah,
    reopen_batch,
)
from payung.enrolment.texts import counts_text
from payung.kernel.clock import SystemClock
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.enrolment.answers import answer_lines, tell_received
from payung.web.enrolment.doorstep import TROUBLE, XLSX, given_file, one_of, page_of, refused, sponsor_in, tell
from payung.web.enrolment.forms import AcceptanceForm, FileForm, RegisterForm, WadahForm
from payung.web.enrolment.matching import result_choices, typed_rows
from payung.web.enrolment.people import person_lines
from payung.web.enrolment.words import KINDS
from payung.web.frame.tags import angka, rupiah

REGISTER, SEND, ANSWER = Permission.ENROLMENT_REGISTER, Permission.BPJS_SEND, Permission.BPJS_ANSWER
MOST_TYPED = 200


@door(GET=REGISTER, POST=REGISTER)
def wadah(request: ViewerRequest) -> HttpResponse:
    """Wadah with their people; a new one; and determined persons to be put into one."""
    form = WadahForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_wadah(**form.cleaned_data, acting_user=request.viewer, clock=SystemClock())
        except TROUBLE as error:
            form.add_error("number", refused(error))
        else:
            messages.success(request, _("Wadah %(number)s dicatat.") % {"number": made.number})
            return HttpResponseRedirect(reverse("enrolment_wadah"))
    return _wadah_page(request, form)


@door(POST=REGISTER)
def register(request: ViewerRequest) -> HttpResponse:
    """Put the determined persons of a sponsor into a wadah."""
    form = RegisterForm(request.POST, wadah=Wadah.objects.order_by("number"))
    sponsor = sponsor_in(sponsors_visible_to(request.viewer), request.POST.get("penyandang", ""))
    if not form.is_valid() or sponsor is None:
        messages.error(request, _("Pilih wadahnya dahulu."))
        return HttpResponseRedirect(reverse("enrolment_wadah"))
    try:
        count = register_in_wadah(
            form.cleaned_data["wadah"], sponsor=sponsor, acting_user=request.viewer, clock=SystemClock()
        )
    except TROUBLE as error:
        tell(request, error)
    else:
        text = ngettext("%(n)s orang dimasukkan ke wadah.", "%(n)s orang dimasukkan ke wadah.", count)
        messages.success(request, text % {"n": angka(count)})
    return HttpResponseRedirect(reverse("enrolment_wadah"))


@door(GET=Permission.ENROLMENT_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """What waits to be sent, and every batch that went out, the newest first."""
    may_send = request.viewer.may(SEND)
    facts = {
        "page": page_of(request, batches_visible_to(request.viewer), order=("-id",), size=30),
        "waiting": [each for each in wadah_waiting() if each[1]] if may_send else [],
        "may_answer": request.viewer.may(ANSWER),
        "answers": answer_lines(request.viewer, Answer.Kind.BPJS_ACTIVATION),
    }
    return render(request, "enrolment/batches.html", facts)


@door(POST=SEND)
def send(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The registered persons of a wadah as BPJS's spreadsheet. A POST: it is recorded who took the NIKs along."""
    found = one_of(Wadah.objects.all(), public_id)
    try:
        made = export_batch_for_bpjs(found, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
        return HttpResponseRedirect(reverse("enrolment_batches"))
    return given_file(made.content, name=made.batch.file_name, kind=XLSX)


@door(POST=SEND)
def send_again(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """A batch's spreadsheet once more; recorded as the first time."""
    batch = one_of(batches_visible_to(request.viewer), public_id)
    return given_file(reopen_batch(batch, acting_user=request.viewer), name=batch.file_name, kind=XLSX)


@door(GET=Permission.ENROLMENT_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """A batch: who has no answer yet, the answers that came, and what can be done."""
    batch = one_of(batches_visible_to(request.viewer), public_id)
    waiting = unanswered(batch, request.viewer).select_related("worker__village", "sponsor", "wadah")
    answers = answers_visible_to(request.viewer).filter(batch=batch).order_by("-id")
    facts = {
        "batch": batch,
        "waiting": person_lines(waiting[:MOST_TYPED], clock=SystemClock()),
        "count": waiting.count(),
        "answers": [(each, KINDS[each.kind], counts_text(each.counts)) for each in answers],
        "may_send": request.viewer.may(SEND),
        "may_answer": request.viewer.may(ANSWER),
    }
    return render(request, "enrolment/batch.html", facts)


@door(GET=ANSWER, POST=ANSWER)
def acceptance(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """BPJS's first answer: its file, or typed from its letter; the pay code goes to the notice in the same stroke."""
    batch = one_of(batches_visible_to(request.viewer), public_id)
    is_post = request.method == "POST"
    form = AcceptanceForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        notices=[(str(each.public_id), _notice_words(each)) for each in _notices(request, batch)],
    )
    if is_post and form.is_valid():
        try:
            done = _accept(request, batch, form)
        except TROUBLE as error:
            form.add_error(None, refused(error))
        else:
            return tell_received(request, done)
    waiting = unanswered(batch, request.viewer).select_related("worker__village", "sponsor", "wadah")
    facts = {
        "batch": batch,
        "form": form,
        "lines": person_lines(waiting[:MOST_TYPED], clock=SystemClock()),
        "count": waiting.count(),
        "most": MOST_TYPED,
        "results": result_choices(Answer.Kind.BPJS_ACCEPTANCE),
    }
    return render(request, "enrolment/acceptance.html", facts)


@door(GET=ANSWER, POST=ANSWER)
def activation(request: ViewerRequest) -> HttpResponse:
    """BPJS's answer after payment, as a file: KPJ, start, paid through."""
    is_post = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_post else FileForm()
    if is_post and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            done = import_activation(
                paper=Paper(file.read(), file.name), acting_user=request.viewer, clock=SystemClock()
            )
        except TROUBLE as error:
            form.add_error("file", refused(error))
        else:
            return tell_received(request, done)
    facts: dict[str, Any] = {
        "form": form,
        "count": people_at(request.viewer, "diterima").count(),
        "answers": answer_lines(request.viewer, Answer.Kind.BPJS_ACTIVATION),
    }
    return render(request, "enrolment/activation.html", facts)


@transaction.atomic
def _accept(request: ViewerRequest, batch: BpjsBatch, form: AcceptanceForm) -> Received:
    """Take the answer in and hand its pay code to the notice: both, or neither."""
    given: dict[str, Any] = {"acting_user": request.viewer, "clock": SystemClock()}
    rest = "diterima" if form.cleaned_data["rest"] else ""
    rows = typed_rows(request, unanswered(batch, request.viewer), rest=rest) if form.is_typed else None
    done = import_acceptance(batch, rows, paper=form.paper(), pay_order=form.pay_order(), **given)
    key = form.cleaned_data["notice"]
    order: PayOrder | None = done.pay_order
    if key and order and not done.is_repeat:
        notice = one_of(_notices(request, batch), key)
        record_pay_code(notice, code=order.code, amount_rp=order.amount_rp, due_on=order.due_on, **given)
    return done


def _notices(request: ViewerRequest, batch: BpjsBatch) -> QuerySet[Notice]:
    """The live notices of the pledges whose people are in a batch: a pay code belongs to one of them."""
    rows = notices_visible_to(request.viewer).filter(withdrawn_at__isnull=True, pledge__in=pledges_of(batch))
    return rows.order_by("-id")


def _notice_words(notice: Notice) -> str:
    return f"{notice.number}, {notice.sponsor.name}, {rupiah(notice.total_rp)}"


def _wadah_page(request: ViewerRequest, form: WadahForm) -> HttpResponse:
    rows = wadah_waiting()
    facts = {
        "form": form,
        "wadah": rows,
        "determined": sponsors_at(request.viewer, "ditetapkan", permission=REGISTER),
    }
    return render(request, "enrolment/wadah.html", facts)
