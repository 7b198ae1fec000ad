"""What a payer says, and BPJS confirms, was paid."""

from django.db import models
from django.db.models import F, Q

from payung.contributions.models.notices import Notice, PayCode
from payung.kernel.public_id import new_public_id
from payung.sponsors.models import Sponsor


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
