"""The faults and the notes of one row, gathered while its cells are read."""

from dataclasses import dataclass, field
from typing import Any

from payung.kernel.nik import masked_in
from payung.kernel.problem import Problem


@dataclass(slots=True)
class Faults:
    """What is wrong with a row (`repair:...`) and what a person should know of it (`note:...`)."""

    row: int
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def fault(self, code: str, field_name: str, /, *, found: str = "", expected: str = "", **params: Any) -> None:
        """Add a fault. People write NIKs into any cell: `found` keeps none that can be read."""
        self.problems.append(Problem(f"repair:{code}", self.row, field_name, masked_in(found)[:120], expected, params))

    def note(self, code: str, field_name: str, /, *, found: str = "", **params: Any) -> None:
        """Add a note."""
        self.notes.append(Problem(f"note:{code}", self.row, field_name, masked_in(found)[:120], "", params))
