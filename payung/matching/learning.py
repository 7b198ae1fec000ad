"""How much each level says, learned without being told who is who: expectation and maximisation over counts.

The pairs of a table fall into few patterns of levels. Pairs that no blocking rule brought together count as different
people, so the share of matches is of all pairs there are, and a rule's own field may be learned too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]
_ROUNDS = 300
_STILL = 1e-6
_BELIEF = 4.0  # so many matches' worth of what is believed before anything is seen
_RAREST = 1e-7


@dataclass(frozen=True, slots=True)
class Patterns:
    """`levels[i, k]` is the level of field k in pattern i (-1 where missing), `counts[i]` how many pairs show it."""

    levels: NDArray[np.int64]
    counts: Shares
    all_pairs: float  # also those never compared


@dataclass(frozen=True, slots=True)
class Learned:
    """The share of each level among pairs of one person, field by field, and the share of such pairs among all."""

    among_same: tuple[Shares, ...]
    share_same: float
    expected: float


def learn(patterns: Patterns, among_different: Sequence[Shares], belief: Sequence[Shares], *, first: float) -> Learned:
    """Learn from the patterns; `first` is how many pairs of one person are expected before anything is seen."""
    same = [np.asarray(each, dtype=float) for each in belief]
    share = min(0.5, first / patterns.all_pairs)
    log_different = [np.log(np.maximum(each, _RAREST)) for each in among_different]
    expected = 0.0
    for _ in range(_ROUNDS):
        weights = _chances(patterns, same, log_different, share) * patterns.counts
        expected = float(weights.sum())
        after = [_shares(patterns.levels[:, k], weights, belief[k]) for k in range(len(same))]
        moved = max(float(np.abs(new - old).max()) for new, old in zip(after, same, strict=True))
        same, share = after, min(0.5, max(expected, 0.5) / patterns.all_pairs)
        if moved < _STILL:
            break
    return Learned(tuple(same), share, expected)


def belief_of(labels: Sequence[str], *, same: str, different: str) -> Shares:
    """What is believed of a field before anything is seen: mostly the same, seldom different.

    >>> belief_of(["same", "slip", "different"], same="same", different="different").round(2).tolist()
    [0.84, 0.11, 0.05]
    """
    first = next((place for place, label in enumerate(labels) if label.startswith(same)), 0)
    shares = np.array([0.05 if label == different else 0.1 / max(1, len(labels) - 2) for label in labels])
    shares[first] = 0.8
    return np.asarray(shares / shares.sum())


def _chances(patterns: Patterns, same: Sequence[Shares], log_different: Sequence[Shares], share: float) -> Shares:
    odds = np.full(len(patterns.counts), np.log(share / (1 - share)))
    for k, (each, other) in enumerate(zip(same, log_different, strict=True)):
        level = patterns.levels[:, k]
        seen = level >= 0
        odds[seen] += np.log(np.maximum(each, _RAREST))[level[seen]] - other[level[seen]]
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -500, 500))))


def _shares(level: NDArray[np.int64], weights: Shares, belief: Shares) -> Shares:
    seen = level >= 0
    found = np.bincount(level[seen], weights=weights[seen], minlength=len(belief)) + _BELIEF * belief
    return np.asarray(found / found.sum())
