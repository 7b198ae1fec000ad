"""Whole tables of numbers after every step, by SQL that is compiled once.

Django takes far longer to compile these queries than the database to answer them. The standing of notices is read by
the SQL of the pages' own selector; balances of all payers at once, beside the selector for one of them in turn.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum
from django.db.models.sql.compiler import SQLCompiler

from payung.contributions.models import CoveredMonth, Notice, Posting
from payung.contributions.selectors import with_standing

Rows = list[tuple[Any, ...]]


def standings() -> Rows:
    """Each notice: its key, where it stands, what is open."""
    return _rows(_standing)


def covered_months() -> Rows:
    """Each row of cover: worker, month, payer, way, payment, state, start, arrears, rupiah; JKK before JKM."""
    return _rows(_cover)


def balances() -> Rows:
    """Each payer's accounts: payer, kind, rupiah."""
    return _rows(_balances)


def forget() -> None:
    """Compile anew: what the selectors say may have changed (`planted`)."""
    _compiled.cache_clear()


def _standing() -> QuerySet[Any, Any]:
    return with_standing(Notice.objects.order_by()).values_list("pk", "standing", "owing_rp")


def _cover() -> QuerySet[Any, Any]:
    what = ("sponsor_id", "enrolment_id", "payment_id", "state", "covered_from", "is_arrears", "amount_rp")
    return CoveredMonth.objects.order_by("worker_id", "month", "program").values_list("worker_id", "month", *what)


def _balances() -> QuerySet[Any, Any]:
    kinds = Posting.objects.order_by().values_list("account__sponsor_id", "account__kind")
    return kinds.annotate(rp=Sum("amount_rp"))


@cache
def _compiled(query: Callable[[], QuerySet[Any, Any]], vendor: str) -> tuple[SQLCompiler, str, tuple[Any, ...], Any]:
    """The statement and its parameters, with what makes Python values of its columns."""
    compiler = query().query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    return compiler, sql, params, compiler.get_converters([column for column, _, _ in compiler.select])


def _rows(query: Callable[[], QuerySet[Any, Any]]) -> Rows:
    compiler, sql, params, converters = _compiled(query, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return [tuple(row) for row in compiler.apply_converters(found, converters)] if converters else found
