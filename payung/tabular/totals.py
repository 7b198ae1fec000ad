"""The total below a list, held against the rows above it: a list that lost rows on its way often keeps its old total.

A number in a row of `JUMLAH` is the sum of its column where the column holds amounts, else the number of people. It may
count the rows since the total before it (one village of many) or all rows so far.
"""

import re
from collections.abc import Sequence

from payung.kernel.problem import Problem
from payung.tabular.columns import ColumnMap
from payung.tabular.people_rows import is_total
from payung.tabular.table import Row, Table, Value

_COUNT = re.compile(r"([0-9]{1,6})\s*(?:orang|org|pekerja|peserta|jiwa|people|workers)?", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:Rp\.?\s*)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,0{1,2}|,-)?", re.IGNORECASE)
_COUNTED = frozenset({"nik", "kk", "phone", "name", "row_label", "village", "address", "sex", "birth_date"})


def total_problems(table: Table, column_map: ColumnMap) -> tuple[Problem, ...]:
    """Say which total differs from its rows; nothing where no total stands or none can be read."""
    nik = column_map.fields.get("nik")
    unread = {each.index for each in column_map.columns if each.field == "ignored"}
    skipped = frozenset(column_map.skipped)
    people: list[Row] = []
    since = 0
    for row in table.rows:
        if row.number < column_map.first_row:
            continue
        if is_total(row, nik, unread):
            problem = _difference(row, people, people[since:], column_map)
            if problem:
                return (problem,)
            since = len(people)
        elif row.number <= column_map.last_row and row.number not in skipped:
            people.append(row)
    return ()


def _difference(total: Row, people: Sequence[Row], group: Sequence[Row], column_map: ColumnMap) -> Problem | None:
    fields = {each.index: each.field for each in column_map.columns}
    for place, value in enumerate(total.values):
        written = _amount(value)
        if written is None:
            continue
        expected = {_expected(rows, place, fields.get(place)) for rows in (people, group)} | {len(people), len(group)}
        if written not in expected:
            right = _expected(people, place, fields.get(place))
            return Problem("file:total-differs", row=total.number, found=str(written), expected=str(right))
    return None


def _expected(rows: Sequence[Row], place: int, field: str | None) -> int:
    """What a total of these rows must say in a column: the sum of its amounts, or how many rows there are."""
    if field in _COUNTED:
        return len(rows)
    amounts = [_amount(row.values[place]) if place < len(row.values) else None for row in rows]
    read = [amount for amount in amounts if amount is not None]
    return sum(read) if len(read) * 2 > len(rows) else len(rows)


def _amount(value: Value) -> int | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, str):
        if count := _COUNT.fullmatch(value.strip()):
            return int(count[1])
        amount = _AMOUNT.fullmatch(value.strip())
        return int(amount[1].replace(".", "")) if amount else None
    return int(value) if value == int(value) else None
