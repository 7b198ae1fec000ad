"""Whose a list is, and how far a permission over lists reaches: a sponsor's, a village's, or the office's own."""

from typing import Any

from django.db.models import Q, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.intake.models import Upload
from payung.registry.models import Region
from payung.sponsors.models import Sponsor


def require_reach(viewer: Viewer, permission: Permission, *, sponsor: Sponsor | None, village: Region | None) -> None:
    """Raise `NotPermittedError` unless the permission reaches this sponsor, this village, or all of the office."""
    if village is not None:
        viewer.require(permission, village=village.pk)
    else:
        viewer.require(permission, sponsor=sponsor.public_id if sponsor else "")


def require_list(viewer: Viewer, permission: Permission, upload: Upload) -> None:
    """Raise `NotPermittedError` unless the permission reaches this list."""
    require_reach(viewer, permission, sponsor=upload.sponsor, village=upload.village)


def lists_within(found: QuerySet[Upload], viewer: Viewer, permission: Permission) -> QuerySet[Upload]:
    """Everything for the office, a sponsor's own for its people, a village's own for its officer."""
    scope = viewer.scope_of(permission)
    if scope.everything:
        return found
    if scope.is_empty:
        return found.none()
    of_villages = Q(village__in=scope.villages) | Q(village__parent__in=scope.kecamatan)
    return found.filter(Q(sponsor__public_id__in=scope.sponsors) | of_villages)


def within_reach(found: QuerySet[Any], viewer: Viewer, permission: Permission) -> QuerySet[Any]:
    """Everything for the office, a sponsor's own for its people, nothing for others."""
    scope = viewer.scope_of(permission)
    if scope.everything:
        return found
    return found.filter(sponsor__public_id__in=scope.sponsors) if scope.sponsors else found.none()
