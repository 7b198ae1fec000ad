"""What of the way in waits for somebody: a count in the navigation, and my tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import Handover
from payung.enrolment.selectors import WaitingStep, sponsors_placeless, work_waiting
from payung.enrolment.texts import WORK
from payung.kernel.clock import Clock
from payung.web.frame.my_tasks import Task
from payung.web.frame.tags import angka

# Another office is to answer: it is shown on the page of its step, and is no task.
OF_OTHERS = frozenset({"match-answer", "acceptance"})


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One kind of work that waits, in words, with the page where it is done."""

    text: str
    count: int
    since: date
    url: str
    is_others: bool


def waiting_lines(steps: Iterable[WaitingStep]) -> list[WaitingLine]:
    """The work as lines, in the order given."""
    return [
        WaitingLine(str(WORK[step.code]), step.count, step.oldest, url_of(step.code), step.code in OF_OTHERS)
        for step in steps
    ]


def url_of(code: str) -> str:
    """The page where a kind of work is done."""
    return reverse(_PAGES[code])


def count(viewer: Viewer) -> int:
    """How many things this person can do something about."""
    if not viewer.may(Permission.ENROLMENT_READ):
        return 0
    return sum(step.count for step in work_waiting(viewer) if step.code not in OF_OTHERS)


def tasks(viewer: Viewer, clock: Clock) -> list[Task]:
    """One task a kind of work."""
    del clock
    if not viewer.may(Permission.ENROLMENT_READ):
        return []
    return [
        Task(_("%(work)s: %(n)s") % {"work": line.text, "n": angka(line.count)}, line.since, line.url, count=line.count)
        for line in waiting_lines(work_waiting(viewer))
        if not line.is_others
    ]


def place_tasks(viewer: Viewer, clock: Clock) -> list[Task]:
    """People who have no place in a pledge yet, for whoever may write the pledge."""
    del clock
    if not viewer.may(Permission.PLEDGE_WRITE):
        return []
    text = _("%(sponsor)s: %(n)s orang belum punya tempat dalam janji")
    return [
        Task(
            text % {"sponsor": each.sponsor.name, "n": angka(each.count)},
            each.oldest,
            reverse("enrolment_places"),
            count=each.count,
        )
        for each in sponsors_placeless(viewer)
    ]


_PAGES = {
    "verify": "enrolment_rounds",
    "close-round": "enrolment_rounds",
    "match": "enrolment_dukcapil",
    "match-answer": "enrolment_dukcapil",
    "check": "enrolment_check",
    "determine": "enrolment_determinations",
    "approve": "enrolment_determinations",
    "register": "enrolment_wadah",
    "send": "enrolment_batches",
    "acceptance": "enrolment_batches",
    "difference": "enrolment_differences",
}


def handover_tasks(viewer: Viewer, clock: Clock) -> list[Task]:
    """Handovers that somebody else prepared and this person may approve."""
    del clock
    if not viewer.may(Permission.ENROLMENT_APPROVE):
        return []
    waiting = Handover.objects.filter(approved_at__isnull=True, withdrawn_at__isnull=True)
    if not viewer.is_operator:
        waiting = waiting.exclude(prepared_by=viewer.actor.id)
    found = waiting.select_related("from_sponsor").order_by("prepared_at")[:20]
    return [
        Task(
            title=_("Serah terima %(n)s pekerja dari %(name)s menunggu persetujuan Anda.")
            % {"n": angka(each.row_count), "name": each.from_sponsor.name},
            since=localdate(each.prepared_at),
            url=reverse("enrolment_handover", args=[each.public_id]),
            count=each.row_count,
        )
        for each in found
    ]
