"""The columns of BPJS's spreadsheet, kept as data: the default beside this file, a branch's own in the database.

BPJS publishes no template for lists of a wadah, and branches use sheets of their own; a column map follows them
without a change of code.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from payung.enrolment.errors import ColumnMapError
from payung.enrolment.models import BpjsColumnMap, Enrolment
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.services.reveal import RevealedWorker
from payung.tabular.writing import ListColumn, Written

CONSTANT = "constant"
REQUIRED = frozenset({"nik", "name"})
_DEFAULT = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What a row is made of: the way with its worker, place and pledge, the opened numbers, its place on the list."""

    number: int
    enrolment: Enrolment
    opened: RevealedWorker


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and which fact (or which fixed text) stands under it."""

    heading: str
    field: str
    value: str = ""

    def as_dict(self) -> dict[str, str]:
        """Plain data, to be kept with a batch."""
        return {"heading": self.heading, "field": self.field, **({"value": self.value} if self.value else {})}


def _first_month(row: BatchRow) -> Month:
    pledge = row.enrolment.pledge
    own = row.enrolment.from_month
    return Month(own if own is not None else pledge.first_month if pledge else 0)


def _months(row: BatchRow) -> int:
    """The months left of the pledge; a substitute has those from their own first month on."""
    pledge = row.enrolment.pledge
    return pledge.first_month + pledge.months - int(_first_month(row)) if pledge else 0


FIELDS: Mapping[str, Callable[[BatchRow], Written]] = {
    "number": lambda row: row.number,
    "nik": lambda row: row.opened.nik,
    "name": lambda row: row.enrolment.worker.name,
    "birth_place": lambda row: row.enrolment.worker.birth_place,
    "birth_date": lambda row: _day_text(row.enrolment.worker.birth_date),
    "sex": lambda row: row.enrolment.worker.sex,
    "address": lambda row: row.enrolment.worker.address,
    "village": lambda row: row.enrolment.worker.village.name,
    "kecamatan": lambda row: _kecamatan(row.enrolment),
    "postal_code": lambda row: row.enrolment.worker.village.postal_code,
    "phone": lambda row: row.opened.phone,
    "mother": lambda row: row.opened.mother,
    "occupation": lambda row: row.enrolment.worker.occupation.name if row.enrolment.worker.occupation else "",
    "dasar_upah_rp": lambda row: row.enrolment.pledge.dasar_upah_rp if row.enrolment.pledge else None,
    "programs": lambda row: ",".join(Program),  # noqa: ARG005 - the same for everybody today
    "first_month": lambda row: f"{_first_month(row).number:02d}-{_first_month(row).year}",
    "months": _months,
    "wadah": lambda row: row.enrolment.wadah.number if row.enrolment.wadah else "",
    "reference": lambda row: str(row.enrolment.public_id),
}
_INTEGERS = frozenset({"number", "dasar_upah_rp", "months"})


@cache
def default_columns() -> tuple[Column, ...]:
    """The columns of `bpjs_columns.yaml`."""
    return checked(yaml.safe_load(_DEFAULT.read_text(encoding="utf-8"))["columns"])


def columns_of(branch: str) -> tuple[Column, ...]:
    """The columns that a branch uses: its own newest ones, or the default."""
    own = BpjsColumnMap.objects.filter(branch=branch).order_by("-pk").first()
    return checked(own.columns) if own else default_columns()


def checked(columns: Sequence[Mapping[str, str]]) -> tuple[Column, ...]:
    """Read columns from data; raise `ColumnMapError` for an unknown or missing field or a heading given twice."""
    found = []
    for each in columns:
        if not isinstance(each, Mapping) or set(each) - {"heading", "field", "value"}:
            raise ColumnMapError(why="shape")
        column = Column(str(each.get("heading", "")).strip(), str(each.get("field", "")), str(each.get("value", "")))
        if not column.heading or (column.field != CONSTANT and column.field not in FIELDS):
            raise ColumnMapError(why="unknown-field", field=column.field, heading=column.heading)
        found.append(column)
    headings = [column.heading.casefold() for column in found]
    if len(set(headings)) != len(headings):
        raise ColumnMapError(why="heading-twice")
    if missing := REQUIRED - {column.field for column in found}:
        raise ColumnMapError(why="missing-field", field=min(missing))
    return tuple(found)


def sheet_columns(columns: Sequence[Column]) -> list[ListColumn]:
    """The columns as the workbook's writer takes them: numbers are numbers, everything else is text."""
    return [ListColumn(each.heading, "integer" if each.field in _INTEGERS else "text") for each in columns]


def sheet_row(columns: Sequence[Column], row: BatchRow) -> list[Written]:
    """One person's cells."""
    return [each.value if each.field == CONSTANT else FIELDS[each.field](row) for each in columns]


def _day_text(day: date) -> str:
    """A day as SIPP writes it, `02-03-1985`, as text: a date cell changes its looks with the reader's locale."""
    return day.strftime("%d-%m-%Y")


def _kecamatan(enrolment: Enrolment) -> str:
    parent = enrolment.worker.village.parent
    return parent.name if parent else ""
