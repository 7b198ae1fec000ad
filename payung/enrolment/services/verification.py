"""Verification: a village or the office says of each proposed person what it found, and the minutes record it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.errors import (
    EnrolmentGoneError,
    NothingToDoError,
    NumberTakenError,
    ReasonUnknownError,
    RoundClosedError,
    RoundIncompleteError,
    RoundNotHeldError,
)
from payung.enrolment.models import Enrolment, LeaveReason, VerificationEntry, VerificationRound
from payung.enrolment.selectors.visibility import within
from payung.enrolment.transitions import move
from payung.kernel.clock import Clock
from payung.registry.models import Region
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert, bulk_update

Result = VerificationEntry.Result
OUTCOME: Mapping[str, tuple[str, str]] = {
    Result.LAYAK: (Enrolment.State.VERIFIED, ""),
    Result.TIDAK_LAYAK: (Enrolment.State.LEFT, LeaveReason.TIDAK_LAYAK),
    Result.TIDAK_DITEMUKAN: (Enrolment.State.LEFT, LeaveReason.TIDAK_DITEMUKAN),
    Result.PINDAH: (Enrolment.State.LEFT, LeaveReason.PINDAH),
    Result.MENINGGAL: (Enrolment.State.LEFT, LeaveReason.MENINGGAL),
}


@transaction.atomic
def open_round(
    *,
    number: str,
    held_on: date,
    acting_user: Viewer,
    clock: Clock,
    village: Region | None = None,
    sponsor: Sponsor | None = None,
) -> VerificationRound:
    """Open a round over the proposed persons of a village, a sponsor, or both, as far as this verifier reaches.

    Persons on another open round are left to it; where nobody remains: `NothingToDoError`.
    """
    acting_user.require(Permission.ENROLMENT_VERIFY, village=village.code if village else None)
    waiting = Enrolment.objects.filter(state=Enrolment.State.PROPOSED)
    if village:
        waiting = waiting.filter(worker__village=village)
    if sponsor:
        waiting = waiting.filter(sponsor=sponsor)
    scope = acting_user.scope_of(Permission.ENROLMENT_VERIFY)
    waiting = within(waiting, scope).exclude(verifications__is_open=True)
    order = ("sponsor_id", "pledge_id", "position", "pk")
    found = list(waiting.select_for_update(of=("self",)).order_by(*order).values_list("pk", flat=True))
    if not found:
        raise NothingToDoError
    if VerificationRound.objects.filter(number=number.strip()).exists():
        raise NumberTakenError(number=number)
    with recording(acting_user.actor, "enrolment.verification.open") as event:
        opened = VerificationRound.objects.create(
            village=village,
            sponsor=sponsor,
            number=number.strip(),
            held_on=held_on,
            verifier_id=acting_user.actor.id,
            verifier_name=acting_user.actor.label,
            opened_at=clock.now(),
        )
        rows = ((opened.pk, pk, place, "", "", True) for place, pk in enumerate(found, start=1))
        bulk_insert(VerificationEntry, ("round_id", "enrolment_id", "position", "result", "note", "is_open"), rows)
        event.touch("enrolment.verification_round", opened.public_id)
    return opened


@transaction.atomic
def record_results(
    verification: VerificationRound, results: Mapping[int, tuple[str, str]], *, acting_user: Viewer, clock: Clock
) -> int:
    """Write down results by enrolment id, each with its note; until the round is closed they may be written anew."""
    opened = _open_round_of(verification, acting_user)
    if opened.held_on > clock.today():
        raise RoundNotHeldError(number=opened.number, held_on=opened.held_on.isoformat())
    unknown = {result for result, _ in results.values()} - set(Result.values)
    if unknown:
        raise ReasonUnknownError(reason=min(unknown), step="verified")
    entries = dict(opened.entries.values_list("enrolment_id", "pk"))
    strange = [pk for pk in results if pk not in entries]
    if strange:
        raise EnrolmentGoneError(count=len(strange))
    with recording(acting_user.actor, "enrolment.verification.record") as event:
        rows = ((entries[pk], result, note.strip()[:250]) for pk, (result, note) in results.items())
        count = bulk_update(VerificationEntry, ("result", "note"), rows)
        event.touch("enrolment.verification_round", opened.public_id)
    return count


@transaction.atomic
def record_for_all(
    verification: VerificationRound, result: str, *, acting_user: Viewer, clock: Clock, note: str = ""
) -> int:
    """Give everybody on the round who has no result yet the same one: most of a village is found as listed."""
    waiting = verification.entries.filter(result="").values_list("enrolment_id", flat=True)
    return record_results(verification, dict.fromkeys(waiting, (result, note)), acting_user=acting_user, clock=clock)


@transaction.atomic
def close_round(verification: VerificationRound, *, acting_user: Viewer, clock: Clock) -> dict[str, int]:
    """Close the round: who is found fit goes on, the others leave with the reason. Return how many per result."""
    opened = _open_round_of(verification, acting_user)
    entries = list(opened.entries.values_list("enrolment_id", "result", "note"))
    # Who left by another door meanwhile stays where they are, and needs no result.
    live = set(opened.entries.exclude(enrolment__state__in=Enrolment.ENDED).values_list("enrolment_id", flat=True))
    without = sum(not result and pk in live for pk, result, _ in entries)
    if without:
        raise RoundIncompleteError(count=without)
    with recording(acting_user.actor, "enrolment.verification.close") as event:
        for result, (to, reason) in OUTCOME.items():
            about = {
                pk: {"round": str(opened.public_id), "note": note}
                for pk, found, note in entries
                if found == result and pk in live
            }
            move(
                about,
                to,
                reason=reason,
                params=about,
                effective_on=clock.today(),
                event=event,
                acting_user=acting_user,
                clock=clock,
            )
        opened.entries.update(is_open=False)
        opened.closed_at, opened.closed_by = clock.now(), acting_user.actor.id
        opened.save(update_fields=["closed_at", "closed_by"])
        event.touch("enrolment.verification_round", opened.public_id)
    return {result: sum(found == result for _, found, _ in entries) for result in Result.values}


def _open_round_of(verification: VerificationRound, acting_user: Viewer) -> VerificationRound:
    """Lock the round; it must be open, and all of it within the verifier's reach."""
    acting_user.require(Permission.ENROLMENT_VERIFY, village=verification.village_id)
    opened = VerificationRound.objects.select_for_update().get(pk=verification.pk)
    if opened.closed_at is not None:
        raise RoundClosedError(number=opened.number)
    scope = acting_user.scope_of(Permission.ENROLMENT_VERIFY)
    mine = within(Enrolment.objects.filter(verifications__round=opened), scope).count()
    if mine != opened.entries.count():
        raise EnrolmentGoneError(count=opened.entries.count() - mine)
    return opened
