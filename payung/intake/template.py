"""The workbook that lists are best written into: headings that the reader knows, checks inside, choices to pick from.

A company's own workers stand in it already, their NIK masked, each with the code by which the row is known again
(`worker_codes.py`). Three sheets: `Daftar`, the only one that is read as a list; `Petunjuk`, how to fill it in; and
`Pilihan`, hidden, the villages and occupations to pick from. Headings are those of the offices and stay Indonesian in
any language. Formulas are written as a file holds them, in English with commas; every program shows its own.
"""

import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from payung.intake.template_texts import CELL_TEXTS, HELP, guidance

LIST_SHEET, GUIDE_SHEET, CHOICE_SHEET = "Daftar", "Petunjuk", "Pilihan"
_TOP = 4  # the first row of people, from 0: title, two lines of help, headings
_SPARE_ROWS = 1_000
_OLDEST_YEARS = 110
_NIK, _BORN, _SEX, _VILLAGE, _OCCUPATION, _INCOME, _CODE = 1, 4, 5, 8, 9, 10, 13
_HEADINGS = (
    ("No", 5, "general"),
    ("NIK", 20, "text"),
    ("Nama Lengkap", 30, "text"),
    ("Tempat Lahir", 16, "text"),
    ("Tanggal Lahir", 14, "date"),
    ("Jenis Kelamin (L/P)", 10, "text"),
    ("Alamat", 30, "text"),
    ("RT/RW", 9, "text"),
    ("Desa/Kelurahan", 34, "text"),
    ("Pekerjaan", 22, "text"),
    ("Penghasilan", 14, "rupiah"),
    ("No HP", 16, "text"),
    ("Nama Ibu Kandung", 24, "text"),
    ("Kode Pekerja", 34, "text"),
)
_FORMATS = {"general": "General", "text": "@", "date": "dd-mm-yyyy", "rupiah": "#,##0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefilled:
    """A worker whom the company knows already, as much as it may see."""

    masked_nik: str
    name: str
    birth_place: str
    birth_date: date
    sex: str
    village: str
    occupation: str
    code: str

    @property
    def cells(self) -> Mapping[int, str | date]:
        """What stands in which column."""
        return {
            _NIK: self.masked_nik,
            2: self.name,
            3: self.birth_place,
            _BORN: self.birth_date,
            _SEX: self.sex,
            _VILLAGE: self.village,
            _OCCUPATION: self.occupation,
            _CODE: self.code,
        }


def template_workbook(
    people: Sequence[Prefilled], *, villages: Sequence[str], occupations: Sequence[str], title: str, on: date
) -> bytes:
    """Give the workbook's bytes; `villages` and `occupations` are what may be picked, as the reader knows them."""
    out = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="payung-") as folder:
        options = {"tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            page = book.add_worksheet(LIST_SHEET)
            _write_guide(book, book.add_worksheet(GUIDE_SHEET), is_prefilled=bool(people))
            choices = book.add_worksheet(CHOICE_SHEET)
            choices.write_column(0, 0, villages)
            choices.write_column(0, 1, occupations)
            choices.hide()
            _write_people(book, page, people, title)
            last = _TOP + len(people) + _SPARE_ROWS - 1
            _check_cells(page, last, len(villages), len(occupations), on)
            _mark_doubles(book, page, last)
    return out.getvalue()


def is_of_template(note: Mapping[str, Any]) -> bool:
    """Whether a note about further sheets tells of the template's own: then there is nothing to tell."""
    params = note.get("params", {})
    sheets = set(params.get("others", ())) | set(params.get("sheets", ()))
    return bool(sheets) and sheets <= {GUIDE_SHEET, CHOICE_SHEET}


def _write_people(book: xlsxwriter.Workbook, page: Worksheet, people: Iterable[Prefilled], title: str) -> None:
    formats = [book.add_format({"num_format": _FORMATS[kind]}) for _heading, _width, kind in _HEADINGS]
    heading = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#E8F1EE", "text_wrap": True, "valign": "vcenter"}
    )
    for place, (_text, width, _kind) in enumerate(_HEADINGS):
        page.set_column(place, place, width, formats[place])
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for number, line in enumerate(HELP, start=1):
        page.write_string(number, 0, str(line), book.add_format({"font_color": "#555555"}))
    for place, (text, _width, _kind) in enumerate(_HEADINGS):
        page.write_string(_TOP - 1, place, text, heading)
    page.freeze_panes(_TOP, 3)
    for number, person in enumerate(people, start=1):
        page.write_number(_TOP + number - 1, 0, number, formats[0])
        for place, value in person.cells.items():
            _write(page, _TOP + number - 1, place, value, formats[place])
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(_TOP - 1)


def _write(page: Worksheet, row: int, column: int, value: str | date, cell_format: Format) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, cell_format)
    elif value:
        page.write_string(row, column, value, cell_format)


def _write_guide(book: xlsxwriter.Workbook, page: Worksheet, *, is_prefilled: bool) -> None:
    page.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    bold = book.add_format({"bold": True, "font_size": 14})
    page.write_string(0, 0, _("Cara mengisi daftar pekerja"), bold)
    for number, line in enumerate(guidance(is_prefilled=is_prefilled), start=2):
        page.write_string(number, 0, line)


def _check_cells(page: Worksheet, last: int, villages: int, occupations: int, on: date) -> None:
    """Let the program itself stop what cannot be right; pasted cells pass, and are checked when the list comes in."""
    first = _TOP + 1
    nik = f"B{first}"
    halves = "&".join(f'TEXT(--{side}({nik},8),"00000000")' for side in ("LEFT", "RIGHT"))
    digits = f"AND(ISTEXT({nik}),LEN({nik})=16,{halves}={nik})"
    rules: dict[int, dict[str, Any]] = {
        _NIK: {"validate": "custom", "value": f'=IF(ISNUMBER(FIND("•",{nik})),LEN(N{first})>0,{digits})'},
        _BORN: {
            "validate": "date",
            "criteria": "between",
            "minimum": date(on.year - _OLDEST_YEARS, 1, 1),
            "maximum": on,
        },
        _SEX: {"validate": "list", "source": ["L", "P"]},
        _VILLAGE: {"validate": "list", "source": f"={CHOICE_SHEET}!$A$1:$A${villages}"},
        _OCCUPATION: {
            "validate": "list",
            "source": f"={CHOICE_SHEET}!$B$1:$B${occupations}",
            "error_type": "warning",
        },
        _INCOME: {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100_000_000},
    }
    for place, rule in rules.items():
        texts = CELL_TEXTS[_HEADINGS[place][0]]
        told = {"error_title": str(texts.title), "error_message": str(texts.error), "input_message": str(texts.help)}
        page.data_validation(_TOP, place, last, place, {**rule, "input_title": _HEADINGS[place][0][:32], **told})


def _mark_doubles(book: xlsxwriter.Workbook, page: Worksheet, last: int) -> None:
    """Colour a NIK that stands twice. Comparing with `*` behind it compares texts: as numbers 15 digits would count."""
    first, end = _TOP + 1, last + 1
    formula = f'=AND(LEN(B{first})=16,ISERROR(FIND("•",B{first})),COUNTIF($B${first}:$B${end},B{first}&"*")>1)'
    tone = book.add_format({"bg_color": "#FFD9D9", "font_color": "#8A1C1C"})
    page.conditional_format(_TOP, _NIK, last, _NIK, {"type": "formula", "criteria": formula, "format": tone})
    page.ignore_errors({"number_stored_as_text": f"B{first}:B{end} L{first}:L{end} H{first}:H{end}"})
