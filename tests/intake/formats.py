"""One list written in several formats and orders, as different programs save it."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

import openpyxl

Rows = Sequence[Sequence[str | date]]
HEADINGS = ("NIK", "Nama Lengkap", "Tanggal Lahir", "L/P", "Desa", "Kecamatan", "Pekerjaan", "No HP")
_NAMES = ("office", "table", "text")


def people(count: int, *, first: int = 1) -> list[list[str | date]]:
    """Synthetic men of Brangsong, born on days of 1985; no two share a NIK."""
    found: list[list[str | date]] = []
    for number in range(first, first + count):
        born = date(1985, number % 12 + 1, number // 12 % 28 + 1)
        nik = f"332409{born:%d%m%y}{number % 9999 + 1:04d}"
        name = f"{_word(number)} {_word(number * 7 + 3)}"
        found.append([nik, name, born, "L", "Brangsong", "Brangsong", "Tukang ojek", f"0812{number:08d}"])
    return found


def _word(number: int) -> str:
    """A word of letters only, another for each number."""
    letters = ""
    while True:
        number, rest = divmod(number, 5)
        letters += ("ba", "di", "ku", "la", "so")[rest]
        if number == 0:
            return letters.capitalize()


def as_csv(rows: Rows, *, delimiter: str = ";") -> bytes:
    """A CSV as Excel saves it in Indonesia: days first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow([f"{each:%d/%m/%Y}" if isinstance(each, date) else each for each in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows) -> bytes:
    """A workbook, its dates real dates and everything else text."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(rows: Rows) -> bytes:
    """A workbook of LibreOffice, as small as it may be."""
    lines = "".join(
        f"<table:table-row>{''.join(_cell(each) for each in row)}</table:table-row>" for row in (HEADINGS, *rows)
    )
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _NAMES)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Daftar">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _cell(value: str | date) -> str:
    if isinstance(value, date):
        told, shown = f'office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y}"
    else:
        told, shown = 'office:value-type="string"', escape(value)
    return f"<table:table-cell {told}><text:p>{shown}</text:p></table:table-cell>"
