"""The workbook to fill in: empty, or with a sponsor's own workers; of a large sponsor it is made behind the scenes."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.intake.selectors import sponsors_to_upload_for
from payung.intake.services import empty_template, hand_out_template, kept_template, workers_in_template
from payung.jobs.models import Job
from payung.jobs.selectors import jobs_visible_to
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.kernel.public_id import public_id_of
from payung.store.files import FileGoneError
from payung.web.intake.downloads import workbook
from payung.web.intake.words import trouble_of

WORKERS_IN_REQUEST = 500
# A template that lies ready is handed out this long; later its workers may be others.
FRESH = timedelta(hours=1)


@door(GET=Permission.LIST_UPLOAD, POST=Permission.LIST_UPLOAD)
def template(request: ViewerRequest) -> HttpResponse:
    """The workbook to fill in: empty, or (a POST, for it is recorded) with a sponsor's own workers."""
    clock = SystemClock()
    if request.method != "POST":
        return workbook(empty_template(clock=clock), "templat-daftar-pekerja.xlsx")
    code = public_id_of(request.POST.get("sponsor", ""))
    sponsor = sponsors_to_upload_for(request.viewer).filter(public_id=code).first() if code else None
    if sponsor is None:
        raise Http404
    name = f"templat-pekerja-{clock.today():%Y%m%d}.xlsx"
    if workers_in_template(sponsor) <= WORKERS_IN_REQUEST:
        return workbook(hand_out_template(sponsor, acting_user=request.viewer, clock=clock), name)
    job = _latest(request, str(sponsor.public_id))
    if job and _is_ready(job):
        try:
            return workbook(kept_template(str((job.result or {}).get("file", ""))), name)
        except FileGoneError:
            job = None
    if job is None or job.state not in (Job.State.QUEUED, Job.State.RUNNING):
        params = {"sponsor": str(sponsor.public_id), "language": get_language() or "id"}
        enqueue("intake.template", params, acting_user=request.viewer, clock=clock)
    return HttpResponseRedirect(f"{reverse('list_upload')}#templat")


def template_facts(request: ViewerRequest) -> dict[str, Any]:
    """Where the template that somebody asked for is: being made, ready, or why not."""
    job = _latest(request)
    if job is None:
        return {}
    failed = job.state == Job.State.FAILED
    return {
        "is_making": job.state in (Job.State.QUEUED, Job.State.RUNNING),
        "is_ready": _is_ready(job),
        "sponsor": job.params["sponsor"],
        "trouble": trouble_of(job) if failed else "",
    }


def _latest(request: ViewerRequest, sponsor: str = "") -> Job | None:
    """One's own latest template with workers."""
    jobs = jobs_visible_to(request.viewer).filter(
        kind="intake.template",
        requested_by_id=request.viewer.actor.id,
        requested_at__gt=SystemClock().now() - FRESH,
        params__language=get_language() or "id",
    )
    return (jobs.filter(params__sponsor=sponsor) if sponsor else jobs).first()


def _is_ready(job: Job) -> bool:
    return job.state == Job.State.DONE and bool((job.result or {}).get("file"))
