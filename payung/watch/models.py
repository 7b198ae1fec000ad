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


class Finding(models.Model):
    """One thing that a rule found and a person must look at: which rule, about what, on which figures.

    `key` names it for ever, so a second run does not open it again. `about` are those whose own work it concerns: they
    cannot judge it.
    """

    class Rule(models.TextChoices):
        """What looked like fraud."""

        AFTER_DEATH = "after-death"
        DYING = "dying"
        NO_KPJ = "no-kpj"
        NO_STEPS = "no-steps"
        ONE_PHONE = "one-phone"
        ONE_ADDRESS = "one-address"
        PAID_TWICE = "paid-twice"
        FRIENDS = "friends"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    rule = models.CharField(max_length=16, choices=Rule)
    key = models.CharField(max_length=200, unique=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    label = models.CharField(max_length=250)
    figures = models.JSONField()
    about = models.JSONField(default=list)
    opened_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(
                    rule__in=[
                        "after-death",
                        "dying",
                        "no-kpj",
                        "no-steps",
                        "one-phone",
                        "one-address",
                        "paid-twice",
                        "friends",
                    ]
                ),
                name="watch_finding_rule_known",
            ),
        )
        indexes = (models.Index(fields=["rule", "-id"]),)


class FindingReview(models.Model):
    """What one person said of a finding, with the reason, for ever. The latest counts; without one it is open."""

    class Answer(models.TextChoices):
        """All is well, or something will be done about it."""

        WAJAR = "wajar"
        DITINDAKLANJUTI = "ditindaklanjuti"

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reviews")
    answer = models.CharField(max_length=16, choices=Answer)
    reason = models.CharField(max_length=500)
    reviewed_by = models.CharField(max_length=64)
    reviewed_label = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(answer__in=["wajar", "ditindaklanjuti"]), name="watch_review_answer_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="watch_review_has_a_reason"),
        )
