"""An uploaded list, its rows with their fates, and who approved it."""

from django.db import models
from django.db.models import F, Q

from payung.kernel.public_id import new_public_id
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Pledge, Sponsor


class Upload(models.Model):
    """One file that came in. The original is kept, sealed, under its hash."""

    class State(models.TextChoices):
        """Where the list is on its way."""

        RECEIVED = "received"
        STAGED = "staged"
        SUBMITTED = "submitted"
        APPLIED = "applied"
        REFUSED = "refused"
        REPLACED = "replaced"
        UNDONE = "undone"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="uploads")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, related_name="uploads")
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    column_map = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    row_count = models.PositiveIntegerField(default=0)
    content_hash = models.BinaryField(max_length=32)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    legal_basis = models.CharField(max_length=150)
    uploaded_by = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, null=True)
    approved_hash = models.BinaryField(max_length=32, null=True)
    approved_at = models.DateTimeField(null=True)
    operator_played_both = models.BooleanField(default=False)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("uploaded_by")) | Q(operator_played_both=True),
                name="intake_approved_by_another",
            ),
        )
        indexes = (models.Index(fields=["sponsor", "-id"]), models.Index(fields=["state", "-id"]))


class StagedRow(models.Model):
    """One row of a list with its fate; nothing live has changed. What may identify the person is sealed."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="rows")
    row_number = models.PositiveIntegerField()
    fate = models.CharField(max_length=60)
    known = models.BooleanField(null=True)
    problems = models.JSONField(default=list)
    cells_sealed = models.BinaryField()
    row_hash = models.BinaryField(max_length=32)
    nik_index = models.BinaryField(max_length=32, null=True)
    name = models.CharField(max_length=250)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["upload", "row_number"], name="intake_row_once"),)
        indexes = (models.Index(fields=["upload", "fate", "row_number"]),)
