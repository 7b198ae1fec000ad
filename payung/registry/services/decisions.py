"""What people say of a pair: one person's record, two persons', or not to be told yet."""

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.kernel.clock import Clock
from payung.registry.errors import DecisionError, PairDecidedError
from payung.registry.models import PairDecision, PairDraft, SuspectedPair
from payung.registry.selectors.pairs import awaited_decision

LONGEST_REASON = 500
State, Answer = SuspectedPair.State, PairDecision.Answer


@transaction.atomic
def save_draft(pair: SuspectedPair, *, answer: str, reason: str, acting_user: Viewer, clock: Clock) -> PairDraft | None:
    """Keep what somebody has begun to say, for this person alone; nothing said at all leaves no draft."""
    acting_user.require(Permission.DUPLICATE_DECIDE)
    said = {"answer": answer if answer in Answer.values else "", "reason": reason.strip()[:LONGEST_REASON]}
    mine = PairDraft.objects.filter(pair=pair, actor_id=acting_user.actor.id)
    before = mine.first()
    if (before is None and not any(said.values())) or (
        before and said == {name: getattr(before, name) for name in said}
    ):
        return before
    with recording(acting_user.actor, "registry.pair.draft") as event:
        event.touch("registry.pair", pair.public_id)
        if not any(said.values()):
            mine.delete()
            return None
        said_now = {**said, "saved_at": clock.now()}
        return PairDraft.objects.update_or_create(pair=pair, actor_id=acting_user.actor.id, defaults=said_now)[0]


@transaction.atomic
def decide_pair(
    pair: SuspectedPair,
    *,
    answer: str,
    reason: str,
    needs_second: bool,
    seen_state: str,
    acting_user: Viewer,
    clock: Clock,
) -> PairDecision:
    """Write a person's answer down; the caller merges or un-merges by what it makes of the pair (`is_final`).

    `needs_second` where a worker has paid months (the ledger's business: it stands above). Then an answer is final once
    another person has given the same; another answer begins anew. Raises `PairDecidedError` where the pair is not in
    the state that the page showed, `SamePersonError` for a second answer by the first person.
    """
    acting_user.require(Permission.DUPLICATE_DECIDE)
    reason = reason.strip()[:LONGEST_REASON]
    if answer not in Answer.values:
        raise DecisionError("answer")
    if not reason:
        raise DecisionError("reason")
    rows = SuspectedPair.objects.select_for_update(of=("self",)).select_related("left", "right")
    pair = rows.get(pk=pair.pk)
    if pair.state != seen_state or pair.left.merged_into_id or pair.right.merged_into_id:
        raise PairDecidedError(pair.state)
    first = awaited_decision(pair)
    confirms = first if first and first.answer == answer else None
    if confirms:
        acting_user.require_other_than(confirms.actor_id)
    is_final = answer != Answer.UNSURE and (not needs_second or confirms is not None)
    with recording(acting_user.actor, "registry.pair.decide", reason=reason) as event:
        decision = PairDecision.objects.create(
            pair=pair,
            answer=answer,
            reason=reason,
            is_final=is_final,
            confirms=confirms,
            first_actor_id=confirms.actor_id if confirms else "",
            actor_id=acting_user.actor.id,
            actor_label=acting_user.actor.label[:200],
            operator_played_both=confirms is not None and confirms.actor_id == acting_user.actor.id,
            probability_ppm=pair.probability_ppm,
            band=pair.band,
            model=pair.model,
            decided_at=clock.now(),
        )
        _move(pair, _state_after(answer, is_final=is_final))
        PairDraft.objects.filter(pair=pair, actor_id=acting_user.actor.id).delete()
        event.touch("registry.pair", pair.public_id, after=content_hash({"answer": answer, "state": pair.state}))
    return decision


def _state_after(answer: str, *, is_final: bool) -> str:
    if answer == Answer.UNSURE:
        return State.UNSURE
    if not is_final:
        return State.AWAITING
    return State.SAME if answer == Answer.SAME else State.DIFFERENT


def _move(pair: SuspectedPair, state: str) -> None:
    pair.state = state
    pair.save(update_fields=["state"])
