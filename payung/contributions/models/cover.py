"""Worker-months taken and given back, and the months that are covered: the journal's lines and their projection."""

from django.db import models
from django.db.models import Q

from payung.contributions.models.journal import JournalEntry
from payung.contributions.models.notices import NoticeLine
from payung.contributions.models.payments import Payment
from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor


class CoverLine(models.Model):
    """One worker's month taken (`sign` 1) or given back (-1) by an entry: what the covered months are rebuilt from."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="cover_lines", db_index=False)
    notice_line = models.ForeignKey(NoticeLine, on_delete=models.PROTECT, related_name="cover_lines")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    month = models.PositiveIntegerField()
    sign = models.SmallIntegerField()
    # Nobody looks for a payment's lines but by the payment's entries (`selectors.allocation`).
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="cover_lines", db_index=False)
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
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="covered_months", db_index=False)
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
            # A payer's months are counted, and its people, without a look at the rows.
            models.Index(fields=["sponsor", "month", "program", "entry", "amount_rp", "worker"]),
        )
