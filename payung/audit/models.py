"""The chain of events and the lines of each."""

from django.db import models


class AuditEvent(models.Model):
    """One request or command that changed something, or was refused. `sequence` has no holes."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=16)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    action = models.CharField(max_length=100)
    reason = models.TextField()
    request_id = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    line_count = models.PositiveIntegerField()
    lines_hash = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        """How it is kept."""

        indexes = (models.Index(fields=["actor_id", "-id"]), models.Index(fields=["action", "-id"]))


class AuditLine(models.Model):
    """One object that an event touched. `before` and `after` are hashes of its content, empty where not given."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="lines", db_constraint=False)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    before = models.BinaryField(max_length=32)
    after = models.BinaryField(max_length=32)

    class Meta:
        """How it is kept."""

        indexes = (models.Index(fields=["object_type", "object_id"]),)


class AuditHead(models.Model):
    """The end of the chain: one row, locked by whoever appends, always last in the order of locks."""

    sequence = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)
