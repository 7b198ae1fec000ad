"""Taking in what matching suspects: pairs wait for people, and what people decided holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.public_id import new_public_id, public_id_of
from payung.matching.pairs import Band, Evidence, Pair
from payung.registry.models import SuspectedPair, Worker
from payung.registry.selectors.pairs import IdPair, in_order, must_not_link
from payung.registry.selectors.workers import current_ids
from payung.store.bulk import bulk_insert, bulk_update, in_slices

State = SuspectedPair.State
_COLUMNS = ("public_id", "left_id", "right_id", "probability_ppm", "band", "model", "evidence", "source", "found_at")
_AGAIN = ("probability_ppm", "band", "model", "evidence")


@dataclass(frozen=True, slots=True)
class Suspected:
    """What became of a run's pairs: new ones, ones that wait already (their evidence is now this run's), settled ones.

    Settled are pairs that people decided, records that were merged into one, and records that are not here any more.
    """

    new: int
    waiting: int
    settled: int


@transaction.atomic
def suspect_pairs(pairs: Iterable[Pair], *, source: str, acting_user: Viewer, clock: Clock) -> Suspected:
    """Let pairs of live records wait for people, whichever band they are in; those below the review band are left out.

    `source` says where they came from (`upload:<public id>`, `run:<job>`). What people decided before is neither asked
    again nor changed; the same pairs once more change nothing but their evidence, where the model is another.
    """
    if not acting_user.may(Permission.LIST_APPROVE):
        acting_user.require(Permission.DUPLICATE_DECIDE)
    asked = [pair for pair in pairs if pair.band is not Band.APART]
    ids = _live_ids({public_id for pair in asked for public_id in (pair.left, pair.right)})
    found = _by_records(asked, ids)
    apart = must_not_link()
    known = _known(found)
    new = [key for key in found if key not in known and key not in apart]
    waiting = [key for key, pair in known.items() if pair.state not in SuspectedPair.DECIDED]
    changed = [key for key in waiting if _is_changed(known[key], found[key])]
    if new or changed:
        with recording(acting_user.actor, "registry.pairs.suspect", reason=source) as event:
            public_ids = [new_public_id() for _ in new]
            bulk_insert(SuspectedPair, (*_COLUMNS, "state"), _rows(new, public_ids, found, source, clock))
            bulk_update(SuspectedPair, _AGAIN, ((known[key].pk, *_facts(found[key])) for key in changed))
            event.touch_many("registry.pair", [*public_ids, *(known[key].public_id for key in changed)])
    return Suspected(len(new), len(waiting), len(asked) - len(new) - len(waiting))


def _live_ids(public_ids: set[str]) -> dict[str, int]:
    """The ids of the records that stand for these persons now, by the text that names them."""
    wanted = {known: text for text in public_ids if (known := public_id_of(text))}
    ids: dict[str, int] = {}
    for part in in_slices(wanted):
        rows = Worker.objects.filter(public_id__in=part).values_list("public_id", "pk")
        ids |= {wanted[public_id]: pk for public_id, pk in rows}
    now = current_ids(list(ids.values()))
    return {text: now[pk] for text, pk in ids.items()}


def _by_records(pairs: Sequence[Pair], ids: Mapping[str, int]) -> dict[IdPair, Pair]:
    """The surest pair of each two records."""
    found: dict[IdPair, Pair] = {}
    for pair in pairs:
        left, right = ids.get(pair.left), ids.get(pair.right)
        if left is None or right is None or left == right:
            continue
        key = in_order(left, right)
        if key not in found or pair.probability_ppm > found[key].probability_ppm:
            found[key] = pair
    return found


def _known(found: Mapping[IdPair, Pair]) -> dict[IdPair, SuspectedPair]:
    known: dict[IdPair, SuspectedPair] = {}
    for part in in_slices({left for left, _ in found}):
        rows = SuspectedPair.objects.select_for_update().filter(left__in=part).order_by("pk")
        known |= {(row.left_id, row.right_id): row for row in rows if (row.left_id, row.right_id) in found}
    return known


def _is_changed(row: SuspectedPair, pair: Pair) -> bool:
    return tuple(getattr(row, name) for name in _AGAIN) != _facts(pair)


def _facts(pair: Pair) -> tuple[int, str, str, list[dict[str, object]]]:
    return pair.probability_ppm, pair.band.value, pair.model[:80], [_plain(each) for each in pair.evidence]


def _plain(evidence: Evidence) -> dict[str, object]:
    """Field, level and weight; the values stay where they are, some of them sealed."""
    return {"field": evidence.field, "level": evidence.level, "weight": evidence.weight_millibits}


def _rows(
    keys: Sequence[IdPair], public_ids: Sequence[UUID], found: Mapping[IdPair, Pair], source: str, clock: Clock
) -> Iterable[tuple[object, ...]]:
    now = clock.now()
    for (left, right), public_id in zip(keys, public_ids, strict=True):
        yield (public_id, left, right, *_facts(found[left, right]), source[:80], now, State.OPEN.value)
