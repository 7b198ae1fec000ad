"""From pairs to an answer that agrees with itself.

Two copies may each be like the original and unlike one another: records are gathered into groups, the surest pair
first, and two groups join only where their pairs speak for it on the whole. Linking two files one to one, a record is
given its best partner. Weights are log2 of the odds; a pair that was never brought together counts as `NEVER_MET`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

NEVER_MET = -12.0
_LOUDEST = 20.0  # no single pair outweighs the rest of its groups
Weighed = tuple[int, int, float]


def one_to_one(pairs: Iterable[Weighed], *, least: float) -> list[Weighed]:
    """Give each record at most one partner, the surest pairs first."""
    lefts: set[int] = set()
    rights: set[int] = set()
    kept: list[Weighed] = []
    for left, right, weight in sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1])):
        if weight < least:
            break
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            kept.append((left, right, weight))
    return kept


def grouped(pairs: Sequence[Weighed], *, least: float) -> list[tuple[int, ...]]:
    """Gather records into groups of one person each."""
    likely = sorted((pair for pair in pairs if pair[2] >= least), key=lambda pair: (-pair[2], pair[0], pair[1]))
    weight_of = _weights(pairs, {record for pair in likely for record in pair[:2]})
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for left, right, _ in likely:
        one, other = group_of.get(left, left), group_of.get(right, right)
        if one == other:
            continue
        first, second = members.get(one, [left]), members.get(other, [right])
        if _on_the_whole(first, second, weight_of) >= least:
            if len(first) < len(second):
                one, first, second = other, second, first
            members.pop(group_of.get(second[0], second[0]), None)
            first = members[one] = first + second
            for record in first:
                group_of[record] = one
    return [tuple(sorted(group)) for group in members.values()]


def _weights(pairs: Iterable[Weighed], records: set[int]) -> dict[int, dict[int, float]]:
    """What speaks for or against each pair of the records that may end in a group; of a million most never do."""
    weight_of: dict[int, dict[int, float]] = defaultdict(dict)
    for left, right, weight in pairs:
        if left in records and right in records:
            weight_of[left][right] = weight_of[right][left] = max(NEVER_MET, min(_LOUDEST, weight))
    return weight_of


def _on_the_whole(first: list[int], second: list[int], weight_of: dict[int, dict[int, float]]) -> float:
    total = sum(weight_of[one].get(other, NEVER_MET) for one in first for other in second)
    return total / (len(first) * len(second))
