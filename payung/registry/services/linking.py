"""Whether the program may link pairs of the band `auto` by itself: off, until the office's decisions bear it out."""

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.registry.errors import AutoLinkingError, DecisionError
from payung.registry.models import AutoLinking
from payung.registry.selectors.pairs import measured_precision
from payung.registry.services.decisions import LONGEST_REASON


@transaction.atomic
def set_auto_linking(*, is_on: bool, reason: str, acting_user: Viewer, clock: Clock) -> AutoLinking:
    """Turn linking by the program on or off, with the precision that people's decisions measured until then.

    On is refused (`AutoLinkingError`) below a thousand decided pairs of the band, or where fewer than 999 in a
    thousand of them were one person's. Off is always allowed.
    """
    acting_user.require(Permission.DUPLICATE_AUTOMATE)
    if not reason.strip():
        raise DecisionError("reason")
    measured = measured_precision()
    if is_on and not measured.is_enough:
        raise AutoLinkingError(decided=measured.decided, agreed=measured.agreed)
    with recording(acting_user.actor, "registry.linking.switch", reason=reason) as event:
        event.touch("registry.auto_linking", "on" if is_on else "off")
        return AutoLinking.objects.create(
            is_on=is_on,
            decided=measured.decided,
            agreed=measured.agreed,
            reason=reason.strip()[:LONGEST_REASON],
            actor_id=acting_user.actor.id,
            actor_label=acting_user.actor.label[:200],
            recorded_at=clock.now(),
        )
