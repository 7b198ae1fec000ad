"""Notices and payments by their addresses: what the viewer may not see is not found."""

from uuid import UUID

from django.http import Http404

from payung.access.viewer import Viewer
from payung.contributions.models import Notice, Payment
from payung.contributions.selectors import notices_visible_to, payments_visible_to, with_standing


def notice_or_404(viewer: Viewer, public_id: UUID) -> Notice:
    """The notice of an address, with its standing."""
    found = with_standing(notices_visible_to(viewer)).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def payment_or_404(viewer: Viewer, public_id: UUID) -> Payment:
    """The payment of an address."""
    found = payments_visible_to(viewer).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
