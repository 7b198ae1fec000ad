"""A mutant: a file with one small thing wrong, and how it is named."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType

SEPARATOR = " → "


@dataclasses.dataclass(frozen=True)
class Mutant:
    """One file with one thing wrong: `code` compiles it, or `text` is its text. `line` is for people alone."""

    path: Path
    place: str
    change: str
    line: int
    code: Callable[[], CodeType] | None = None
    text: str | None = None

    @property
    def is_figure(self) -> bool:
        """Whether a figure of the law is wrong, not code."""
        return self.text is not None


def numbered(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Give those that would bear one name in one file a number each."""
    seen: Counter[tuple[str, str]] = Counter()
    named = []
    for mutant in mutants:
        seen[mutant.place, mutant.change] += 1
        again = seen[mutant.place, mutant.change]
        named.append(mutant if again == 1 else dataclasses.replace(mutant, change=f"{mutant.change} ({again})"))
    return named
