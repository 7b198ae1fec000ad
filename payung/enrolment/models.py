"""A worker's way into the programme under one sponsor: its steps, and the rounds, lists and files that move it.

Files themselves lie sealed in `vault.files`; here stand their hashes. A NIK stands nowhere here: rows of files are tied
to enrolments, and what tells a strange row from another is its masked NIK inside its problems.
"""

from django.db import models
from django.db.models import F, Q

from payung.kernel.public_id import new_public_id
from payung.registry.models import Region, Worker
from payung.sponsors.models import CivilServant, Pledge, Sponsor


class Wadah(models.Model):
    """BPJS's group in which workers are registered: its number, type, branch, agreement and funder."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    type = models.CharField(max_length=2)
    branch = models.CharField(max_length=80)
    agreement = models.CharField(max_length=80)
    funder = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="wadah")
    recorded_at = models.DateTimeField()


class LeaveReason(models.TextChoices):
    """Why a way ends. The first six are those for which the law of the programme knows a substitute."""

    MENINGGAL = "meninggal"
    MENJADI_PU = "menjadi_pu"
    PINDAH = "pindah"
    USIA = "usia"
    GANDA = "ganda"
    MENOLAK = "menolak"
    TIDAK_LAYAK = "tidak_layak"
    TIDAK_DITEMUKAN = "tidak_ditemukan"
    DAFTAR_DIBATALKAN = "daftar_dibatalkan"
    JANJI_DITARIK = "janji_ditarik"
    MASA_BERAKHIR = "masa_berakhir"
    DISERAHKAN = "diserahkan"
    BAYAR_SENDIRI = "bayar_sendiri"


class RejectReason(models.TextChoices):
    """Why BPJS does not take somebody: its closed list."""

    NIK_TIDAK_PADAN = "nik_tidak_padan"
    AKTIF_MANDIRI = "aktif_mandiri"
    AKTIF_DI_WADAH_LAIN = "aktif_di_wadah_lain"
    PU = "pu"
    USIA = "usia"
    MENINGGAL = "meninggal"


class Enrolment(models.Model):
    """One worker's way in under one sponsor. A worker has at most one that has not ended.

    `since` is the day of the last step and `reason` its reason. `from_month` is set for a substitute: the first month
    that is theirs in the pledge (earlier months stay with the person they were paid for).
    """

    class State(models.TextChoices):
        """Where on the way it is; the transitions stand in `enrolment.transitions`."""

        PROPOSED = "proposed"
        VERIFIED = "verified"
        MATCHED = "matched"
        CHECKED = "checked"
        DETERMINED = "determined"
        REGISTERED = "registered"
        SENT = "sent"
        ACCEPTED = "accepted"
        ACTIVE = "active"
        REJECTED = "rejected"
        LEFT = "left"

    ENDED = (State.REJECTED, State.LEFT)

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="enrolments")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="enrolments")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, related_name="enrolments")
    civil_servant = models.ForeignKey(CivilServant, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    from_month = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=State)
    since = models.DateField()
    reason = models.CharField(max_length=32)
    wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, null=True, related_name="enrolments")
    kpj = models.CharField(max_length=20)
    starts_on = models.DateField(null=True)
    paid_through = models.PositiveIntegerField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["worker"],
                condition=~Q(state__in=["rejected", "left"]),
                name="enrolment_one_live_way_per_worker",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | (~Q(kpj="") & Q(starts_on__isnull=False)),
                name="enrolment_active_has_kpj_and_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["registered", "sent", "accepted", "active"]) | Q(wadah__isnull=False),
                name="enrolment_registered_has_wadah",
            ),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(reason__in=LeaveReason.values), name="enrolment_left_for_a_known_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | Q(reason__in=RejectReason.values),
                name="enrolment_rejected_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(from_month__isnull=False),
                name="enrolment_substitute_has_first_month",
            ),
        )
        indexes = (
            models.Index(fields=["sponsor", "state", "id"]),
            models.Index(fields=["pledge", "state", "position"]),
            models.Index(fields=["state", "since", "id"]),
        )


class EnrolmentEvent(models.Model):
    """One step of the way, for ever: from where to where, from which day, recorded when, by whom."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    reason = models.CharField(max_length=32)
    params = models.JSONField(default=dict)


class VerificationRound(models.Model):
    """One sitting in which a village or an office says of each proposed person whether they are who they should be.

    `number` is the number of its minutes (berita acara). `village` is empty for a round of the office.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, null=True, related_name="verification_rounds")
    number = models.CharField(max_length=60, unique=True)
    held_on = models.DateField()
    verifier_id = models.CharField(max_length=64)
    verifier_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="enrolment_round_closed_by_somebody",
            ),
        )
        indexes = (models.Index(fields=["village", "-id"]), models.Index(fields=["closed_at", "-id"]))


class VerificationEntry(models.Model):
    """One person on a round, with the result once it is known. A person is on one open round at most."""

    class Result(models.TextChoices):
        """What the village or the office found."""

        LAYAK = "layak"
        TIDAK_LAYAK = "tidak_layak"
        TIDAK_DITEMUKAN = "tidak_ditemukan"
        PINDAH = "pindah"
        MENINGGAL = "meninggal"

    round = models.ForeignKey(VerificationRound, on_delete=models.PROTECT, related_name="entries")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="verifications")
    position = models.PositiveIntegerField()
    result = models.CharField(max_length=16)
    note = models.CharField(max_length=250)
    is_open = models.BooleanField(default=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["round", "enrolment"], name="enrolment_once_on_a_round"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(is_open=True), name="enrolment_on_one_open_round"
            ),
            models.CheckConstraint(
                condition=Q(result__in=["", "layak", "tidak_layak", "tidak_ditemukan", "pindah", "meninggal"]),
                name="enrolment_verification_result_known",
            ),
        )


class Determination(models.Model):
    """A list of persons determined (ditetapkan) on a basis: prepared by one, approved by another.

    `content_hash` is the list as prepared; approval happens only where the list hashes to the same again.
    """

    class Basis(models.TextChoices):
        """The paper it rests on; which funds rest on which stands in `enrolment.bases`."""

        SURAT_KOMITMEN = "surat_komitmen"
        PERJANJIAN = "perjanjian"
        SK_BUPATI = "sk_bupati"
        KEPUTUSAN_DESA = "keputusan_desa"
        KEPUTUSAN_MENTERI = "keputusan_menteri"
        FORMULIR_ASN = "formulir_asn"
        KEPUTUSAN_BAZNAS = "keputusan_baznas"
        PERNYATAAN_MANDIRI = "pernyataan_mandiri"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="determinations")
    basis = models.CharField(max_length=20, choices=Basis)
    number = models.CharField(max_length=80)
    dated_on = models.DateField()
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    content_hash = models.BinaryField(max_length=32)
    prepared_by = models.CharField(max_length=64)
    prepared_label = models.CharField(max_length=200)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=64, null=True)
    approved_label = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True)
    approved_hash = models.BinaryField(max_length=32, null=True)
    operator_played_both = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")) | Q(operator_played_both=True),
                name="enrolment_determination_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_hash__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False, approved_hash=F("content_hash")),
                name="enrolment_determination_approved_as_prepared",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(withdrawn_at__isnull=True),
                name="enrolment_determination_approved_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(file_sha256="") & ~Q(number=""), name="enrolment_no_list_without_basis"
            ),
        )
        indexes = (models.Index(fields=["sponsor", "-id"]), models.Index(fields=["approved_at", "-id"]))


class DeterminationLine(models.Model):
    """One person on a determination, in the order of the annex. A person is on one open determination at most."""

    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="determinations")
    position = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["determination", "enrolment"], name="enrolment_once_on_a_determination"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(is_open=True), name="enrolment_on_one_open_determination"
            ),
        )


class BpjsColumnMap(models.Model):
    """The columns of a branch's own spreadsheet, where it differs from `bpjs_columns.yaml`. The newest counts."""

    branch = models.CharField(max_length=80)
    columns = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=64)

    class Meta:
        """How it is kept."""

        indexes = (models.Index(fields=["branch", "-id"]),)


class DukcapilExport(models.Model):
    """A list of people given to Dukcapil to be matched, known by the hash of the file."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    exported_at = models.DateTimeField()
    exported_by = models.CharField(max_length=64)


class BpjsBatch(models.Model):
    """A list of people sent to BPJS for one wadah, known by the hash of its spreadsheet."""

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=40, unique=True)
    wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    columns = models.JSONField()
    row_count = models.PositiveIntegerField()
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    class Meta:
        """How it is kept."""

        indexes = (models.Index(fields=["wadah", "-id"]),)


class BpjsBatchLine(models.Model):
    """One person of a batch, in the order of the spreadsheet."""

    batch = models.ForeignKey(BpjsBatch, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="batch_lines")
    position = models.PositiveIntegerField()

    class Meta:
        """How it is kept."""

        constraints = (models.UniqueConstraint(fields=["batch", "enrolment"], name="enrolment_once_in_a_batch"),)


class Answer(models.Model):
    """An answer that came in, as a file or typed in from a letter that is attached. The same file counts once."""

    class Kind(models.TextChoices):
        """Whose answer to what."""

        DUKCAPIL = "dukcapil"
        BPJS_CHECK = "bpjs_check"
        BPJS_ACCEPTANCE = "bpjs_acceptance"
        BPJS_ACTIVATION = "bpjs_activation"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    batch = models.ForeignKey(BpjsBatch, on_delete=models.PROTECT, null=True, related_name="answers")
    file_name = models.CharField(max_length=150)
    file_sha256 = models.CharField(max_length=64)
    letter_number = models.CharField(max_length=80)
    content_hash = models.BinaryField(max_length=32)
    row_count = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    missing_count = models.PositiveIntegerField(default=0)
    pay_code = models.CharField(max_length=32)
    pay_amount_rp = models.PositiveBigIntegerField(null=True)
    pay_due_on = models.DateField(null=True)
    received_on = models.DateField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=64)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["kind", "content_hash"], name="enrolment_same_answer_once"),
            models.CheckConstraint(condition=~Q(file_sha256=""), name="enrolment_answer_has_its_paper"),
        )
        indexes = (models.Index(fields=["kind", "-id"]),)


class AnswerRow(models.Model):
    """One row of an answer and what became of it: no row is lost (applied + repeated + shown + refused + unknown)."""

    class Outcome(models.TextChoices):
        """What became of the row. `shown`: it differs from our record and waits for a person."""

        APPLIED = "applied"
        REPEATED = "repeated"
        SHOWN = "shown"
        REFUSED = "refused"
        UNKNOWN = "unknown"

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="rows")
    row_number = models.PositiveIntegerField()
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=32)
    outcome = models.CharField(max_length=8, choices=Outcome)
    facts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["answer", "row_number"], name="enrolment_answer_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["applied", "repeated", "shown", "refused", "unknown"]),
                name="enrolment_answer_outcome_known",
            ),
        )
        indexes = (models.Index(fields=["answer", "outcome", "row_number"]),)


class BpjsDifference(models.Model):
    """A value in BPJS's answer that is not ours. It is shown until a person has said which holds; never overwritten."""

    class Resolution(models.TextChoices):
        """What a person said of it."""

        SAME_PERSON = "same_person"
        OTHER_PERSON = "other_person"

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="differences")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="differences")
    row_number = models.PositiveIntegerField()
    field = models.CharField(max_length=24)
    ours = models.CharField(max_length=250)
    theirs = models.CharField(max_length=250)
    resolution = models.CharField(max_length=12)
    note = models.CharField(max_length=250)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=64, null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["answer", "row_number", "field"], name="enrolment_difference_once"),
        )
        indexes = (models.Index(fields=["enrolment", "id"]), models.Index(fields=["resolved_at", "-id"]))


class ProtectionSlip(models.Model):
    """What a participant holds in hand: a slip whose code opens the page that says what protects them.

    The code is found by its blind index; it is sealed so that the same slip can be printed again.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="slips")
    code_index = models.BinaryField(max_length=32, unique=True)
    code_sealed = models.BinaryField()
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=64)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(revoked_at__isnull=True), name="enrolment_one_live_slip"
            ),
        )


class Handover(models.Model):
    """Active workers handed over to another payer from a month on, or (`to_pledge` empty) to paying for themselves.

    Prepared by one person and approved by another; both parties' letters are named. The KPJ stays, the wadah changes.
    `content_hash` is the list as prepared. Nothing but the approval, its number and a withdrawal is ever added.
    """

    public_id = models.UUIDField(unique=True, default=new_public_id, editable=False)
    client_key = models.CharField(max_length=64, unique=True)
    from_sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="handovers_given")
    to_pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, related_name="handovers")
    to_wadah = models.ForeignKey(Wadah, on_delete=models.PROTECT, null=True, related_name="+")
    first_month = models.PositiveIntegerField()
    giving_letter = models.CharField(max_length=120)
    taking_letter = models.CharField(max_length=120)
    with_gap = models.BooleanField(default=False)
    row_count = models.PositiveIntegerField()
    content_hash = models.BinaryField(max_length=32)
    prepared_by = models.CharField(max_length=64)
    prepared_label = models.CharField(max_length=200)
    prepared_at = models.DateTimeField()
    number = models.CharField(max_length=64)
    approved_by = models.CharField(max_length=64, null=True)
    approved_label = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True)
    operator_played_both = models.BooleanField(default=False)
    released_rp = models.PositiveBigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")) | Q(operator_played_both=True),
                name="enrolment_handover_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False, withdrawn_at__isnull=True),
                name="enrolment_handover_approved_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(to_pledge__isnull=True, to_wadah__isnull=True)
                | Q(to_pledge__isnull=False, to_wadah__isnull=False),
                name="enrolment_handover_to_a_pledge_has_a_wadah",
            ),
            models.CheckConstraint(
                condition=~Q(giving_letter="") & ~Q(taking_letter="") & ~Q(client_key=""),
                name="enrolment_handover_of_two_letters",
            ),
        )
        indexes = (models.Index(fields=["from_sponsor", "-id"]), models.Index(fields=["approved_at", "-id"]))


class HandoverLine(models.Model):
    """One person of a handover. `taken_by` is the way under the next payer, `paid_until` what the last one has paid."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="handovers")
    position = models.PositiveIntegerField()
    taken_by = models.OneToOneField(Enrolment, on_delete=models.PROTECT, null=True, related_name="taken_from")
    paid_until = models.PositiveIntegerField(null=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        """How it is kept."""

        constraints = (
            models.UniqueConstraint(fields=["handover", "enrolment"], name="enrolment_once_on_a_handover"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(is_open=True), name="enrolment_on_one_open_handover"
            ),
        )
