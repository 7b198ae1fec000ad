"""What a child says is taken in line by line, and believed only as far as it keeps to its word."""

import io
import json

import pytest

from payung.tabular.child import lines_of
from payung.tabular.reading import _answer, _TooLongError
from payung.tabular.table import Limits

LIMITS = Limits(rows=1_000)
WHOLE = {
    "format": "csv",
    "sheet": "",
    "other_sheets": [],
    "problems": [],
    "notes": [],
    "rows": [[number, ["3324", "Desa\nBoja\u2028", None, 7, ["date", "1990-03-02"]]] for number in range(1, 502)],
}


def read(*lines: bytes):
    return _answer("daftar.csv", io.BytesIO(b"".join(lines)), LIMITS)


def test_rows_come_back_as_they_were_said():
    table = read(*lines_of(WHOLE))
    assert [[row.number, row.values] for row in table.rows] == WHOLE["rows"]
    assert (table.format, table.problems) == ("csv", ())


def test_the_same_text_is_kept_once():
    table = read(*lines_of(WHOLE))
    assert table.rows[0].values[1] is table.rows[500].values[1]


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_an_answer_that_breaks_off_is_none(kept):
    lines = list(lines_of(WHOLE))
    assert len(lines) == 4
    cut = [*lines[:kept], lines[kept][:-9]]
    assert [problem.code for problem in read(*cut).problems] == ["file:unreadable"]
    if kept:
        assert read(*lines[:kept]).rows == ()


@pytest.mark.parametrize(
    "more",
    [b"[[502,[]]]\n", b"[[502]]\n", b"{}{}\n", b"[7]\n", b"null\n", b"\n"],
    ids=lambda more: more.decode().strip(),
)
def test_rows_beyond_those_announced_are_refused(more):
    assert [problem.code for problem in read(*lines_of(WHOLE), more).problems] == ["file:unreadable"]


@pytest.mark.parametrize("first", [b"", b"[]\n", b"7\n", b'{"rows": "many"}\n', b'{"rows": 0}\n'])
def test_a_child_that_says_nothing_of_the_file_is_refused(first):
    assert [problem.code for problem in read(first).problems] == ["file:unreadable"]


def test_more_rows_than_a_list_may_have_are_not_taken_in():
    head = json.dumps({**WHOLE, "rows": 1_001}).encode() + b"\n"
    with pytest.raises(_TooLongError):
        read(head)


def test_a_line_without_end_is_not_taken_in():
    endless = io.BytesIO(b"[" * 5_000)
    with pytest.raises(_TooLongError):
        _answer("daftar.csv", endless, Limits(answer_bytes=1_000))
