"""One list: its columns, the fates of its rows, what to do next."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.selectors import actor_names
from payung.intake.guard import asks_about_doubles
from payung.intake.models import Upload
from payung.intake.selectors import (
    PARTS,
    columns_of,
    fault_groups,
    fields_to_choose,
    masked_niks_of,
    part_counts,
    result_of,
    rows_of,
    rows_of_part,
    uploads_visible_to,
)
from payung.intake.sentences import field_name, told
from payung.intake.services import keep_column_map, receive_upload, submit_upload
from payung.intake.tasks import TROUBLE
from payung.intake.template import is_of_template
from payung.jobs.models import Job
from payung.kernel.clock import SystemClock
from payung.kernel.problem import Problem
from payung.store.paging import BadCursorError, Page, keyset_page
from payung.tabular.asking import QUESTIONS
from payung.tabular.columns import ColumnMap
from payung.web.frame.shapes import BarPart, FateBar, fate_bar
from payung.web.frame.tags import angka
from payung.web.intake.behind import GOING_ON, latest_work, marked_facts, open_work, progress_facts
from payung.web.intake.forms import FileForm, pledge_words
from payung.web.intake.found import OPEN, address_of, find
from payung.web.intake.list_words import doubles_words, owner_words, repeat_words
from payung.web.intake.lists import check, taken_in, tell_trouble
from payung.web.intake.words import (
    PART_NAMES,
    outcome_words,
    state_of,
    told_column,
    told_group,
    told_row,
    trouble_of,
    work_words,
)

MENDABLE = (*OPEN, Upload.State.SUBMITTED, Upload.State.APPLIED, Upload.State.REFUSED)


@door(GET=Permission.LIST_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Steps 2 and 3, and later what became of the list."""
    return _shown(request, find(request, public_id, Permission.LIST_READ), FileForm())


@door(GET=Permission.LIST_UPLOAD, POST=Permission.LIST_UPLOAD)
def columns(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Step 2: what each column holds, to be put right by hand."""
    upload = find(request, public_id, Permission.LIST_UPLOAD)
    if upload.state not in OPEN or not upload.column_map.get("columns"):
        raise Http404
    if request.method == "POST":
        return _columns_chosen(request, upload)
    facts = {
        "upload": upload,
        "columns": [told_column(each) for each in columns_of(upload)],
        "fields": [(name, field_name(name)) for name in fields_to_choose()],
        "problems": [told(Problem.from_dict(each)) for each in upload.problems],
    }
    return render(request, "intake/columns.html", facts)


@door(POST=Permission.LIST_UPLOAD)
def recheck(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Read and check the list again: the registry may have learnt of people since."""
    upload = find(request, public_id, Permission.LIST_UPLOAD)
    if upload.state in OPEN and open_work(upload) is None:
        check(request, upload)
    return HttpResponseRedirect(address_of(upload))


@door(POST=Permission.LIST_UPLOAD)
def mend(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """A mended file takes the place of this one."""
    upload = find(request, public_id, Permission.LIST_UPLOAD)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, upload, form)
    try:
        received = receive_upload(
            form.cleaned_data["file"].read(),
            file_name=form.cleaned_data["file"].name,
            sponsor=upload.sponsor,
            village=upload.village,
            pledge=upload.pledge,
            legal_basis=upload.legal_basis,
            replaces=upload,
            acting_user=request.viewer,
            clock=SystemClock(),
        )
    except TROUBLE as error:
        tell_trouble(request, error)
        return HttpResponseRedirect(address_of(upload))
    return HttpResponseRedirect(address_of(taken_in(request, received)))


@door(POST=Permission.LIST_UPLOAD)
def submit(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Send the list for approval."""
    upload = find(request, public_id, Permission.LIST_UPLOAD)
    try:
        reason = request.POST.get("reason", "")
        submit_upload(upload, acting_user=request.viewer, clock=SystemClock(), doubles_reason=reason)
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        messages.success(
            request, _("Daftar dikirim. Petugas lain di dinas akan menyetujuinya; Anda tidak perlu menunggu.")
        )
    return HttpResponseRedirect(address_of(upload))


def parts_bar(upload: Upload, counts: dict[str, int], *, active: str) -> FateBar:
    """The row-fate bar: errors first."""
    address = address_of(upload)
    return fate_bar(
        BarPart(str(words), counts[part], tone, f"{address}?{urlencode({'nasib': part})}#baris", part == active)
        for part, (words, tone) in PART_NAMES.items()
    )


def rows_page(request: ViewerRequest, rows: Any, *, size: int = 50) -> Page[Any]:
    """A page of rows in the file's order; a bad cursor shows the first page."""
    try:
        return keyset_page(rows, order=("row_number",), cursor=request.GET.get("hal", ""), size=size)
    except BadCursorError:
        return keyset_page(rows, order=("row_number",), size=size)


def _columns_chosen(request: ViewerRequest, upload: Upload) -> HttpResponse:
    column_map = ColumnMap.from_dict(upload.column_map)
    allowed = {*fields_to_choose(), ""}
    for column in column_map.columns:
        chosen = request.POST.get(f"kolom-{column.index}")
        if chosen in allowed and (chosen or None) != column.field:
            column_map = column_map.with_field(column.index, chosen or None)
    try:
        upload = keep_column_map(upload, column_map, acting_user=request.viewer)
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        check(request, upload)
    return HttpResponseRedirect(address_of(upload))


def _shown(request: ViewerRequest, upload: Upload, form: FileForm) -> HttpResponse:
    job = latest_work(upload)
    is_busy = job is not None and job.state in GOING_ON
    may = uploads_visible_to(request.viewer, permission=Permission.LIST_UPLOAD).filter(pk=upload.pk).exists()
    state, tone = work_words(job.kind) if is_busy and job else state_of(upload)
    facts: dict[str, Any] = {
        "upload": upload,
        "owner": owner_words(upload),
        "repeat": repeat_words(upload),
        "repeat_url": address_of(upload.repeats) if upload.repeats else "",
        "state": state,
        "tone": tone,
        "form": form,
        "is_busy": is_busy,
        "trouble": _trouble(job, upload),
        "problems": [told(Problem.from_dict(each)) for each in upload.problems],
        "notes": [told(Problem.from_dict(each)) for each in upload.notes if not is_of_template(each)],
        "pledge": pledge_words(upload.pledge) if upload.pledge else "",
        "names": _people(upload),
        "may_mend": may and not is_busy and upload.state in MENDABLE,
        "may_columns": may and not is_busy and upload.state in OPEN and bool(upload.column_map.get("columns")),
        "may_submit": may and not is_busy and upload.state == Upload.State.STAGED,
        "may_recheck": may and not is_busy and upload.state in OPEN,
        "may_undo": request.viewer.may(Permission.LIST_UNDO) and upload.state == Upload.State.APPLIED,
        "replaced_by": upload.replaced_by.exclude(state=Upload.State.REFUSED).order_by("-id").first(),
        "asks": upload.state in OPEN and any(each["code"] in QUESTIONS for each in upload.problems),
        "step": 1 if upload.state == Upload.State.REFUSED else 3 if upload.row_count else 2,
    }
    if is_busy and job:
        facts |= progress_facts(job)
    elif upload.row_count:
        facts |= _rows_facts(request, upload, may_submit=facts["may_submit"])
    return render(request, "intake/list.html", facts)


def _trouble(job: Job | None, upload: Upload) -> str:
    """Why the last work on a list failed, while its step is still to be done."""
    if job is None or job.state != Job.State.FAILED:
        return ""
    is_undo = job.kind == "intake.undo" and upload.state == Upload.State.APPLIED
    return trouble_of(job) if is_undo or upload.state in OPEN else ""


def _people(upload: Upload) -> dict[str, str]:
    names = actor_names([upload.uploaded_by, upload.approved_by, upload.undone_by])
    by = {"uploaded": upload.uploaded_by, "approved": upload.approved_by, "undone": upload.undone_by}
    return {step: names.get(actor or "", "") for step, actor in by.items()}


def _rows_facts(request: ViewerRequest, upload: Upload, *, may_submit: bool) -> dict[str, Any]:
    """The bar, the faults, and the rows that the address asks for: errors first where there are any."""
    counts = part_counts(upload)
    groups = fault_groups(upload) if counts["repair"] else []
    code = request.GET.get("sebab", "")
    part = request.GET.get("nasib", "repair" if counts["repair"] and upload.state in OPEN else "")
    chosen = [group for group in groups if group.key == code]
    if chosen:
        part, rows = "repair", rows_of(upload).filter(row_number__in=chosen[0].rows)
    else:
        rows = rows_of_part(upload, part)
    found = rows_page(request, rows)
    niks = masked_niks_of(found.items)
    told_parts = {name: str(words) for name, (words, _tone) in PART_NAMES.items()}
    return {
        "bar": parts_bar(upload, counts, active=part if part in PARTS else ""),
        "counts": counts,
        "doubles": doubles_words(upload) if may_submit and asks_about_doubles(upload) else "",
        "accepted": counts["new"] + counts["known"],
        "groups": [told_group(group) for group in groups],
        "page": found,
        "rows": [told_row(row, niks) for row in found.items],
        "part": told_parts.get(part, ""),
        "fault": told_group(chosen[0]) if chosen else None,
        "columns": [told_column(each) for each in columns_of(upload)],
        "marked": marked_facts(upload) if counts["repair"] else {},
        **_result_facts(upload),
    }


def _result_facts(upload: Upload) -> dict[str, Any]:
    """What an approved list did, and what undoing it would."""
    if upload.state not in (Upload.State.APPLIED, Upload.State.UNDONE):
        return {}
    found = result_of(upload)
    refused = [(number, name, outcome_words(outcome)) for number, name, outcome in found.refused]
    undo_words = ngettext(
        "Pendaftaran {n} pekerja yang dimulai daftar ini berakhir; orangnya tetap terdata.",
        "Pendaftaran {n} pekerja yang dimulai daftar ini berakhir; orangnya tetap terdata.",
        found.enrolled,
    )
    return {
        "result": {
            "registered": found.registered,
            "enrolled": found.enrolled,
            "standing": found.standing,
            "refused": refused,
        },
        "refused_count": len(refused),
        "undo_words": undo_words.format(n=angka(found.enrolled)),
    }
