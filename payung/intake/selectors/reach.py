"""How far a permission reaches over things that belong to a sponsor."""

from typing import Any

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer


def within_reach(found: QuerySet[Any], viewer: Viewer, permission: Permission) -> QuerySet[Any]:
    """Everything for the office, a sponsor's own for its people, nothing for others."""
    scope = viewer.scope_of(permission)
    if scope.everything:
        return found
    return found.filter(sponsor__public_id__in=scope.sponsors) if scope.sponsors else found.none()
