"""Reading what was looked at."""

from django.db.models import OuterRef, QuerySet, Subquery

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.watch.models import CheckRun, Finding, FindingReview

OPEN, EVERY = "terbuka", "semua"


def runs_visible_to(viewer: Viewer) -> QuerySet[CheckRun]:
    """The looks through the books, newest first, for those who may look themselves."""
    viewer.require(Permission.LEDGER_CHECK)
    return CheckRun.objects.order_by("-pk")


def latest_run(viewer: Viewer) -> CheckRun | None:
    """The newest look that asked everything."""
    return runs_visible_to(viewer).filter(is_whole=True).first()


def findings_visible_to(viewer: Viewer, *, rule: str = "", state: str = OPEN) -> QuerySet[Finding]:
    """Findings, newest first: those nobody has judged, those with an answer, or `semua`; `answer` is the latest."""
    viewer.require(Permission.FINDING_READ)
    latest = FindingReview.objects.filter(finding=OuterRef("pk")).order_by("-pk").values("answer")[:1]
    found = Finding.objects.annotate(answer=Subquery(latest)).order_by("-pk")
    if rule:
        found = found.filter(rule=rule)
    if state == OPEN:
        return found.filter(answer__isnull=True)
    return found if state == EVERY else found.filter(answer=state)
