"""What must be true of any bytes, for each parser. A target takes bytes and raises `AssertionError` where it is not.

The first byte or two choose what stands around the text (the kind of cell, the order of days, the separator); the rest
is the text, lone surrogates and all.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from payung.intake.cells.amounts import HIGHEST_RP, read_amount
from payung.intake.cells.dates import EARLIEST_YEAR, DateOrder, read_date, split_place_and_date
from payung.intake.cells.faults import Faults
from payung.intake.cells.niks import read_nik
from payung.intake.cleaning import CheckContext, clean_rows
from payung.kernel.nik import Nik, NotANikError
from payung.kernel.rupiah import NotRupiahError, parse_rupiah, rupiah_text
from payung.matching.villages import VillageIndex
from payung.tabular.columns import ColumnMap, RawRow, apply_column_map, propose_column_map
from payung.tabular.delimited import read_delimited
from payung.tabular.headings import fold_heading
from payung.tabular.html_tables import read_web_page
from payung.tabular.people_rows import has_number
from payung.tabular.refusal import RefusedError
from payung.tabular.table import Cell, Limits, Row, Table, Value
from payung.tabular.totals import total_problems

TODAY = date(2026, 11, 22)
KINDS = ("text", "number", "date", "bool", "error", "formula", "time", "merged", "unsure")
ORDERS = tuple(DateOrder)
SEPARATORS = ",;\t|"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LIMITS = Limits().as_dict()
NO_VILLAGES = VillageIndex.of(())
WOMAN = Nik.parse("3324156501900001")
_FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)}
_NOT_DIGITS = re.compile(r"[^0-9]")
_LONG_RUN = re.compile(r"[0-9]{16,}")
_UNIT, _RECORD = "\x1f", "\x1e"  # between the cells and the rows of a grid in bytes


def nik(data: bytes) -> None:
    """A NIK is the sixteen digits that stood there, in their order; anything else is a fault that shows none of it."""
    kind, text = _cell(data)
    faults = Faults(2)
    found = read_nik(Cell(text, kind), faults)
    told = [
        part for each in (*faults.problems, *faults.notes) for part in (each.found, *map(str, each.params.values()))
    ]
    assert not any(_LONG_RUN.search(part) for part in told), "a fault shows a long number"
    if found is None:
        assert faults.problems, "neither a NIK nor a fault"
        return
    assert kind not in ("number", "error", "formula", "merged", "unsure"), "a damaged cell was trusted"
    assert _NOT_DIGITS.sub("", text.translate(_FULL_WIDTH)) == found.digits, "digits were invented or lost"
    assert Nik.parse(found.digits) == found
    assert 0 <= (TODAY - found.birth_date(TODAY)).days <= 36_525
    again = Faults(2)
    assert read_nik(Cell(found.digits), again) == found


def nik_of_kernel(data: bytes) -> None:
    """`Nik.parse` takes sixteen ASCII digits or raises its own error, and prints none of them in full."""
    text = data.decode("utf-8", "surrogatepass") if _is_utf8(data) else data.decode("latin-1")
    try:
        found = Nik.parse(text)
    except NotANikError as error:
        assert not _LONG_RUN.search(str(error))
        return
    assert found.digits == text
    assert len(text) == 16
    assert text.isascii()
    assert not _LONG_RUN.search(f"{found} {found!r}")


def money(data: bytes) -> None:
    """An amount is in whole rupiah above zero, made of the digits that stood there, and printed it reads as itself."""
    kind, text = _cell(data)
    for with_commas in (False, True):
        faults = Faults(2)
        amount = read_amount(Cell(text, kind), "income", faults, with_commas=with_commas)
        if amount is None:
            continue
        assert 0 < amount <= HIGHEST_RP
        assert not faults.problems
        _assert_digits_of(amount, text)
        for written in (str(amount), rupiah_text(amount), f"{rupiah_text(amount)},00"):
            assert read_amount(Cell(written), "income", Faults(2)) == amount, written
    try:
        amount = int(parse_rupiah(text))
    except NotRupiahError:
        return
    assert amount >= 0
    _assert_digits_of(amount, text)
    assert parse_rupiah(rupiah_text(amount)) == amount


def _assert_digits_of(amount: int, text: str) -> None:
    """The digits of the text, but for zeros before and a fraction of zeros behind, are those of the amount."""
    digits = re.sub("[^0-9]", "", text).lstrip("0")
    rest = digits.removeprefix(str(amount)) if amount else digits
    assert amount == 0 or digits.startswith(str(amount)), "digits were invented"
    assert rest in ("", "0", "00"), "digits were lost"


def dates(data: bytes) -> None:
    """A day has a date or a reason; one that is taken lies in plausible years and, written plainly, reads the same."""
    kind, text = _cell(data)
    order = ORDERS[data[1] % len(ORDERS)] if len(data) > 1 else DateOrder.DAY_FIRST
    for nik_beside in (None, WOMAN):
        reading = read_date(Cell(text, kind), order=order, nik=nik_beside, on=TODAY)
        assert (reading.value is None) == bool(reading.reason), "neither a date nor a reason, or both"
        if reading.value is None:
            continue
        if reading.is_helped_by_nik:
            assert nik_beside is not None
            assert reading.value == nik_beside.birth_date(TODAY)
        plain = read_date(Cell(reading.value.isoformat()), order=order, nik=None, on=TODAY)
        assert plain.value == reading.value
        assert str(reading.value.day) in re.sub("[^0-9]", " ", text) or kind == "date" or "t" in text.casefold()
    _assert_taken_date_is_plausible(Cell(text, kind))
    place, written = split_place_and_date(text)
    assert _letters(place + written) == _letters(text), "letters were lost between place and date"


def _assert_taken_date_is_plausible(cell: Cell) -> None:
    (row,) = clean_rows(
        [RawRow(2, {"name": Cell("Sari"), "birth_date": cell})],
        context=CheckContext(on=TODAY, villages=NO_VILLAGES),
    )
    born = row.person.birth_date
    if born is not None:
        assert date(EARLIEST_YEAR, 1, 1) <= born <= TODAY
    assert born is not None or any(problem.field == "birth_date" for problem in row.problems)


def headers(data: bytes) -> None:
    """Headings are found or missed; then each row of a person is read once, under its own number; no NIK is lost."""
    rows = _grid(data)
    table = Table("x", rows=tuple(rows))
    found = propose_column_map(table)
    fields = [each.field for each in found.columns if each.field and each.field in found.fields]
    assert len(fields) == len(set(fields)), "two columns of one field"
    again = ColumnMap.from_dict(json.loads(json.dumps(found.as_dict())))
    assert again.fields == found.fields
    assert again.form == found.form
    for each in found.columns:
        assert fold_heading(fold_heading(each.heading)) == fold_heading(each.heading)
    if not found.first_row:
        assert found.problems, "no rows and no problem"
        return
    people = apply_column_map(table, found)
    numbers = [row.row_number for row in people]
    known = {row.number for row in rows}
    assert set(numbers) <= known
    assert all(one < next_one for one, next_one in pairwise(numbers)), "a row twice, or out of order"
    inside = {number for number in known if found.first_row <= number <= found.last_row}
    assert inside == set(numbers) | set(found.skipped), "a row between the first and the last is nowhere"
    assert not set(numbers) & set(found.skipped)
    below = [row for row in rows if row.number > found.header_rows[-1]]
    lost = {row.number for row in below if _is_surely_somebody(row, found)} - set(numbers)
    assert not lost, "a row with a NIK was lost"
    total_problems(table, found)


def _is_surely_somebody(row: Row, found: ColumnMap) -> bool:
    """Sixteen digits stand in the column of NIKs, and a name beside them that is no label."""
    place, name = found.fields.get("nik"), found.fields.get("name")
    if place is None or name is None or max(place, name) >= len(row.values) or not has_number(row, place):
        return False
    value, called = row.values[place], row.values[name]
    is_nik = isinstance(value, str) and re.fullmatch(r"[0-9]{16}", value.strip()) is not None
    return is_nik and isinstance(called, str) and called.strip().isalpha()


def csv_bytes(data: bytes) -> None:
    """Any bytes are refused with a reason, or every letter that is no sign of the format stands in some cell."""
    try:
        answer = read_delimited(data, limits=LIMITS)
    except RefusedError as refusal:
        assert refusal.code.startswith("file:")
        return
    params = answer["notes"][0]["params"]
    encoding, separator = params["encoding"], params["separator"]
    numbers = [number for number, _ in answer["rows"]]
    assert all(one < next_one for one, next_one in pairwise(numbers))
    json.dumps(answer)
    if "+" in encoding:
        return  # pasted together of two encodings: which line was which is the reader's secret
    text = data.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")
    first, _, rest = text.replace("\r\n", "\n").replace("\r", "\n").partition("\n")
    text = rest if re.fullmatch(r"\s*\"?sep=.\"?\s*", first, re.IGNORECASE) else f"{first}\n{rest}"
    cells = "".join(cell for _, values in answer["rows"] for cell in values if cell)
    assert _kept(cells, separator) == _kept(text, separator), "letters were lost or invented"


def csv_rows(data: bytes) -> None:
    """Rows written as CSV, in any separator and encoding, come back with every cell, or the file says why not."""
    if len(data) < 3:
        return
    separator, encoding = SEPARATORS[data[0] % 4], ENCODINGS[data[1] % len(ENCODINGS)]
    rows = [[str(value) for value in row.values if value is not None] for row in _grid(data[2:])]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL if data[0] & 4 else csv.QUOTE_MINIMAL).writerows(rows)
    try:
        content = out.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return  # lone surrogates have no bytes
    try:
        answer = read_delimited(content, limits=LIMITS)
    except RefusedError as refusal:
        assert refusal.code.startswith("file:")
        return
    params = answer["notes"][0]["params"]
    if params["separator"] != separator or params["encoding"] not in (encoding, "utf-8", "utf-16"):
        return  # another guess, which is shown: what it makes of the file is held by `csv_bytes`
    if any(ord(letter) < 32 or letter == "\ufeff" for row in rows for cell in row for letter in cell):
        return
    found = [[cell or "" for cell in values] for _, values in answer["rows"]]
    assert found == [_without_empty_end(row) for row in rows], "a cell was lost"


def web_pages(data: bytes) -> None:
    """A web page is refused with a reason, or is one table of plain texts."""
    try:
        answer = read_web_page(data, limits=LIMITS)
    except RefusedError as refusal:
        assert refusal.code.startswith("file:")
        return
    json.dumps(answer)
    assert all(value is None or isinstance(value, str) for _, values in answer["rows"] for value in values)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "nik": nik,
    "nik-kernel": nik_of_kernel,
    "money": money,
    "dates": dates,
    "headers": headers,
    "csv": csv_bytes,
    "csv-rows": csv_rows,
    "web-pages": web_pages,
}


def in_bytes(rows: Sequence[Sequence[Value]]) -> bytes:
    """A grid as bytes, the way `headers` and `csv_rows` read it; `#` before a cell makes a number of it."""
    lines = (_UNIT.join(_written(cell) for cell in row) for row in rows)
    return _RECORD.join(lines).encode("utf-8", "surrogatepass")


def _written(cell: Value) -> str:
    if cell is None:
        return ""
    return f"#{cell}" if isinstance(cell, int | float) else str(cell)


def _grid(data: bytes) -> list[Row]:
    text = data.decode("utf-8", "surrogatepass") if _is_utf8(data) else data.decode("latin-1")
    lines = (line.split(_UNIT) for line in text.split(_RECORD)[:300])
    found = ((number, [_value(cell) for cell in line[:60]]) for number, line in enumerate(lines, start=1))
    return [Row(number, values) for number, values in found if any(value is not None for value in values)]


def _value(cell: str) -> Value:
    if cell.startswith("#") and cell[1:].isascii() and cell[1:].isdigit() and len(cell) < 22:
        return int(cell[1:])
    return cell or None


def _cell(data: bytes) -> tuple[str, str]:
    """The kind and the text of a cell; the second byte is left to the target."""
    body = data[2:]
    text = body.decode("utf-8", "surrogatepass") if _is_utf8(body) else body.decode("latin-1")
    # Most cells of a list are texts: half of all bytes choose it.
    return (KINDS[(data[0] - 128) % len(KINDS)] if data and data[0] >= 128 else "text"), text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _kept(text: str, separator: str) -> Counter[str]:
    """What a file says besides the signs of its format."""
    return Counter(letter for letter in text if letter not in (separator, '"') and not letter.isspace())


def _without_empty_end(row: list[str]) -> list[str]:
    row = row[:]
    while row and not row[-1]:
        row.pop()
    return row
