"""Read a file of rows in a disposable process: whatever the file does, the caller gets a `Table`.

Files come from strangers. A workbook of five kilobytes can abort a reader, one of four hundred can unpack to four
hundred megabytes; so the parsing happens in a child that has limits on memory and time, knows no secrets of the
environment, and is asked for plain JSON (never for a pickle: the child is not trusted).
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

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
    ".txt": ("csv",),
    ".html": ("html",),
    ".htm": ("html",),
}
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


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
    answer, returncode = _ask_child(content, limits, replace(choices, sheet=sheet) if sheet else choices)
    return told_of_name(_table(name, answer, returncode, limits))


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


def _ask_child(content: bytes, limits: Limits, choices: Choices) -> tuple[bytes, int]:
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
    clock = threading.Timer(limits.wall_seconds, child.kill)
    clock.start()
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # a child that died early has still an answer: its death
            child.stdin.write(order + b"\n" + content)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        answer = child.stdout.read(limits.answer_bytes + 1)
        child.stdout.close()
        if len(answer) > limits.answer_bytes:
            child.kill()
        return answer, child.wait()
    finally:
        clock.cancel()
        child.kill()
        child.wait()


def _table(name: str, answer: bytes, returncode: int, limits: Limits) -> Table:
    if len(answer) > limits.answer_bytes:
        return refused(name, "file:too-much-inside", megabytes=limits.unpacked_bytes // 1024 // 1024)
    if returncode in _OUT_OF_TIME:
        return refused(name, "file:too-slow", seconds=limits.cpu_seconds)
    if returncode != 0:
        return refused(name, "file:unreadable", reason="reader-died")
    try:
        told: dict[str, Any] = json.loads(answer)
        return table_from_answer(name, told)
    except (ValueError, TypeError, KeyError):
        return refused(name, "file:unreadable", reason="wrong-answer")
