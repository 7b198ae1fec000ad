"""Files, their lines, and the sums by outcome that add up to them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import ReconciliationFile, ReconciliationLine


@dataclass(frozen=True, slots=True)
class OutcomeSum:
    """How many lines of one side have one outcome, and their rupiah."""

    side: str
    outcome: str
    lines: int
    amount_rp: int


def reconciliation_files(viewer: Viewer) -> QuerySet[ReconciliationFile]:
    """The files that a viewer may read: all, or none; they hold everybody's payments."""
    found = ReconciliationFile.objects.select_related("sponsor")
    return found if viewer.scope_of(Permission.RECONCILIATION_READ).everything else found.none()


def outcome_sums(file: ReconciliationFile) -> list[OutcomeSum]:
    """What a file's lines turned out to be, by one query; each line is in exactly one of these."""
    rows = file.lines.order_by().values("side", "outcome").annotate(lines=Count("pk"), rp=Sum("amount_rp"))
    return [OutcomeSum(row["side"], row["outcome"], row["lines"], int(row["rp"])) for row in rows]


def lines_of(file: ReconciliationFile, *, outcome: str = "") -> QuerySet[ReconciliationLine]:
    """The lines of a file, of one outcome where it is named."""
    found = file.lines.select_related("sponsor", "pay_code", "payment", "enrolment__worker")
    return found.filter(outcome=outcome) if outcome else found
