"""The faults of a list, grouped: the same fault on many rows is one line.

Grouped once, when the list is staged, and kept beside it: reading ten thousand rows' problems at each look at the page
took a third of a second. Rows are kept as ranges, and of the problems one as an example.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from payung.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """One fault over many rows: its code, its field, the rows, and one of its problems as an example."""

    code: str
    field: str
    rows: tuple[int, ...]
    example: dict[str, Any]
    reason: str = ""

    @property
    def key(self) -> str:
        """Code and reason: what tells it from the other groups of a field."""
        return f"{self.code}/{self.reason}" if self.reason else self.code

    def as_dict(self) -> dict[str, Any]:
        """Plain data, to be kept beside the list."""
        kept = {"code": self.code, "field": self.field, "reason": self.reason, "example": self.example}
        return kept | {"rows": ranges_of(self.rows)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "FaultGroup":
        """Undo `as_dict`."""
        rows = tuple(row for first, last in data["rows"] for row in range(first, last + 1))
        return cls(data["code"], data["field"], rows, data["example"], data["reason"])


def grouped_faults(problems: Iterable[Problem]) -> list[FaultGroup]:
    """Group the problems of faulty rows, the most frequent first."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.field, str(problem.params.get("reason", ""))), []).append(problem)
    found = [
        FaultGroup(code, name, tuple(sorted({each.row or 0 for each in alike})), alike[0].as_dict(), reason)
        for (code, name, reason), alike in groups.items()
    ]
    return sorted(found, key=lambda group: (-len(group.rows), group.code))


def ranges_of(rows: Iterable[int]) -> list[list[int]]:
    """Ascending row numbers as first and last of each run.

    >>> ranges_of([14, 15, 16, 20])
    [[14, 16], [20, 20]]
    """
    found: list[list[int]] = []
    for row in rows:
        if found and row <= found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return found
