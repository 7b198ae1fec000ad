"""What of the pairs waits for somebody: a count in the navigation, and two lines in my tasks."""

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.kernel.clock import Clock
from payung.registry.models import SuspectedPair
from payung.registry.selectors import pairs_for_second, pairs_waiting
from payung.web.frame.my_tasks import Task
from payung.web.frame.tags import angka

State = SuspectedPair.State


def waiting_count(viewer: Viewer) -> int:
    """How many pairs this person may decide: not those where they were the first of two."""
    if not viewer.may(Permission.DUPLICATE_DECIDE):
        return 0
    return pairs_waiting(viewer, state=State.OPEN).count() + pairs_for_second(viewer).count()


def pair_tasks(viewer: Viewer, _clock: Clock) -> list[Task]:
    """Pairs that nobody looked at, and answers of others that need a second person."""
    if not viewer.may(Permission.DUPLICATE_DECIDE):
        return []
    found = []
    for state, rows in (
        (State.AWAITING, pairs_for_second(viewer)),
        (State.OPEN, pairs_waiting(viewer, state=State.OPEN)),
    ):
        count, since = rows.count(), rows.aggregate(since=Min("found_at"))["since"]
        if count and since:
            url = f"{reverse('duplicates')}?keadaan={state}"
            found.append(Task(_title(state, count), timezone.localtime(since).date(), url, count=count))
    return found


def _title(state: str, count: int) -> str:
    if state == State.AWAITING:
        text = ngettext(
            "Pastikan putusan rekan atas {n} pasangan data",
            "Pastikan putusan rekan atas {n} pasangan data",
            count,
        )
    else:
        text = ngettext(
            "Tinjau {n} pasangan data yang mungkin satu orang",
            "Tinjau {n} pasangan data yang mungkin satu orang",
            count,
        )
    return text.format(n=angka(count))
