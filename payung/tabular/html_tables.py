"""A web page saved as a workbook: OpenSID and many portals export so. Its one list is read.

Runs in the reading process. Scripts, styles and links are not followed; what spans several rows stands in the first of
them, as in a workbook.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from payung.tabular.delimited import decode
from payung.tabular.refusal import RefusedError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "template", "head"})
_WIDEST_SPAN, _TALLEST_SPAN = 256, 1_000
_WIDEST_ROW = 1_024  # four times what a list may have: wider rows are refused before they fill the memory
_DEEPEST = 20
_WESTERN = {"windows-1252": "cp1252", "iso-8859-1": "latin-1", "utf-8": "utf-8"}


@dataclass
class _Table:
    """A table while it is read: its rows so far, and the cells that reach down into later rows."""

    rows: list[list[str | None]] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)
    reaching: dict[int, int] = field(default_factory=dict)  # column -> rows that it still covers
    place: int = 0


class _Reader(HTMLParser):
    """Gathers the tables of a page. A table inside a table is one of its own."""

    def __init__(self, most_rows: int) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self.before: list[str] = []
        self._open: list[_Table] = []
        self._cells: list[list[str] | None] = []
        self._silent = 0
        self._rows_left = most_rows
        self._width = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            if len(self._open) >= _DEEPEST:
                raise RefusedError("file:web-page")
            self._open.append(_Table())
            self._cells.append(None)
        elif not self._open:
            if tag in ("br", "p", "div", "h1", "h2", "h3", "h4", "label", "body"):
                self.before.append("\n")
        elif tag == "tr":
            self._begin_row()
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        elif tag in ("br", "p", "div"):
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close a table or a cell."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            self._end_cell()
            self._cells.pop()
            self.done.append(self._open.pop())
        elif tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell, and what stands above the first table."""
        if self._silent:
            return
        if self._cells and self._cells[-1] is not None:
            self._cells[-1].append(data)
        elif not self._open and not self.done:
            self.before.append(data)

    def close(self) -> None:
        """End what the page left open."""
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _begin_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        self._rows_left -= 1
        if self._rows_left < 0:
            raise RefusedError("file:web-page")
        table.reaching = {column: rows - 1 for column, rows in table.reaching.items() if rows > 1}
        table.rows.append([])
        table.place = 0

    def _begin_cell(self, attributes: dict[str, str | None]) -> None:
        table = self._open[-1]
        if not table.rows:
            self._begin_row()
        self._end_cell()
        while table.place in table.reaching:
            self._put(None)
        width = _span(attributes.get("colspan"), _WIDEST_SPAN)
        height = _span(attributes.get("rowspan"), _TALLEST_SPAN)
        row = len(table.rows)
        if height > 1:
            table.reaching |= dict.fromkeys(range(table.place, table.place + width), height)
        if height > 1 and width == 1:
            table.merges.append((table.place, row, row + height - 1))
        self._cells[-1] = []
        self._width = width

    def _end_cell(self) -> None:
        if not self._cells or (texts := self._cells[-1]) is None:
            return
        self._cells[-1] = None
        text = "\n".join(" ".join(line.split()) for line in "".join(texts).split("\n")).strip()
        self._put(text or None)
        for _ in range(self._width - 1):
            self._put(None)

    def _put(self, value: str | None) -> None:
        table = self._open[-1]
        table.rows[-1].append(value)
        table.place += 1
        if table.place > _WIDEST_ROW:
            raise RefusedError("file:too-many-columns", limit=_WIDEST_ROW)


def read_web_page(content: bytes, *, limits: dict[str, Any], choices: dict[str, str] | None = None) -> dict[str, Any]:
    """Read the only list of a page. Lines above it stand in the first rows, as a letterhead does in a workbook."""
    reader = _Reader(limits["rows"] + 1_000)
    reader.feed(_decoded(content, (choices or {}).get("encoding", "")))
    reader.close()
    lists = [table for table in reader.done if sum(_width(row) > 1 for row in table.rows) > 1]
    if len(lists) != 1:
        raise RefusedError("file:web-page")
    lines = (" ".join(line.split()) for line in "".join(reader.before).split("\n"))
    above = [_letterhead(line) for line in lines if line][:20]
    rows = [*above, *lists[0].rows]
    return {
        "format": "html",
        "sheet": "",
        "other_sheets": [],
        "rows": [(number, values) for number, values in enumerate(map(_trimmed, rows), start=1) if values],
        "problems": [],
        "notes": [{"code": "note:read-as-web-page", "params": {}}],
        "merges": [(column, first + len(above), last + len(above)) for column, first, last in lists[0].merges],
    }


def _decoded(content: bytes, chosen: str) -> str:
    told = _CHARSET.search(content[:4096])
    named = _WESTERN.get(told[1].decode().lower(), "") if told else ""
    if named and not chosen and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode(named)
        except UnicodeDecodeError:
            pass  # the page is mistaken about itself
    return decode(content, chosen)[0]


def _letterhead(line: str) -> list[str | None]:
    return [line]


def _span(written: str | None, most: int) -> int:
    return (
        max(1, min(int(written), most))
        if written and written.isascii() and written.isdigit() and len(written) < 6
        else 1
    )


def _width(row: list[str | None]) -> int:
    return sum(value is not None for value in row)


def _trimmed(row: list[str | None]) -> list[str | None]:
    while row and row[-1] is None:
        row.pop()
    return row
