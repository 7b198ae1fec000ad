"""Approval of lists by another person than the uploader: all exceptions, a sample, and the hash of what is approved."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.selectors import actor_names
from payung.intake.models import Upload
from payung.intake.selectors import exceptions_of, masked_niks_of, part_counts, sample_of, waiting_for_approval
from payung.intake.sentences import told
from payung.intake.services import apply_upload, return_upload
from payung.intake.tasks import TROUBLE
from payung.intake.template import is_of_template
from payung.jobs.models import Job
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.kernel.problem import Problem
from payung.store.paging import BadCursorError, keyset_page
from payung.web.frame.tags import angka
from payung.web.intake.behind import GOING_ON, is_long, latest_work, open_work, progress_facts
from payung.web.intake.forms import ReasonForm, pledge_words
from payung.web.intake.found import find
from payung.web.intake.list_words import owner_words
from payung.web.intake.lists import tell_trouble
from payung.web.intake.one_list import parts_bar, rows_page
from payung.web.intake.words import told_row, trouble_of


@door(GET=Permission.LIST_APPROVE)
def index(request: ViewerRequest) -> HttpResponse:
    """What waits for approval, longest waiting first."""
    try:
        page = keyset_page(
            waiting_for_approval(request.viewer),
            order=("submitted_at", "id"),
            cursor=request.GET.get("hal", ""),
            size=30,
        )
    except BadCursorError:
        return HttpResponseRedirect(reverse("approvals"))
    names = actor_names(each.uploaded_by for each in page.items)
    today = SystemClock().today()
    lines = [
        {
            "upload": each,
            "owner": owner_words(each),
            "by": names.get(each.uploaded_by, ""),
            "is_own": each.uploaded_by == request.viewer.actor.id,
            "days": (today - timezone.localtime(each.submitted_at).date()).days if each.submitted_at else 0,
            "accepted": each.counts.get("accepted", 0),
            "exceptions": each.row_count - each.counts.get("accepted", 0),
        }
        for each in page.items
    ]
    return render(request, "intake/approvals.html", {"page": page, "lines": lines})


@door(GET=Permission.LIST_APPROVE, POST=Permission.LIST_APPROVE)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One list to be approved."""
    upload = find(request, public_id, Permission.LIST_APPROVE)
    if request.method == "POST":
        return _approve(request, upload)
    if upload.state != Upload.State.SUBMITTED:
        return HttpResponseRedirect(reverse("list_page", args=[upload.public_id]))
    return render(request, "intake/approval.html", _facts(request, upload))


@door(POST=Permission.LIST_APPROVE)
def give_back(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Give a list back to its uploader, with the reason."""
    upload = find(request, public_id, Permission.LIST_APPROVE)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis alasannya dahulu."))
        return HttpResponseRedirect(reverse("approval", args=[upload.public_id]))
    try:
        return_upload(upload, reason=form.cleaned_data["reason"], acting_user=request.viewer)
    except TROUBLE as error:
        tell_trouble(request, error)
    else:
        messages.success(request, _("Daftar dikembalikan kepada pengunggahnya, beserta alasannya."))
    return HttpResponseRedirect(reverse("approvals"))


def _approve(request: ViewerRequest, upload: Upload) -> HttpResponse:
    """Approve what was shown: at once, or behind the scenes where the list is long."""
    try:
        shown = bytes.fromhex(request.POST.get("hash", ""))
    except ValueError as error:
        raise Http404 from error
    clock = SystemClock()
    try:
        if is_long(upload):
            request.viewer.require_other_than(upload.uploaded_by)
            if open_work(upload) is None:
                params = {"upload_id": str(upload.public_id), "approved_hash": shown.hex()}
                enqueue("intake.apply", params, acting_user=request.viewer, clock=clock)
        else:
            applied = apply_upload(upload, approved_hash=shown, acting_user=request.viewer, clock=clock)
            text = _("Disetujui: {registered} orang baru terdaftar, {enrolled} pekerja mulai didaftarkan ke program.")
            messages.success(
                request, text.format(registered=angka(applied.registered), enrolled=angka(applied.enrolled))
            )
    except TROUBLE as error:
        tell_trouble(request, error)
        return HttpResponseRedirect(reverse("approval", args=[upload.public_id]))
    return HttpResponseRedirect(reverse("list_page", args=[upload.public_id]))


def _facts(request: ViewerRequest, upload: Upload) -> dict[str, Any]:
    counts = part_counts(upload)
    found = rows_page(request, exceptions_of(upload), size=100)
    sample = sample_of(upload)
    niks = masked_niks_of([*found.items, *sample])
    job = latest_work(upload)
    is_busy = job is not None and job.state in GOING_ON
    return {
        "upload": upload,
        "owner": owner_words(upload),
        "by": actor_names([upload.uploaded_by]).get(upload.uploaded_by, ""),
        "pledge": pledge_words(upload.pledge) if upload.pledge else "",
        "hash": bytes(upload.content_hash).hex(),
        "hash_shown": bytes(upload.content_hash).hex(" ", 4),
        "is_own": upload.uploaded_by == request.viewer.actor.id and not request.viewer.is_operator,
        "bar": parts_bar(upload, counts, active=""),
        "counts": counts,
        "accepted": counts["new"] + counts["known"],
        "exceptions": upload.row_count - counts["new"] - counts["known"],
        "notes": [told(Problem.from_dict(each)) for each in upload.notes if not is_of_template(each)],
        "page": found,
        "rows": [told_row(row, niks) for row in found.items],
        "sample": [told_row(row, niks) for row in sample],
        "is_busy": is_busy,
        "trouble": trouble_of(job) if job and job.kind == "intake.apply" and job.state == Job.State.FAILED else "",
        **(progress_facts(job) if is_busy and job else {}),
    }
