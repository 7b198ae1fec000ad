"""Recording what lines say was paid: through the ledger's own services, each line used once."""

from collections.abc import Iterable

from payung.access.viewer import Viewer
from payung.contributions.models import LineUse, Notice, Outcome, Payment, ReconciliationFile, ReconciliationLine
from payung.contributions.reconciliation.waiting import waiting_lines
from payung.contributions.services.payments import record_payment
from payung.kernel.clock import Clock
from payung.store.bulk import in_slices

Source = ReconciliationFile.Source
# Lines that say something was paid by a code, whether we had recorded it or not.
PAYMENTS = (
    Outcome.MATCHED,
    Outcome.OTHER_DAY,
    Outcome.SHORT,
    Outcome.EXCESS,
    Outcome.CODE_EXPIRED,
    Outcome.CODE_UNKNOWN,
    Outcome.PAID_TWICE,
    Outcome.UNLIKE_OURS,
    Outcome.PROPOSED,
)


def record_lines(file: ReconciliationFile, *, acting_user: Viewer, clock: Clock) -> list[Payment]:
    """Record the payments of a file's lines that have none yet, and say which line each rests on.

    Lines wait that no person has said a word on, whose payer nobody knows, and whose movement another file used.
    """
    taken = used_elsewhere(file)
    lines = file.lines.filter(side="theirs", outcome__in=PAYMENTS, sponsor__isnull=False, uses__isnull=True)
    lines = lines.exclude(decision=ReconciliationLine.Decision.LEAVE).exclude(pk__in=waiting_lines(file))
    done = []
    for line in lines.select_related("payment", "pay_code__notice", "sponsor").order_by("sponsor", "row_number"):
        if line.line_key in taken:
            continue
        payment = line.payment or _record(file, line, acting_user=acting_user, clock=clock)
        if line.payment_id is None:
            line.payment = payment
            line.save(update_fields=["payment"])
        done.append(payment)
        LineUse.objects.create(
            line=line,
            line_key=line.line_key,
            role=LineUse.Role.REPORTS if file.source == Source.REPORT else LineUse.Role.FUNDS,
            amount_rp=line.amount_rp,
            payment=payment,
            recorded_at=clock.now(),
        )
    return done


def used_elsewhere(file: ReconciliationFile) -> set[str]:
    """Movements of this file that a line of another file is used for: the same day was exported twice."""
    keys: Iterable[str] = file.lines.filter(side="theirs").exclude(line_key="").values_list("line_key", flat=True)
    found: set[str] = set()
    for part in in_slices(keys):
        live = LineUse.objects.filter(line_key__in=part, undone_at__isnull=True)
        found.update(live.values_list("line_key", flat=True))
    return found


def _record(file: ReconciliationFile, line: ReconciliationLine, *, acting_user: Viewer, clock: Clock) -> Payment:
    if line.sponsor is None:
        raise LookupError("a line without a payer")
    day = line.booked_on or clock.today()
    amount_rp = abs(line.amount_rp)
    proof = (
        f"{file.file_name}\nSHA-256 {file.file_sha256}\nbaris {line.row_number}\n{line.code_text} {day} {amount_rp}\n"
    )
    number = line.facts.get("notice", "")
    return record_payment(
        line.sponsor,
        amount_rp=amount_rp,
        paid_on=day,
        proof=proof.encode(),
        proof_name=f"baris-{line.row_number}.txt",
        client_key=f"recon:{file.public_id}:{line.row_number}",
        pay_code=_code(line),
        notice=Notice.objects.get(number=number) if number else None,
        acting_user=acting_user,
        clock=clock,
    )


def _code(line: ReconciliationLine) -> str:
    """The code to record: none where a person named the notice, for the code is unknown or another notice's."""
    if "notice" in line.facts:
        return ""
    return line.pay_code.code if line.pay_code else line.code_text[:32]
