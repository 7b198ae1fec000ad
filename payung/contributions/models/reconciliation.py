"""Files held against our ledger: each line with one outcome of a closed list, and what a line of money was used for."""

from django.db import models
from django.db.models import F, Q

from payung.contributions.models.journal import JournalEntry
from payung.contributions.models.notices import PayCode
from payung.contributions.models.payments import Payment
from payung.enrolment.models import Enrolment
from payung.kernel.public_id import new_public_id
from payung.sponsors.models import Sponsor
from payung.store.one_of import one_of


class Outcome(models.TextChoices):
    """What a line turned out to be: a closed list, one for each line; the words stand in `reconciliation.texts`."""

    MATCHED = "cocok"
    OTHER_DAY = "tanggal_berbeda"
    SHORT = "kurang_bayar"
    EXCESS = "lebih_bayar"
    CODE_EXPIRED = "kode_kedaluwarsa"
    CODE_UNKNOWN = "kode_tidak_dikenal"
    PAID_TWICE = "dibayar_dua_kali"
    UNLIKE_OURS = "beda_dengan_catatan"
    PROPOSED = "usulan"
    ALREADY_KNOWN = "sudah_tercatat"
    TAKEN_BACK = "ditarik_kembali"
    UNREADABLE = "tidak_terbaca"
    NOT_REPORTED = "belum_dilaporkan"
    DEPOSIT_KNOWN = "setoran_dikenal"
    DEPOSIT_UNKNOWN = "setoran_belum_dikenal"
    BANK_CHARGE = "biaya_bank"
    BANK_INTEREST = "bunga_bank"
    OUT_UNKNOWN = "keluar_belum_dikenal"
    NOT_IN_ACCOUNT = "tidak_di_rekening"
    PERSON_MATCHED = "peserta_cocok"
    NOT_OURS = "tidak_pada_kita"
    NOT_AT_BPJS = "tidak_di_bpjs"
    ACTIVE_UNPAID = "aktif_tanpa_pembayaran"
    PAID_LESS_FAR = "lunas_lebih_awal"
    PAID_FURTHER = "lunas_lebih_lama"
    KPJ_NEW = "kpj_baru"
    KPJ_DIFFERS = "kpj_berbeda"
    START_DIFFERS = "mulai_berbeda"
    NAME_DIFFERS = "nama_berbeda"
    PERSON_TWICE = "peserta_kembar"


class ReconciliationFile(models.Model):
    """A file held against our ledger. Who accepts it is never who handed it in.

    `our_count` and `our_rp` are what we had in the same days (payments, or workers covered in `month`): what the lines
    met of it and what they did not meet add up to it.
    """

    class Source(models.TextChoices):
        """Whose view it is."""

        REPORT = "laporan"
        STATEMENT = "rekening"
        PARTICIPANTS = "peserta"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    source = models.CharField(max_length=10, choices=Source)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="+")
    month = models.PositiveIntegerField(null=True)
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=8)
    account_index = models.BinaryField(max_length=32, null=True)
    account_end = models.CharField(max_length=4)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    row_count = models.PositiveIntegerField()
    total_rp = models.BigIntegerField()
    our_count = models.PositiveIntegerField()
    our_rp = models.BigIntegerField()
    recorded_by = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=64, null=True)
    accepted_at = models.DateTimeField(null=True)
    operator_played_both = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["source", "file_sha256"],
                condition=Q(undone_at__isnull=True),
                name="contributions_same_file_once",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["laporan", "rekening", "peserta"]), name="contributions_file_source_known"
            ),
            models.CheckConstraint(
                condition=~Q(source="rekening") | Q(sponsor__isnull=False), name="contributions_statement_has_owner"
            ),
            models.CheckConstraint(
                condition=~Q(source="peserta") | Q(month__isnull=False), name="contributions_participants_have_month"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("recorded_by")) | Q(operator_played_both=True),
                name="contributions_file_accepted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False, submitted_at__isnull=False),
                name="contributions_file_accepted_after_submission",
            ),
            models.CheckConstraint(condition=Q(row_count__gte=1), name="contributions_file_has_rows"),
        )


class ReconciliationLine(models.Model):
    """One line of a file (`theirs`), or one thing of ours that the file does not have (`ours`), with its one outcome.

    `line_key` is the same for the same movement in another file: a bank's lines by account, day, amount and their
    number of that day; a report's by code, day and amount. `told` has no long numbers: of an account only its end.
    `decision` is a person's word on a line that waits for one.
    """

    class Side(models.TextChoices):
        """Whose line."""

        THEIRS = "theirs"
        OURS = "ours"

    class Decision(models.TextChoices):
        """A person's word."""

        NONE = ""
        TAKE = "terima"
        LEAVE = "abaikan"

    file = models.ForeignKey(ReconciliationFile, on_delete=models.PROTECT, related_name="lines", db_index=False)
    side = models.CharField(max_length=6, choices=Side)
    row_number = models.PositiveIntegerField()
    line_key = models.CharField(max_length=64)
    booked_on = models.DateField(null=True)
    amount_rp = models.BigIntegerField()
    code_text = models.CharField(max_length=40)
    reference = models.CharField(max_length=60)
    told = models.CharField(max_length=250)
    outcome = models.CharField(max_length=24, choices=Outcome)
    facts = models.JSONField(default=dict)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    pay_code = models.ForeignKey(PayCode, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="reconciliation_lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    decision = models.CharField(max_length=8, choices=Decision, default="")
    decided_by = models.CharField(max_length=64)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=250)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["file", "side", "row_number"], name="contributions_one_outcome_a_line"),
            models.CheckConstraint(condition=one_of("outcome", Outcome.values), name="contributions_outcome_known"),
            models.CheckConstraint(condition=Q(side__in=["theirs", "ours"]), name="contributions_line_side_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_by="", decided_at__isnull=True)
                | (Q(decision__in=["terima", "abaikan"], decided_at__isnull=False) & ~Q(decided_by="")),
                name="contributions_decision_has_its_person",
            ),
        )
        indexes = (models.Index(fields=["file", "outcome", "row_number"]),)


class LineUse(models.Model):
    """What a line of money was used for, once: funding the movement's account or reporting a payment.

    A trigger on both databases refuses more than the line's own amount. `amount_rp` is what moved, money in positive.
    """

    class Role(models.TextChoices):
        """What a use says."""

        FUNDS = "funds"
        REPORTS = "reports"

    line = models.ForeignKey(ReconciliationLine, on_delete=models.PROTECT, related_name="uses", db_index=False)
    line_key = models.CharField(max_length=64)
    role = models.CharField(max_length=8, choices=Role)
    amount_rp = models.BigIntegerField()
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="line_uses", db_index=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, null=True, related_name="line_uses")
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["line"], condition=Q(undone_at__isnull=True), name="contributions_line_used_once"
            ),
            models.UniqueConstraint(
                fields=["line_key"], condition=Q(undone_at__isnull=True), name="contributions_movement_used_once"
            ),
            models.UniqueConstraint(
                fields=["payment", "role"],
                condition=Q(undone_at__isnull=True, payment__isnull=False),
                name="contributions_payment_has_one_line",
            ),
            models.CheckConstraint(condition=Q(role__in=["funds", "reports"]), name="contributions_use_role_known"),
            models.CheckConstraint(
                condition=Q(payment__isnull=False) | Q(entry__isnull=False), name="contributions_use_has_a_purpose"
            ),
            models.CheckConstraint(condition=~Q(amount_rp=0), name="contributions_use_not_zero"),
        )
