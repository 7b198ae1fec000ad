"""Making users, granting and taking back, inviting."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from payung.access.errors import InvitationError
from payung.access.models import Grant, Invitation, User
from payung.access.permissions import SCOPES_OF, Permission, Role, ScopeKind
from payung.access.selectors import actor_of, viewer_of
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.public_id import public_id_of

INVITATION_DAYS = 7


@transaction.atomic
def operator_viewer(name: str, *, clock: Clock) -> Viewer:
    """The viewer of the machine's own command line, made on first use: `operator:<name>`."""
    email = f"{name}@operator.invalid"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, name=f"operator:{name}", kind=User.Kind.OPERATOR, created_at=clock.now())
        user.set_unusable_password()
        user.save()
        Grant.objects.create(
            user=user,
            role=Role.OPERATOR,
            scope_kind=ScopeKind.REGENCY,
            scope_id="",
            granted_at=clock.now(),
            granted_by="first use",
        )
        with recording(actor_of(user), "access.operator.create") as event:
            event.touch("access.user", user.public_id)
    return viewer_of(user)


@transaction.atomic
def add_user(
    email: str,
    *,
    name: str,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: str,
    password: str | None,
    acting_user: Viewer,
    clock: Clock,
) -> User:
    """Make a person with one role. Without a password they can only come in by invitation or reset."""
    acting_user.require(Permission.USER_MANAGE)
    user = User(email=email.strip().lower(), name=name.strip(), created_at=clock.now())
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    with recording(acting_user.actor, "access.user.create") as event:
        event.touch("access.user", user.public_id)
        _grant(user, role, scope_kind, scope_id, acting_user=acting_user, clock=clock)
    return user


@transaction.atomic
def grant_role(
    user: User, *, role: Role, scope_kind: ScopeKind, scope_id: str, acting_user: Viewer, clock: Clock
) -> Grant:
    """Give a person one more role; whoever is signed in must sign in again."""
    acting_user.require(Permission.USER_MANAGE)
    with recording(acting_user.actor, "access.grant.create") as event:
        event.touch("access.user", user.public_id)
        return _grant(user, role, scope_kind, scope_id, acting_user=acting_user, clock=clock)


@transaction.atomic
def revoke_role(grant: Grant, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Take a role back, at once: the person's sessions end."""
    acting_user.require(Permission.USER_MANAGE)
    with recording(acting_user.actor, "access.grant.revoke", reason=reason) as event:
        event.touch("access.user", grant.user.public_id)
        grant.revoked_at = clock.now()
        grant.save(update_fields=["revoked_at"])
        _end_sessions(grant.user)


@transaction.atomic
def invite(
    email: str,
    *,
    name: str,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: str,
    acting_user: Viewer,
    clock: Clock,
) -> tuple[Invitation, str]:
    """Invite a person; return the invitation and the token for the link. Sending it is the caller's business.

    A sponsor's clerk is invited by whoever may write sponsors, anybody else by the keeper of users.
    """
    if scope_kind is ScopeKind.SPONSOR:
        acting_user.require(Permission.SPONSOR_WRITE, sponsor=scope_id)
    else:
        acting_user.require(Permission.USER_MANAGE)
    _check_scope(role, scope_kind, scope_id)
    token = secrets.token_urlsafe(32)
    with recording(acting_user.actor, "access.invitation.create") as event:
        invitation = Invitation.objects.create(
            email=email.strip().lower(),
            name=name.strip(),
            role=role,
            scope_kind=scope_kind,
            scope_id=scope_id,
            token_hash=_token_hash(token),
            invited_by=acting_user.actor.label,
            invited_at=clock.now(),
            expires_at=clock.now() + timedelta(days=INVITATION_DAYS),
        )
        event.touch("access.invitation", invitation.public_id)
    return invitation, token


def open_invitation(token: str, *, clock: Clock) -> Invitation:
    """Find the live invitation of a link; raise `InvitationError` for any other."""
    found = Invitation.objects.filter(
        token_hash=_token_hash(token), accepted_at__isnull=True, expires_at__gt=clock.now()
    ).first()
    if found is None:
        raise InvitationError
    return found


@transaction.atomic
def accept_invitation(token: str, *, name: str, password: str, clock: Clock) -> User:
    """Make the invited person, or give the role to the person who has the address already."""
    invitation = Invitation.objects.select_for_update().get(pk=open_invitation(token, clock=clock).pk)
    if invitation.accepted_at is not None:
        raise InvitationError
    user = User.objects.filter(email__iexact=invitation.email).first()
    if user is not None and (user.kind != User.Kind.PERSON or not user.is_active):
        raise InvitationError  # nobody becomes the operator by mail, nor comes back after being shut out
    if user is None:
        user = User(email=invitation.email, name=name.strip() or invitation.name, created_at=clock.now())
    if user.pk is None or not user.has_usable_password():  # the empty password of a new user counts as usable
        user.set_password(password)
    user.save()
    invitation.accepted_at, invitation.accepted_by = clock.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    with recording(actor_of(user), "access.invitation.accept") as event:
        event.touch("access.invitation", invitation.public_id)
        event.touch("access.user", user.public_id)
        _grant_by(
            user,
            Role(invitation.role),
            ScopeKind(invitation.scope_kind),
            invitation.scope_id,
            invitation.invited_by,
            clock,
        )
    return user


def _grant(user: User, role: Role, scope_kind: ScopeKind, scope_id: str, *, acting_user: Viewer, clock: Clock) -> Grant:
    return _grant_by(user, role, scope_kind, scope_id, acting_user.actor.label, clock)


def _grant_by(user: User, role: Role, scope_kind: ScopeKind, scope_id: str, by: str, clock: Clock) -> Grant:
    _check_scope(role, scope_kind, scope_id)
    grant, created = Grant.objects.get_or_create(
        user=user,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        revoked_at=None,
        defaults={"granted_at": clock.now(), "granted_by": by},
    )
    if created:
        _end_sessions(user)
    return grant


def _check_scope(role: Role, scope_kind: ScopeKind, scope_id: str) -> None:
    if role is Role.OPERATOR:
        raise ValueError("The operator is the machine's own command line, and nobody else.")
    if scope_kind not in SCOPES_OF[role]:
        raise ValueError(f"{role} does not reach over a {scope_kind}.")
    if scope_kind is ScopeKind.SPONSOR and public_id_of(scope_id) is None:
        raise ValueError("A grant over a sponsor names it by its public id.")


def _end_sessions(user: User) -> None:
    user.session_epoch += 1
    user.save(update_fields=["session_epoch"])


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
