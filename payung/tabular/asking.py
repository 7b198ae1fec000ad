"""What a file must be asked about before it is read: several lists in it, hidden rows, and the like.

A question is a problem `file:...` in `QUESTIONS`: somebody's answer is kept as `Choices` beside the upload, and the
file is read anew with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from payung.kernel.problem import Problem
from payung.tabular.columns import ColumnMap, each_row, has_headings
from payung.tabular.registers import is_population_register, names_no_village
from payung.tabular.table import Choices, Table
from payung.tabular.totals import total_problems

SEVERAL_LISTS, HIDDEN, ENCODING, TOTAL, VILLAGE = (
    "file:several-lists",
    "file:hidden-rows",
    "file:encoding",
    "file:total-differs",
    "file:village-missing",
)
_OF_HIDDEN = ("note:hidden-rows", "note:hidden-columns")
QUESTIONS = frozenset({SEVERAL_LISTS, HIDDEN, ENCODING, TOTAL, VILLAGE})


@dataclass(frozen=True, slots=True)
class Asked:
    """A file as far as it could be read, what is still to be asked of it, and the choices it was read by."""

    table: Table
    questions: tuple[Problem, ...]
    choices: Choices


def read_asking(read: Callable[[Choices], Table], choices: Choices) -> Asked:
    """Read a file by what was chosen; a workbook with one list reads that one, wherever it stands among the sheets."""
    table = read(choices)
    if choices.sheet and any(problem.code == "file:no-such-sheet" for problem in table.problems):
        choices = replace(choices, sheet="")  # the sheet of the file that this one mends
        table = read(choices)
    lists = _lists_in(table) if not choices.sheet else []
    if len(lists) == 1 and lists[0] != table.sheet:
        choices = replace(choices, sheet=lists[0])
        table = read(choices)
        lists = []
    return Asked(table, _questions(table, lists, choices), choices)


def _lists_in(table: Table) -> list[str]:
    """The visible sheets that have headings with rows below; nothing is asked of a workbook of one sheet."""
    if not table.others:
        return []
    tops = [(table.sheet, table.rows[:60]), *((each.name, each.top) for each in table.others)]
    return [name for name, rows in tops if has_headings(rows)]


def questions_of_rows(table: Table, column_map: ColumnMap, choices: Choices) -> tuple[Problem, ...]:
    """What is to be asked once the rows of people are known."""
    return (
        *(() if choices.total else total_problems(table, column_map)),
        *_village_question(table, column_map, choices),
    )


def _village_question(table: Table, column_map: ColumnMap, choices: Choices) -> tuple[Problem, ...]:
    """Of an export of a village's register that does not say which village it is: asked once, not of each row."""
    if choices.village or not column_map.first_row or not is_population_register(column_map):
        return ()
    return (Problem(VILLAGE),) if names_no_village(each_row(table, column_map)) else ()


def _questions(table: Table, lists: list[str], choices: Choices) -> tuple[Problem, ...]:
    if table.is_refused:
        return ()
    if len(lists) > 1:
        return (Problem(SEVERAL_LISTS, params={"sheets": lists}),)
    counts = {note.code: note.params["count"] for note in table.notes if note.code in _OF_HIDDEN}
    if counts and not choices.hidden:
        rows, columns = (counts.get(code, 0) for code in _OF_HIDDEN)
        return (Problem(HIDDEN, params={"count": rows, "columns": columns}),)
    return ()
