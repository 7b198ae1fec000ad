"""An office's answer as rows: a file read in the child process, its columns and results by the words of `answers.yaml`.

Pure of the database: which person a row is about, and what becomes of it, is decided by `services.answers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from payung.enrolment.answer_cells import UnreadableCellError, amount_in, day_in, month_in, nik_in, sex_in
from payung.enrolment.errors import AnswerRefusedError
from payung.enrolment.models import Answer
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.tabular.columns import RawRow, apply_column_map, propose_column_map
from payung.tabular.headings import Vocabulary, fold_heading
from payung.tabular.reading import read_rows
from payung.tabular.table import Cell

ACCEPTED, REFUSED, ACTIVATED = "diterima", "ditolak", "aktif"
_WORDS = Path(__file__).with_name("answers.yaml")


@dataclass(frozen=True, slots=True, repr=False)
class GivenRow:
    """One row of an answer. It does not print: it may hold a NIK. Typed-in rows name the enrolment instead."""

    row_number: int
    result: str = ""
    nik: str = ""
    reference: str = ""
    enrolment_id: int | None = None
    name: str = ""
    birth_date: date | None = None
    sex: str = ""
    kpj: str = ""
    starts_on: date | None = None
    paid_through: Month | None = None
    pay_code: str = ""
    amount_rp: int | None = None
    problems: tuple[Problem, ...] = field(default=())

    def facts(self) -> dict[str, Any]:
        """What is kept of the row beside its result: never the NIK."""
        found = {
            "kpj": self.kpj,
            "starts_on": self.starts_on.isoformat() if self.starts_on else "",
            "paid_through": str(self.paid_through) if self.paid_through else "",
            "amount_rp": self.amount_rp,
        }
        return {name: value for name, value in found.items() if value not in ("", None)}

    @classmethod
    def from_facts(cls, row_number: int, result: str, facts: Mapping[str, Any]) -> "GivenRow":
        """Undo `facts`, for a row that waited for a person's word."""
        starts_on, paid_through = facts.get("starts_on"), facts.get("paid_through")
        return cls(
            row_number,
            result,
            kpj=facts.get("kpj", ""),
            starts_on=date.fromisoformat(starts_on) if starts_on else None,
            paid_through=Month.from_text(paid_through) if paid_through else None,
            amount_rp=facts.get("amount_rp"),
        )


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """The words of one kind of answer."""

    headings: Vocabulary
    results: Mapping[str, str]


def read_answer(content: bytes, *, name: str, kind: str) -> list[GivenRow]:
    """Read a file of an office; raise `AnswerRefusedError` with the problems where it is no such file."""
    words = answer_words(kind)
    table = read_rows(content, name=name)
    if table.is_refused:
        raise AnswerRefusedError(problems=[problem.as_dict() for problem in table.problems])
    columns = propose_column_map(table, words=words.headings)
    stopping = [problem for problem in columns.problems if problem.code.startswith("file:")]
    if stopping:
        raise AnswerRefusedError(problems=[problem.as_dict() for problem in stopping])
    return [_given(raw, kind, words) for raw in apply_column_map(table, columns)]


@cache
def answer_words(kind: str) -> AnswerWords:
    """Load the words of a kind of answer."""
    data = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    own = data["kinds"][Answer.Kind(kind).value]
    fields = {**data["fields"], **own["fields"]}
    headings = {fold_heading(word): name for name, words in fields.items() for word in words}
    results = {fold_heading(word): code for code, words in own["results"].items() for word in words}
    return AnswerWords(Vocabulary(kind, headings, tuple(own["required"])), results)


def check_typed(rows: Sequence[GivenRow], kind: str) -> None:
    """Raise `AnswerRefusedError` where a typed-in row has a result that this kind of answer does not know."""
    known = {*answer_words(kind).results.values(), ACTIVATED if kind == Answer.Kind.BPJS_ACTIVATION else ""} - {""}
    strange = [row.row_number for row in rows if row.result not in known]
    if strange or not rows:
        raise AnswerRefusedError(problems=[{"code": "answer:result-unknown", "row": row} for row in strange])


def _given(raw: RawRow, kind: str, words: AnswerWords) -> GivenRow:
    """Read a row's cells; what cannot be read becomes a problem of the row, and the rest is read on."""
    problems: list[Problem] = []
    found: dict[str, Any] = {}
    for name, read in _READERS.items():
        cell = raw.cells.get(name)
        if cell is not None and cell.text.strip():
            try:
                found[name] = read(cell)
            except UnreadableCellError as error:
                problems.append(error.problem)
    result, fault = _result(raw.cells, kind, words)
    if fault:
        problems.append(fault)
    if not found.get("nik") and not found.get("reference") and not problems:
        problems.append(Problem(code="answer:nik-missing", field="nik"))
    return GivenRow(
        raw.row_number,
        result,
        problems=tuple(Problem(each.code, raw.row_number, each.field, each.found) for each in problems),
        **{("amount_rp" if name == "amount" else name): value for name, value in found.items()},
    )


def _result(cells: Mapping[str, Cell], kind: str, words: AnswerWords) -> tuple[str, Problem | None]:
    """Say the result's code. A refusal needs its reason from the closed list; activation has no result of its own."""
    if kind == Answer.Kind.BPJS_ACTIVATION:
        return ACTIVATED, None
    said = cells["result"].text.strip() if "result" in cells else ""
    code = words.results.get(fold_heading(said), "")
    if code == REFUSED:
        said = cells["why"].text.strip() if "why" in cells else ""
        code = words.results.get(fold_heading(said), "")
        code = "" if code in (ACCEPTED, REFUSED) else code
    return code, None if code else Problem(code="answer:result-unknown", field="result", found=said[:60])


_READERS: Mapping[str, Any] = {
    "nik": nik_in,
    "reference": lambda cell: cell.text.strip()[:40],
    "name": lambda cell: " ".join(cell.text.split())[:250],
    "birth_date": lambda cell: day_in(cell, "birth_date"),
    "sex": sex_in,
    "kpj": lambda cell: cell.text.strip()[:20],
    "starts_on": lambda cell: day_in(cell, "starts_on"),
    "paid_through": lambda cell: month_in(cell, "paid_through"),
    "pay_code": lambda cell: cell.text.strip()[:32],
    "amount": lambda cell: amount_in(cell, "amount"),
}
