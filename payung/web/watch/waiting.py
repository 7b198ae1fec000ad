"""Findings that nobody judged yet, as a task."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.kernel.clock import Clock
from payung.watch.selectors import findings_visible_to
from payung.web.frame.my_tasks import Task


def finding_tasks(viewer: Viewer, _clock: Clock) -> list[Task]:
    """One task for all of them, where this person may judge."""
    if not viewer.may(Permission.FINDING_REVIEW):
        return []
    told = findings_visible_to(viewer).order_by().aggregate(count=Count("pk"), since=Min("opened_at"))
    if not told["count"]:
        return []
    title = ngettext("Tinjau %(n)s temuan", "Tinjau %(n)s temuan", told["count"]) % {"n": told["count"]}
    return [Task(title, timezone.localtime(told["since"]).date(), reverse("findings"), count=told["count"])]
