"""What a slice of a ring gives back."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """What was done, counted (`{"steps": 2000}`), and one sentence for each thing that went wrong, with its seed."""

    counted: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
