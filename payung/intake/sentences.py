"""A problem as sentences in the reader's language. Pages and the command line share it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from payung.intake.problem_texts import FIELD_NAMES, TEXTS, Text
from payung.kernel.problem import Problem

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Told:
    """What was found, what is expected, what to do next; the last two may be empty."""

    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.found, self.remedy) if part)


def told(problem: Problem) -> Told:
    """Tell a problem in full."""
    text = _text_of(problem)
    names = _Names(_names_of(problem))
    parts = (str(part).format_map(names) for part in (text.found, text.expected, text.remedy))
    return Told(*parts)


def sentence(problem: Problem) -> str:
    """Tell what was found and what to do, as one run of text."""
    return str(told(problem))


def field_name(field: str) -> str:
    """The name that people know a column by."""
    return str(FIELD_NAMES.get(field, field))


def row_ranges(rows: Iterable[int]) -> str:
    """Write row numbers the short way, all of them.

    >>> row_ranges([14, 15, 16, 20])
    '14-16, 20'
    """
    known = sorted(set(rows))
    starts = [row for place, row in enumerate(known) if not place or known[place - 1] != row - 1]
    ends = [row for place, row in enumerate(known) if place == len(known) - 1 or known[place + 1] != row + 1]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))


def _text_of(problem: Problem) -> Text:
    reason = problem.params.get("reason", "")
    unknown = Text(_("Ada yang perlu diperiksa pada {field} ({code})."))
    return TEXTS.get(f"{problem.code}/{reason}") or TEXTS.get(problem.code) or unknown


class _Names(dict[str, str]):
    """A name that the problem does not carry becomes an ellipsis: a sentence is still a sentence."""

    def __missing__(self, name: str) -> str:
        return "…"


def _names_of(problem: Problem) -> Mapping[str, str]:
    own = {
        "code": problem.code,
        "row": str(problem.row or ""),
        "field": field_name(problem.field),
        "found": problem.found or _("(kosong)"),
        "expected": problem.expected,
    }
    return own | {name: _words(value) for name, value in problem.params.items()}


def _words(value: Any) -> str:
    if isinstance(value, list | tuple):
        named = [str(each) for each in value[:MOST_NAMED]]
        return ", ".join(named) + (" …" if len(value) > MOST_NAMED else "")
    return str(value)
