"""A file's rows as lines: money with its day and code, or a participant. What is meant by them comes later."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from payung.enrolment.answer_cells import UnreadableCellError, day_in, month_in
from payung.kernel.month import Month
from payung.kernel.nik import Nik, NotANikError
from payung.kernel.problem import Problem
from payung.tabular.columns import RawRow, apply_column_map, propose_column_map
from payung.tabular.headings import vocabulary
from payung.tabular.money_cells import UnreadableAmountError, day_of, sen_in
from payung.tabular.people_rows import is_total
from payung.tabular.reading import read_rows
from payung.tabular.statements import BankLine, statement_of
from payung.tabular.table import Table, cell_of

_LONG_RUN = re.compile(r"[0-9](?:[ .\-]?[0-9]){8,}")


@dataclass(frozen=True, slots=True, repr=False)
class MoneyLine:
    """One line of money. It does not print: it names people. Problems are codes of what could not be read."""

    row_number: int
    day: date | None
    amount_rp: int
    code: str = ""
    reference: str = ""
    told: str = ""
    payer: str = ""
    key: str = ""
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PersonLine:
    """One participant of BPJS's. It does not print: it may hold a NIK. A masked NIK says nothing and is left out."""

    row_number: int
    kpj: str = ""
    nik: str = ""
    name: str = ""
    starts_on: date | None = None
    paid_through: Month | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class MoneyFile:
    """Lines of money in their order; a refused file has problems and no lines."""

    lines: tuple[MoneyLine, ...] = ()
    format: str = ""
    account: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PeopleFile:
    """Participants in their order; a refused file has problems and no lines."""

    lines: tuple[PersonLine, ...] = ()
    format: str = ""
    problems: tuple[Problem, ...] = ()


def read_statement(content: bytes, *, name: str) -> MoneyFile:
    """Read a bank's statement. Lines with sen stay and say so: Payung's books have whole rupiah only."""
    found = statement_of(read_rows(content, name=name))
    if found.problems:
        return MoneyFile(format=found.format, problems=found.problems)
    account = hashlib.sha256(found.account.encode()).hexdigest()[:16]
    lines = _keyed(map(_of_bank, found.lines), account)
    return MoneyFile(tuple(lines), found.format, found.account)


def read_report(content: bytes, *, name: str) -> MoneyFile:
    """Read BPJS's payments by pay code; a total below that is another than the rows' sum refuses the file."""
    table = read_rows(content, name=name)
    rows, problems = _rows(table, "bpjs_payments")
    lines = [_of_report(row) for row in rows]
    if not problems and _total_differs(table, lines):
        problems = (Problem("file:statement-totals"),)
    if problems:
        return MoneyFile(format=table.format, problems=problems)
    return MoneyFile(tuple(_keyed(lines, "bpjs")), table.format)


def read_participants(content: bytes, *, name: str) -> PeopleFile:
    """Read BPJS's participants."""
    table = read_rows(content, name=name)
    rows, problems = _rows(table, "bpjs_participants")
    return PeopleFile(tuple(_of_people(row) for row in rows), table.format, problems)


def told_without_numbers(text: str) -> str:
    """What a bank writes, without account numbers and NIKs: of a long number only its end."""
    return _LONG_RUN.sub(lambda run: "••••" + re.sub(r"\D", "", run[0])[-4:], text)


def _rows(table: Table, words: str) -> tuple[list[RawRow], tuple[Problem, ...]]:
    if table.is_refused:
        return [], table.problems
    columns = propose_column_map(table, words=vocabulary(words))
    stopping = tuple(problem for problem in columns.problems if problem.code.startswith("file:"))
    return ([], stopping) if stopping else (apply_column_map(table, columns), ())


def _of_bank(line: BankLine) -> MoneyLine:
    problems = tuple(problem.code for problem in line.problems)
    amount_rp = 0 if line.sen % 100 else line.sen // 100
    return MoneyLine(
        line.row_number,
        line.day,
        amount_rp,
        line.code,
        line.reference,
        line.told,
        problems=_with_zero(problems, amount_rp),
    )


def _of_report(row: RawRow) -> MoneyLine:
    problems, amount_rp, day = [], 0, None
    try:
        sen, side = sen_in(row.cells["amount"])
        amount_rp = (sen if side >= 0 else -abs(sen)) // 100
        if sen % 100:
            problems, amount_rp = ["statement:sen"], 0
    except (UnreadableAmountError, KeyError):
        problems.append("statement:amount")
    if "day" in row.cells and (day := day_of(row.cells["day"])) is None:
        problems.append("statement:day")
    if "code" not in row.cells:
        problems.append("statement:code")
    code, payer, told = (_text(row, name) for name in ("code", "payer", "told"))
    return MoneyLine(
        row.row_number, day, amount_rp, code[:40], "", told, payer, problems=_with_zero(tuple(problems), amount_rp)
    )


def _with_zero(problems: tuple[str, ...], amount_rp: int) -> tuple[str, ...]:
    return problems if amount_rp or problems else ("statement:nothing",)


def _of_people(row: RawRow) -> PersonLine:
    problems: list[str] = []
    starts_on, paid_through = None, None
    try:
        starts_on = day_in(row.cells["starts_on"], "starts_on") if "starts_on" in row.cells else None
        paid_through = month_in(row.cells["paid_through"], "paid_through") if "paid_through" in row.cells else None
    except UnreadableCellError as error:
        problems.append(error.problem.code)
    kpj = _text(row, "kpj").lstrip("'")[:20]
    nik = _nik(row)
    if not kpj and not nik:
        problems.append("statement:nobody")
    return PersonLine(row.row_number, kpj, nik, _text(row, "name")[:250], starts_on, paid_through, tuple(problems))


def _nik(row: RawRow) -> str:
    """The NIK where it stands in full, as text; BPJS mostly masks it."""
    cell = row.cells.get("nik")
    if cell is None or cell.kind != "text":
        return ""
    try:
        return Nik.parse(cell.text.strip().lstrip("'").replace(" ", "")).digits
    except NotANikError:
        return ""


def _keyed(lines: Iterable[MoneyLine], of: str) -> list[MoneyLine]:
    """Name each movement so that another file of the same days names it the same: which of its like on that day."""
    seen: dict[tuple[str, date | None, int], int] = {}
    keyed = []
    for line in lines:
        alike = ("" if of != "bpjs" else line.code, line.day, line.amount_rp)
        count = seen[alike] = seen.get(alike, 0) + 1
        named = f"{of}|{alike[0]}|{line.day}|{line.amount_rp}|{count}"
        keyed.append(replace(line, key=hashlib.sha256(named.encode()).hexdigest()))
    return keyed


def _total_differs(table: Table, lines: list[MoneyLine]) -> bool:
    """Whether a row of the total names another sum than the lines have."""
    if any(line.problems for line in lines):
        return False
    counted = sum(line.amount_rp for line in lines) * 100
    for row in table.rows:
        if is_total(row, None, set()) and row.number > max((line.row_number for line in lines), default=0):
            said = [sen for value in row.values if (sen := _sen_or_none(cell_of(value))) is not None]
            return bool(said) and counted not in said
    return False


def _sen_or_none(cell: object) -> int | None:
    try:
        return sen_in(cell)[0] if cell is not None else None  # type: ignore[arg-type]
    except UnreadableAmountError:
        return None


def _text(row: RawRow, name: str) -> str:
    cell = row.cells.get(name)
    return " ".join(cell.text.split()) if cell else ""
