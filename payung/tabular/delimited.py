"""Text files of rows: any usual separator and encoding, every cell a text. Runs in the reading process."""

import csv
import io
import re
from collections import Counter
from typing import Any, NoReturn

from payung.tabular.refusal import RefusedError

_SEPARATORS = ";,\t|"
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_LONGEST_CELL = 32_767  # what Excel itself can hold
ENCODINGS = ("cp1252", "latin-1", "cp850", "cp437", "mac-roman", "utf-8", "utf-16")  # those to choose from
# Letters that only UTF-8 writes so: in Windows-1252 a capital with a tilde would stand before a sign.
_UTF8_RUN = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LONGEST_LINE = 1_000_000
_BINARY_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_delimited(content: bytes, *, limits: dict[str, Any], choices: dict[str, str] | None = None) -> dict[str, Any]:
    """Read the rows of a text file; a row's number is that of the line it begins on."""
    text, encoding = decode(content, (choices or {}).get("encoding", ""))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first_line = 1
    separator = ""
    head, _, rest = text.partition("\n")
    if told := _SEP_LINE.fullmatch(head):
        separator, text, first_line = told[1], rest, 2
    _refuse_endless_lines(text, first_line, limits["columns"])
    separator = separator or _separator_of(text)
    rows = _rows(text, separator, first_line, limits["rows"])
    return {
        "format": "csv",
        "sheet": "",
        "other_sheets": [],
        "rows": rows,
        "problems": [],
        "notes": [{"code": "note:read-as-text", "params": {"encoding": encoding, "separator": separator}}],
    }


def decode(content: bytes, chosen: str = "") -> tuple[str, str]:
    """Turn bytes into text: a mark decides, then UTF-16 by its zeros, then UTF-8, then Windows-1252.

    `chosen` is the encoding that somebody picked for a file that could not be told. Bytes that no encoding used here
    has a letter for are undecidable.
    """
    if chosen in ENCODINGS:
        return _decoded(content, chosen), chosen
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16"), "utf-16"
    if content.startswith(b"\xef\xbb\xbf"):
        return _with_strays(content[3:])
    sample = content[:4096]
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(sample) > 20 and sample[place::2].count(0) > len(sample) * 0.4:
            return _decoded(content, encoding), encoding
    return _with_strays(content)


def _with_strays(content: bytes) -> tuple[str, str]:
    """Read UTF-8 or Windows-1252, or line by line both: lists are pasted together from several files."""
    try:
        text, encoding = content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        is_mixed = _UTF8_RUN.search(content) is not None
        lines = content.split(b"\n") if is_mixed else [content]
        text, encoding = "\n".join(map(_either, lines)), "utf-8 + cp1252" if is_mixed else "cp1252"
    _refuse_binary(text)
    return text, encoding


def _either(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        _refuse_undecidable(line)


def _refuse_undecidable(content: bytes) -> NoReturn:
    """Bytes that are letters in several old encodings, and another one in each: somebody must look."""
    if len(_BINARY_BYTES.findall(content[:65536])) > len(content[:65536]) // 50:
        raise RefusedError("file:not-a-list")
    raise RefusedError("file:encoding", encodings=list(ENCODINGS))


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise RefusedError("file:encoding", encodings=list(ENCODINGS)) from None
    _refuse_binary(text)
    return text


def _refuse_binary(text: str) -> None:
    """A stray control character spoils one cell; many of them are no text."""
    if len(_BINARY.findall(text[:65536])) > len(text[:65536]) // 50:
        raise RefusedError("file:not-a-list")


def _refuse_endless_lines(text: str, first_line: int, columns: int) -> None:
    """Refuse a line that no list has before it is cut into millions of cells."""
    if len(text) <= _LONGEST_LINE:
        return
    for number, line in enumerate(text.split("\n"), start=first_line):
        if len(line) > _LONGEST_LINE:
            if max(line.count(separator) for separator in _SEPARATORS) > columns:
                raise RefusedError("file:too-many-columns", limit=columns)
            raise RefusedError("file:cell-too-long", line=number)


def _separator_of(text: str) -> str:
    """Choose the separator that cuts most of the first lines into the same number of cells."""
    lines = [line for line in text[:200_000].split("\n")[:60] if line.strip()]
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        widths = _widths(lines, separator)
        score = max((count * (width - 1) for width, count in widths.items()), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _widths(lines: list[str], separator: str) -> Counter[int]:
    """How many lines have so many cells; nothing where a quote that is never closed makes one cell of them all."""
    try:
        return Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return Counter()


def _rows(text: str, separator: str, first_line: int, limit: int) -> list[tuple[int, list[str | None]]]:
    rows: list[tuple[int, list[str | None]]] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    line = 0
    try:
        for record in reader:
            start, line = line + 1, reader.line_num
            if line > start:
                _check_quotes(record, start + first_line - 1, separator, unfinished=False)
            if any(cell and not cell.isspace() for cell in record):
                rows.append((start + first_line - 1, _values(record)))
            if len(rows) > limit:
                raise RefusedError("file:too-many-rows", limit=limit)
    except csv.Error:
        raise RefusedError("file:cell-too-long", line=line + first_line) from None
    if rows and _ends_inside_quotes(text, separator):
        raise RefusedError("file:quotes", line=rows[-1][0])
    return rows


def _check_quotes(record: list[str], line: int, separator: str, *, unfinished: bool) -> None:
    """A quotation mark that nobody closed swallows lines whole: its cell holds separators behind line breaks."""
    for cell in record:
        if "\n" not in cell:
            continue
        swallowed = cell.split("\n")[1:]
        if unfinished or len(swallowed) > 20 or any(part.count(separator) >= 2 for part in swallowed):
            raise RefusedError("file:quotes", line=line)


def _ends_inside_quotes(text: str, separator: str) -> bool:
    """Ask the strict reader: it alone tells that the file ended within a quoted cell."""
    try:
        for _ in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _values(record: list[str]) -> list[str | None]:
    values: list[str | None] = [
        cell if cell and len(cell) <= _LONGEST_CELL else cell[:_LONGEST_CELL] or None for cell in record
    ]
    while values and values[-1] is None:
        values.pop()
    return values
