"""Turning users into viewers."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from payung.access.errors import UnknownUserError
from payung.access.models import User
from payung.access.permissions import Role, ScopeKind
from payung.access.viewer import ANONYMOUS_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor


def actor_of(user: User) -> Actor:
    """Name a user for the record."""
    return Actor(user.kind, str(user.public_id), user.name or user.email)


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """Give a user's rights, by one query; a visitor has none."""
    if not isinstance(user, User) or not user.is_active:
        return ANONYMOUS_VIEWER
    live = user.grants.filter(revoked_at__isnull=True).values_list("role", "scope_kind", "scope_id")
    grants = tuple(GrantedRole(Role(role), ScopeKind(kind), scope_id) for role, kind, scope_id in live)
    return Viewer(actor_of(user), user.pk, grants)


def viewer_named(email: str) -> Viewer:
    """The viewer of `--as USER`; raise `UnknownUserError` where there is none."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise UnknownUserError(email)
    return viewer_of(user)


def viewer_with_id(actor_id: str) -> Viewer:
    """The viewer behind an actor's id in a record, with the rights of now; a visitor's where there is none any more."""
    try:
        public_id = UUID(actor_id)
    except ValueError:
        return ANONYMOUS_VIEWER
    return viewer_of(User.objects.filter(public_id=public_id).first() or AnonymousUser())
