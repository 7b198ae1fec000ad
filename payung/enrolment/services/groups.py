"""Wadah: BPJS's groups, and registering determined persons in one."""

from collections.abc import Sequence

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.errors import NothingToDoError, NumberTakenError
from payung.enrolment.models import Enrolment, Wadah
from payung.enrolment.transitions import move
from payung.kernel.clock import Clock
from payung.sponsors.models import Sponsor


@transaction.atomic
def add_wadah(
    number: str,
    *,
    name: str,
    branch: str,
    agreement: str,
    acting_user: Viewer,
    clock: Clock,
    type: str = "",  # noqa: A002 - BPJS's own word for it
    funder: Sponsor | None = None,
) -> Wadah:
    """Write down a wadah that BPJS has opened: its number (NPW), branch and agreement."""
    acting_user.require(Permission.ENROLMENT_REGISTER)
    number = number.strip()
    if Wadah.objects.filter(number=number).exists():
        raise NumberTakenError(number=number)
    with recording(acting_user.actor, "enrolment.wadah.create") as event:
        made = Wadah.objects.create(
            number=number,
            name=name.strip(),
            type=type.strip(),
            branch=branch.strip(),
            agreement=agreement.strip(),
            funder=funder,
            recorded_at=clock.now(),
        )
        event.touch("enrolment.wadah", made.public_id)
    return made


@transaction.atomic
def register_in_wadah(
    wadah: Wadah,
    *,
    acting_user: Viewer,
    clock: Clock,
    enrolment_ids: Sequence[int] | None = None,
    sponsor: Sponsor | None = None,
) -> int:
    """Put determined persons into a wadah: those named, or all of a sponsor's. Return how many."""
    acting_user.require(Permission.ENROLMENT_REGISTER)
    if enrolment_ids is None:
        rows = Enrolment.objects.filter(state=Enrolment.State.DETERMINED)
        rows = rows.filter(sponsor=sponsor or wadah.funder) if sponsor or wadah.funder else rows.none()
        enrolment_ids = list(rows.values_list("pk", flat=True))
    if not enrolment_ids:
        raise NothingToDoError
    with recording(acting_user.actor, "enrolment.register") as event:
        event.touch("enrolment.wadah", wadah.public_id)
        moved = move(
            enrolment_ids,
            Enrolment.State.REGISTERED,
            changes={"wadah": wadah},
            params={pk: {"wadah": wadah.number} for pk in enrolment_ids},
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
    return len(moved)
