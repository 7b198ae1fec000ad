"""All lists, and handing in a new one."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.selectors import actor_names
from payung.intake.models import Upload
from payung.intake.selectors import is_small, sponsors_to_upload_for, uploads_visible_to, villages_to_upload_for
from payung.intake.services import Received, receive_upload, stage_upload
from payung.intake.tasks import TROUBLE, trouble_code
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.web.frame.lists import asked_page
from payung.web.frame.shapes import Choice
from payung.web.frame.tags import angka, tanggal
from payung.web.intake.forms import UploadForm
from payung.web.intake.list_words import owner_words, repeat_words
from payung.web.intake.templates import template_facts
from payung.web.intake.words import STATE_NAMES, TROUBLE_TEXTS, state_of

CHIPS = (Upload.State.STAGED, Upload.State.SUBMITTED, Upload.State.APPLIED, Upload.State.REFUSED)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list as one line of the overview."""

    upload: Upload
    url: str
    owner: str
    state: str
    tone: str
    uploaded_by: str
    repair: int
    accepted: int


@door(GET=Permission.LIST_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """Every list that this person may see, the newest first; filters stand in the address."""
    state, sponsor = request.GET.get("keadaan", ""), request.GET.get("penyandang", "")
    found = uploads_visible_to(request.viewer)
    sees_all = request.viewer.scope_of(Permission.LIST_READ).everything
    has_any = found.exists()
    if state in STATE_NAMES:
        found = found.filter(state=state)
    if sponsor and sees_all:
        found = found.filter(sponsor__name__icontains=sponsor)
    page = asked_page(request, found, size=30)
    facts = {
        "page": page,
        "lines": _lines(page.items),
        "chips": _chips(state, sponsor),
        "sponsor": sponsor,
        "state": state,
        "sees_all": sees_all,
        "has_any": has_any,
        "may_upload": may_upload(request),
    }
    return render(request, "intake/lists.html", facts)


@door(GET=Permission.LIST_UPLOAD, POST=Permission.LIST_UPLOAD)
def upload(request: ViewerRequest) -> HttpResponse:
    """Step 1: choose or drop a file."""
    may_office = request.viewer.scope_of(Permission.LIST_UPLOAD).everything
    is_post = request.method == "POST"
    form = UploadForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        viewer=request.viewer,
        may_office=may_office,
        initial={"sponsor": request.GET.get("penyandang", ""), "pledge": request.GET.get("janji", "")},
    )
    if is_post and form.is_valid():
        data = form.cleaned_data
        received = receive_upload(
            data["file"].read(),
            file_name=data["file"].name,
            sponsor=data["sponsor"],
            village=data["village"],
            pledge=data["pledge"],
            legal_basis=data["legal_basis"],
            acting_user=request.viewer,
            clock=SystemClock(),
        )
        return HttpResponseRedirect(reverse("list_page", args=[taken_in(request, received).public_id]))
    facts = {
        "form": form,
        "may_upload": may_upload(request),
        "may_office": may_office,
        "sponsors": sponsors_to_upload_for(request.viewer).values_list("public_id", "name"),
        "template": template_facts(request),
    }
    return render(request, "intake/upload.html", facts)


def may_upload(request: ViewerRequest) -> bool:
    """Whether this person has anybody to hand in lists for."""
    scope = request.viewer.scope_of(Permission.LIST_UPLOAD)
    has_sponsor = bool(scope.sponsors) and sponsors_to_upload_for(request.viewer).exists()
    return scope.everything or has_sponsor or villages_to_upload_for(request.viewer).exists()


def taken_in(request: ViewerRequest, received: Received) -> Upload:
    """Have a received file checked, unless it was here before; give the list that stands for it now."""
    if received.is_repeat:
        tell_repeat(request, received.upload)
        return received.upload
    checked = check(request, received.upload)
    if checked.repeats is None:
        return checked
    messages.info(request, repeat_words(checked))
    return checked.repeats


def check(request: ViewerRequest, upload: Upload) -> Upload:
    """Have a list read and checked: a small one at once, a large one behind the scenes, where it outlives the page."""
    clock = SystemClock()
    if not is_small(upload):
        enqueue("intake.stage", {"upload_id": str(upload.public_id)}, acting_user=request.viewer, clock=clock)
        return upload
    try:
        staged = stage_upload(upload, acting_user=request.viewer, clock=clock)
    except TROUBLE as error:
        tell_trouble(request, error)
        return upload
    if staged.changed_rows is not None and staged.row_count:
        tell_changes(request, staged)
    return staged


def tell_repeat(request: ViewerRequest, upload: Upload) -> None:
    """Say that the same file was here before."""
    day = tanggal(upload.uploaded_at)
    messages.info(
        request, _("Berkas ini sama persis dengan yang diunggah {day}; tidak ada yang berubah.").format(day=day)
    )


def tell_changes(request: ViewerRequest, upload: Upload) -> None:
    """Say how many rows of a mended file differ from the one before."""
    text = _("{changed} dari {rows} baris berubah dari berkas sebelumnya; baris yang lain tetap.")
    messages.success(request, text.format(changed=angka(upload.changed_rows or 0), rows=angka(upload.row_count)))


def tell_trouble(request: ViewerRequest, error: Exception) -> None:
    """Say what kept a list from its next step, and what to do."""
    messages.error(request, str(TROUBLE_TEXTS.get(trouble_code(error), _("Langkah ini tidak dapat dilakukan."))))


def _lines(uploads: Iterable[Upload]) -> list[ListLine]:
    uploads = list(uploads)
    names = actor_names(each.uploaded_by for each in uploads)
    return [
        ListLine(
            each,
            reverse("list_page", args=[each.public_id]),
            owner_words(each),
            *state_of(each),
            names.get(each.uploaded_by, ""),
            sum(count for fate, count in each.counts.items() if fate.startswith("repair")),
            each.counts.get("accepted", 0),
        )
        for each in uploads
    ]


def _chips(state: str, sponsor: str) -> list[Choice]:
    kept = {"penyandang": sponsor} if sponsor else {}
    every = Choice(_("Semua"), f"?{urlencode(kept)}", not state)
    named = ((str(STATE_NAMES[each][0]), {"keadaan": str(each), **kept}, state == each) for each in CHIPS)
    return [every, *(Choice(words, f"?{urlencode(query)}", active) for words, query, active in named)]
