"""What was looked at and what was found: rows that only grow."""

from django.db import models
from django.db.models import F, Q

from payung.kernel.public_id import new_public_id


class CheckRun(models.Model):
    """One look through the invariants: who asked, when, and by number what was found.

    `results` is a list of `{number, state, found, milliseconds, rows}`; `rows` are the first offending ones.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    asked_label = models.CharField(max_length=200)
    is_whole = models.BooleanField()
    broken = models.PositiveIntegerField()
    results = models.JSONField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(finished_at__gte=F("started_at")), name="watch_run_ends_after_it_began"),
        )
