"""The journal: accounts, entries, their postings, and months that are closed to entries."""

from django.db import models
from django.db.models import Q

from payung.contributions.models.notices import Notice
from payung.contributions.models.payments import Payment
from payung.sponsors.models import Sponsor


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
        DEPOSIT = "deposit"
        TRANSFER = "transfer"
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
                        "deposit",
                        "transfer",
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


class ClosedMonth(models.Model):
    """A month that takes no more notices and no more entries: what is paid for it later is arrears and says so."""

    month = models.PositiveIntegerField(primary_key=True)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=64)
