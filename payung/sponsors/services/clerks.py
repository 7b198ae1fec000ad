"""Inviting the people of a sponsor."""

from django.db import transaction

from payung.access.models import Invitation
from payung.access.permissions import SCOPES_OF, Permission, Role, ScopeKind
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.messages.services import invite_by_mail
from payung.sponsors.errors import SponsorDataError
from payung.sponsors.models import Sponsor


@transaction.atomic
def invite_clerk(
    sponsor: Sponsor,
    *,
    email: str,
    name: str,
    role: Role = Role.PETUGAS_PERUSAHAAN,
    language: str = "id",
    acting_user: Viewer,
    clock: Clock,
) -> Invitation:
    """Invite a clerk (or the head) of a sponsor by mail; the letter leaves after the commit, with a link for 7 days.

    The link stands in the letter alone: nobody but the holder of the address can use it.
    """
    return invite_clerk_with_link(
        sponsor, email=email, name=name, role=role, language=language, acting_user=acting_user, clock=clock
    )[0]


@transaction.atomic
def invite_clerk_with_link(
    sponsor: Sponsor,
    *,
    email: str,
    name: str,
    role: Role = Role.PETUGAS_PERUSAHAAN,
    language: str = "id",
    acting_user: Viewer,
    clock: Clock,
) -> tuple[Invitation, str]:
    """Invite a clerk, and give the link too: for the local profile, where letters are files that nobody gets."""
    acting_user.require(Permission.SPONSOR_WRITE, sponsor=sponsor.public_id)
    if ScopeKind.SPONSOR not in SCOPES_OF[role]:
        raise SponsorDataError("role", "not-a-sponsors")
    with recording(acting_user.actor, "sponsors.clerk.invite", reason=sponsor.code) as event:
        event.touch("sponsors.sponsor", sponsor.public_id)
        return invite_by_mail(
            email,
            name=name,
            role=role,
            scope_kind=ScopeKind.SPONSOR,
            scope_id=str(sponsor.public_id),
            organisation=sponsor.name,
            acting_user=acting_user,
            clock=clock,
            language=language,
        )
