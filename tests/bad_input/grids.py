"""A list as a grid of cells, and the files it can be written to: XLSX, ODS and delimited text, built byte by byte.

The writers are our own and small, so that a file can hold what no library would write: a number with more digits than
a float has, a formula that was never calculated, a date cell of a negative serial.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True)
class Num:
    """A numeric cell; `literal` is written as it is."""

    literal: str


@dataclass(frozen=True)
class Day:
    """A cell formatted as a date that holds this serial number."""

    serial: str


@dataclass(frozen=True)
class Moment:
    """A date cell written in ISO (ODS and the `d` cells of XLSX)."""

    iso: str


@dataclass(frozen=True)
class Err:
    """An error cell: `#N/A`."""

    code: str


@dataclass(frozen=True)
class Truth:
    """A cell of TRUE or FALSE."""

    value: bool


@dataclass(frozen=True)
class Formula:
    """A formula; without a value it was never calculated."""

    text: str
    value: str | None = None


CellValue = str | Num | Day | Moment | Err | Truth | Formula | None


@dataclass(frozen=True)
class Grid:
    """Rows of cells from the file's first row on; `headings` is the place of the row of headings (from 0)."""

    rows: tuple[tuple[CellValue, ...], ...]
    headings: int = 0
    epoch_1904: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether all cells are texts, so that a text file says the same."""
        return all(isinstance(cell, str | None) for row in self.rows for cell in row)

    @property
    def width(self) -> int:
        """The columns of the widest row."""
        return max(map(len, self.rows), default=0)

    def with_rows(self, rows: Sequence[Sequence[CellValue]], *, headings: int | None = None) -> "Grid":
        """The same grid with other rows."""
        return replace(self, rows=tuple(map(tuple, rows)), headings=self.headings if headings is None else headings)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
)
_ROOT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def xlsx(grid: Grid, *, sheet: str = "Daftar", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Write a grid as a workbook of one sheet."""
    epoch = '<workbookPr date1904="1"/>' if grid.epoch_1904 else ""
    workbook = (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}'
        f'<sheets><sheet name={quoteattr(sheet)} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    body = "".join(
        f'<row r="{number}">{"".join(_xlsx_cell(cell, number, place) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(grid.rows, start=1)
        if any(cell is not None for cell in row)
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": _RELATIONS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>',
    }
    return zip_of(parts, compression)


def ods(grid: Grid, *, sheet: str = "Daftar") -> bytes:
    """Write a grid as an OpenDocument spreadsheet; a serial date becomes a number there."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row)) or '<table:table-cell/>'}</table:table-row>"
        for row in grid.rows
    )
    content = (
        f'{_HEAD}<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(sheet)}>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        },
        zipfile.ZIP_DEFLATED,
    )


def delimited(
    grid: Grid, *, separator: str = ",", line_end: str = "\r\n", encoding: str = "utf-8", quote_all: bool = False
) -> bytes:
    """Write a grid of texts as a text file."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=quoting).writerows(
        [cell if cell is not None else "" for cell in row] for row in grid.rows
    )
    return out.getvalue().encode(encoding)


def zip_of(parts: dict[str, str], compression: int) -> bytes:
    """Pack named texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, compression)  # of a fixed day: the same bytes tomorrow
    return out.getvalue()


def column_letters(place: int) -> str:
    """The letters of a column (from 0).

    >>> column_letters(27)
    'AB'
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _xlsx_cell(cell: CellValue, number: int, place: int) -> str:
    at = f'r="{column_letters(place)}{number}"'
    match cell:
        case None:
            return ""
        case str():
            return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        case Num(literal):
            return f"<c {at}><v>{literal}</v></c>"
        case Day(serial):
            return f'<c {at} s="1"><v>{serial}</v></c>'
        case Moment(iso):
            return f'<c {at} t="d"><v>{iso}</v></c>'
        case Err(code):
            return f'<c {at} t="e"><v>{code}</v></c>'
        case Truth(value):
            return f'<c {at} t="b"><v>{int(value)}</v></c>'
        case Formula(text, None):
            return f"<c {at}><f>{escape(text)}</f></c>"
        case Formula(text, value):
            return f'<c {at} t="str"><f>{escape(text)}</f><v>{escape(str(value))}</v></c>'


def _ods_cell(cell: CellValue) -> str:
    kind = "office:value-type"
    match cell:
        case None:
            return "<table:table-cell/>"
        case str():
            return f'<table:table-cell {kind}="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        case Num(literal) | Day(literal):
            return f'<table:table-cell {kind}="float" office:value="{literal}"/>'
        case Moment(iso):
            return f'<table:table-cell {kind}="date" office:date-value="{iso}"/>'
        case Truth(value):
            return f'<table:table-cell {kind}="boolean" office:boolean-value="{str(value).lower()}"/>'
        case _:
            raise ValueError(f"ODS is not written with {type(cell).__name__}")
