"""The outbox."""

from django.db import models
from django.db.models import Q

from payung.kernel.public_id import new_public_id


class Message(models.Model):
    """One letter to one address, caused by exactly one thing (`source`). Its parameters are sealed until it is sent.

    `public_id` is also the id under which it travels: a redelivery bears the same one, and mail programs show it once.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    template = models.CharField(max_length=64)
    source = models.CharField(max_length=150)
    to = models.EmailField()
    language = models.CharField(max_length=8, default="id")
    params = models.BinaryField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=100, default="")

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["source", "template", "to"], name="messages_message_one_source"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(state__in=["waiting", "failed"], sent_at__isnull=True),
                name="messages_message_sent_has_a_time",
            ),
        )
        indexes = (models.Index(fields=["not_before"], condition=Q(state="waiting"), name="messages_message_waiting"),)
