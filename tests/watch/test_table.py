"""The table of docs/reliability.md is true: guards stand in this database, checkers are asked, tests exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from payung.watch.invariants import INVARIANTS

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ROOT = Path(__file__).resolve().parents[2]
_LINE = re.compile(r"^\| (I-\d+) \| (.*) \| (.*) \| (.*) \|$", re.MULTILINE)
_NAME = re.compile(r"`([^`]+)`( \(PostgreSQL\))?")
LINES = {number: cells for number, *cells in _LINE.findall((ROOT / "docs/reliability.md").read_text(encoding="utf-8"))}


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


ASKED = {
    "postgresql": (
        "SELECT tgname, '' FROM pg_trigger WHERE tgenabled <> 'D' UNION SELECT conname, '' FROM pg_constraint "
        "UNION SELECT relname, '' FROM pg_class WHERE relkind = 'i'"
    ),
    "sqlite": "SELECT name, COALESCE(sql, '') FROM sqlite_master",
}


def guards() -> set[str]:
    """Every constraint, index and trigger of the database."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED[connection.vendor])
        rows = cursor.fetchall()
    return {name for name, _ in rows} | {name for _, sql in rows for name in re.findall(r'CONSTRAINT "(\w+)"', sql)}


def test_every_invariant_has_its_line():
    assert list(LINES) == list(INVARIANTS)


def test_each_guard_stands_in_the_database():
    here = connection.vendor == "postgresql"
    named = [name for cells in LINES.values() for name, elsewhere in _NAME.findall(cells[0]) if here or not elsewhere]
    assert len(named) > 35
    assert sorted(set(named) - guards()) == []


@pytest.mark.parametrize("number", INVARIANTS)
def test_each_checker_is_asked_and_no_other(number):
    asked = {f"{each.__module__}.{each.__name__}".removeprefix("payung.") for each in INVARIANTS[number].checkers}
    assert {name for name, _ in _NAME.findall(LINES[number][1])} == asked


@pytest.mark.parametrize("number", INVARIANTS)
def test_each_named_test_exists(number):
    named = [name for name, _ in _NAME.findall(LINES[number][2])]
    assert named or INVARIANTS[number].instead
    missing = []
    for name in named:
        file, _, function = name.partition("::")
        if not (ROOT / "tests" / file).is_file() or (function and function not in functions_of(file)):
            missing.append(name)
    assert missing == []
