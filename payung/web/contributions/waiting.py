"""What of the money waits for somebody: the count in the navigation, and my tasks."""

from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import ReconciliationFile
from payung.contributions.reconciliation.selectors import reconciliation_files
from payung.contributions.selectors import OPEN_STANDINGS, NoticeStanding, notices_visible_to, with_standing
from payung.kernel.clock import Clock
from payung.web.contributions.lists import LATE, unknown_payments, waiting_payments
from payung.web.contributions.words import SUSPENSE, WAITING
from payung.web.frame.my_tasks import Task

FILES_SHOWN = 20


def money_count(viewer: Viewer) -> int:
    """How many payments wait for this person."""
    if not viewer.may(Permission.PAYMENT_CONFIRM):
        return 0
    return waiting_payments(viewer).count() + unknown_payments(viewer).count()


def payment_tasks(viewer: Viewer, _clock: Clock) -> list[Task]:
    """Payments of others to confirm, and payments whose notice nobody knows."""
    if not viewer.may(Permission.PAYMENT_CONFIRM):
        return []
    tasks = []
    count, since = _oldest(waiting_payments(viewer), "recorded_at")
    if count:
        title = ngettext("Konfirmasi %(n)s pembayaran", "Konfirmasi %(n)s pembayaran", count) % {"n": count}
        tasks.append(Task(title, since, f"{reverse('payments')}?keadaan={WAITING}", count=count))
    count, since = _oldest(unknown_payments(viewer), "recorded_at")
    if count:
        title = ngettext(
            "Kenali %(n)s pembayaran yang kode iurannya belum dikenal",
            "Kenali %(n)s pembayaran yang kode iurannya belum dikenal",
            count,
        ) % {"n": count}
        tasks.append(Task(title, since, f"{reverse('payments')}?keadaan={SUSPENSE}", count=count))
    return tasks


def file_tasks(viewer: Viewer, _clock: Clock) -> list[Task]:
    """Files of BPJS or a bank that were read and not recorded yet; those that others recorded, for who accepts."""
    live = reconciliation_files(viewer).filter(undone_at__isnull=True, accepted_at__isnull=True)
    tasks = []
    if viewer.may(Permission.RECONCILIATION_WRITE):
        title = _("Rekonsiliasi %(file)s: putuskan dan catat")
        tasks += _of_files(title, live.filter(submitted_at__isnull=True), "recorded_at")
    if viewer.may(Permission.PAYMENT_CONFIRM):
        others = live if viewer.is_operator else live.exclude(recorded_by=viewer.actor.id)
        title = _("Rekonsiliasi %(file)s menunggu diterima")
        tasks += _of_files(title, others.filter(submitted_at__isnull=False), "submitted_at")
    return tasks


def _of_files(title: str, files: QuerySet[ReconciliationFile], since: str) -> list[Task]:
    return [
        Task(
            title % {"file": file.file_name},
            timezone.localtime(getattr(file, since)).date(),
            reverse("reconciliation", args=[file.public_id]),
            count=file.row_count,
        )
        for file in files.order_by(since)[:FILES_SHOWN]
    ]


def notice_tasks(viewer: Viewer, clock: Clock) -> list[Task]:
    """Notices past their due date, for whoever asks or pays; those without a pay code, for whoever records it."""
    if not viewer.may(Permission.NOTICE_READ):
        return []
    tasks = []
    seen = with_standing(notices_visible_to(viewer)).filter(standing__in=OPEN_STANDINGS)
    if viewer.may(Permission.NOTICE_ISSUE) or viewer.may(Permission.PAYMENT_RECORD):
        count, since = _oldest(seen.filter(due_on__lt=clock.today()), "due_on")
        if count:
            title = ngettext(
                "%(n)s pemberitahuan lewat jatuh tempo dan belum lunas",
                "%(n)s pemberitahuan lewat jatuh tempo dan belum lunas",
                count,
            ) % {"n": count}
            tasks.append(Task(title, since, f"{reverse('notices')}?keadaan={LATE}", deadline=since, count=count))
    if viewer.may(Permission.BPJS_ANSWER):
        count, since = _oldest(seen.filter(standing=NoticeStanding.ASKED), "issued_on")
        if count:
            title = _("Catat kode iuran BPJS untuk pemberitahuan yang belum mempunyainya")
            url = f"{reverse('notices')}?keadaan={NoticeStanding.ASKED}"
            tasks.append(Task(title, since, url, count=count))
    return tasks


def _oldest(rows: QuerySet[Any], field: str) -> tuple[int, date]:
    """How many, and since when the longest waits; by one query."""
    told = rows.order_by().aggregate(count=Count("pk"), since=Min(field))
    since = told["since"]
    if since is None:
        return 0, date.max
    return told["count"], since if field.endswith("_on") else timezone.localtime(since).date()
