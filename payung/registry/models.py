"""Regions and occupations as the state writes them, and workers.

In the clear: name, birth date, sex, village, occupation. Sealed: NIK, KK, phone, mother's name. A NIK is found by its
blind index alone.
"""

from django.db import models
from django.db.models import Q

from payung.kernel.funds import Sektor
from payung.kernel.public_id import new_public_id


class Region(models.Model):
    """A province, kabupaten/kota, kecamatan or desa/kelurahan, by Kemendagri's code."""

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    postal_code = models.CharField(max_length=5)

    class Meta:
        """How it is kept."""

        indexes = (models.Index(fields=["level", "code"]),)


class RegionBoundary(models.Model):
    """The outline of a region, imported from a file; without it the map is a grid."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, primary_key=True, related_name="boundary")
    geometry = models.JSONField()
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()


class Occupation(models.Model):
    """What somebody does for a living; its sector decides the relief of PP 50/2025."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80, unique=True)
    group = models.CharField(max_length=60)
    sector = models.CharField(max_length=12)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(sector__in=[s.value for s in Sektor]), name="registry_sector_known"),
        )


class WorkerBlocks(models.Model):
    """By what a worker is found without opening anything: keyed hashes of the texts of `matching.blocking`.

    Written with every change of a worker's facts; a projection of them, which `payung check` holds (I-11) and
    `write_missing_blocks` rebuilds. `made_by` is the version of the texts.
    """

    worker = models.OneToOneField("Worker", on_delete=models.PROTECT, primary_key=True, related_name="blocks")
    nik_name = models.BigIntegerField(null=True)
    birth_name = models.BigIntegerField(null=True)
    birth_village = models.BigIntegerField(null=True)
    mother = models.BigIntegerField(null=True)
    phone = models.BigIntegerField(null=True)
    made_by = models.PositiveSmallIntegerField()

    class Meta:
        """How it is kept."""

        # Many lists tell neither mother nor telephone: those who have none stand in no index.
        indexes = (
            models.Index(fields=["nik_name"], name="registry_block_nik_name"),
            models.Index(fields=["birth_name"], name="registry_block_birth_name"),
            models.Index(fields=["birth_village"], name="registry_block_birth_village"),
            models.Index(fields=["mother"], condition=Q(mother__isnull=False), name="registry_block_mother"),
            models.Index(fields=["phone"], condition=Q(phone__isnull=False), name="registry_block_phone"),
        )


class Worker(models.Model):
    """A vulnerable worker (pekerja rentan). One live person per NIK."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    nik_sealed = models.BinaryField()
    nik_index = models.BinaryField(max_length=32)
    nik_birth_date = models.DateField()
    name = models.CharField(max_length=250)
    name_folded = models.CharField(max_length=250)
    birth_place = models.CharField(max_length=100)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=250)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    income_rp = models.PositiveIntegerField(null=True)
    kk_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    mother_sealed = models.BinaryField(null=True)
    desil = models.PositiveSmallIntegerField(null=True)
    desil_version = models.CharField(max_length=40)
    desil_on = models.DateField(null=True)
    consent_basis = models.CharField(max_length=100)
    source = models.CharField(max_length=80)
    died_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["nik_index"], condition=Q(merged_into__isnull=True), name="registry_one_person_per_nik"
            ),
            models.CheckConstraint(condition=Q(sex__in=["L", "P"]), name="registry_sex_known"),
            models.CheckConstraint(
                condition=Q(desil__isnull=True) | Q(desil__gte=1, desil__lte=10), name="registry_desil_in_range"
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=models.F("birth_date")),
                name="registry_death_after_birth",
            ),
        )
        # Villages and occupations are indexed together with the id. Nearly nobody is merged: an index over all rows
        # would cost every insert, and SQLite would walk it in place of the one on names.
        indexes = (
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="registry_merged"),
            models.Index(fields=["village", "id"]),
            models.Index(fields=["occupation", "id"]),
            models.Index(fields=["name_folded", "id"]),
        )


class SuspectedPair(models.Model):
    """Two records that may be one person's: how sure, by which model, and what each field says. `left` is older.

    `evidence` is a list of field, level and weight (thousandths of log2 of the odds), never a value. `state` is what
    the latest decisions come to; they stand in `PairDecision` and are never changed.
    """

    class State(models.TextChoices):
        """Where a pair stands. `awaiting`: decided by one person, and a second one must say the same."""

        OPEN = "open"
        UNSURE = "unsure"
        AWAITING = "awaiting"
        SAME = "same"
        DIFFERENT = "different"

    DECIDED = (State.SAME, State.DIFFERENT)

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    left = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", db_index=False)
    right = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    probability_ppm = models.PositiveIntegerField()
    band = models.CharField(max_length=8)
    model = models.CharField(max_length=80)
    evidence = models.JSONField()
    source = models.CharField(max_length=80)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["left", "right"], name="registry_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=models.F("right")), name="registry_pair_older_left"),
            models.CheckConstraint(condition=Q(probability_ppm__lte=1_000_000), name="registry_pair_probability"),
            models.CheckConstraint(condition=Q(band__in=["auto", "review"]), name="registry_pair_band_known"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "unsure", "awaiting", "same", "different"]),
                name="registry_pair_state_known",
            ),
        )
        indexes = (models.Index(fields=["state", "probability_ppm", "id"]),)


class PairDecision(models.Model):
    """What one person said of a pair, for ever; a later decision takes its place and leaves it standing.

    `confirms` is the first person's decision that this one agrees with. Probability, band and model are those of the
    day: which version was right can be counted from them.
    """

    class Answer(models.TextChoices):
        """One person, two, or not to be told yet."""

        SAME = "same"
        DIFFERENT = "different"
        UNSURE = "unsure"

    pair = models.ForeignKey(SuspectedPair, on_delete=models.PROTECT, related_name="decisions")
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.CharField(max_length=500)
    is_final = models.BooleanField()
    confirms = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="confirmed_by")
    first_actor_id = models.CharField(max_length=64)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    operator_played_both = models.BooleanField()
    probability_ppm = models.PositiveIntegerField()
    band = models.CharField(max_length=8)
    model = models.CharField(max_length=80)
    decided_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(answer__in=["same", "different", "unsure"]), name="registry_decision_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(confirms__isnull=True)
                | ~Q(first_actor_id=models.F("actor_id"))
                | Q(operator_played_both=True),
                name="registry_decision_by_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(answer="unsure") | Q(is_final=False), name="registry_unsure_decides_nothing"
            ),
        )


class PairDraft(models.Model):
    """What somebody had begun to say of a pair: theirs alone, gone once it is said."""

    pair = models.ForeignKey(SuspectedPair, on_delete=models.PROTECT, related_name="drafts")
    actor_id = models.CharField(max_length=64)
    answer = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    saved_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["pair", "actor_id"], name="registry_one_draft_each"),)


class WorkerMerger(models.Model):
    """One record was merged into another, or taken out of it again (`undoes`): what happened, for ever.

    The record itself changes in `merged_into` alone, and all that hangs on it stays where it is: that is why an undo
    gives the same state to the byte.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(SuspectedPair, on_delete=models.PROTECT, null=True, related_name="mergers")
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    reason = models.CharField(max_length=500)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=~Q(worker=models.F("into")), name="registry_merger_of_two_records"),
        )


class AutoLinking(models.Model):
    """The office let the program link pairs of the `auto` band by itself, or stopped it; the latest row counts.

    `decided` and `agreed` are what the switch rested on: how many pairs of that band people had decided by then, and
    how many of them were one person's.
    """

    is_on = models.BooleanField()
    decided = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
