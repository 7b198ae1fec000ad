"""A second look at a sheet of an XLSX, into its own XML: what calamine does not tell. Runs in the reading process.

calamine gives an error cell and a formula that was never calculated as an empty text, and is silent on what is hidden,
merged or struck out. It also is one reader: long numbers written as text (a NIK) are read here once more, and a cell
on which the two readings differ is marked, for nobody can say which is right.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from payung.tabular.styles import crossed_out_styles

Rows = list[list[Any]]

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
# A pattern that begins with plain letters is found four times as fast as one that begins with a boundary of words:
# what stands before them is looked at afterwards (`_begins_a_word`).
_SHARED = re.compile(rb'r="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="s"[^>]*><(?:\w+:)?v>([0-9]+)<')
_INLINE = re.compile(
    rb'\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*\bt="inlineStr"[^>/]*><(?:\w+:)?is>(.*?)</(?:\w+:)?is>', re.DOTALL
)
_STYLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="[A-Z]{1,3}([0-9]{1,7})"[^>]*?\bs="([0-9]+)"[^>]*[^/]>')
_FAR_CELL = re.compile(rb'r="([A-Z]{3})[0-9]{1,7}"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)</")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_IS_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER_OF_ROW = re.compile(rb'\br="([0-9]{1,7})"')
_SPAN = re.compile(rb'\b(min|max)="([0-9]{1,5})"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_STRING = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>([^<]*+(?:<(?!/(?:\w+:)?si>)[^<]*+)*+)</(?:\w+:)?si>)")
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t\b[^>]*?>(.*?)</(?:\w+:)?t>", re.DOTALL)
_LONG_NUMBER = re.compile(rb"[0-9][0-9 .\-]{10,}[0-9]")
_FARTHEST_COLUMN = 1024
_PLAIN = re.compile(rb"<t>([^<&]*)</t>")
_COLUMNS_BY_LETTERS = 27**3


def mark_unreadable(xml: bytes, rows: Rows) -> None:
    """Put error cells and formulas without a value into the rows."""
    if b't="e"' in xml or b"<f" in xml or b":f" in xml:
        for cell in _CELL.finditer(xml):  # a million cells as one list would be more than the child may hold
            _mark(cell[1], cell[2] or b"", rows)


def has_cell_beyond(xml: bytes, columns: int) -> bool:
    """Whether a cell stands farther to the right than this many columns."""
    return any(column_place(cell[1]) >= columns and _begins_a_word(cell) for cell in _FAR_CELL.finditer(xml))


def hidden_rows(xml: bytes) -> list[int]:
    """The numbers of hidden rows, filtered ones among them."""
    if b"hidden=" not in xml:
        return []
    found, number = [], 0
    for attributes in _ROW.findall(xml):
        told = _NUMBER_OF_ROW.search(attributes)
        number = int(told[1]) if told else number + 1
        if _IS_HIDDEN.search(attributes):
            found.append(number)
    return found


def hidden_columns(xml: bytes) -> list[int]:
    """The places (from 0) of hidden columns."""
    found: list[int] = []
    for attributes in _COLUMN.findall(xml[: xml.find(b"sheetData") + 1]):
        if _IS_HIDDEN.search(attributes):
            span = {name: int(value) for name, value in _SPAN.findall(attributes)}
            found += range(span.get(b"min", 1) - 1, min(span.get(b"max", 0), _FARTHEST_COLUMN))
    return found


def merges_downwards(xml: bytes) -> list[tuple[int, int, int]]:
    """Each column of cells that is merged over several rows: its place, first and last row."""
    start = xml.rfind(b"mergeCells")
    if start < 0:
        return []
    found = []
    for left, top, right, bottom in _MERGE.findall(xml):
        if left == right and int(bottom) > int(top):
            found.append((column_place(left), int(top), int(bottom)))
    return found


def crossed_out_rows(xml: bytes, styles: bytes, rows: Rows) -> list[int]:
    """Rows of people with two cells or more struck out or in red: somebody may have meant them to be gone."""
    marked = crossed_out_styles(styles)
    if not marked:
        return []
    counts: dict[int, int] = {}
    for number, style in _STYLED.findall(xml):
        if style in marked:
            counts[int(number)] = counts.get(int(number), 0) + 1
    return sorted(number for number, count in counts.items() if count > 1 and _holds_number(number, rows))


def mark_disagreements(xml: bytes, shared: bytes, rows: Rows) -> int:
    """Read every text with a long number once more; mark the cells on which the readings differ and count them."""
    found: dict[int, str] = {}
    differing: set[tuple[int, int]] = set()
    for row, column, text in _long_numbers(xml, shared):
        is_first_word = found.setdefault(row * _COLUMNS_BY_LETTERS + column, text) == text
        if not is_first_word or (column < _FARTHEST_COLUMN and not _reads(_at(rows, row, column), text)):
            differing.add((row, column))
    for row, column in differing:
        _put(rows, row, column, ["unsure", str(_at(rows, row, column) or "")])
    return len(differing)


@lru_cache(maxsize=256)
def column_place(letters: bytes) -> int:
    """The place (from 0) of a column by its letters."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _long_numbers(xml: bytes, shared: bytes) -> Iterator[tuple[int, int, str]]:
    """Each text of a cell that holds a long number, with its row and column (from 0)."""
    texts = {
        b"%d" % place: _text_of(cell[1])
        for place, cell in enumerate(_STRING.finditer(shared))
        if cell[1] and _LONG_NUMBER.search(cell[1])
    }
    if texts:
        for cell in _SHARED.finditer(xml):
            if (text := texts.get(cell[3])) is not None and _begins_a_word(cell):
                yield int(cell[2]) - 1, column_place(cell[1]), text
    if b"inlineStr" in xml:
        for letters, number, inside in _INLINE.findall(xml):
            if _LONG_NUMBER.search(inside):
                yield int(number) - 1, column_place(letters), _text_of(inside)


def _begins_a_word(found: re.Match[bytes]) -> bool:
    before = found.string[max(0, found.start() - 1) : found.start()]
    return not (before.isalnum() or before == b"_")


def _text_of(inside: bytes) -> str:
    if plain := _PLAIN.fullmatch(inside):
        return plain[1].decode("utf-8", "replace")
    parts: Iterable[bytes] = _TEXT.findall(_PHONETIC.sub(b"", inside))
    return unescape(b"".join(parts).decode("utf-8", "replace"))


def _reads(value: Any, text: str) -> bool:
    """Whether both readings say the same."""
    return value == text or _squeezed(value) == _squeezed(text)


def _squeezed(value: Any) -> str:
    """What is compared: spaces and line ends differ between readers without harm."""
    return "".join(str(value).replace("_x000D_", "").split()) if value is not None else ""


def _holds_number(number: int, rows: Rows) -> bool:
    values = rows[number - 1] if 0 < number <= len(rows) else []
    return any(isinstance(value, int | float) or (isinstance(value, str) and _digits(value)) for value in values)


def _digits(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _mark(attributes: bytes, inside: bytes, rows: Rows) -> None:
    is_error = b't="e"' in attributes
    if not is_error and not (b"<f" in inside or b":f" in inside):
        return
    value = _VALUE.search(inside)
    if value and not is_error:
        return
    place = _REFERENCE.search(attributes)
    if place is None or (not is_error and b't="str"' in attributes):
        return  # a formula whose result is an empty text was calculated
    row, column = int(place[2]) - 1, column_place(place[1])
    if row > len(rows) + 10_000 or column > _FARTHEST_COLUMN:
        return
    code = value[1].decode("ascii", "replace") if value else "#ERR"
    _put(rows, row, column, ["error", code] if is_error else ["formula", ""])


def _at(rows: Rows, row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _put(rows: Rows, row: int, column: int, value: list[str]) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value
