"""Reading pairs of records that may be one person's: what waits, what was decided, how right the band `auto` is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.kernel.public_id import public_id_of
from payung.registry.errors import UnknownPairError
from payung.registry.models import AutoLinking, PairDecision, PairDraft, SuspectedPair, Worker, WorkerMerger
from payung.registry.selectors.workers import current_ids

State = SuspectedPair.State
# With a thousand decided pairs and one wrong the precision is known to about three thousandths: less says nothing.
DECIDED_AT_LEAST: Final = 1_000
PRECISION_PPM: Final = 999_000
IdPair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MeasuredPrecision:
    """Of the pairs of the band `auto` that people decided: how many, and how many were one person's."""

    decided: int
    agreed: int

    @property
    def ppm(self) -> int | None:
        """The share in millionths, rounded down; None before the first decision."""
        return self.agreed * 1_000_000 // self.decided if self.decided else None

    @property
    def is_enough(self) -> bool:
        """Whether the office may let the program link by itself."""
        return self.decided >= DECIDED_AT_LEAST and self.agreed * 1_000_000 >= self.decided * PRECISION_PPM


def pairs_visible_to(viewer: Viewer) -> QuerySet[SuspectedPair]:
    """The pairs of the regency for those who read it; nothing for anybody else."""
    scope = viewer.scope_of(Permission.DUPLICATE_READ)
    found = SuspectedPair.objects.select_related("left__village__parent", "right__village__parent")
    found = found.select_related("left__occupation", "right__occupation")
    return found if scope.everything else found.none()


def pairs_waiting(viewer: Viewer, *, state: str = "") -> QuerySet[SuspectedPair]:
    """What is to be decided: open, unsure or awaiting a second person; one state of these, where one is named.

    A pair one of whose records was merged meanwhile waits no more; it is back once the merger is undone.
    """
    states = [state] if state else [State.OPEN, State.UNSURE, State.AWAITING]
    live = Q(left__merged_into__isnull=True, right__merged_into__isnull=True)
    return pairs_visible_to(viewer).filter(live, state__in=states)


def pairs_for_second(viewer: Viewer) -> QuerySet[SuspectedPair]:
    """What waits for a second person, and this viewer was not the first."""
    latest = PairDecision.objects.filter(pair=OuterRef("pk")).order_by("-pk").values("actor_id")[:1]
    waiting = pairs_waiting(viewer, state=State.AWAITING).annotate(first_actor=Subquery(latest))
    return waiting.exclude(first_actor=viewer.actor.id)


def pair_for(viewer: Viewer, public_id: UUID | str) -> SuspectedPair:
    """One pair; raise `UnknownPairError` for none or another's."""
    known = public_id_of(public_id)
    found = pairs_visible_to(viewer).filter(public_id=known).first() if known else None
    if found is None:
        raise UnknownPairError
    return found


def draft_of(pair: SuspectedPair, viewer: Viewer) -> PairDraft | None:
    """What this viewer had begun to say of the pair."""
    return PairDraft.objects.filter(pair=pair, actor_id=viewer.actor.id).first()


def drafted_by(viewer: Viewer, pairs: Iterable[SuspectedPair]) -> set[int]:
    """Which of these pairs hold a draft of this viewer, by id."""
    drafts = PairDraft.objects.filter(actor_id=viewer.actor.id, pair__in=[pair.pk for pair in pairs])
    return set(drafts.values_list("pair_id", flat=True))


def awaited_decision(pair: SuspectedPair) -> PairDecision | None:
    """The first person's decision that a second one is asked about."""
    return pair.decisions.order_by("-pk").first() if pair.state == State.AWAITING else None


def standing_merger(pair: SuspectedPair) -> WorkerMerger | None:
    """The merger that a decision on this pair brought about, while it is not undone."""
    mergers = pair.mergers.select_related("worker", "into")
    return mergers.filter(undoes__isnull=True, undone_by__isnull=True).order_by("-pk").first()


def mergers_into(worker: Worker) -> list[WorkerMerger]:
    """The mergers that stand and made other records part of this one, newest first."""
    found = WorkerMerger.objects.select_related("worker", "pair").order_by("-pk")
    return list(found.filter(into=worker, undoes__isnull=True, undone_by__isnull=True))


def must_link() -> frozenset[IdPair]:
    """Pairs of records (ids, the lower first) that people decided to be one person's, as they were decided."""
    return frozenset(_decided(State.SAME))


def must_not_link() -> frozenset[IdPair]:
    """Pairs of persons (ids of the records that stand for them now) that people decided to be two."""
    apart = list(_decided(State.DIFFERENT))
    now = current_ids([worker_id for pair in apart for worker_id in pair])
    return frozenset(in_order(now[left], now[right]) for left, right in apart if now[left] != now[right])


def in_order(one: int, other: int) -> IdPair:
    """Two ids as a pair is kept: the lower first."""
    return (one, other) if one < other else (other, one)


def measured_precision() -> MeasuredPrecision:
    """Count what people decided of the band that the program would link by itself; its own decisions do not count."""
    decided = PairDecision.objects.filter(band="auto", is_final=True, pair__state__in=SuspectedPair.DECIDED)
    decided = decided.exclude(actor_id="system")
    answers = dict(decided.order_by("pk").values_list("pair_id", "answer"))  # of each pair the last one counts
    agreed = sum(answer == PairDecision.Answer.SAME for answer in answers.values())
    return MeasuredPrecision(len(answers), agreed)


def auto_linking() -> AutoLinking | None:
    """The latest word on linking by the program, None before the first."""
    return AutoLinking.objects.order_by("-pk").first()


def auto_linking_is_on() -> bool:
    """Whether the program may link: the office said so, and its decisions since have not spoken against it."""
    said = auto_linking()
    return said is not None and said.is_on and measured_precision().is_enough


def _decided(state: str) -> Iterable[IdPair]:
    return SuspectedPair.objects.filter(state=state).values_list("left_id", "right_id").iterator(2_000)
