"""Read a file of rows in a disposable process: whatever the file does, the caller gets a `Table`.

Files come from strangers. A workbook of five kilobytes can abort a reader, one of four hundred can unpack to four
hundred megabytes; so the parsing happens in a child that has limits on memory and time, knows no secrets of the
environment, and is asked for plain JSON (never for a pickle: the child is not trusted). Its answer is taken in line by
line, as it is written: a hundred thousand rows as one text beside the same rows as values would be twice the memory.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from payung.kernel.problem import Problem
from payung.tabular.table import NO_CHOICES, Choices, Limits, Table, refused, table_from_answer

_ROOT = Path(__file__).resolve().parents[2]
_SUFFIXES = {
    ".xlsx": ("xlsx",),
    ".xls": ("xls",),
    ".xlsb": ("xlsb",),
    ".ods": ("ods",),
    ".csv": ("csv",),
    ".tsv": ("csv",),
    ".txt": ("csv", "mt940"),
    ".html": ("html",),
    ".htm": ("html",),
}
_UNREADABLE = "file:unreadable"
_TRIES = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """What a child left: the table of its answer, its exit code, and whether its time on the wall was up."""

    table: Table
    returncode: int
    is_late: bool

    @property
    def is_out_of_time(self) -> bool:
        return self.is_late or self.returncode == -signal.SIGXCPU

    @property
    def was_killed(self) -> bool:
        """Whether somebody else ended it: an operator, or a machine that ran out of memory."""
        return self.returncode == -signal.SIGKILL and not self.is_late


class _TooLongError(Exception):
    """The child answers more than any list can hold."""


def read_rows(
    source: bytes | str | os.PathLike[str],
    *,
    name: str,
    limits: Limits | None = None,
    sheet: str = "",
    choices: Choices = NO_CHOICES,
) -> Table:
    """Read a file, given as bytes or as a path; `name` is what people call it and decides nothing.

    `choices` are what somebody answered of this file (`sheet` alone is the short way to choose one by its name);
    without any the first visible sheet with rows is read, hidden rows and all. The table has either rows or problems
    (`file:...`).
    """
    limits = limits or Limits()
    content = source if isinstance(source, bytes) else _read_up_to(Path(source), limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        return refused(name, "file:too-big", megabytes=limits.file_bytes // 1024 // 1024)
    if not content:
        return refused(name, "file:empty")
    choices = replace(choices, sheet=sheet) if sheet else choices
    try:
        for _ in range(_TRIES):  # a child that was killed says nothing about the file
            told = _ask_child(name, content, limits, choices)
            if not told.was_killed:
                break
    except _TooLongError:
        return refused(name, "file:too-much-inside", megabytes=limits.unpacked_bytes // 1024 // 1024)
    return told_of_name(_judged(told, limits))


def told_of_name(table: Table) -> Table:
    """Tell where a file's name speaks of another format than the file is of: it was read by its content."""
    written = Path(table.name).suffix.lower()
    if table.is_refused or written not in _SUFFIXES or table.format in _SUFFIXES[written]:
        return table
    note = Problem(code="note:other-format", params={"written": written, "format": table.format})
    return replace(table, notes=(*table.notes, note))


def _read_up_to(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        return file.read(count)


def _ask_child(name: str, content: bytes, limits: Limits, choices: Choices) -> _Told:
    """Run the child once. It ends by itself, at its limits, or when the clock on the wall runs out."""
    order = json.dumps({"limits": limits.as_dict(), "choices": choices.as_dict()}).encode()
    child = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", "payung.tabular.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback would quote the list's people
        env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd="/" if os.name == "posix" else None,
    )
    late = threading.Event()
    clock = threading.Timer(limits.wall_seconds, _end, (child, late))
    clock.start()
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # a child that died early has still an answer: its death
            child.stdin.write(order + b"\n" + content)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        with child.stdout:
            table = _answer(name, child.stdout, limits)
        return _Told(table, child.wait(), late.is_set())
    finally:
        clock.cancel()
        child.kill()
        child.wait()


def _end(child: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    child.kill()


def _answer(name: str, out: IO[bytes], limits: Limits) -> Table:
    """Take the answer in; one that breaks off, or is none, is a refusal."""
    lines = _lines(out, limits.answer_bytes)
    try:
        told: dict[str, Any] = json.loads(next(lines, b""))
        count = told["rows"]
        if count > limits.rows:
            raise _TooLongError
        table = table_from_answer(name, told | {"rows": (row for line in lines for row in json.loads(line))})
    except (ValueError, TypeError, KeyError):
        return refused(name, _UNREADABLE, reason="wrong-answer")
    return table if len(table.rows) == count else refused(name, _UNREADABLE, reason="wrong-answer")


def _lines(out: IO[bytes], most: int) -> Iterator[bytes]:
    while line := out.readline(most + 1):
        most -= len(line)
        if most < 0:
            raise _TooLongError
        yield line


def _judged(told: _Told, limits: Limits) -> Table:
    """Only a child that came to its end is believed."""
    name = told.table.name
    if told.is_out_of_time:
        return refused(name, "file:too-slow", seconds=limits.cpu_seconds)
    if told.returncode != 0:
        return refused(name, _UNREADABLE, reason="reader-killed" if told.was_killed else "reader-died")
    return told.table
