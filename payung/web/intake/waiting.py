"""What of lists and wishes waits for somebody: counts in the navigation, and my tasks."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.intake.models import Upload
from payung.intake.selectors import uploads_visible_to, waiting_for_approval, wishes_waiting
from payung.kernel.clock import Clock, SystemClock
from payung.web.frame.my_tasks import Task
from payung.web.frame.tags import angka
from payung.web.intake.list_words import owner_words
from payung.web.intake.wishes import wish_words

MOST = 10


def approvals_count(viewer: Viewer) -> int:
    """How many lists this person may approve: not their own."""
    return waiting_for_approval(viewer).exclude(uploaded_by=viewer.actor.id).count()


def wishes_count(viewer: Viewer) -> int:
    """How many wishes or offers wait for this person."""
    return wishes_waiting(viewer, on=SystemClock().today()).count()


def approval_tasks(viewer: Viewer, _clock: Clock) -> list[Task]:
    """Lists of others that wait for approval."""
    if not viewer.may(Permission.LIST_APPROVE):
        return []
    waiting = waiting_for_approval(viewer).exclude(uploaded_by=viewer.actor.id)[:MOST]
    return [
        Task(
            title=_("Setujui daftar {name} dari {sponsor}").format(name=each.file_name, sponsor=owner_words(each)),
            since=timezone.localtime(each.submitted_at).date(),
            url=reverse("approval", args=[each.public_id]),
            count=each.row_count,
        )
        for each in waiting
        if each.submitted_at
    ]


def list_tasks(viewer: Viewer, _clock: Clock) -> list[Task]:
    """One's own lists that were checked and not yet sent, or whose columns wait for a hand."""
    if not viewer.may(Permission.LIST_UPLOAD):
        return []
    own = uploads_visible_to(viewer, permission=Permission.LIST_UPLOAD).filter(uploaded_by=viewer.actor.id)
    open_ones = own.filter(state__in=(Upload.State.RECEIVED, Upload.State.STAGED)).order_by("id")[:MOST]
    return [
        Task(
            title=_open_title(each),
            since=timezone.localtime(each.uploaded_at).date(),
            url=reverse("list_page", args=[each.public_id]),
            count=each.row_count,
        )
        for each in open_ones
    ]


def wish_tasks(viewer: Viewer, clock: Clock) -> list[Task]:
    """Wishes for the office to answer; offers for a sponsor to take before they end."""
    if not viewer.may(Permission.RESERVATION_REQUEST):
        return []
    is_office = viewer.may(Permission.RESERVATION_OFFER)
    text = _("Jawab permintaan {sponsor}: {wish}") if is_office else _("Terima atau tarik tawaran: {wish}")
    return [
        Task(
            title=text.format(sponsor=each.sponsor.name, wish=wish_words(each)),
            since=timezone.localtime(each.requested_at if is_office else each.offered_at).date(),
            url=reverse("reservation", args=[each.public_id]),
            deadline=None if is_office else each.expires_on,
        )
        for each in wishes_waiting(viewer, on=clock.today())[:MOST]
    ]


def _open_title(upload: Upload) -> str:
    repair = sum(count for fate, count in upload.counts.items() if fate.startswith("repair"))
    if upload.state == Upload.State.RECEIVED:
        text = _("Tunjukkan kolom daftar {name}") if upload.problems else _("Daftar {name} sedang diperiksa")
        return text.format(name=upload.file_name)
    if repair:
        return _("Perbaiki {n} baris daftar {name}, lalu kirim").format(n=angka(repair), name=upload.file_name)
    return _("Kirim daftar {name} untuk disetujui").format(name=upload.file_name)
