"""Ways that end with one payer and go on with the next, or with the worker: the enrolment's part of a handover.

What was paid, asked for and covered is the ledger's; `contributions.services.handovers` calls this in its transaction,
with payers, notices and workers locked.
"""

from collections.abc import Sequence

from payung.access.viewer import Viewer
from payung.audit.services import Recording
from payung.enrolment.errors import PledgeFullError
from payung.enrolment.models import Enrolment, Handover, LeaveReason
from payung.enrolment.selectors.places import last_position, place_holders
from payung.enrolment.transitions import BEGINNING, move, write_events
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_ids
from payung.sponsors.models import Pledge
from payung.store.bulk import bulk_insert, reserve_ids

COLUMNS = (
    "id", "public_id", "worker_id", "sponsor_id", "pledge_id", "civil_servant_id", "position", "from_month", "source",
    "state", "since", "reason", "wadah_id", "kpj", "starts_on", "paid_through", "recorded_at",
)  # fmt: skip


def hand_ways_on(
    handover: Handover, enrolment_ids: Sequence[int], *, event: Recording, acting_user: Viewer, clock: Clock
) -> dict[int, int]:
    """End the ways with the last day before the first month; give those under the next payer, by the old ones.

    Their order is that of the list. Empty where the workers go on by themselves. More than the places that are free:
    `PledgeFullError`.
    """
    first = Month(handover.first_month)
    free = _free_places(handover, len(enrolment_ids))
    moved = move(
        enrolment_ids,
        Enrolment.State.LEFT,
        reason=LeaveReason.BAYAR_SENDIRI if handover.to_pledge_id is None else LeaveReason.DISERAHKAN,
        params={pk: {"handover": str(handover.public_id)} for pk in enrolment_ids},
        effective_on=(first + (-1)).last_day,
        event=event,
        acting_user=acting_user,
        clock=clock,
    )
    if handover.to_pledge is None or free is None:
        return {}
    old = {row.pk: row for row in moved}
    rows = [old[pk] for pk in enrolment_ids]
    return _take(rows, handover, handover.to_pledge, event=event, acting_user=acting_user, clock=clock)


def _free_places(handover: Handover, wanted: int) -> int | None:
    if handover.to_pledge_id is None:
        return None
    # Locked, so that two lists cannot take the same place.
    pledge = Pledge.objects.select_for_update().get(pk=handover.to_pledge_id)
    free = max(0, pledge.quota - place_holders(pledge).count())
    if wanted > free:
        raise PledgeFullError(free=free, wanted=wanted)
    return free


def _take(
    rows: Sequence[Enrolment],
    handover: Handover,
    pledge: Pledge,
    *,
    event: Recording,
    acting_user: Viewer,
    clock: Clock,
) -> dict[int, int]:
    """Begin the ways under the next payer: active, with BPJS's KPJ and start, in the next wadah."""
    first = Month(handover.first_month)
    ids, names = list(reserve_ids(Enrolment, len(rows))), new_public_ids(len(rows))
    after, source, now = last_position(pledge), f"handover:{handover.public_id}", clock.now()
    bulk_insert(
        Enrolment,
        COLUMNS,
        (
            (
                ids[place], names[place], old.worker_id, pledge.sponsor_id, pledge.pk, None, after + place + 1, first,
                source, Enrolment.State.ACTIVE, first.first_day, "", handover.to_wadah_id, old.kpj, old.starts_on,
                old.paid_through, now,
            )
            for place, old in enumerate(rows)
        ),
    )  # fmt: skip
    about = {"handover": str(handover.public_id)}
    write_events(
        ((pk, BEGINNING, str(Enrolment.State.ACTIVE), "", about) for pk in ids),
        effective_on=first.first_day,
        acting_user=acting_user,
        clock=clock,
    )
    event.touch_many("enrolment.enrolment", names)
    return {old.pk: pk for old, pk in zip(rows, ids, strict=True)}
