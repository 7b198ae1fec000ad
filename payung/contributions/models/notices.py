"""What a payer is asked for: notices, their lines, and BPJS's pay codes for them."""

from django.db import models
from django.db.models import Q

from payung.enrolment.models import Enrolment
from payung.kernel.funds import Sektor
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor


class Notice(models.Model):
    """What we tell a payer is due (pemberitahuan iuran): an estimate by the law of each month.

    The same pledge, first month and length may be noticed again for workers who came later: `sequence` counts those.
    `funds` is the source of money that decided the price.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=60, unique=True)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="notices")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="notices")
    first_month = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    funds = models.CharField(max_length=10)
    sequence = models.PositiveSmallIntegerField()
    line_count = models.PositiveIntegerField()
    total_rp = models.PositiveBigIntegerField()
    issued_on = models.DateField()
    due_on = models.DateField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["pledge", "first_month", "months", "sequence"], name="contributions_notice_once"
            ),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=12), name="contributions_notice_term"),
            models.CheckConstraint(
                condition=Q(line_count__gte=1, total_rp__gte=1), name="contributions_notice_asks_for_something"
            ),
        )
        indexes = (models.Index(fields=["sponsor", "first_month"]),)


class NoticeLine(models.Model):
    """One worker's month on a notice, with the price of each programme. `is_live` ends when the due does."""

    # Keys that another index begins with, or that nobody searches by, have no index of their own: rows come in bulk.
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="lines", db_index=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    sector = models.CharField(max_length=12)
    jkk_rp = models.PositiveIntegerField()
    jkm_rp = models.PositiveIntegerField()
    is_live = models.BooleanField(default=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["worker", "month"], condition=Q(is_live=True), name="contributions_asked_of_one_payer"
            ),
            models.CheckConstraint(condition=Q(jkk_rp__gte=1, jkm_rp__gte=1), name="contributions_line_has_a_price"),
            models.CheckConstraint(
                condition=Q(sector__in=[s.value for s in Sektor]), name="contributions_line_sector_known"
            ),
        )
        # In the order of the list; what is asked for is counted without a look at the rows.
        indexes = (models.Index(fields=["notice", "month", "position", "is_live", "jkk_rp", "jkm_rp"]),)


class PayCode(models.Model):
    """BPJS's kode iuran for a notice: amount, due date; it can be issued anew. BPJS's figure wins over ours.

    `difference` says why the two differ: `none`, `count` (other worker-months than ours), `price` (the same ones at
    another price: that price is then the one that covers), or `unexplained`.
    """

    class Difference(models.TextChoices):
        """Why BPJS's figure is another than ours: a closed list."""

        NONE = "none", "Sama"
        COUNT = "count", "Jumlah pekerja atau bulan berbeda"
        PRICE = "price", "Harga per bulan berbeda"
        UNEXPLAINED = "unexplained", "Belum dapat dijelaskan"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="pay_codes")
    code = models.CharField(max_length=32, unique=True)
    amount_rp = models.PositiveBigIntegerField()
    worker_months = models.PositiveIntegerField(null=True)
    our_amount_rp = models.PositiveBigIntegerField()
    our_worker_months = models.PositiveIntegerField()
    difference = models.CharField(max_length=12, choices=Difference)
    due_on = models.DateField()
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["notice"], condition=Q(replaced_at__isnull=True), name="contributions_one_live_pay_code"
            ),
            models.CheckConstraint(condition=Q(amount_rp__gte=1), name="contributions_pay_code_positive"),
            models.CheckConstraint(
                condition=Q(difference__in=["none", "count", "price", "unexplained"]),
                name="contributions_pay_code_difference_known",
            ),
        )
