"""Which rows of a table are people: not the totals, headings printed again, captions and signatures around them."""

import re
from collections.abc import Sequence
from typing import Protocol

from payung.tabular.families import is_of_family
from payung.tabular.table import Row, cell_of

NOT_KEPT = frozenset({"ignored", "row_label"})
_TOTAL = re.compile(r"(?:sub\s*-?\s*|grand\s+)?(?:jumlah|total)\b.{0,40}", re.IGNORECASE)
_NUMBER_IN_TEXT = re.compile(r"'?[0-9][0-9 .\-]{9,}|[0-9][.,][0-9]+[eE]\+?[0-9]+")


class Column(Protocol):
    """What is to be known of a column here."""

    @property
    def index(self) -> int:
        """Its place, from 0."""

    @property
    def field(self) -> str | None:
        """What it holds."""


def after_numbering(rows: Sequence[Row]) -> Sequence[Row]:
    """Leave out the row that numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    if not rows:
        return rows
    labels = [re.sub(r"[()\s]", "", cell.text) for value in rows[0].values if (cell := cell_of(value)) is not None]
    if len(labels) > 2 and labels == [str(number) for number in range(1, len(labels) + 1)]:
        return rows[1:]
    return rows


def people_in(
    rows: Sequence[Row], columns: Sequence[Column], headings: Sequence[str]
) -> tuple[list[Row], tuple[int, ...]]:
    """Part the rows of people from totals, repeated headings and whatever stands below the last person."""
    kept = [each.index for each in columns if each.field and each.field not in NOT_KEPT]
    nik = next((each.index for each in columns if each.field == "nik"), None)
    enough = max(2, min(3, len(kept) - 1))
    written = {heading.casefold() for heading in headings if heading}
    unread = {each.index for each in columns if each.field == "ignored"}
    others = [
        row
        for row in rows
        if not is_total(row, nik, unread) and not _repeats(row, written) and not is_of_family(row, nik)
    ]
    last = next((place for place in range(len(others) - 1, -1, -1) if _is_person(others[place], kept, nik, enough)), -1)
    people = [row for row in others[: last + 1] if _fills(row, kept) or has_number(row, nik)]
    label = next((each.index for each in columns if each.field == "row_label"), None)
    captions = {row.number for row in people if _is_caption(row, kept, label)}
    people = [row for row in people if row.number not in captions]
    if not people:
        return [], ()
    taken = {row.number for row in people}
    between = (row.number for row in rows if people[0].number < row.number < people[-1].number)
    return people, tuple(number for number in between if number not in taken)


def _is_person(row: Row, kept: Sequence[int], nik: int | None, enough: int) -> bool:
    return has_number(row, nik) or _fills(row, kept) >= enough


def _fills(row: Row, kept: Sequence[int]) -> int:
    width = len(row.values)
    return sum(1 for place in kept if place < width and row.values[place] is not None)


def has_number(row: Row, nik: int | None) -> bool:
    """Whether the NIK's cell holds a long number, as text or as a number."""
    if nik is None or nik >= len(row.values):
        return False
    value = row.values[nik]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value >= 1e9
    return isinstance(value, str) and _NUMBER_IN_TEXT.fullmatch(value.strip()) is not None


def is_total(row: Row, nik: int | None, unread: set[int]) -> bool:
    """Whether the row sums the others up: `JUMLAH` stands there, and no NIK."""
    written = "\t".join([value for value in row.values if isinstance(value, str)]).lower()
    if "jumlah" not in written and "total" not in written:
        return False  # nearly every row: one look at all of it in place of one at each cell
    has_word = any(
        isinstance(value, str) and place not in unread and _TOTAL.fullmatch(value.strip())
        for place, value in enumerate(row.values)
    )
    return has_word and not has_number(row, nik)


def _repeats(row: Row, headings: set[str]) -> bool:
    """Whether the row repeats the headings, as printed lists do on each page."""
    texts = [value for value in row.values if isinstance(value, str)]
    could_be = len(texts)
    for text in texts:
        if text.strip().casefold() not in headings:
            could_be -= 1
            if could_be <= len(texts) * 0.7:
                return False
    return len(texts) > 1


def _is_caption(row: Row, kept: Sequence[int], label: int | None) -> bool:
    """A lone text without a running number between the people (`DESA BOJA`) is a caption, not a person."""
    if len(kept) <= 3 or len(row.values) - row.values.count(None) != 1:
        return False
    return label is None or label >= len(row.values) or row.values[label] is None
