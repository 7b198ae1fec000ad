"""Which jobs there are, and how far they are."""

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.jobs.models import Job
from payung.jobs.progress import Progress, read_progress


def jobs_visible_to(viewer: Viewer) -> QuerySet[Job]:
    """Everybody sees the jobs they asked for; the keeper of the system sees all."""
    jobs = Job.objects.order_by("-pk")
    if not viewer.is_signed_in:
        return jobs.none()
    return jobs if viewer.may(Permission.JOB_READ) else jobs.filter(requested_by_id=viewer.actor.id)


def progress_of(job: Job) -> Progress:
    """How far a job is: from its file while it runs, from its row once it has ended."""
    if job.state == Job.State.RUNNING:
        return read_progress(job.public_id)
    return Progress(job.done_count, job.total, job.rate)
