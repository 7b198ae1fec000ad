"""The journal, what is asked and paid, and the months that are covered.

The journal is append-only and double entry; every figure is computed from it. `CoveredMonth` is its projection: its
rows can be rebuilt, and a reversal removes them.
"""

from django.db import models
from django.db.models import F, Q

from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor


class Account(models.Model):
    """An account: receivable from one payer, clearing at BPJS, money entrusted, or not yet identified."""

    class Kind(models.TextChoices):
        """The four kinds of account."""

        PIUTANG = "piutang"
        KLIRING = "kliring"
        TITIPAN = "titipan"
        BELUM_TERIDENTIFIKASI = "suspens"
        IURAN = "iuran"

    kind = models.CharField(max_length=10, choices=Kind)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "sponsor"], name="contributions_account_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(sponsor__isnull=True), name="contributions_common_account_once"
            ),
        )


class JournalEntry(models.Model):
    """One thing that happened, with its natural key: the same thing cannot be entered twice."""

    natural_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=24)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    params = models.JSONField(default=dict)


class Posting(models.Model):
    """One side of an entry: whole rupiah into (positive) or out of (negative) an account."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_rp = models.BigIntegerField()

    class Meta:
        """How it is kept."""

        constraints = (models.CheckConstraint(condition=~Q(amount_rp=0), name="contributions_posting_not_zero"),)


class Notice(models.Model):
    """What we tell a payer is due (pemberitahuan iuran): an estimate by the law of each month."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="notices")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="notices")
    first_month = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    total_rp = models.PositiveBigIntegerField()
    issued_on = models.DateField()
    due_on = models.DateField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class NoticeLine(models.Model):
    """One worker's month on a notice, with the price of each programme."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    month = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    jkk_rp = models.PositiveIntegerField()
    jkm_rp = models.PositiveIntegerField()

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["notice", "worker", "month"], name="contributions_line_once"),)
        indexes = (models.Index(fields=["notice", "month", "position"]),)


class PayCode(models.Model):
    """BPJS's kode iuran for a notice: amount, due date; it can be issued anew."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="pay_codes")
    code = models.CharField(max_length=32, unique=True)
    amount_rp = models.PositiveBigIntegerField()
    due_on = models.DateField()
    replaced_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["notice"], condition=Q(replaced_at__isnull=True), name="contributions_one_live_pay_code"
            ),
        )


class Payment(models.Model):
    """Money that a payer says, and BPJS then confirms, was paid. Who confirms is never who recorded."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="payments")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="payments")
    pay_code = models.ForeignKey(PayCode, on_delete=models.PROTECT, null=True, related_name="payments")
    amount_rp = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    client_key = models.CharField(max_length=64, unique=True)
    proof_sha256 = models.CharField(max_length=64)
    proof_name = models.CharField(max_length=150)
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=64, null=True)
    confirmed_at = models.DateTimeField(null=True)
    operator_played_both = models.BooleanField(default=False)
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(condition=Q(amount_rp__gte=1), name="contributions_payment_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("recorded_by"))
                | Q(operator_played_both=True),
                name="contributions_confirmed_by_another",
            ),
        )


class CoveredMonth(models.Model):
    """One worker, one programme, one month, one payer. A projection of the journal."""

    class State(models.TextChoices):
        """Provisional once paid, in force once BPJS confirmed."""

        SEMENTARA = "sementara"
        BERLAKU = "berlaku"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="covered_months")
    program = models.CharField(max_length=3)
    month = models.PositiveIntegerField()
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="covered_months")
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="+")
    amount_rp = models.PositiveIntegerField()
    covered_from = models.DateField()
    state = models.CharField(max_length=10, choices=State)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["worker", "program", "month"], name="contributions_never_two_payers_for_a_month"
            ),
            models.CheckConstraint(
                condition=Q(program__in=[p.value for p in Program]), name="contributions_program_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sementara", "berlaku"]), name="contributions_cover_state_known"
            ),
        )
        indexes = (
            models.Index(fields=["month", "program", "worker"]),
            models.Index(fields=["sponsor", "month"]),
        )


class ClosedMonth(models.Model):
    """A month that takes no more new cover: what comes later is arrears and says so."""

    month = models.PositiveIntegerField(primary_key=True)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=64)
