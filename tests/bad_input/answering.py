"""Put a file through the way in and say what it got: problems of the file, the fate of each row, what was told.

The real steps run: the reading (in its child process, or in this one where thousands of files are read), the guess of
the columns, the checks. An exception is never an answer: it comes out of here and fails whoever asked.
"""

import faulthandler
import json
import os
import resource
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from payung.intake.checks import CheckContext, clean_rows, column_date_order, decide_fates
from payung.intake.terms import ground_problems, terms_problems
from payung.intake.whole import list_notes, note_near_twins
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.tabular.asking import questions_of_rows, read_asking
from payung.tabular.child import answer_for, read_content, set_limits
from payung.tabular.columns import apply_column_map, propose_column_map
from payung.tabular.reading import read_rows, told_of_name
from payung.tabular.refusal import RefusedError
from payung.tabular.registers import is_population_register
from payung.tabular.table import NO_CHOICES, Choices, Limits, Table, refused, table_from_answer
from tests.bad_input.seeds import Answer, Seed
from tests.bad_input.world import AREA, EMPTY, TODAY, World, kendal

Reader = Callable[[bytes, str, Choices], Table]


@dataclass(frozen=True)
class Given:
    """What a file got. `rows_in` are the rows of people that were found in it."""

    file: tuple[str, ...] = ()
    fates: Mapping[int, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    rows_in: int = 0


def in_child(content: bytes, file_name: str, choices: Choices = NO_CHOICES) -> Table:
    """Read as the program does, in a process of its own."""
    return read_rows(content, name=file_name, choices=choices)


def in_process(content: bytes, file_name: str, choices: Choices = NO_CHOICES) -> Table:
    """Read with the child's own functions, without a child: twenty times faster."""
    limits = Limits()
    if not content:
        return refused(file_name, "file:empty")
    try:
        answer = read_content(content, limits=limits.as_dict(), choices=choices.as_dict())
        return told_of_name(table_from_answer(file_name, answer))
    except RefusedError as refusal:
        return refused(file_name, refusal.code, **refusal.params)


def in_fork(content: bytes, file_name: str, choices: Choices = NO_CHOICES) -> Table:
    """Read in a copy of this process that has a child's limits: what damaged bytes do to a reader ends there."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _be_a_child(content, writing, choices)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(pid, 0)
    if status:
        assert os.WIFSIGNALED(status), "an exception in the reader"
        return refused(file_name, "file:unreadable", reason="reader-died")
    return told_of_name(table_from_answer(file_name, json.loads(answer)))


def _be_a_child(content: bytes, writing: int, choices: Choices) -> NoReturn:
    """What `payung.tabular.child` does, with room for what this process holds already; never comes back."""
    code = 1
    faulthandler.disable()  # a reader that aborts is looked for, and not to be told at length
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        limits = Limits().as_dict()
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        set_limits(limits | {"memory_bytes": now + limits["memory_bytes"], "cpu_seconds": limits["cpu_seconds"] + 600})
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(json.dumps(answer_for(content, limits=limits, choices=choices.as_dict())).encode())
        code = 0
    finally:
        os._exit(code)


def given(
    content: bytes, file_name: str, *, world: World = EMPTY, reader: Reader = in_child, choices: Choices = NO_CHOICES
) -> Given:
    """What the program makes of a file, with the answers that somebody gave to its questions."""
    asked = read_asking(lambda chosen: reader(content, file_name, chosen), choices)
    table = asked.table
    notes = {note.code for note in table.notes}
    if table.is_refused:
        return _refused({problem.code for problem in table.problems}, notes)
    column_map = propose_column_map(table)
    of_columns = {problem.code for problem in column_map.problems}
    notes |= {code for code in of_columns if code.startswith("note:")}
    of_register = is_population_register(column_map)
    if ungrounded := ground_problems(world.terms, of_register=of_register):
        return _refused({problem.code for problem in ungrounded}, notes)
    questions = asked.questions or questions_of_rows(table, column_map, asked.choices)
    blocking = {code for code in of_columns if code.startswith("file:")} | {each.code for each in questions}
    if blocking:
        return _refused(blocking, notes)
    raw_rows = apply_column_map(table, column_map)
    cleaned = clean_rows(raw_rows, context=_context(world))
    note_near_twins(cleaned)
    context, known, covered = _context(world), world.known, world.covered
    checked = decide_fates(cleaned, context=context, known_by_nik=known, covered_until=covered)
    accepted = sum(row.is_accepted for row in checked)
    if broken := list(terms_problems(world.terms, new_workers=accepted, this_month=Month.of(TODAY))):
        return _refused({problem.code for problem in broken}, notes)
    notes |= {note.code for note in list_notes(raw_rows, cleaned, column_date_order(raw_rows))}
    told = {code for row in checked for each in (*row.problems, *row.notes) for code in _codes(each)}
    return Given((), {row.row: row.fate for row in checked}, frozenset(notes | told), len(raw_rows))


def differences(answer: Answer | None, got: Given) -> list[str]:
    """In what a file's answer is not the one listed; empty where all is right.

    A damaged file has none listed: it is refused with a reason, or each of its rows has a fate.
    """
    found = []
    if answer is None:
        if got.file:
            return [f"refused without a reason: {got.file}"] if not all(map(_is_reason, got.file)) else []
        return [] if got.fates and len(got.fates) == got.rows_in else ["silence"]
    if answer.kind == "R":
        if answer.file not in got.file:
            found.append(f"refused for {answer.file}: got {got.file or dict(got.fates)}")
        return found + _untold(answer, got)
    if got.file:
        return [f"not refused: got {got.file}"]
    if len(got.fates) != got.rows_in or not got.fates:
        found.append(f"{got.rows_in} rows in, {len(got.fates)} fates out")
    for row, fate in answer.fates.items():
        if not _agrees(fate, got.fates.get(row, "")):
            found.append(f"row {row} {fate}: got {got.fates.get(row, 'nothing')}")
    return found + _untold(answer, got)


def differences_of(seed: Seed, *, reader: Reader = in_child) -> list[str]:
    """In what a seed's answer is not the one listed."""
    got = given(seed.content, seed.file_name, world=seed.world, reader=reader, choices=seed.choices)
    return differences(seed.answer, got)


def _context(world: World) -> CheckContext:
    return CheckContext(on=TODAY, villages=kendal(), area=AREA, rates_rp=world.rates, closed_months=world.closed)


def _is_reason(code: str) -> bool:
    return code.startswith("file:")


def _codes(problem: Problem) -> tuple[str, ...]:
    """The code of a problem, and with its reason."""
    reason = problem.params.get("reason")
    return (problem.code, f"{problem.code}/{reason}") if reason else (problem.code,)


def _refused(codes: set[str], notes: set[str]) -> Given:
    return Given(tuple(sorted(codes)), {}, frozenset(notes | codes), 0)


def _untold(answer: Answer, got: Given) -> list[str]:
    return [f"{code} told: it was not" for code in answer.told if code not in got.told]


def _agrees(expected: str, fate: str) -> bool:
    """`covered` stands for any month, `duplicate` for any row; anything else is the whole fate."""
    return fate == expected or (":" not in expected and fate.startswith(f"{expected}:"))
