"""What came back: answers with their rows, differences that wait, persons whom a batch's answer left out."""

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import Answer, BpjsBatch, BpjsDifference, Enrolment
from payung.enrolment.selectors.visibility import batches_visible_to
from payung.sponsors.models import Pledge


def answers_visible_to(viewer: Viewer) -> QuerySet[Answer]:
    """The answers that this person may see: they hold people of every company, so the regency's readers alone."""
    rows = Answer.objects.select_related("batch__wadah")
    return rows if viewer.scope_of(Permission.ENROLMENT_READ).everything else rows.none()


def differences_waiting(viewer: Viewer) -> QuerySet[BpjsDifference]:
    """Differences that nobody has said a word about, oldest first."""
    rows = BpjsDifference.objects.filter(resolved_at__isnull=True, answer__in=answers_visible_to(viewer))
    return rows.select_related("answer", "enrolment__worker").order_by("pk")


def unanswered(batch: BpjsBatch, viewer: Viewer) -> QuerySet[Enrolment]:
    """Who was sent in a batch and has no answer yet."""
    if not batches_visible_to(viewer).filter(pk=batch.pk).exists():
        return Enrolment.objects.none()
    rows = Enrolment.objects.filter(batch_lines__batch=batch, state=Enrolment.State.SENT)
    return rows.select_related("worker", "sponsor").order_by("batch_lines__position")


def pledges_of(batch: BpjsBatch) -> QuerySet[Pledge]:
    """The pledges whose people are in a batch: a pay code belongs to their notices."""
    return Pledge.objects.filter(enrolments__batch_lines__batch=batch).distinct().order_by("pk")
