"""Slips: what a participant holds in hand, with a code that nobody guesses and the database hides."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.errors import EnrolmentGoneError
from payung.enrolment.models import Enrolment, ProtectionSlip
from payung.enrolment.selectors.visibility import within
from payung.enrolment.slip_codes import SEALED_AT, SLIP_STATES, folded_code, open_code
from payung.kernel.clock import Clock
from payung.kernel.public_id import new_public_id
from payung.store.bulk import bulk_insert, in_slices
from payung.vault.seal import blind_indexes, seal

CODE_BYTES = 16  # 128 bits


@dataclass(frozen=True, slots=True, repr=False)
class SlipCode:
    """A slip with its code in the clear, to be printed. It does not print by itself."""

    enrolment_id: int
    slip: ProtectionSlip
    code: str


@transaction.atomic
def issue_slips(enrolment_ids: Sequence[int], *, acting_user: Viewer, clock: Clock) -> list[SlipCode]:
    """Give people their slips, in the order asked; who has one gets the same again."""
    acting_user.require(Permission.SLIP_PRINT)
    wanted = list(dict.fromkeys(enrolment_ids))
    _check_reach(wanted, acting_user)
    with recording(acting_user.actor, "enrolment.slip.issue") as event:
        standing = _live_slips(wanted)
        new = [pk for pk in wanted if pk not in standing]
        codes = {pk: _new_code() for pk in new}
        made = [
            ProtectionSlip(
                public_id=new_public_id(), enrolment_id=pk, issued_on=clock.today(), issued_by=acting_user.actor.id
            )
            for pk in new
        ]
        indexes = blind_indexes((codes[slip.enrolment_id] for slip in made), purpose="slip")
        bulk_insert(
            ProtectionSlip,
            ("public_id", "enrolment_id", "code_index", "code_sealed", "issued_on", "issued_by"),
            (
                (
                    slip.public_id,
                    slip.enrolment_id,
                    index,
                    seal(codes[slip.enrolment_id], public_id=slip.public_id, **SEALED_AT),
                    slip.issued_on,
                    slip.issued_by,
                )
                for slip, index in zip(made, indexes, strict=True)
            ),
        )
        slips = _live_slips(wanted)
        event.touch_many("enrolment.slip", (slips[pk].public_id for pk in wanted))
    return [SlipCode(pk, slips[pk], codes.get(pk) or open_code(slips[pk])) for pk in wanted]


@transaction.atomic
def revoke_slip(slip: ProtectionSlip, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """End a slip that was lost: its code answers nobody any more, and a new one may be issued."""
    acting_user.require(Permission.SLIP_PRINT)
    _check_reach([slip.enrolment_id], acting_user)
    with recording(acting_user.actor, "enrolment.slip.revoke", reason=reason) as event:
        ProtectionSlip.objects.filter(pk=slip.pk, revoked_at__isnull=True).update(revoked_at=clock.now())
        event.touch("enrolment.slip", slip.public_id)


def _check_reach(enrolment_ids: Sequence[int], acting_user: Viewer) -> None:
    """All of them must be live, accepted at least, and within reach; from outside, absent and foreign look the same."""
    scope = acting_user.scope_of(Permission.SLIP_PRINT)
    found = sum(
        within(Enrolment.objects.filter(pk__in=part, state__in=SLIP_STATES), scope).count()
        for part in in_slices(enrolment_ids)
    )
    if found != len(set(enrolment_ids)):
        raise EnrolmentGoneError(count=len(set(enrolment_ids)) - found)


def _live_slips(enrolment_ids: Sequence[int]) -> dict[int, ProtectionSlip]:
    found: dict[int, ProtectionSlip] = {}
    for part in in_slices(enrolment_ids):
        rows = ProtectionSlip.objects.filter(enrolment__in=part, revoked_at__isnull=True)
        found |= {slip.enrolment_id: slip for slip in rows}
    return found


def _new_code() -> str:
    """Twenty-six letters and digits in groups: base32 has no 0, 1, 8 that could be taken for O, I, B."""
    text = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=")
    return folded_code(text)
