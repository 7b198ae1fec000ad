"""The disposable process that reads one file: `python -m payung.tabular.child`, started by `reading.py`.

On standard input stands one line of JSON (limits, what somebody chose), then the file. On standard output go lines of
JSON: what is to be said of the file as a whole, with the number of its rows, then the rows, so many a line: neither
side holds the whole answer as one text. It sets its own limits before it touches the file, and imports little: it
starts once per file.
"""

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

from payung.tabular.containers import Kind, check_zip, kind_of
from payung.tabular.delimited import read_delimited
from payung.tabular.html_tables import read_web_page
from payung.tabular.mt940_rows import is_mt940, read_mt940
from payung.tabular.refusal import RefusedError
from payung.tabular.workbooks import read_workbook

ROWS_A_LINE = 200


def main() -> None:
    """Read the order and the file, answer, end."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = order["limits"]
    set_limits(limits)
    answer = answer_for(sys.stdin.buffer.read(), limits=limits, choices=order["choices"])
    sys.stdout.buffer.writelines(lines_of(answer))
    sys.stdout.buffer.flush()


def answer_for(content: bytes, *, limits: dict[str, int], choices: dict[str, str]) -> dict[str, Any]:
    """What is said of a file: its rows, or the reason why it is refused."""
    try:
        return read_content(content, limits=limits, choices=choices)
    except RefusedError as refusal:
        return _refusal(refusal.code, refusal.params)
    except MemoryError:
        return _refusal("file:too-much-inside", {"megabytes": limits["unpacked_bytes"] // 1024 // 1024})


def lines_of(answer: dict[str, Any]) -> Iterator[bytes]:
    """Write the answer down: a line for the file, then lines of rows. JSON in ASCII holds no line end of its own."""
    encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
    rows = answer["rows"]
    yield encode(answer | {"rows": len(rows)}).encode() + b"\n"
    for start in range(0, len(rows), ROWS_A_LINE):
        yield encode(rows[start : start + ROWS_A_LINE]).encode() + b"\n"


def set_limits(limits: dict[str, int]) -> None:
    """Bind this process: memory, processor time, no core file, nothing written to any file."""
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def read_content(content: bytes, *, limits: dict[str, int], choices: dict[str, str] | None = None) -> dict[str, Any]:
    """Read a file's bytes by what they are, whatever it is called; raise `RefusedError` with the reason."""
    kind = kind_of(content)
    if kind is Kind.ZIP:
        check_zip(content, limits)
    if kind in (Kind.ZIP, Kind.OLE):
        answer = read_workbook(content, limits=limits, choices=choices)
    elif kind is Kind.WEB_PAGE:
        answer = read_web_page(content, limits=limits, choices=choices)
    elif is_mt940(content):
        answer = read_mt940(content, choices=choices)
    else:
        answer = read_delimited(content, limits=limits, choices=choices)
    if not answer["rows"]:
        raise RefusedError("file:no-rows")
    if len(answer["rows"]) > limits["rows"]:
        raise RefusedError("file:too-many-rows", limit=limits["rows"])
    if max(len(values) for _, values in answer["rows"]) > limits["columns"]:
        raise RefusedError("file:too-many-columns", limit=limits["columns"])
    return answer


def _refusal(code: str, params: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": "",
        "sheet": "",
        "other_sheets": [],
        "rows": [],
        "problems": [{"code": code, "params": params}],
        "notes": [],
    }


if __name__ == "__main__":
    main()
