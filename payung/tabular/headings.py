"""What a heading means: `N.I.K`, `No KTP` and `Nomor Induk Kependudukan` are one field. The words stand in YAML."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from payung.kernel.edits import edits_within
from payung.kernel.yaml_files import read_yaml

_FOLDER = Path(__file__).parent / "vocabulary"
EXACT, CONTAINED, NEAR = 1.0, 0.7, 0.8


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The headings of one kind of list: a compared heading to its field, and the fields a list must have."""

    name: str
    words: Mapping[str, str]
    required: tuple[str, ...]

    def field_of(self, heading: str, *, only_exact: bool = False) -> tuple[str | None, float]:
        """Say which field a heading names, and how sure that is: 1.0 known, 0.8 misspelt, 0.7 with other words."""
        folded = fold_heading(heading)
        if not folded:
            return None, 0.0
        if folded in self.words:
            return self.words[folded], EXACT
        without_brackets = fold_heading(heading.split("(", maxsplit=1)[0])
        if without_brackets in self.words:
            return self.words[without_brackets], EXACT
        if only_exact:
            return None, 0.0
        near = self._near(folded)
        return (near, NEAR) if near else self._contained(heading)

    def _near(self, folded: str) -> str | None:
        """Find the one field within a small slip of the finger; two fields equally near are none."""
        limit = 0 if len(folded) < 5 else 1 if len(folded) < 8 else 2
        if not limit:
            return None
        found: dict[int, set[str]] = {}
        for word, field in self.words.items():
            if len(word) >= 5 and (distance := edits_within(folded, word, limit)) is not None:
                found.setdefault(distance, set()).add(field)
        nearest = found[min(found)] if found else set()
        return next(iter(nearest)) if len(nearest) == 1 else None

    def _contained(self, heading: str) -> tuple[str | None, float]:
        """Find the longest run of the heading's words that is a heading of its own: `Nama Pekerja Rentan Desa Boja`."""
        words = [fold_heading(word) for word in heading.split()]
        if len(words) > 8:
            return None, 0.0
        runs = ["".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
        known = sorted((run for run in runs if len(run) >= 3 and run in self.words), key=len, reverse=True)
        return (self.words[known[0]], CONTAINED) if known else (None, 0.0)


@cache
def vocabulary(name: str = "workers") -> Vocabulary:
    """Load the words of one kind of list, `vocabulary/NAME.yaml`."""
    data = read_yaml(_FOLDER / f"{name}.yaml")
    words = {fold_heading(word): field for field, synonyms in data["fields"].items() for word in synonyms}
    return Vocabulary(name=name, words=words, required=tuple(data["required"]))


def fold_heading(heading: str) -> str:
    """Write a heading the way it is compared: small letters and digits, nothing between them.

    >>> fold_heading("Tempat, Tgl. Lahir")
    'tempattgllahir'
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(letter for letter in text if letter.isalnum())
