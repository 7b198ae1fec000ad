"""The person behind a request or a command, with what they may do and how far.

Services take a `Viewer` as `acting_user` and begin with `acting_user.require(...)`; selectors take one as `viewer` and
return only what it may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.permissions import ROLES, Permission, Role, ScopeKind
from payung.audit.actor import ANONYMOUS, SYSTEM, Actor
from payung.kernel.public_id import public_id_of


@dataclass(frozen=True, slots=True)
class GrantedRole:
    """One live grant, as plain data."""

    role: Role
    scope_kind: ScopeKind
    scope_id: str


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a permission reaches: everything, or these sponsors (public ids), kecamatan and villages (codes)."""

    everything: bool = False
    sponsors: frozenset[UUID] = frozenset()
    kecamatan: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it reaches nothing at all."""
        return not (self.everything or self.sponsors or self.kecamatan or self.villages)

    def covers_village(self, code: str) -> bool:
        """Whether a village lies within it."""
        return self.everything or code in self.villages or code[:8] in self.kecamatan


@dataclass(frozen=True, slots=True)
class Viewer:
    """An actor with its grants. `user_id` is None for the anonymous visitor and for the system itself."""

    actor: Actor
    user_id: int | None = None
    grants: tuple[GrantedRole, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        """Whether there is a person (or the operator) behind it."""
        return self.user_id is not None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, wherever they reach."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_operator(self) -> bool:
        """Whether this is the machine's own command line, which may play both parts where two persons are asked for."""
        return self.actor.kind == "operator"

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held for anything at all."""
        if permission is Permission.PUBLIC:
            return True
        if permission is Permission.SIGNED_IN:
            return self.is_signed_in
        return any(permission in ROLES[grant.role] for grant in self.grants)

    def scope_of(self, permission: Permission) -> Scope:
        """How far the permission reaches, all grants together."""
        reach: dict[ScopeKind, set[str]] = {kind: set() for kind in ScopeKind}
        for grant in self.grants:
            if permission in ROLES[grant.role]:
                reach[grant.scope_kind].add(grant.scope_id)
        return Scope(
            everything=bool(reach[ScopeKind.REGENCY]),
            sponsors=frozenset(filter(None, map(public_id_of, reach[ScopeKind.SPONSOR]))),
            kecamatan=frozenset(reach[ScopeKind.KECAMATAN]),
            villages=frozenset(reach[ScopeKind.VILLAGE]),
        )

    def require(self, permission: Permission, *, sponsor: UUID | str | None = None, village: str | None = None) -> None:
        """Raise `NotPermittedError` unless the permission is held, for this sponsor (public id) or village if named."""
        if permission in (Permission.PUBLIC, Permission.SIGNED_IN):
            allowed = self.may(permission)
        else:
            scope = self.scope_of(permission)
            if sponsor is not None:
                allowed = scope.everything or public_id_of(sponsor) in scope.sponsors
            elif village is not None:
                allowed = scope.covers_village(village)
            else:
                allowed = not scope.is_empty
        if not allowed:
            raise NotPermittedError(permission)

    def require_other_than(self, first_actor_ids: str | Iterable[str]) -> None:
        """Raise `SamePersonError` if this is one of those who did the first step. The operator may play both parts."""
        taken = {first_actor_ids} if isinstance(first_actor_ids, str) else set(first_actor_ids)
        if self.actor.id in taken and not self.is_operator:
            raise SamePersonError(self.actor.label)


ANONYMOUS_VIEWER = Viewer(ANONYMOUS)
SYSTEM_VIEWER = Viewer(SYSTEM, None, (GrantedRole(Role.OPERATOR, ScopeKind.REGENCY, ""),))
