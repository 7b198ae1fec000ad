"""Sponsors and pledges by their addresses: what the viewer may not see is not found."""

from uuid import UUID

from django.http import Http404

from payung.access.viewer import Viewer
from payung.sponsors.errors import UnknownPledgeError, UnknownSponsorError
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.selectors import pledge_for, sponsor_for


def sponsor_or_404(viewer: Viewer, public_id: UUID) -> Sponsor:
    """The sponsor of an address."""
    try:
        return sponsor_for(viewer, public_id)
    except UnknownSponsorError as error:
        raise Http404 from error


def pledge_or_404(viewer: Viewer, public_id: UUID) -> Pledge:
    """The pledge of an address, with its sponsor."""
    try:
        return pledge_for(viewer, public_id)
    except UnknownPledgeError as error:
        raise Http404 from error
