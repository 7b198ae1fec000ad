"""The open order in which unprotected workers are offered to a payer.

Open means that anybody may read it, and that a worker's place can be explained by the four things below alone:

1. the social office's desil, poorest first; a worker without one stands after desil 4 and before desil 5, for most of
   those not yet recorded are neither the poorest nor the better off;
2. work on the road or on the water before other work (the sector of PP 50/2025, where accidents are most frequent);
3. the older before the younger, since who turns 65 can no longer be registered;
4. who has waited longer.

Ties are broken by an opaque id, so that the same people always stand in the same order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from payung.kernel.funds import Sektor

_UNKNOWN_DESIL = 4.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the order looks at: `desil` 1 to 10 or None, the day the worker became known to the office."""

    public_id: UUID
    desil: int | None
    sector: Sektor
    birth_date: date
    known_since: date


@dataclass(frozen=True, slots=True)
class Place:
    """A worker's place and what put them there, in the order in which it counts."""

    public_id: UUID
    rank: int
    reasons: tuple[str, ...]


def priority_key(candidate: Candidate) -> tuple[float, int, date, date, UUID]:
    """The smaller, the earlier."""
    return (
        _UNKNOWN_DESIL if candidate.desil is None else float(candidate.desil),
        0 if candidate.sector is Sektor.TRANSPORTASI else 1,
        candidate.birth_date,
        candidate.known_since,
        candidate.public_id,
    )


def in_order(candidates: Iterable[Candidate]) -> list[Place]:
    """Put candidates in the open order, each with its reasons as codes (`desil:2`, `sektor:LAINNYA`, ...)."""
    ordered = sorted(candidates, key=priority_key)
    return [Place(candidate.public_id, rank, _reasons(candidate)) for rank, candidate in enumerate(ordered, start=1)]


def _reasons(candidate: Candidate) -> tuple[str, ...]:
    return (
        f"desil:{candidate.desil if candidate.desil is not None else 'belum-terdata'}",
        f"sektor:{candidate.sector}",
        f"lahir:{candidate.birth_date}",
        f"sejak:{candidate.known_since}",
    )
