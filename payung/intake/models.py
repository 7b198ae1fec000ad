"""An uploaded list, its rows with their fates, and who approved it."""

from django.db import models
from django.db.models import F, Q

from payung.kernel.public_id import new_public_id
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Pledge, Sponsor

# An upload that still counts: its file is known, and coming again it changes nothing.
LIVE = Q(state__in=["received", "staged", "submitted", "applied"])


def once(column: str, name: str, which: Q) -> tuple[models.UniqueConstraint, ...]:
    """A file, or what its rows say, stands once among the live lists of a sponsor, of a village, and of the office."""
    of_office = which & Q(sponsor__isnull=True)
    return (
        models.UniqueConstraint(
            fields=["sponsor", column], condition=which & Q(sponsor__isnull=False), name=f"intake_{name}_once"
        ),
        models.UniqueConstraint(
            fields=["village", column],
            condition=of_office & Q(village__isnull=False),
            name=f"intake_village_{name}_once",
        ),
        models.UniqueConstraint(
            fields=[column], condition=of_office & Q(village__isnull=True), name=f"intake_office_{name}_once"
        ),
    )


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
        REPEATED = "repeated"
        UNDONE = "undone"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="uploads")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, related_name="uploads")
    # A list that a village hands in of its own people; with neither sponsor nor village it is the office's own data.
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    column_map = models.JSONField(default=dict)
    choices = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    # The faults of its rows, grouped; of each column a few values, sealed. None for a list from before they were kept.
    faults = models.JSONField(null=True)
    samples_sealed = models.BinaryField(null=True)
    # The marked workbook of a long list, made behind the scenes: its file, its language, and the rows it was made of.
    marked = models.JSONField(null=True)
    marked_at = models.DateTimeField(null=True)
    changed_rows = models.PositiveIntegerField(null=True)
    row_count = models.PositiveIntegerField(default=0)
    content_hash = models.BinaryField(max_length=32)
    # What the rows say, whatever their order and the file's format; none for a list that is not staged.
    rows_hash = models.BinaryField(max_length=32, null=True)
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    doubles_reason = models.CharField(max_length=500, default="", db_default="")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    legal_basis = models.CharField(max_length=150)
    uploaded_by = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, null=True)
    approved_hash = models.BinaryField(max_length=32, null=True)
    approved_at = models.DateTimeField(null=True)
    operator_played_both = models.BooleanField(default=False)
    undone_by = models.CharField(max_length=64, null=True)
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=500, null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("uploaded_by")) | Q(operator_played_both=True),
                name="intake_approved_by_another",
            ),
            *once("file_sha256", "file", LIVE),
            *once("rows_hash", "rows", LIVE & Q(rows_hash__isnull=False)),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(approved_by__isnull=False), name="intake_applied_is_approved"
            ),
            models.CheckConstraint(
                condition=~Q(state="repeated") | Q(repeats__isnull=False), name="intake_repeat_names_its_list"
            ),
            models.CheckConstraint(
                condition=Q(village__isnull=True) | Q(sponsor__isnull=True), name="intake_village_or_sponsor"
            ),
        )
        indexes = (models.Index(fields=["sponsor", "-id"]), models.Index(fields=["state", "-id"]))


class StagedRow(models.Model):
    """One row of a list with its fate; nothing live has changed. What may identify the person is sealed.

    `worker` is the person whom the registry knew when the row was staged. Rows of an approved list are never written
    again: what became of them stands in `AppliedRow`.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    # Nobody asks which rows name a village, an occupation or a worker; those of a list are found by its other indexes.
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="rows", db_index=False)
    row_number = models.PositiveIntegerField()
    fate = models.CharField(max_length=60)
    known = models.BooleanField(null=True)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    cells_sealed = models.BinaryField()
    row_hash = models.BinaryField(max_length=32)
    nik_index = models.BinaryField(max_length=32, null=True)
    name = models.CharField(max_length=250)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["upload", "row_number"], name="intake_row_once"),)
        indexes = (models.Index(fields=["upload", "fate", "row_number"]),)

    @property
    def outcome(self) -> str:
        """Why an accepted row of an applied list could not go; empty where it went, or nothing was applied."""
        applied: AppliedRow | None = getattr(self, "applied", None)
        return applied.outcome if applied else ""


class AppliedRow(models.Model):
    """What became of an accepted row when its list was applied: the worker, or the code of what stood in the way.

    Narrow and append-only: a commit that also rewrote ten thousand wide rows would keep every reader out for longer.
    """

    # A list's rows are deleted when it is staged anew, before any is applied: Django need not look here each time.
    row = models.OneToOneField(StagedRow, on_delete=models.DO_NOTHING, primary_key=True, related_name="applied")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=60)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(worker__isnull=False, outcome="") | (Q(worker__isnull=True) & ~Q(outcome="")),
                name="intake_applied_to_a_worker_or_says_why",
            ),
        )


class Reservation(models.Model):
    """A sponsor's wish for workers from the office's data, and what the office offers for it."""

    class State(models.TextChoices):
        """Where the wish is."""

        REQUESTED = "requested"
        OFFERED = "offered"
        ACCEPTED = "accepted"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="reservations")
    wanted = models.PositiveIntegerField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=250)
    state = models.CharField(max_length=10, choices=State)
    requested_by = models.CharField(max_length=64)
    requested_at = models.DateTimeField()
    offered_by = models.CharField(max_length=64, null=True)
    offered_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(wanted__gte=1), name="intake_reservation_wants_somebody"),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(expires_on__isnull=False), name="intake_offer_has_an_end"
            ),
        )
        indexes = (models.Index(fields=["state", "expires_on"]), models.Index(fields=["sponsor", "-id"]))


class ReservedWorker(models.Model):
    """A worker held for one sponsor until the offer ends. Nobody is held for two."""

    reservation = models.ForeignKey(Reservation, on_delete=models.PROTECT, related_name="workers")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    reasons = models.JSONField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["worker"], condition=Q(released_at__isnull=True), name="intake_worker_held_once"
            ),
        )
        indexes = (models.Index(fields=["reservation", "rank"]),)
