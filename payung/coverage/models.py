r"""Counts of covered workers a month, rebuilt from the ledger, and the official figures that others publish.

Pages read these tables and never join the ledger. A worker counts where they live and work today, under who pays the
month. Both programmes are always paid together, so a worker's JKK month stands for both.

    covered_month --rebuild--> CoverageSummary (every cell) --> CoverageRollup (one dimension at a time)
                          \--> LapseSummary (who is not carried on)    worker --> VillageNeed (who is missing)
"""

from django.db import models
from django.db.models import Q

from payung.kernel.funds import Keyakinan, Sektor
from payung.kernel.public_id import new_public_id
from payung.registry.models import Occupation, Region
from payung.sponsors.models import Sponsor

SECTORS = [sector.value for sector in Sektor]


class CoverageSummary(models.Model):
    """How many workers of a village and an occupation one sponsor covers in one month."""

    month = models.PositiveIntegerField()
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="+")
    funds = models.CharField(max_length=10)
    berlaku = models.PositiveIntegerField()
    sementara = models.PositiveIntegerField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["month", "village", "occupation", "sponsor"], name="coverage_cell_once"),
            models.UniqueConstraint(
                fields=["month", "village", "sponsor"],
                condition=Q(occupation__isnull=True),
                name="coverage_cell_without_occupation_once",
            ),
            models.CheckConstraint(condition=Q(berlaku__gte=1) | Q(sementara__gte=1), name="coverage_cell_not_empty"),
        )
        indexes = (models.Index(fields=["sponsor", "month"]),)


class CoverageRollup(models.Model):
    """The same counts added up along one dimension, by sector. `key` is what the dimension counts by."""

    class Dimension(models.TextChoices):
        """What is counted by: `key` is empty, a region's code, an occupation's code, a sponsor's id, or the funds."""

        TOTAL = "total"
        KECAMATAN = "kecamatan"
        VILLAGE = "village"
        OCCUPATION = "occupation"
        SPONSOR = "sponsor"
        FUNDS = "funds"

    month = models.PositiveIntegerField()
    dimension = models.CharField(max_length=10, choices=Dimension)
    key = models.CharField(max_length=40)
    sector = models.CharField(max_length=12)
    berlaku = models.PositiveIntegerField()
    sementara = models.PositiveIntegerField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["dimension", "month", "key", "sector"], name="coverage_rollup_once"),
            models.CheckConstraint(condition=Q(sector__in=SECTORS), name="coverage_rollup_sector_known"),
        )


class LapseSummary(models.Model):
    """How many living workers were covered in the month before `month` and are not in it, by who paid that month.

    `past_waiting` of them were covered in as many months in a row as JKM makes people wait: a gap may begin those anew.
    Months at another record of the same person are not seen here.
    """

    month = models.PositiveIntegerField()
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=12)
    dasar_upah_rp = models.PositiveIntegerField()
    workers = models.PositiveIntegerField()
    past_waiting = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["month", "sponsor", "sector", "dasar_upah_rp"], name="coverage_lapse_counted_once"
            ),
            models.CheckConstraint(condition=Q(sector__in=SECTORS), name="coverage_lapse_sector_known"),
        )


class VillageNeed(models.Model):
    """How many workers of a village and a sector the office knows, of an age to be registered, and has not covered."""

    month = models.PositiveIntegerField()
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=12)
    known = models.PositiveIntegerField()
    uncovered = models.PositiveIntegerField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["month", "village", "sector"], name="coverage_need_counted_once"),
            models.CheckConstraint(condition=Q(sector__in=SECTORS), name="coverage_need_sector_known"),
            models.CheckConstraint(condition=Q(uncovered__lte=models.F("known")), name="coverage_need_within_known"),
        )


class SummaryMonth(models.Model):
    """When a month was last counted."""

    month = models.PositiveIntegerField(unique=True)
    counted_at = models.DateTimeField()


class SummaryHead(models.Model):
    """How far the counting has come: the newest journal entry and worker it has seen. The one row is its lock."""

    entry_id = models.PositiveBigIntegerField()
    worker_id = models.PositiveBigIntegerField()


class OfficialFigure(models.Model):
    """A figure that BPJS, the regent or a statistics office published, with its source. Never changed: entered anew.

    `as_of` is the day it speaks of, `document_on` the day of the paper. Of two entries for one day the later counts.
    """

    class Kind(models.TextChoices):
        """What is counted. Targets are hundredths of a percent, all others people."""

        PEKERJA_INFORMAL = "pekerja_informal", "Pekerja informal"
        PENDUDUK_BEKERJA = "penduduk_bekerja", "Penduduk bekerja"
        BPU_AKTIF = "bpu_aktif", "Peserta BPU aktif"
        UCJ_AKTIF = "ucj_aktif", "Peserta aktif PU dan BPU"
        TARGET_UCJ_RPJMD = "target_ucj_rpjmd", "Target UCJ RPJMD"
        TARGET_UCJ_RPJPD = "target_ucj_rpjpd", "Target UCJ RPJPD"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    value = models.PositiveBigIntegerField()
    as_of = models.DateField()
    document_on = models.DateField()
    source = models.CharField(max_length=200)
    document = models.CharField(max_length=120)
    confidence = models.CharField(max_length=16)
    entered_by = models.CharField(max_length=64)
    entered_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(value__gte=1), name="coverage_figure_positive"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "pekerja_informal",
                        "penduduk_bekerja",
                        "bpu_aktif",
                        "ucj_aktif",
                        "target_ucj_rpjmd",
                        "target_ucj_rpjpd",
                    ]
                ),
                name="coverage_figure_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=[c.value for c in Keyakinan]), name="coverage_figure_confidence_known"
            ),
        )
        indexes = (models.Index(fields=["kind", "as_of", "id"]),)
