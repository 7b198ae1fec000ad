"""Notices and payments as far as a viewer may see them: everybody's, or those of their own sponsors."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import Notice, PayCode, Payment

_M = TypeVar("_M", bound=Model)


def notices_visible_to(viewer: Viewer) -> QuerySet[Notice]:
    """Notices that the viewer may read."""
    return _of_own_sponsors(Notice.objects.select_related("sponsor", "pledge"), viewer, "sponsor__public_id__in")


def pay_codes_visible_to(viewer: Viewer) -> QuerySet[PayCode]:
    """Pay codes that the viewer may read."""
    codes = PayCode.objects.select_related("notice__sponsor")
    return _of_own_sponsors(codes, viewer, "notice__sponsor__public_id__in")


def payments_visible_to(viewer: Viewer) -> QuerySet[Payment]:
    """Payments that the viewer may read."""
    payments = Payment.objects.select_related("sponsor", "notice", "pay_code")
    return _of_own_sponsors(payments, viewer, "sponsor__public_id__in")


def _of_own_sponsors(rows: QuerySet[_M], viewer: Viewer, path: str) -> QuerySet[_M]:
    scope = viewer.scope_of(Permission.NOTICE_READ)
    if scope.everything:
        return rows
    return rows.filter(**{path: scope.sponsors}) if scope.sponsors else rows.none()
