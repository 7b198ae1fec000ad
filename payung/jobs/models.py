"""A piece of work and how it went; and when each periodic piece was last started."""

from django.db import models
from django.db.models import F, Q

from payung.kernel.public_id import new_public_id


class Job(models.Model):
    """One piece of work, asked for by one actor. The row changes at its turning points only; progress is a file."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=64)
    params = models.JSONField(default=dict)
    label_params = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    task_id = models.UUIDField()
    requested_by_id = models.CharField(max_length=64)
    requested_by_label = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    run_after = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    done_count = models.PositiveIntegerField(default=0)
    rate = models.FloatField(default=0.0)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=100, default="")
    error_params = models.JSONField(default=dict)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed"]), name="jobs_job_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["queued", "running"], finished_at__isnull=True),
                name="jobs_job_finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done_count__lte=F("total")), name="jobs_job_count"
            ),
        )
        indexes = (
            models.Index(fields=["requested_by_id", "-id"], name="jobs_job_requester"),
            models.Index(fields=["state"], condition=Q(state__in=["queued", "running"]), name="jobs_job_open"),
        )


class ScheduledRun(models.Model):
    """The last time slot in which a periodic job was started: two schedulers move it forward once between them."""

    name = models.CharField(max_length=64, unique=True)
    slot = models.BigIntegerField()
    started_at = models.DateTimeField()
