"""Questions that are asked again and again with other values: composed once by Django, then sent as they stand.

To compose a statement takes Django most of a millisecond, to answer one about a single payer takes the database a
tenth of that, and a deed asks thirty. After `NAMES = Prepared(lambda ids: Sponsor.objects.filter(pk__in=ids)
.values_list("pk", "name"))`, `NAMES([1, 2])` gives what that query set gives, on either database.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable

_RowT = TypeVar("_RowT")
Shape: TypeAlias = tuple[str | tuple[str, int], ...]
# Each length of a list is a statement of its own; longer lists are composed anew, their rows cost more than that.
LONGEST = 24
_KEPT = "_payung_prepared"


class Prepared(Generic[_RowT]):
    """A query set to be, whose values are whole numbers, texts, days, or lists of one of these.

    Every value must reach the database as it was given (not worked into another one): the first use with values of a
    kind finds that out, and raises `LookupError`. Rows are tuples of a `values_list`, its flat values, or instances
    without `select_related`.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, _RowT]]) -> None:
        self._build = build

    def __call__(self, *values: Any) -> list[_RowT]:
        """The rows for these values."""
        given = [_listed(value) for value in values]
        if any(isinstance(value, list) and not 0 < len(value) <= LONGEST for value in given):
            return list(self._build(*given))
        behind = connections[connection.alias]
        # Kept with the connection: a thread has one of its own, and what converts its rows goes with it.
        kept: dict[Any, _Statement] = vars(behind).setdefault(_KEPT, {})
        key = (self, tuple(_shape_of(value) for value in given))
        if key not in kept:
            kept[key] = _compose(self._build, key[1], behind)
        return kept[key].ask(given, behind)

    def first(self, *values: Any) -> _RowT | None:
        """The first row for these values, None where there is none."""
        return next(iter(self(*values)), None)


@dataclass(frozen=True, slots=True)
class _Statement:
    """SQL with its values: constants, or the place of a value that is given, and what becomes of a row."""

    sql: str
    constants: Sequence[Any]
    places: Sequence[tuple[int, int, int]]  # of the statement, of the values, within a list
    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    row: Callable[[tuple[Any, ...]], Any]

    def ask(self, given: Sequence[Any], behind: BaseDatabaseWrapper) -> list[Any]:
        params = list(self.constants)
        for place, value, within in self.places:
            one = given[value]
            params[place] = _sent(one[within] if isinstance(one, list) else one, behind)
        with behind.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        return [self.row(row) for row in self._converted(rows, behind)]

    def _converted(self, rows: Iterable[tuple[Any, ...]], behind: BaseDatabaseWrapper) -> Iterable[tuple[Any, ...]]:
        if not self.converters:
            return rows
        found = []
        for row in rows:
            cells = list(row)
            for at, steps, expression in self.converters:
                for step in steps:
                    cells[at] = step(cells[at], expression, behind)
            found.append(tuple(cells))
        return found


def _compose(build: Callable[..., Any], shape: Shape, behind: BaseDatabaseWrapper) -> _Statement:
    """Let Django compose it for two sets of marks: what changes between them is a place for a value."""
    (sql, first, query), (other_sql, second, _) = (_composed(build(*_marks(shape, turn)), behind) for turn in (0, 1))
    marks = [_placed(shape, turn, behind) for turn in (0, 1)]
    places = []
    for at, pair in enumerate(zip(first, second, strict=True)):
        if pair[0] == pair[1]:
            continue
        found = {of_turn.get(param) for of_turn, param in zip(marks, pair, strict=True)}
        if len(found) > 1 or None in found:
            raise LookupError(f"Parameter {at} of a prepared query is worked out of a value, not given as it is: {sql}")
        places.append((at, *found.pop()))  # type: ignore[misc]
    if sql != other_sql or {place[1:] for place in places} != set(marks[0].values()):
        raise LookupError(f"A value of a prepared query does not reach the database as it is given: {sql}")
    return _Statement(sql, first, places, *query)


def _composed(rows: QuerySet[Any, Any], behind: BaseDatabaseWrapper) -> tuple[str, list[Any], tuple[Any, Any]]:
    """The statement, its parameters, the converters of its columns and what makes a row."""
    compiler = rows.query.get_compiler(connection=behind)
    sql, params = compiler.as_sql()
    found = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    converters = [(at, steps, expression) for at, (steps, expression) in found.items()]
    return sql, list(params), (converters, _row_of(rows, compiler, behind.alias))


def _row_of(rows: QuerySet[Any, Any], compiler: Any, alias: str) -> Callable[[tuple[Any, ...]], Any]:
    kind = rows._iterable_class
    if kind is ValuesListIterable:
        return tuple
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is not ModelIterable or rows.query.select_related or compiler.annotation_col_map:
        raise LookupError("A prepared query gives a values_list or plain instances.")
    model = rows.model
    names = [column[0].target.attname for column in compiler.select]
    return lambda row: model.from_db(alias, names, row)


def _listed(value: Any) -> Any:
    return value if isinstance(value, int | str | date) else list(value)


def _shape_of(value: Any) -> str | tuple[str, int]:
    return (_kind_of(value[0]), len(value)) if isinstance(value, list) else _kind_of(value)


def _kind_of(value: Any) -> str:
    if isinstance(value, bool | datetime):
        raise TypeError("A prepared query takes whole numbers, texts and days.")
    return "int" if isinstance(value, int) else "str" if isinstance(value, str) else "date"


def _sent(value: Any, behind: BaseDatabaseWrapper) -> Any:
    """A value as Django would send it for a column of its kind."""
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    return behind.ops.adapt_datefield_value(value)


def _marks(shape: Shape, turn: int) -> list[Any]:
    """Values that nobody has, one for each place; within every column of numbers, also a small one."""
    number = iter(range(31_000 + 500 * turn, 31_500 + 500 * turn))
    return [
        [_mark(kind[0], next(number)) for _ in range(kind[1])] if isinstance(kind, tuple) else _mark(kind, next(number))
        for kind in shape
    ]


def _mark(kind: str, number: int) -> Any:
    return number if kind == "int" else f"\ue000{number}" if kind == "str" else date.fromordinal(number)


def _placed(shape: Shape, turn: int, behind: BaseDatabaseWrapper) -> dict[Any, tuple[int, int]]:
    """By mark as it is sent, where it belongs."""
    found = {}
    for at, mark in enumerate(_marks(shape, turn)):
        for within, one in enumerate(mark if isinstance(mark, list) else [mark]):
            found[_sent(one, behind)] = (at, within)
    return found
