"""Inviting the people of a sponsor."""

from django.conf import settings
from django.db import transaction

from payung.access.models import Invitation
from payung.access.permissions import SCOPES_OF, Permission, Role, ScopeKind
from payung.access.services import invite
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.messages.services import send_invitation
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
    acting_user.require(Permission.SPONSOR_WRITE, sponsor=sponsor.public_id)
    if ScopeKind.SPONSOR not in SCOPES_OF[role]:
        raise SponsorDataError("role", "not-a-sponsors")
    with recording(acting_user.actor, "sponsors.clerk.invite", reason=sponsor.code) as event:
        event.touch("sponsors.sponsor", sponsor.public_id)
        invitation, token = invite(
            email,
            name=name,
            role=role,
            scope_kind=ScopeKind.SPONSOR,
            scope_id=str(sponsor.public_id),
            acting_user=acting_user,
            clock=clock,
        )
        send_invitation(
            invitation,
            link=f"{settings.PAYUNG_SITE_URL}/undangan/{token}/",
            organisation=sponsor.name,
            acting_user=acting_user,
            clock=clock,
            language=language,
        )
    return invitation
