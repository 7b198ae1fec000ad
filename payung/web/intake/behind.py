"""Work on a long list behind the scenes: how far it is, undoing the list, making its marked workbook.

No answer takes longer than 300 ms at ten thousand rows: what does is a job, which outlives the page and shows its
progress.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.intake.models import Upload
from payung.intake.selectors import is_small, marked_is_ready, marking_of, masked_sample, work_on
from payung.intake.sentences import sentence
from payung.intake.services import hand_back_marked, hand_out_kept, undo_upload
from payung.intake.tasks import TROUBLE
from payung.jobs.models import Job
from payung.jobs.selectors import progress_of
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.store.files import FileGoneError
from payung.web.frame.tags import angka
from payung.web.intake.downloads import workbook
from payung.web.intake.forms import ReasonForm
from payung.web.intake.found import address_of, find
from payung.web.intake.lists import tell_trouble
from payung.web.intake.words import WORK_NAMES, progress_note, trouble_of

ROWS_IN_REQUEST = 500
GOING_ON = (Job.State.QUEUED, Job.State.RUNNING)


def is_long(upload: Upload) -> bool:
    """Whether what touches all its rows is work for behind the scenes."""
    return upload.row_count > ROWS_IN_REQUEST


def latest_work(upload: Upload) -> Job | None:
    """The latest work behind the scenes; none was ever asked for a list that is small in every way."""
    return None if is_small(upload) and not is_long(upload) else work_on(upload)


def open_work(upload: Upload) -> Job | None:
    """Work behind the scenes that still goes on and moves the list."""
    job = latest_work(upload)
    return job if job and job.state in GOING_ON else None


def open_marking(upload: Upload) -> Job | None:
    """The making of the marked workbook, while it goes on."""
    job = marking_of(upload) if is_long(upload) else None
    return job if job and job.state in GOING_ON else None


def progress_facts(job: Job) -> dict[str, Any]:
    """What the progress shows."""
    now = progress_of(job)
    is_running = job.state == Job.State.RUNNING
    note = progress_note(now, is_running=is_running, kind=job.kind, was_broken_off=job.attempts > is_running)
    return {"done": now.done, "total": now.total or 0, "label": str(WORK_NAMES[job.kind]), "note": note}


def marked_facts(upload: Upload) -> dict[str, Any]:
    """Where the marked workbook of a long list is: not asked for, being made, ready, or why not."""
    job = marking_of(upload) if is_long(upload) else None
    if job and job.state in GOING_ON:
        return {"is_marking": True, "is_long": True, **progress_facts(job)}
    ready = marked_is_ready(upload, language=get_language() or "id")
    failed = job and job.state == Job.State.FAILED and not ready
    return {"is_long": is_long(upload), "is_ready": ready, "no_marked": trouble_of(job) if job and failed else ""}


@door(GET=Permission.LIST_READ)
def progress(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """How far the work behind the scenes is: a part of the page, asked for again and again."""
    upload = find(request, public_id, Permission.LIST_READ)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(address_of(upload))
    job = open_work(upload) or open_marking(upload)
    if job is None:
        return HttpResponseClientRefresh()
    return render(request, "intake/progress.html", {"upload": upload, **progress_facts(job)})


@door(POST=Permission.LIST_UPLOAD)
def marked(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The list as a workbook with its faults marked. A POST, for it is recorded who took the NIKs along."""
    upload = find(request, public_id, Permission.LIST_UPLOAD)
    try:
        if not is_long(upload):
            return _taken_along(upload, hand_back_marked(upload, sentence=sentence, acting_user=request.viewer))
        if marked_is_ready(upload, language=get_language() or "id"):
            return _taken_along(upload, hand_out_kept(upload, acting_user=request.viewer))
    except FileGoneError:
        pass  # the one that lay ready is a day old and gone: it is made anew
    except TROUBLE as error:
        tell_trouble(request, error)
        return HttpResponseRedirect(address_of(upload))
    if open_marking(upload) is None and is_long(upload):
        params = {"upload_id": str(upload.public_id), "language": get_language() or "id"}
        enqueue("intake.mark", params, acting_user=request.viewer, clock=SystemClock())
    return HttpResponseRedirect(f"{address_of(upload)}#perbaikan")


@door(POST=Permission.LIST_UNDO)
def undo(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Take an applied list back, with a reason: at once, or behind the scenes where the list is long."""
    upload = find(request, public_id, Permission.LIST_UNDO)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya dahulu."))
        return HttpResponseRedirect(address_of(upload))
    reason, clock = masked_sample(form.cleaned_data["reason"]), SystemClock()
    if is_long(upload):
        if upload.state == Upload.State.APPLIED and open_work(upload) is None:
            params = {"upload_id": str(upload.public_id), "reason": reason}
            enqueue("intake.undo", params, acting_user=request.viewer, clock=clock)
        return HttpResponseRedirect(address_of(upload))
    try:
        ended = undo_upload(upload, reason=reason, acting_user=request.viewer, clock=clock)
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        messages.success(request, _undone_words(ended))
    return HttpResponseRedirect(address_of(upload))


def _undone_words(ended: int) -> str:
    text = ngettext(
        "Daftar dibatalkan; pendaftaran {n} pekerja berakhir.",
        "Daftar dibatalkan; pendaftaran {n} pekerja berakhir.",
        ended,
    )
    return text.format(n=angka(ended))


def _taken_along(upload: Upload, content: bytes) -> HttpResponse:
    return workbook(content, f"perbaiki-{upload.uploaded_at:%Y%m%d}-{upload.public_id.hex[-6:]}.xlsx")
