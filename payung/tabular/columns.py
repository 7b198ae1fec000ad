"""Which column holds what, where the people begin and where they end.

Lists come with a letterhead above, headings over one or two rows, a total and signatures below. `propose_column_map`
guesses all of it from the table; a person may change the guess; `apply_column_map` then reads the rows by it. Columns
without a field are listed and not kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from payung.kernel.nik import mask
from payung.kernel.problem import Problem
from payung.tabular.headings import Vocabulary, fold_heading, vocabulary
from payung.tabular.table import Cell, Row, Table, Value, cell_of

HEADER_SEARCH_ROWS = 40
NOT_KEPT = frozenset({"ignored", "row_label"})
_TOTAL = re.compile(r"(?:sub\s*-?\s*|grand\s+)?(?:jumlah|total)\b.{0,40}", re.IGNORECASE)
_NIK_RUN = re.compile(r"[0-9]{16}")
_NUMBER_IN_TEXT = re.compile(r"'?[0-9][0-9 .\-]{9,}|[0-9][.,][0-9]+[eE]\+?[0-9]+")


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the file: its place (from 0), its heading, the field it seems to hold, a few of its values."""

    index: int
    heading: str
    field: str | None
    confidence: float
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the columns hold and which rows are people's. Row numbers are the file's own.

    `skipped` are rows between the first and the last that are nobody's: totals, repeated headings, lone captions.
    """

    columns: tuple[ColumnGuess, ...] = ()
    header_rows: tuple[int, ...] = ()
    first_row: int = 0
    last_row: int = 0
    skipped: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def fields(self) -> dict[str, int]:
        """Each field that is kept, with its column."""
        return {each.field: each.index for each in self.columns if each.field and each.field not in NOT_KEPT}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings of the columns that are not kept."""
        return tuple(each.heading for each in self.columns if each.heading and each.field in (None, *NOT_KEPT))

    def column_of(self, field_name: str) -> int | None:
        """Find the column of a field; place and date of birth may stand in one."""
        fields = self.fields
        if field_name in ("birth_date", "birth_place"):
            return fields.get(field_name, fields.get("birth_place_date"))
        return fields.get(field_name)

    def with_field(self, index: int, field_name: str | None) -> "ColumnMap":
        """Give a column another field by hand; the column that had it before has none."""
        changed = tuple(
            replace(each, field=field_name, confidence=1.0)
            if each.index == index
            else replace(each, field=None, confidence=0.0)
            if field_name and each.field == field_name
            else each
            for each in self.columns
        )
        return replace(self, columns=changed, problems=_missing(changed, vocabulary()))

    def as_dict(self) -> dict[str, Any]:
        """Plain data, to be kept beside an upload; samples are left out, they are people's."""
        return {
            "columns": [
                {"index": each.index, "heading": each.heading, "field": each.field, "confidence": each.confidence}
                for each in self.columns
            ],
            "header_rows": list(self.header_rows),
            "first_row": self.first_row,
            "last_row": self.last_row,
            "skipped": list(self.skipped),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ColumnMap":
        """Undo `as_dict`."""
        columns = tuple(ColumnGuess(**each) for each in data["columns"])
        return cls(
            columns=columns,
            header_rows=tuple(data["header_rows"]),
            first_row=data["first_row"],
            last_row=data["last_row"],
            skipped=tuple(data["skipped"]),
            problems=_missing(columns, vocabulary()),
        )


@dataclass(frozen=True, slots=True)
class RawRow:
    """One person's row as the file has it: the cells of the fields that are kept, empty ones left out."""

    row_number: int
    cells: Mapping[str, Cell] = field(default_factory=dict)


def propose_column_map(table: Table, *, words: Vocabulary | None = None) -> ColumnMap:
    """Guess the headings, the columns and the rows of people. A table without headings gives a map with a problem."""
    words = words or vocabulary()
    header = _best_header(table.rows, words)
    if header is None:
        return ColumnMap(problems=(Problem(code="file:no-header"),))
    first, count, headings = header
    columns, twice = _columns(headings, words)
    body = _after_numbering(table.rows[first + count :])
    people, skipped = _people(body, columns, headings)
    header_rows = tuple(row.number for row in table.rows[first : first + count])
    if not people:
        return ColumnMap(columns=columns, header_rows=header_rows, problems=(Problem(code="file:no-rows"), *twice))
    return ColumnMap(
        columns=_with_samples(columns, people),
        header_rows=header_rows,
        first_row=people[0].number,
        last_row=people[-1].number,
        skipped=skipped,
        problems=(*_missing(columns, words), *twice),
    )


def apply_column_map(table: Table, column_map: ColumnMap) -> list[RawRow]:
    """Read the rows of people by the map: one `RawRow` for each, in the order of the file."""
    places = list(column_map.fields.items())
    skipped = frozenset(column_map.skipped)
    rows = []
    for number, values in table.rows:
        if column_map.first_row <= number <= column_map.last_row and number not in skipped:
            width = len(values)
            cells = {}
            for name, place in places:
                if place < width and (value := values[place]) is not None:
                    cells[name] = Cell(value) if type(value) is str else cell_of(value)
            rows.append(RawRow(number, {name: cell for name, cell in cells.items() if cell is not None}))
    return rows


def _best_header(rows: Sequence[Row], words: Vocabulary) -> tuple[int, int, list[str]] | None:
    """Find the row, or the two rows together, whose texts name the most fields; misspelt ones only if need be."""
    return _header_scored(rows, words, only_exact=True) or _header_scored(rows, words, only_exact=False)


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
    if place + 1 < len(rows) and rows[place + 1].number == rows[place].number + 1 and _may_be_heading(rows[place + 1]):
        yield 2, _stacked(one, _texts(rows[place + 1].values), words)


def _score(headings: Sequence[str], words: Vocabulary, *, only_exact: bool) -> float:
    """Sum the confidences of the different fields; nothing unless two stand there and one of them is required."""
    sure: dict[str, float] = {}
    for heading in headings:
        name, confidence = words.field_of(heading, only_exact=only_exact) if len(heading) <= 60 else (None, 0.0)
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


def _columns(headings: Sequence[str], words: Vocabulary) -> tuple[tuple[ColumnGuess, ...], tuple[Problem, ...]]:
    """Give each field to the column that names it best; a second claim is left open and told."""
    guesses = [(index, heading, *words.field_of(heading)) for index, heading in enumerate(headings)]
    owner: dict[str, int] = {}
    for index, _, name, confidence in guesses:
        if name and name not in NOT_KEPT and (name not in owner or confidence > guesses[owner[name]][3]):
            owner[name] = index
    columns, twice = [], []
    for index, heading, name, confidence in guesses:
        if name and name not in NOT_KEPT and owner[name] != index:
            twice.append(
                Problem(
                    code="note:heading-twice", field=name, params={"kept": guesses[owner[name]][1], "other": heading}
                )
            )
            columns.append(ColumnGuess(index, heading, None, 0.0))
        else:
            columns.append(ColumnGuess(index, heading, name, confidence))
    return tuple(columns), tuple(twice)


def _missing(columns: Sequence[ColumnGuess], words: Vocabulary) -> tuple[Problem, ...]:
    present = {each.field for each in columns}
    return tuple(Problem(code="file:column-missing", field=name) for name in words.required if name not in present)


def _after_numbering(rows: Sequence[Row]) -> Sequence[Row]:
    """Leave out the row that numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    if not rows:
        return rows
    labels = [re.sub(r"[()\s]", "", cell.text) for value in rows[0].values if (cell := cell_of(value)) is not None]
    if len(labels) > 2 and labels == [str(number) for number in range(1, len(labels) + 1)]:
        return rows[1:]
    return rows


def _people(
    rows: Sequence[Row], columns: Sequence[ColumnGuess], headings: Sequence[str]
) -> tuple[list[Row], tuple[int, ...]]:
    """Part the rows of people from totals, repeated headings and whatever stands below the last person."""
    kept = [each.index for each in columns if each.field and each.field not in NOT_KEPT]
    nik = next((each.index for each in columns if each.field == "nik"), None)
    enough = max(2, min(3, len(kept) - 1))
    written = {heading.casefold() for heading in headings if heading}
    unread = {each.index for each in columns if each.field == "ignored"}
    others = [row for row in rows if not _is_total(row, nik, unread) and not _repeats(row, written)]
    last = next((place for place in range(len(others) - 1, -1, -1) if _is_person(others[place], kept, nik, enough)), -1)
    people = [row for row in others[: last + 1] if _fills(row, kept) or _has_number(row, nik)]
    captions = {row.number for row in people if _is_caption(row, kept, columns)}
    people = [row for row in people if row.number not in captions]
    if not people:
        return [], ()
    taken = {row.number for row in people}
    between = (row.number for row in rows if people[0].number < row.number < people[-1].number)
    return people, tuple(number for number in between if number not in taken)


def _is_person(row: Row, kept: Sequence[int], nik: int | None, enough: int) -> bool:
    return _has_number(row, nik) or _fills(row, kept) >= enough


def _fills(row: Row, kept: Sequence[int]) -> int:
    width = len(row.values)
    return sum(1 for place in kept if place < width and row.values[place] is not None)


def _has_number(row: Row, nik: int | None) -> bool:
    """Whether the NIK's cell holds a long number, as text or as a number."""
    if nik is None or nik >= len(row.values):
        return False
    value = row.values[nik]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value >= 1e9
    return isinstance(value, str) and _NUMBER_IN_TEXT.fullmatch(value.strip()) is not None


def _is_total(row: Row, nik: int | None, unread: set[int]) -> bool:
    """Whether the row sums the others up: `JUMLAH` stands there, and no NIK."""
    has_word = any(
        isinstance(value, str) and place not in unread and _TOTAL.fullmatch(value.strip())
        for place, value in enumerate(row.values)
    )
    return has_word and not _has_number(row, nik)


def _repeats(row: Row, headings: set[str]) -> bool:
    """Whether the row repeats the headings, as printed lists do on each page."""
    texts = [value.strip().casefold() for value in row.values if isinstance(value, str)]
    return len(texts) > 1 and sum(text in headings for text in texts) > len(texts) * 0.7


def _is_caption(row: Row, kept: Sequence[int], columns: Sequence[ColumnGuess]) -> bool:
    """A lone text without a running number between the people (`DESA BOJA`) is a caption, not a person."""
    label = next((each.index for each in columns if each.field == "row_label"), None)
    numbered = label is not None and label < len(row.values) and row.values[label] is not None
    return len(kept) > 3 and not numbered and sum(value is not None for value in row.values) == 1


def _with_samples(columns: Sequence[ColumnGuess], people: Sequence[Row]) -> tuple[ColumnGuess, ...]:
    """Show three values of each column, NIKs masked."""
    return tuple(replace(each, samples=tuple(_samples(each.index, people))) for each in columns)


def _samples(index: int, people: Sequence[Row]) -> Iterable[str]:
    found = 0
    for row in people[:200]:
        cell = cell_of(row.values[index]) if index < len(row.values) else None
        if cell is not None and cell.text.strip():
            yield _NIK_RUN.sub(lambda match: mask(match[0]), cell.text.strip()[:60])
            found += 1
        if found == 3:
            return
