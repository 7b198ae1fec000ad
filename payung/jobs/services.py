"""Asking for work, doing it, trying again, and taking up what a dead worker left."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from payung.access.selectors import viewer_with_id
from payung.access.viewer import SYSTEM_VIEWER, Viewer
from payung.audit.services import recording
from payung.jobs.errors import SecretInParamsError
from payung.jobs.models import Job
from payung.jobs.progress import ProgressWriter, forget_progress, held
from payung.jobs.registry import JobKind, RunningJob, job_kind
from payung.jobs.runner import Done, Failed, perform
from payung.kernel.clock import Clock, SystemClock
from payung.kernel.nik import holds_a_nik
from payung.kernel.public_id import new_public_id

BACKOFF_SECONDS = 5
CLAIM_GRACE = timedelta(seconds=15)
KEEP_DAYS = 30


@transaction.atomic
def enqueue(
    kind: str,
    params: dict[str, Any],
    *,
    acting_user: Viewer,
    clock: Clock,
    label_params: dict[str, Any] | None = None,
) -> Job:
    """Ask for a job; it starts once the caller's transaction is committed, for the queue lies in the same database.

    `params` are plain JSON: public ids, months, flags. `label_params` feed the words by which people know the job.
    """
    job_kind(kind)
    label_params = label_params or {}
    if holds_a_nik(json.dumps([params, label_params])):
        raise SecretInParamsError(kind)
    now = clock.now()
    with recording(acting_user.actor, f"jobs.enqueue.{kind}") as event:
        public_id = new_public_id()
        job = Job.objects.create(
            public_id=public_id,
            kind=kind,
            params=params,
            label_params=label_params,
            task_id=UUID(run_job.enqueue(str(public_id)).id),
            requested_by_id=acting_user.actor.id,
            requested_by_label=acting_user.actor.label,
            requested_at=now,
            run_after=now,
        )
        event.touch("jobs.job", job.public_id)
    return job


@task()
def run_job(public_id: str) -> str:
    """What the worker calls; the answer is the state in which the job was left."""
    return do_job(UUID(public_id), clock=SystemClock())


def do_job(public_id: UUID, *, clock: Clock) -> str:
    """Do a queued job in this process. One that is done, not due or running elsewhere is left alone."""
    with held(public_id) as is_ours:
        if not is_ours:
            return Job.State.RUNNING
        job = _started(public_id, clock=clock)
        if job is None:
            return "left alone"
        kind = job_kind(job.kind)
        writer = ProgressWriter(job.public_id)
        outcome = _performed(kind, job, writer, clock=clock)
        state = _settle(job, kind, outcome, writer, clock=clock)
        forget_progress(job.public_id)
        return state


def requeue_orphans(*, clock: Clock) -> int:
    """Queue again what a worker that died had begun; what may not be repeated fails. Return how many there were."""
    count = 0
    for job in Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).order_by("pk"):
        if not _is_orphan(job, clock=clock):
            continue  # before its lock is tried: a worker that is about to begin must find it free
        with held(job.public_id) as nobody_runs_it:
            if nobody_runs_it:
                count += _take_up(job.pk, clock=clock)
    return count


def prune_jobs(*, clock: Clock) -> int:
    """Remove what finished more than a month ago, with its task; the audit keeps that it was asked for."""
    before = clock.now() - timedelta(days=KEEP_DAYS)
    with transaction.atomic():
        DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
        count, _ = Job.objects.filter(finished_at__lt=before).delete()
    return count


def _started(public_id: UUID, *, clock: Clock) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(public_id=public_id, state=Job.State.QUEUED).first()
        if job is None:
            return None
        job.state, job.started_at, job.attempts = Job.State.RUNNING, clock.now(), job.attempts + 1
        job.save(update_fields=["state", "started_at", "attempts"])
    return job


def _performed(kind: JobKind, job: Job, writer: ProgressWriter, *, clock: Clock) -> Done | Failed:
    viewer = SYSTEM_VIEWER
    if job.requested_by_id != SYSTEM_VIEWER.actor.id:
        # Rights are those of this moment, not of the moment it was asked for.
        viewer = viewer_with_id(job.requested_by_id)
        if not viewer.is_signed_in:
            return Failed("jobs:requester-gone")
    running = RunningJob(job.public_id, job.kind, job.attempts, viewer, clock, writer)
    return perform(kind, running, job.params)


def _settle(job: Job, kind: JobKind, outcome: Done | Failed, writer: ProgressWriter, *, clock: Clock) -> str:
    with transaction.atomic():
        if isinstance(outcome, Failed) and outcome.passing and job.attempts < kind.max_attempts:
            _queue_again(job, after=_backoff(job.attempts), clock=clock)
            job.error_code, job.error_params = outcome.code, outcome.params
        else:
            _finish(job, outcome, writer, clock=clock)
        job.save()
    return job.state


def _finish(job: Job, outcome: Done | Failed, writer: ProgressWriter, *, clock: Clock) -> None:
    job.finished_at = clock.now()
    job.total, job.rate = writer.latest.total, writer.latest.rate
    job.done_count = writer.latest.done if job.total is None else min(writer.latest.done, job.total)
    if isinstance(outcome, Done):
        job.state, job.result, job.error_code, job.error_params = Job.State.DONE, outcome.result, "", {}
    else:
        job.state, job.error_code, job.error_params = Job.State.FAILED, outcome.code, outcome.params


def _take_up(job_pk: int, *, clock: Clock) -> int:
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_pk)
        if not _is_orphan(job, clock=clock):
            return 0
        DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.FAILED, finished_at=clock.now()
        )
        forget_progress(job.public_id)  # of the try that broke off
        kind = job_kind(job.kind)
        begun = job.state == Job.State.RUNNING
        if begun and (not kind.idempotent or job.attempts >= kind.max_attempts):
            job.state, job.finished_at, job.error_code = Job.State.FAILED, clock.now(), "jobs:worker-died"
        else:
            _queue_again(job, after=timedelta(), clock=clock)
        job.save()
    return 1


def _is_orphan(job: Job, *, clock: Clock) -> bool:
    """Running (an orphan if its lock is free); or queued while its task no longer waits: a worker died in between."""
    if job.state == Job.State.RUNNING:
        return True
    claimed_just_now = Q(status=TaskResultStatus.RUNNING, started_at__gt=clock.now() - CLAIM_GRACE)
    waiting = DBTaskResult.objects.filter(Q(status=TaskResultStatus.READY) | claimed_just_now, pk=job.task_id)
    return job.state == Job.State.QUEUED and not waiting.exists()


def _queue_again(job: Job, *, after: timedelta, clock: Clock) -> None:
    job.state, job.run_after = Job.State.QUEUED, clock.now() + after
    later = run_job.using(run_after=job.run_after) if after else run_job
    job.task_id = UUID(later.enqueue(str(job.public_id)).id)


def _backoff(attempts: int) -> timedelta:
    return timedelta(seconds=BACKOFF_SECONDS * 2 ** (attempts - 1))
