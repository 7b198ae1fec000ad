"""What the outbox holds."""

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.kernel.clock import SystemClock
from payung.messages.models import Message


def messages_visible_to(viewer: Viewer) -> QuerySet[Message]:
    """The outbox, for the keeper of users; nobody else sees who is written to."""
    messages = Message.objects.order_by("-pk")
    return messages if viewer.may(Permission.USER_MANAGE) else messages.none()


def has_unsent() -> bool:
    """Whether a letter waits and is due: a cheap read, asked every minute."""
    return Message.objects.filter(state=Message.State.WAITING, not_before__lte=SystemClock().now()).exists()
