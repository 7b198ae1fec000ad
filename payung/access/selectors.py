"""Turning users into viewers."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from payung.access.errors import UnknownUserError
from payung.access.models import Grant, Invitation, User
from payung.access.permissions import Permission, Role, ScopeKind
from payung.access.viewer import ANONYMOUS_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor
from payung.kernel.clock import Clock
from payung.kernel.public_id import public_id_of


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


def actor_names(actor_ids: Iterable[str | None]) -> dict[str, str]:
    """The names behind actors' ids in records, by one query; ids that are nobody's any more are left out."""
    wanted = {found for text in actor_ids if text and (found := public_id_of(text))}
    rows = User.objects.filter(public_id__in=wanted).values_list("public_id", "name")
    return {str(public_id): name for public_id, name in rows}


def viewer_named(email: str) -> Viewer:
    """The viewer of `--as USER`; raise `UnknownUserError` where there is none."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise UnknownUserError(email)
    return viewer_of(user)


def viewer_with_id(actor_id: str) -> Viewer:
    """The viewer behind an actor's id in a record, with the rights of now; a visitor's where there is none any more."""
    public_id = public_id_of(actor_id)
    if public_id is None:
        return ANONYMOUS_VIEWER
    return viewer_of(User.objects.filter(public_id=public_id).first() or AnonymousUser())


def people_of_sponsor(sponsor_id: UUID | str, *, viewer: Viewer) -> list[Grant]:
    """Who can sign in for a sponsor (public id), in the order of names; for whoever may invite there."""
    if not _keeps_people_of(viewer, sponsor_id):
        return []
    grants = Grant.objects.filter(scope_kind=ScopeKind.SPONSOR, scope_id=str(sponsor_id), revoked_at__isnull=True)
    return list(grants.select_related("user").order_by("user__name", "pk"))


def invitations_of_sponsor(sponsor_id: UUID | str, *, viewer: Viewer, clock: Clock) -> list[Invitation]:
    """Who was invited for a sponsor and has not come yet, the newest first."""
    if not _keeps_people_of(viewer, sponsor_id):
        return []
    mine = Invitation.objects.filter(scope_kind=ScopeKind.SPONSOR, scope_id=str(sponsor_id))
    return list(mine.filter(accepted_at__isnull=True, expires_at__gt=clock.now()).order_by("-pk"))


def users_visible_to(viewer: Viewer) -> QuerySet[User]:
    """Everybody who can sign in, for the keeper of users."""
    people = User.objects.filter(kind=User.Kind.PERSON)
    return people if viewer.may(Permission.USER_MANAGE) else people.none()


def invitations_visible_to(viewer: Viewer) -> QuerySet[Invitation]:
    """Invitations, for the keeper of users."""
    return Invitation.objects.all() if viewer.may(Permission.USER_MANAGE) else Invitation.objects.none()


def _keeps_people_of(viewer: Viewer, sponsor_id: UUID | str) -> bool:
    scope = viewer.scope_of(Permission.SPONSOR_WRITE)
    return scope.everything or public_id_of(sponsor_id) in scope.sponsors
