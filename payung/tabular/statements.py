"""A bank statement as lines: day, amount, what the bank says of it, whatever the bank's habits.

`read_rows` has made rows of the file (a spreadsheet, a CSV, MT940); here the columns are known by their headings
(`vocabulary/bank.yaml`), and the statement is held against itself: running balance, opening and closing, totals below.
One that contradicts itself is refused, for lines are missing or changed. Amounts are whole sen, money in positive.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from payung.kernel.problem import Problem
from payung.tabular.header_rows import best_header
from payung.tabular.headings import fold_heading, vocabulary
from payung.tabular.money_cells import UnreadableAmountError, day_of, sen_in, side_of
from payung.tabular.table import Cell, Row, Table, cell_of

_ACCOUNT = re.compile(r"(?i)\b(?:no(?:mor|\.)?\s*rek(?:ening)?|account\s*(?:no|number))\b")
_NUMBER = re.compile(r"[0-9][0-9 .\-]{5,24}[0-9]")
_PERIOD = re.compile(r"[0-9]{1,2}[-/ .][0-9A-Za-z]{1,9}[-/ .][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BELOW = {
    **dict.fromkeys(("saldoawal", "openingbalance", "saldoawalrp"), "opening"),
    **dict.fromkeys(("saldoakhir", "closingbalance", "endingbalance", "saldoakhirrp"), "closing"),
    **dict.fromkeys(("mutasikredit", "totalkredit", "totalcredit", "jumlahkredit", "mutasicr"), "credit"),
    **dict.fromkeys(("mutasidebet", "mutasidebit", "totaldebet", "totaldebit", "jumlahdebet", "mutasidb"), "debit"),
}


@dataclass(frozen=True, slots=True, repr=False)
class BankLine:
    """One line of a statement. It does not print: it names people. `day` is None where it cannot be read."""

    row_number: int
    day: date | None
    sen: int
    told: str = ""
    code: str = ""
    reference: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """A statement in the order of its days, or the problems for which it is refused."""

    lines: tuple[BankLine, ...] = ()
    account: str = ""
    format: str = ""
    opening_sen: int | None = None
    closing_sen: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each fact stands; what the bank says may stand in several columns."""

    places: Mapping[str, int]
    told: tuple[int, ...]
    is_signed: bool = False


class _BrokenError(Exception):
    """The statement contradicts itself, or cannot be understood."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.problem = Problem(code, row)


def statement_of(table: Table) -> Statement:
    """Understand the rows of a bank's file; a refused one has problems and no lines."""
    if table.is_refused:
        return Statement(format=table.format, problems=table.problems)
    words = vocabulary("bank")
    header = best_header(table.rows, words)
    if header is None:
        return Statement(format=table.format, problems=(Problem("file:no-header"),))
    first, count, headings = header
    above, body = table.rows[: first + count], table.rows[first + count :]  # headings in two rows take in a letterhead
    try:
        columns = _columns(headings, body)
        said = _said(above)
        between = _period(above)
        found, balances = _lines(body, columns, headings, between, said)
        account = _account(above, found, body, columns)
        lines = _checked(found, balances, said)
    except _BrokenError as broken:
        return Statement(format=table.format, problems=(broken.problem,))
    if not lines:
        return Statement(format=table.format, problems=(Problem("file:no-rows"),))
    return Statement(tuple(lines), account, table.format, said.get("opening"), said.get("closing"))


def _columns(headings: Sequence[str], body: Sequence[Row]) -> _Columns:
    words = vocabulary("bank")
    places: dict[str, int] = {}
    told = []
    for place, heading in enumerate(headings):
        name, _ = words.field_of(heading)
        if name == "told":
            told.append(place)
        elif name and name != "ignored":
            places.setdefault(name, place)
    if "amount" in places and "side" not in places:  # KlikBCA: CR and DB stand in a column without a heading
        beside = places["amount"] + 1
        unnamed = beside >= len(headings) or not headings[beside]
        if unnamed and any(side_of(_text(row, beside)) for row in body[:20]):
            places["side"] = beside
    if "amount" not in places and not {"debit", "credit"} <= places.keys():
        raise _BrokenError("file:statement-columns")
    signed = (
        "amount" in places
        and "side" not in places
        and any(_text(row, places["amount"])[:1] in "-(" for row in body if _text(row, places["amount"]))
    )
    return _Columns(places, tuple(told), signed)


def _lines(
    body: Sequence[Row],
    columns: _Columns,
    headings: Sequence[str],
    between: tuple[date, date] | None,
    said: dict[str, int],
) -> tuple[list[BankLine], list[int | None]]:
    """Every row that holds money, in the order of the file, with its running balance; totals go into `said`."""
    lines: list[BankLine] = []
    balances: list[int | None] = []
    printed = fold_heading("".join(headings))
    days: dict[Cell, date | None] = {}
    for row in body:
        cell = _cell(row, columns.places["day"])
        if cell is not None and cell not in days:
            days[cell] = day_of(cell, between=between)
        day = days[cell] if cell is not None else None
        if day is None and (_take_total(row, said) or _is_heading(row, printed, len(headings))):
            continue  # a total, or headings again on the next printed page
        line, balance = _line(row, day, columns)
        if line is not None:
            lines.append(line)
            balances.append(balance)
    return lines, balances


def _is_heading(row: Row, printed: str, width: int) -> bool:
    return fold_heading("".join(_text(row, place) for place in range(width))) == printed


def _line(row: Row, day: date | None, columns: _Columns) -> tuple[BankLine | None, int | None]:
    """A row as a line; None for a row without money (a note, a page number)."""
    problems = [] if day else [Problem("statement:day", row.number, "day", _text(row, columns.places["day"])[:20])]
    balance = None
    try:
        sen = _amount(row, columns)
        if sen is None:
            return None, None
        balance = _balance(row, columns)
    except UnreadableAmountError:
        sen = 0
        problems.append(Problem("statement:amount", row.number, "amount"))
    if sen % 100:
        problems.append(Problem("statement:sen", row.number, "amount"))
    told = " ".join(" ".join(_text(row, place) for place in columns.told).split())
    code, reference = (_of(row, columns, name) for name in ("code", "reference"))
    return BankLine(row.number, day, sen, told[:500], code[:40], reference[:60], tuple(problems)), balance


def _amount(row: Row, columns: _Columns) -> int | None:
    """The line's sen, money in positive; None where there is none. Raise where its side cannot be told."""
    places = columns.places
    if "amount" in places:
        cell = _cell(row, places["amount"])
        if cell is None:
            return None
        sen, side = sen_in(cell)
        side = side or side_of(_of(row, columns, "side"))
        if not side and sen > 0 and not columns.is_signed:
            raise UnreadableAmountError  # money, and nothing says whether it came or went
        return sen * side if side else sen
    out, into = (_sen(row, places[name]) for name in ("debit", "credit"))
    if out is None and into is None:
        return None
    if out and into:
        raise UnreadableAmountError
    return (into or 0) - abs(out or 0)


def _sen(row: Row, place: int) -> int | None:
    cell = _cell(row, place)
    if cell is None or cell.text.strip() in ("", "-"):
        return None
    return sen_in(cell)[0]


def _balance(row: Row, columns: _Columns) -> int | None:
    place = columns.places.get("balance")
    cell = _cell(row, place) if place is not None else None
    if cell is None:
        return None
    sen, side = sen_in(cell)
    return -sen if side < 0 else sen


def _checked(lines: list[BankLine], balances: list[int | None], said: Mapping[str, int]) -> list[BankLine]:
    """The lines, oldest first, where the statement agrees with itself."""
    if len(lines) > 1 and all(each is not None for each in balances):
        steps = [(before or 0, after or 0) for before, after in pairwise(balances)]
        rising = [before + line.sen == after for (before, after), line in zip(steps, lines[1:], strict=True)]
        falling = [after + line.sen == before for (before, after), line in zip(steps, lines, strict=False)]
        if not all(rising) and not all(falling):
            broken = rising if sum(rising) >= sum(falling) else falling
            raise _BrokenError("file:statement-balance", lines[broken.index(False) + 1].row_number)
        lines = lines if all(rising) else lines[::-1]
    elif _is_newest_first(lines):
        lines = lines[::-1]
    total = sum(line.sen for line in lines)
    sides = {"credit": sum(max(line.sen, 0) for line in lines), "debit": -sum(min(line.sen, 0) for line in lines)}
    if {"opening", "closing"} <= said.keys() and said["opening"] + total != said["closing"]:
        raise _BrokenError("file:statement-totals")
    if any(name in said and abs(said[name]) != counted for name, counted in sides.items()):
        raise _BrokenError("file:statement-totals")
    return lines


def _is_newest_first(lines: Sequence[BankLine]) -> bool:
    days = [line.day for line in lines if line.day]
    return len(days) > 1 and days[0] > days[-1] and days == sorted(days, reverse=True)


def _take_total(row: Row, said: dict[str, int]) -> bool:
    """Whether the row is a balance or a total, and not a line; what it says is kept."""
    texts = [_text(row, place) for place in range(len(row.values))]
    label = next((text for text in texts if text and text != ":"), "")
    name = _BELOW.get(fold_heading(label.rstrip(" :")))
    is_sum = name is not None or fold_heading(label).startswith(("total", "jumlah", "subtotal"))
    if name:
        for text in texts[texts.index(label) + 1 :]:
            try:
                sen, _ = sen_in(Cell(text))
            except UnreadableAmountError:
                continue
            said.setdefault(name, sen)
            break
    return is_sum


def _said(rows: Sequence[Row]) -> dict[str, int]:
    """Balances in the letterhead."""
    said: dict[str, int] = {}
    for row in rows:
        _take_total(row, said)
    return said


def _period(rows: Sequence[Row]) -> tuple[date, date] | None:
    """The days between which the statement lies, as its letterhead says."""
    days = [
        day
        for row in rows
        for text in _PERIOD.findall(" ".join(_text(row, place) for place in range(len(row.values))))
        if (cell := cell_of(text)) and (day := day_of(cell))
    ]
    return (min(days), max(days)) if days else None


def _account(rows: Sequence[Row], lines: Sequence[BankLine], body: Sequence[Row], columns: _Columns) -> str:
    """The account's digits, from its column or from the letterhead; empty where nothing says it."""
    place = columns.places.get("account")
    if place is not None:
        numbers = {row.number for row in body} & {line.row_number for line in lines}
        found = {re.sub(r"\D", "", _text(row, place)) for row in body if row.number in numbers}
        if len(found) > 1:
            raise _BrokenError("file:statement-accounts")
        return found.pop() if found else ""
    for row in rows:
        said = " ".join(_text(row, place) for place in range(len(row.values)))
        if _ACCOUNT.search(said) and (number := _NUMBER.search(said)):
            return re.sub(r"\D", "", number[0])
    return ""


def _of(row: Row, columns: _Columns, name: str) -> str:
    place = columns.places.get(name)
    return "" if place is None else _text(row, place)


def _cell(row: Row, place: int) -> Cell | None:
    cell = cell_of(row.values[place]) if place < len(row.values) else None
    return cell if cell is not None and cell.text and not cell.text.isspace() else None


def _text(row: Row, place: int) -> str:
    if place < len(row.values) and type(value := row.values[place]) is str:
        return value.strip().lstrip("'")
    cell = _cell(row, place)
    return cell.text.strip().lstrip("'") if cell else ""
