"""Before a person is determined: matched with Dukcapil through files, then checked at BPJS."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.enrolment.answer_files import GivenRow, answer_words
from payung.enrolment.models import Answer, DukcapilExport
from payung.enrolment.selectors import people_at, step_counts
from payung.enrolment.services import (
    Paper,
    export_for_dukcapil,
    import_dukcapil_answer,
    record_bpjs_check,
    reopen_dukcapil_export,
)
from payung.enrolment.texts import RESULTS
from payung.kernel.clock import SystemClock
from payung.kernel.public_id import public_id_of
from payung.web.enrolment.answers import answer_lines, tell_received
from payung.web.enrolment.doorstep import TROUBLE, XLSX, given_file, one_of, page_of, refused, tell
from payung.web.enrolment.forms import FileForm, LetterForm
from payung.web.enrolment.people import person_lines

MATCH = Permission.ENROLMENT_MATCH
MOST_EXPORTS = 10


@door(GET=MATCH)
def dukcapil(request: ViewerRequest) -> HttpResponse:
    """What goes to Dukcapil, what is there, and what came back."""
    return _dukcapil_page(request, FileForm())


@door(POST=MATCH)
def export(request: ViewerRequest) -> HttpResponse:
    """The list for Dukcapil as a workbook. A POST, for it is recorded who took the NIKs along."""
    try:
        made = export_for_dukcapil(acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
        return HttpResponseRedirect(reverse("enrolment_dukcapil"))
    return given_file(made.content, name=made.record.file_name, kind=XLSX)


@door(POST=MATCH)
def export_again(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """A list that went out before, once more; recorded as the first time."""
    record = one_of(DukcapilExport.objects.all(), public_id)
    return given_file(reopen_dukcapil_export(record, acting_user=request.viewer), name=record.file_name, kind=XLSX)


@door(POST=MATCH)
def dukcapil_answer(request: ViewerRequest) -> HttpResponse:
    """Dukcapil's answer as a file."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _dukcapil_page(request, form)
    file = form.cleaned_data["file"]
    try:
        done = import_dukcapil_answer(file.read(), file_name=file.name, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        form.add_error("file", refused(error))
        return _dukcapil_page(request, form)
    return tell_received(request, done)


@door(GET=MATCH)
def check(request: ViewerRequest) -> HttpResponse:
    """Matched persons, to be checked at BPJS: its file, or typed from a letter."""
    return _check_page(request, FileForm(), LetterForm())


@door(POST=MATCH)
def check_file(request: ViewerRequest) -> HttpResponse:
    """What BPJS says, as a file."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _check_page(request, form, LetterForm())
    file = form.cleaned_data["file"]
    try:
        done = record_bpjs_check(paper=Paper(file.read(), file.name), acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        form.add_error("file", refused(error))
        return _check_page(request, form, LetterForm())
    return tell_received(request, done)


@door(POST=MATCH)
def check_typed(request: ViewerRequest) -> HttpResponse:
    """What BPJS says, typed in from a letter that is attached."""
    form = LetterForm(request.POST, request.FILES)
    rows = typed_rows(request, people_at(request.viewer, "padan"))
    if not rows:
        messages.error(request, _("Pilih hasil untuk paling sedikit satu orang."))
    if not rows or not form.is_valid():
        return _check_page(request, FileForm(), form)
    try:
        done = record_bpjs_check(rows, paper=form.paper(), acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        form.add_error(None, refused(error))
        return _check_page(request, FileForm(), form)
    return tell_received(request, done)


def typed_rows(request: ViewerRequest, people: Any, *, rest: str = "") -> list[GivenRow]:
    """The results chosen on a page, by reference; with `rest`, everybody else of these people has that one."""
    chosen = {
        name.removeprefix("hasil-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("hasil-") and value
    }
    wanted = people if rest else people.filter(public_id__in=filter(None, map(public_id_of, chosen)))
    found = wanted.order_by("pk").values_list("public_id", "pk")
    return [
        GivenRow(place, chosen.get(str(public_id), rest), enrolment_id=pk)
        for place, (public_id, pk) in enumerate(found, start=1)
    ]


def result_choices(kind: str) -> list[tuple[str, str]]:
    """What an office can answer, in words; the good one first."""
    codes = [code for code in dict.fromkeys(answer_words(kind).results.values()) if code in RESULTS]
    return [(code, str(RESULTS[code])) for code in codes]


def _dukcapil_page(request: ViewerRequest, form: FileForm) -> HttpResponse:
    counts = step_counts(request.viewer)
    facts = {
        "form": form,
        "ready": counts["terverifikasi"],
        "there": counts["di-dukcapil"],
        "exports": DukcapilExport.objects.order_by("-id")[:MOST_EXPORTS],
        "answers": answer_lines(request.viewer, Answer.Kind.DUKCAPIL),
    }
    return render(request, "enrolment/dukcapil.html", facts)


def _check_page(request: ViewerRequest, form: FileForm, letter: LetterForm) -> HttpResponse:
    rows = people_at(request.viewer, "padan").select_related("worker__village", "sponsor", "wadah")
    shown = page_of(request, rows, order=("since", "id"))
    facts: dict[str, Any] = {
        "form": form,
        "letter": letter,
        "page": shown,
        "lines": person_lines(shown.items, clock=SystemClock()),
        "results": result_choices(Answer.Kind.BPJS_CHECK),
        "answers": answer_lines(request.viewer, Answer.Kind.BPJS_CHECK),
        "count": rows.count(),
    }
    return render(request, "enrolment/check.html", facts)
