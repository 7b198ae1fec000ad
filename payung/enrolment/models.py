"""A worker's way into the programme under one sponsor, and every step of it."""

from django.db import models
from django.db.models import Q

from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.sponsors.models import CivilServant, Pledge, Sponsor


class Wadah(models.Model):
    """BPJS's group in which workers are registered: its number, type, branch, agreement and funder."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    type = models.CharField(max_length=2)
    branch = models.CharField(max_length=80)
    agreement = models.CharField(max_length=80)
    funder = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="wadah")
    recorded_at = models.DateTimeField()


class Enrolment(models.Model):
    """One worker's way in under one sponsor. A worker has at most one that has not ended."""

    class State(models.TextChoices):
        """Where on the way it is; the transitions stand in `enrolment.transitions`."""

        PROPOSED = "proposed"
        VERIFIED = "verified"
        MATCHED = "matched"
        CHECKED = "checked"
        DETERMINED = "determined"
        REGISTERED = "registered"
        SENT = "sent"
        ACCEPTED = "accepted"
        ACTIVE = "active"
        REJECTED = "rejected"
        LEFT = "left"

    ENDED = (State.REJECTED, State.LEFT)

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="enrolments")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="enrolments")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, related_name="enrolments")
    civil_servant = models.ForeignKey(CivilServant, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=State)
    since = models.DateField()
    reason = models.CharField(max_length=32)
    wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, null=True, related_name="enrolments")
    kpj = models.CharField(max_length=20)
    starts_on = models.DateField(null=True)
    paid_through = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["worker"],
                condition=~Q(state__in=["rejected", "left"]),
                name="enrolment_one_live_way_per_worker",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | (~Q(kpj="") & Q(starts_on__isnull=False)),
                name="enrolment_active_has_kpj_and_start",
            ),
        )
        indexes = (
            models.Index(fields=["sponsor", "state", "id"]),
            models.Index(fields=["pledge", "state", "position"]),
            models.Index(fields=["state", "since", "id"]),
        )


class EnrolmentEvent(models.Model):
    """One step of the way, for ever: from where to where, from which day, recorded when, by whom."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    reason = models.CharField(max_length=32)
    params = models.JSONField(default=dict)
