"""What a rule gives."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to look at: what it is about, the figures, and whose own work it concerns (they cannot judge it)."""

    key: str
    subject_type: str
    subject_id: str
    label: str
    figures: dict[str, Any]
    about: tuple[str, ...] = field(default=())
