"""What a read file is: numbered rows of plain values, with the problems and notes of the whole file.

A value keeps what the file knew: a text is `str`, a number `int` or `float`, a truth `bool`, an empty cell `None`; what
JSON has no word for is a pair of a kind and a text: `["date", "1990-03-02"]`, `["error", "#N/A"]`, `["formula", ""]`
(a formula that was never calculated), `["time", "08:00:00"]`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from payung.kernel.problem import Problem

Value = str | int | float | bool | None | list[str]
_MOST_KEPT = 20_000  # different texts; those that are nobody else's are let go with the rest


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
class Choices:
    """What somebody answered about a file; what is empty was not answered yet.

    `hidden` is `with` or `without` the hidden rows and columns; `total` is `leave` where a total that does not fit the
    rows is known to be wrong; `header` is the number of the row of headings; `village` the code of the village where
    everybody of the list lives, or `rows` where it is to be asked of each row.
    """

    sheet: str = ""
    hidden: str = ""
    encoding: str = ""
    total: str = ""
    header: str = ""
    village: str = ""

    def as_dict(self) -> dict[str, str]:
        """Plain data: what was answered."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Choices":
        """Undo `as_dict`; what is no answer is left out."""
        return cls(**{name: str(data[name]) for name in cls.__slots__ if data.get(name)})


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """A visible sheet with rows that was not read: its name and its first rows, to tell what it is."""

    name: str
    top: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells of one column that are merged downwards: the value stands in the first row only (rows are inclusive)."""

    column: int
    first_row: int
    last_row: int


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
    others: tuple[OtherSheet, ...] = ()
    merges: tuple[Merge, ...] = ()

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
        rows=_rows(answer["rows"]),
        problems=_problems(answer["problems"]),
        notes=_problems(answer["notes"]),
        others=tuple(OtherSheet(str(each["name"]), _rows(each["top"])) for each in answer.get("others", ())),
        merges=tuple(Merge(*map(int, each)) for each in answer.get("merges", ())),
    )


def _rows(found: Iterable[Any]) -> tuple[Row, ...]:
    return tuple(_each_row(found))


def _each_row(found: Iterable[Any]) -> Iterator[Row]:
    """Villages, kecamatan and occupations come again and again: each is kept once, which halves a long list."""
    kept: dict[str, str] = {}
    for number, values in found:
        if len(kept) > _MOST_KEPT:
            kept.clear()
        yield Row(int(number), [kept.setdefault(each, each) if type(each) is str else each for each in values])


def refused(name: str, code: str, **params: Any) -> Table:
    """Build the table of a file that was refused for one reason."""
    return Table(name=name, problems=(Problem(code=code, params=params),))


def _problems(found: Iterable[Mapping[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem.from_dict(problem) for problem in found)
