"""Which column holds what, where the people begin and where they end.

Lists come with a letterhead above, headings over one or two rows, a total and signatures below. `propose_column_map`
guesses all of it from the table; a person may change the guess; `apply_column_map` then reads the rows by it. Columns
without a field are listed and not kept.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from payung.kernel.nik import mask
from payung.kernel.problem import Problem
from payung.tabular.families import is_of_family, said_by_letterhead, said_of_family
from payung.tabular.header_rows import best_header, header_at, headings_lie_in_a_column
from payung.tabular.headings import Vocabulary, fold_heading, vocabulary
from payung.tabular.people_rows import NOT_KEPT, after_numbering, people_in
from payung.tabular.table import Cell, Merge, Row, Table, cell_of

_NEW = tuple.__new__
_NIK_RUN = re.compile(r"[0-9]{16}")
_STANDS_IN = {
    "birth_date": ("birth_place_date",),
    "birth_place": ("birth_place_date",),
    "rt_rw": ("rt", "rw"),
    "address": ("hamlet",),
}
# What people merge over the rows that share it. Of a NIK or a name nobody can say whose it is.
_SHARED = frozenset(
    {"kk", "address", "hamlet", "rt_rw", "rt", "rw", "village", "village_code", "kecamatan", "kabupaten", "occupation"}
)


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
    letterhead: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> str:
        """The form that the list is written on: its headings, in their order."""
        written = "|".join(fold_heading(each.heading) for each in self.columns).rstrip("|")
        return hashlib.sha256(written.encode()).hexdigest()[:32]

    @property
    def fields(self) -> dict[str, int]:
        """Each field that is kept, with its column."""
        return {each.field: each.index for each in self.columns if each.field and each.field not in NOT_KEPT}

    @property
    def unknown(self) -> tuple[str, ...]:
        """Headings of the columns that are not kept."""
        return tuple(each.heading for each in self.columns if each.heading and each.field in (None, *NOT_KEPT))

    def column_of(self, field_name: str) -> int | None:
        """Find the column of a field; some facts share one, or have two."""
        fields = self.fields
        return next((fields[name] for name in (field_name, *_STANDS_IN.get(field_name, ())) if name in fields), None)

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
            "letterhead": dict(self.letterhead),
            "form": self.form,
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
            letterhead=data.get("letterhead", {}),
        )


@dataclass(frozen=True, slots=True)
class RawRow:
    """One person's row as the file has it: the cells of the fields that are kept, empty ones left out."""

    row_number: int
    cells: Mapping[str, Cell] = field(default_factory=dict)


def propose_column_map(table: Table, *, words: Vocabulary | None = None, header_row: int = 0) -> ColumnMap:
    """Guess the headings, the columns and the rows of people. A table without headings gives a map with a problem.

    `header_row` is the number of the row of headings where somebody has named it.
    """
    words = words or vocabulary()
    header = header_at(table.rows, words, header_row) if header_row else best_header(table.rows, words)
    if header is None:
        is_turned = headings_lie_in_a_column(table.rows, words)
        return ColumnMap(problems=(Problem(code="file:turned-round" if is_turned else "file:no-header"),))
    first, count, headings = header
    body = after_numbering(table.rows[first + count :])
    columns, twice = _columns(headings, words, body)
    people, skipped = people_in(body, columns, headings)
    if header_row and not people:
        people = list(body)  # none of the headings is known: somebody will say what the columns hold
    header_rows = tuple(row.number for row in table.rows[first : first + count])
    if not people:
        return ColumnMap(columns=columns, header_rows=header_rows, problems=(Problem(code="file:no-rows"), *twice))
    found = ColumnMap(
        columns=_with_samples(columns, people),
        header_rows=header_rows,
        first_row=people[0].number,
        last_row=people[-1].number,
        skipped=skipped,
        problems=(*_missing(columns, words), *twice),
        letterhead=said_by_letterhead(table.rows[:first]),
    )
    return replace(found, problems=(*found.problems, *_told_of_letterhead(found)))


def has_headings(rows: Sequence[Row], *, words: Vocabulary | None = None) -> bool:
    """Whether these rows are a list: headings with something below them."""
    header = best_header(rows, words or vocabulary())
    return header is not None and len(rows) > header[0] + header[1]


def apply_column_map(table: Table, column_map: ColumnMap) -> list[RawRow]:
    """Read the rows of people by the map: one `RawRow` for each, in the order of the file."""
    return list(each_row(table, column_map))


def each_row(table: Table, column_map: ColumnMap, *, only: Collection[str] = ()) -> Iterator[RawRow]:
    """Read the rows of people by the map one after the other: all of a long list at once would be a kilobyte each.

    `only` names the columns that are wanted, where it is not all of them.
    """
    places = [(name, place) for name, place in column_map.fields.items() if not only or name in only]
    skipped = frozenset(column_map.skipped)
    nik = column_map.fields.get("nik")
    merged = _merged_cells(table, column_map)
    head = (column_map.header_rows or (0,))[-1]
    shared = _letterhead_cells(column_map) | _first_family(table, column_map)
    combined = any(name in _PARTS for name, _ in places)
    for number, values in table.rows:
        if not column_map.first_row <= number <= column_map.last_row or number in skipped:
            if number > head and is_of_family(row := Row(number, values), nik):
                shared = shared | {name: Cell(text) for name, text in said_of_family(row).items()}
            continue
        width = len(values)
        cells: dict[str, Cell] = {}
        for name, place in places:
            if place < width and (value := values[place]) is not None:
                # What a named tuple does itself, at half the price: a list has more cells than anything else.
                cell = _NEW(Cell, (value, "text")) if type(value) is str else cell_of(value)
                if cell is not None:
                    cells[name] = cell
        if merged and number in merged:
            cells = merged[number] | cells
        if shared:
            cells = shared | cells
        if combined:
            cells = _combined(cells)
        yield RawRow(number, cells)


def _letterhead_cells(column_map: ColumnMap) -> dict[str, Cell]:
    """What the letterhead says to every row, where no column does."""
    fields = column_map.fields
    if "village" in fields or "village_code" in fields:
        return {}
    return {name: Cell(text) for name, text in column_map.letterhead.items() if name not in fields}


def _first_family(table: Table, column_map: ColumnMap) -> dict[str, Cell]:
    """What stands above the headings of the first family's people: a letterhead without a card's number is none."""
    first = (column_map.header_rows or (0,))[0]
    said: dict[str, str] = {}
    for row in table.rows:
        if row.number >= first:
            break
        said |= said_of_family(row)
    return {name: Cell(text) for name, text in said.items()} if "kk" in said else {}


def _told_of_letterhead(column_map: ColumnMap) -> tuple[Problem, ...]:
    cells = _letterhead_cells(column_map)
    village = cells.get("village")
    return (Problem(code="note:village-of-letterhead", params={"village": village.text}),) if village else ()


def _merged_cells(table: Table, column_map: ColumnMap) -> dict[int, dict[str, Cell]]:
    """The cells that a merge hides, by row: the value above where rows may share it, or that it was merged."""
    names = {place: name for name, place in column_map.fields.items()}
    merges = [each for each in table.merges if each.column in names and _joins_people(each, column_map)]
    if not merges:
        return {}
    values = {row.number: row.values for row in table.rows}
    found: dict[int, dict[str, Cell]] = {}
    for merge in merges:
        name = names[merge.column]
        above = values.get(merge.first_row, [])
        cell = cell_of(above[merge.column]) if merge.column < len(above) else None
        hidden = cell if name in _SHARED else Cell("", "merged") if name == "nik" else None
        for number in range(merge.first_row + 1, merge.last_row + 1):
            if hidden is not None and number in values:
                found.setdefault(number, {})[name] = hidden
    return found


def _joins_people(merge: Merge, column_map: ColumnMap) -> bool:
    """Whether a merge joins rows of people; one over the whole sheet is no statement about a person."""
    return merge.first_row >= column_map.first_row and merge.last_row <= column_map.last_row


# Facts that some lists write in two columns: how the parts become one.
_PARTS = {"rt": "rt_rw", "rw": "rt_rw", "hamlet": "address"}


def _combined(cells: dict[str, Cell]) -> dict[str, Cell]:
    texts = {name: cell.text.strip() for name in _PARTS if (cell := cells.get(name)) and cell.text.strip(" -")}
    whole = {name: cell for name, cell in cells.items() if name not in _PARTS}
    if "rt_rw" not in whole and ("rt" in texts or "rw" in texts):
        whole["rt_rw"] = Cell(f"{texts.get('rt', '')}/{texts.get('rw', '')}".strip("/"))
    if hamlet := texts.get("hamlet"):
        street = whole.get("address")
        whole["address"] = Cell(f"{street.text}, {hamlet}") if street and street.text.strip(" -") else Cell(hamlet)
    return whole


def _columns(
    headings: Sequence[str], words: Vocabulary, body: Sequence[Row]
) -> tuple[tuple[ColumnGuess, ...], tuple[Problem, ...]]:
    """Give each field to the column that names it best; a second claim is left open and told.

    Two columns of the very same heading with other contents cannot be told apart: somebody must say which is meant.
    """
    guesses = [(index, heading, *words.field_of(heading)) for index, heading in enumerate(headings)]
    owner: dict[str, int] = {}
    for index, _, name, confidence in guesses:
        if name and name not in NOT_KEPT and (name not in owner or confidence > guesses[owner[name]][3]):
            owner[name] = index
    columns, twice = [], []
    for index, heading, name, confidence in guesses:
        if name and name not in NOT_KEPT and owner[name] != index:
            kept = owner[name]
            is_same = fold_heading(heading) == fold_heading(headings[kept]) and not _agree(body, kept, index)
            params = {"kept": headings[kept], "other": heading}
            code = "file:heading-twice" if is_same else "note:heading-twice"
            twice.append(Problem(code=code, field=name, params=params))
            columns.append(ColumnGuess(index, heading, None, 0.0))
        else:
            columns.append(ColumnGuess(index, heading, name, confidence))
    return tuple(columns), tuple(twice)


def _agree(rows: Sequence[Row], one: int, other: int) -> bool:
    """Whether the second column says nothing that the first does not say too."""
    for row in rows:
        value = row.values[other] if other < len(row.values) else None
        if value is not None and (one >= len(row.values) or row.values[one] != value):
            return False
    return True


def _missing(columns: Sequence[ColumnGuess], words: Vocabulary) -> tuple[Problem, ...]:
    present = {each.field for each in columns}
    return tuple(Problem(code="file:column-missing", field=name) for name in words.required if name not in present)


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
