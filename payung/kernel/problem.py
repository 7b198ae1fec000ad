"""Expected trouble as a value: it travels beside the good rows, and its words are rendered at the doors.

A code names the fault and its field: `repair:nik-length`. `found` is what stood there, already masked where it is a
NIK; `expected` and `params` feed the sentence. What to do is part of the sentence of each code in the catalogue.
"""

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one row (`row` counts as the file's own reader does, from 1) or of a whole file (`row` None)."""

    code: str
    row: int | None = None
    field: str = ""
    found: str = ""
    expected: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=lambda: NOTHING)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON; keys without content are left out."""
        full = {
            "code": self.code,
            "row": self.row,
            "field": self.field,
            "found": self.found,
            "expected": self.expected,
            "params": dict(self.params),
        }
        return {key: value for key, value in full.items() if value not in ("", None, {})}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Problem":
        """Undo `as_dict`."""
        return cls(**data)
