"""Reading what was looked at."""

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.watch.models import CheckRun


def runs_visible_to(viewer: Viewer) -> QuerySet[CheckRun]:
    """The looks through the books, newest first, for those who may look themselves."""
    viewer.require(Permission.LEDGER_CHECK)
    return CheckRun.objects.order_by("-pk")


def latest_run(viewer: Viewer) -> CheckRun | None:
    """The newest look that asked everything."""
    return runs_visible_to(viewer).filter(is_whole=True).first()
