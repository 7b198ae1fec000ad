"""What a read file is: numbered rows of plain values, with the problems and notes of the whole file.

A value keeps what the file knew: a text is `str`, a number `int` or `float`, a truth `bool`, an empty cell `None`; what
JSON has no word for is a pair of a kind and a text: `["date", "1990-03-02"]`, `["error", "#N/A"]`, `["formula", ""]`
(a formula that was never calculated), `["time", "08:00:00"]`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from payung.kernel.problem import Problem

Value = str | int | float | bool | None | list[str]


class Cell(NamedTuple):
    """One cell: what it says, and of which kind it was: text, number, date, time, bool, error, formula."""

    text: str
    kind: str = "text"


class Row(NamedTuple):
    """A row with the number that the file's own program shows for it."""

    number: int
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Memory and processor time bind the child process that reads it."""

    memory_bytes: int = 512 * 1024 * 1024
    cpu_seconds: int = 20
    wall_seconds: int = 60
    file_bytes: int = 25 * 1024 * 1024
    rows: int = 200_000
    columns: int = 256
    answer_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    unpacked_ratio: int = 100
    entries: int = 500

    def as_dict(self) -> dict[str, int]:
        """Plain data for the child process."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read, or the problems for which it was refused (then there are no rows).

    `notes` tell what a person should know of a file that was accepted: hidden rows, other sheets, the separator.
    """

    name: str
    format: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file may be used."""
        return bool(self.problems)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.values) for row in self.rows), default=0)


def cell_of(value: Value) -> Cell | None:
    """Say what a value is as a text with its kind; None for an empty cell."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return Cell(value)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", "bool")
    if isinstance(value, list):
        return Cell(value[1], value[0])
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        value = int(value)
    return Cell(str(value), "number")


def table_from_answer(name: str, answer: Mapping[str, Any]) -> Table:
    """Build the table from a child's answer; raise ValueError, TypeError or KeyError where the answer is malformed."""
    return Table(
        name=name,
        format=str(answer["format"]),
        sheet=str(answer["sheet"]),
        other_sheets=tuple(str(sheet) for sheet in answer["other_sheets"]),
        rows=tuple(Row(int(number), values) for number, values in answer["rows"]),
        problems=_problems(answer["problems"]),
        notes=_problems(answer["notes"]),
    )


def refused(name: str, code: str, **params: Any) -> Table:
    """Build the table of a file that was refused for one reason."""
    return Table(name=name, problems=(Problem(code=code, params=params),))


def _problems(found: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem.from_dict(problem) for problem in found)
