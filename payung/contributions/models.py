"""The journal, what is asked and paid, and the months that are covered.

The journal (entries, postings, cover lines) is append-only and double entry; every figure is computed from it.
`CoveredMonth` is its projection: its rows can be rebuilt from the cover lines, and a reversal removes them.

    notice       piutang +  / iuran -      what a payer is asked for is what BPJS is owed
    pay_code     piutang ±  / iuran ∓      the difference between BPJS's figure and ours
    payment      kliring +  / suspens -    money says where it went, not yet what for
    allocation   suspens +  / piutang -    ... and now what for: cover lines, one a worker and month
    confirmation iuran   +  / kliring -    BPJS says it has the money
    release      as an allocation, reversed for some of its lines (a death)
    due_release  as a notice, reversed for some of its lines
    reversal     an entry mirrored, once
"""

from django.db import models
from django.db.models import F, Q

from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program, Sektor
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor


class Account(models.Model):
    """An account of one payer. Debit is positive: a receivable is above zero, a credit of the payer's below."""

    class Kind(models.TextChoices):
        """The chart of accounts."""

        PIUTANG = "piutang", "Piutang penyandang"
        KLIRING = "kliring", "Kliring BPJS"
        TITIPAN = "titipan", "Dana titipan"
        SUSPENS = "suspens", "Belum teridentifikasi"
        IURAN = "iuran", "Iuran kepada BPJS"

    kind = models.CharField(max_length=10, choices=Kind)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "sponsor"], name="contributions_account_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["piutang", "kliring", "titipan", "suspens", "iuran"]),
                name="contributions_account_kind_known",
            ),
        )


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
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
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
        indexes = (models.Index(fields=["notice", "month", "position"]),)


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


class Payment(models.Model):
    """Money that a payer says, and BPJS then confirms, was paid. Who confirms is never who recorded.

    `code_text` is the pay code as typed; where we know no such code the payment has no notice and waits in suspense.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="payments")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="payments")
    pay_code = models.ForeignKey(PayCode, on_delete=models.PROTECT, null=True, related_name="payments")
    code_text = models.CharField(max_length=32)
    amount_rp = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    client_key = models.CharField(max_length=64, unique=True)
    body_hash = models.BinaryField(max_length=32)
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
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="contributions_confirmed_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(pay_code__isnull=True) | Q(notice__isnull=False), name="contributions_pay_code_has_notice"
            ),
        )
        indexes = (models.Index(fields=["sponsor", "-id"]), models.Index(fields=["code_text"]))


class JournalEntry(models.Model):
    """One thing that happened, with its natural key: the same thing cannot be entered twice.

    `reverses` mirrors a whole entry, once. `corrects` takes some of an entry's lines back.
    """

    class Kind(models.TextChoices):
        """What can happen."""

        NOTICE = "notice"
        PAY_CODE = "pay_code"
        PAYMENT = "payment"
        ALLOCATION = "allocation"
        CONFIRMATION = "confirmation"
        RELEASE = "release"
        DUE_RELEASE = "due_release"
        REVERSAL = "reversal"

    natural_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=24, choices=Kind)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    params = models.JSONField(default=dict)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False) | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="contributions_reversal_names_its_original",
            ),
            models.CheckConstraint(
                condition=~Q(kind="release") | Q(corrects__isnull=False), name="contributions_release_names_its_entry"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "notice",
                        "pay_code",
                        "payment",
                        "allocation",
                        "confirmation",
                        "release",
                        "due_release",
                        "reversal",
                    ]
                ),
                name="contributions_entry_kind_known",
            ),
        )


class Posting(models.Model):
    """One side of an entry: whole rupiah into (positive) or out of (negative) an account, on which notice or payment.

    Kliring and suspens say which payment, piutang and iuran which notice: so each has its own balance.
    """

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_rp = models.BigIntegerField()
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="postings")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="postings")

    class Meta:
        """How it is kept."""

        constraints = (models.CheckConstraint(condition=~Q(amount_rp=0), name="contributions_posting_not_zero"),)


class CoverLine(models.Model):
    """One worker's month taken (`sign` 1) or given back (-1) by an entry: what the covered months are rebuilt from."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="cover_lines", db_index=False)
    notice_line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="cover_lines")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    month = models.PositiveIntegerField()
    sign = models.SmallIntegerField()
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="cover_lines")
    jkk_rp = models.PositiveIntegerField()
    jkm_rp = models.PositiveIntegerField()
    covered_from = models.DateField()
    is_arrears = models.BooleanField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["entry", "worker", "month"], name="contributions_cover_line_once"),
            models.CheckConstraint(condition=Q(sign__in=[1, -1]), name="contributions_cover_line_sign"),
        )


class CoveredMonth(models.Model):
    """One worker, one programme, one month, one payer. A projection of the journal.

    `is_arrears`: the month was over, or closed, before it was paid; what it is worth BPJS must confirm.
    """

    class State(models.TextChoices):
        """Provisional once paid, in force once BPJS confirmed."""

        SEMENTARA = "sementara", "Sementara"
        BERLAKU = "berlaku", "Berlaku"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="covered_months", db_index=False)
    program = models.CharField(max_length=3)
    month = models.PositiveIntegerField()
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="+", db_index=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+", db_index=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="covered_months")
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="+")
    amount_rp = models.PositiveIntegerField()
    covered_from = models.DateField()
    state = models.CharField(max_length=10, choices=State)
    is_arrears = models.BooleanField()

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
    """A month that takes no more notices and no more entries: what is paid for it later is arrears and says so."""

    month = models.PositiveIntegerField(primary_key=True)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=64)
