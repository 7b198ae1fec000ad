"""Small counts in public tables are hidden, and with them as many others as it takes that nobody can work them out.

A count below five is hidden. Where the total of its table is public, one hidden count is the total less the rest; so
the smallest of the others are hidden too until at least two are and together they hold five or more: each of the
hidden could then be any number from nothing to four. Which of the hidden are small is not said. Pure.

    total 100 = 60 + 37 + 3   ->   60, hidden, hidden
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

SMALL = 5
_KeyT = TypeVar("_KeyT", bound=Hashable)


def suppress_count(count: int) -> int | None:
    """A count that stands alone: None if it is small.

    >>> suppress_count(4) is None
    True
    """
    return None if count < SMALL else count


def suppress_table(counts: Mapping[_KeyT, int], *, total_is_public: bool = True) -> dict[_KeyT, int | None]:
    """Hide the small counts of a table whose cells add up to its total, and those that would give them away.

    Where the total is not public all are hidden: together they would be the total.

    >>> suppress_table({"a": 60, "b": 37, "c": 3})
    {'a': 60, 'b': None, 'c': None}
    >>> suppress_table({"a": 60, "b": 40})
    {'a': 60, 'b': 40}
    """
    if not total_is_public:
        return dict.fromkeys(counts)
    hidden = {key for key, count in counts.items() if count < SMALL}
    others = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key], str(key)))
    for key in others if hidden else ():
        if len(hidden) >= 2 and sum(counts[each] for each in hidden) >= SMALL:
            break
        hidden.add(key)
    return {key: None if key in hidden else count for key, count in counts.items()}
