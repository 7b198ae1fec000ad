"""The list that an address means, for whoever may see it."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from payung.access.doors import ViewerRequest
from payung.access.permissions import Permission
from payung.intake.models import Upload
from payung.intake.selectors import uploads_visible_to

OPEN = (Upload.State.RECEIVED, Upload.State.STAGED)


def find(request: ViewerRequest, public_id: UUID, permission: Permission) -> Upload:
    """The list within a permission's reach; another's does not exist."""
    visible = uploads_visible_to(request.viewer, permission=permission).select_related("replaces", "repeats")
    long = ("faults", "samples_sealed")
    visible = visible.defer(*long, *(f"{name}__{each}" for name in ("replaces", "repeats") for each in long))
    upload = visible.filter(public_id=public_id).first()
    if upload is None:
        raise Http404
    return upload


def address_of(upload: Upload) -> str:
    """Where its page is."""
    return reverse("list_page", args=[upload.public_id])
