"""Where the headings of a table stand: one row, or two of them one above the other."""

import re
from collections.abc import Iterable, Sequence

from payung.tabular.headings import Vocabulary, fold_heading
from payung.tabular.table import Row, Value

HEADER_SEARCH_ROWS = 40
_LONGEST_HEADING = 60


def best_header(rows: Sequence[Row], words: Vocabulary) -> tuple[int, int, list[str]] | None:
    """Find the row, or the two rows together, whose texts name the most fields; misspelt ones only if need be."""
    return _header_scored(rows, words, only_exact=True) or _header_scored(rows, words, only_exact=False)


def header_at(rows: Sequence[Row], words: Vocabulary, number: int) -> tuple[int, int, list[str]] | None:
    """The headings in the row of this number, which somebody named; with the row below where both together say more."""
    place = next((place for place, row in enumerate(rows) if row.number == number), None)
    if place is None:
        return None
    scored = [
        (_score(headings, words, only_exact=False), -count, headings)
        for count, headings in _header_candidates(rows, place, words)
    ]
    _, count, headings = max(scored, key=lambda each: each[:2])
    return place, -count, headings


def _header_scored(rows: Sequence[Row], words: Vocabulary, *, only_exact: bool) -> tuple[int, int, list[str]] | None:
    best: tuple[float, int, int, list[str]] | None = None
    for place in range(min(HEADER_SEARCH_ROWS, len(rows))):
        for count, headings in _header_candidates(rows, place, words):
            score = _score(headings, words, only_exact=only_exact)
            if score and (best is None or score > best[0] + 0.01):
                best = (score, place, count, headings)
    return best[1:] if best else None


def _header_candidates(rows: Sequence[Row], place: int, words: Vocabulary) -> Iterable[tuple[int, list[str]]]:
    one = _texts(rows[place].values)
    yield 1, one
    if any(":" in text for text in one):
        return  # a letterhead (`DESA : PEKAUMAN`) is no upper row of headings
    if place + 1 < len(rows) and rows[place + 1].number == rows[place].number + 1 and _may_be_heading(rows[place + 1]):
        yield 2, _stacked(one, _texts(rows[place + 1].values), words)


def _score(headings: Sequence[str], words: Vocabulary, *, only_exact: bool) -> float:
    """Sum the confidences of the different fields; nothing unless two stand there and one of them is required."""
    sure: dict[str, float] = {}
    for heading in headings:
        name, confidence = (
            words.field_of(heading, only_exact=only_exact) if len(heading) <= _LONGEST_HEADING else (None, 0.0)
        )
        if name and name != "ignored":
            sure[name] = max(confidence, sure.get(name, 0.0))
    required = sum(name in sure for name in words.required)
    if not required or len(sure) < 2 or (only_exact and len(sure) < 3 and required < len(words.required)):
        return 0.0
    return sum(sure.values())


def _texts(values: Iterable[Value]) -> list[str]:
    return [" ".join(value.split()) if isinstance(value, str) else "" for value in values]


def _may_be_heading(row: Row) -> bool:
    """A second row of headings holds texts only, and none of them is a long number or a date."""
    return all(value is None or (isinstance(value, str) and not re.search(r"[0-9]{4,}", value)) for value in row.values)


def _stacked(upper: list[str], lower: list[str], words: Vocabulary) -> list[str]:
    """Join two rows of headings: `Identitas` over `No KTP` is `No KTP`, `Ibu kandung` over `Nama` is both together."""
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    headings, above = [], ""
    for top, bottom in zip(upper, lower, strict=True):
        above = top or (above if bottom else "")
        headings.append(_joined(above, bottom, words) if bottom else top)
    return headings


def _joined(above: str, bottom: str, words: Vocabulary) -> str:
    for both in (f"{above} {bottom}", f"{bottom} {above}"):
        if above and fold_heading(both) in words.words:
            return both
    return bottom


def headings_lie_in_a_column(rows: Sequence[Row], words: Vocabulary) -> bool:
    """Whether the table is turned round: its headings stand below each other, each person is a column."""
    first = rows[:HEADER_SEARCH_ROWS]
    width = min(max((len(row.values) for row in first), default=0), 3)
    for place in range(width):
        column = _texts(row.values[place] if place < len(row.values) else None for row in first)
        if _score(column, words, only_exact=True):
            return True
    return False
