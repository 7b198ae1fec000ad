"""The SQL of matching in Spark's words, so that preparing, ladders and blocking are written once, for DuckDB.

Spark's own functions stand in where they answer the same. What it lacks, DuckDB answers inside Spark, batch by batch
(`SERVED`, run by `on_spark`): hardly two programs agree on Jaro-Winkler in every pair, and a pair's level hangs on it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, Final

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

# Functions of DuckDB that Spark has not, or answers otherwise (its `upper` makes two letters of some), with how many
# values each takes and the type (Spark's) that it gives.
SERVED: Final[Mapping[str, tuple[int, str]]] = {
    "damerau_levenshtein": (2, "bigint"),
    "jaro_similarity": (2, "double"),
    "jaro_winkler_similarity": (2, "double"),
    "lower": (1, "string"),
    "strip_accents": (1, "string"),
    "upper": (1, "string"),
}
_DEEPEST = 10_000
# Functions on lists of words that Spark has under another name. `len` counts words here, `length` letters.
_RENAMED: Final[Mapping[str, str]] = {
    "len": "array_size",
    "list_has_any": "arrays_overlap",
    "list_intersect": "array_intersect",
}


def served_name(name: str) -> str:
    """Say under which name Spark knows a function that DuckDB answers."""
    return f"payung_{name}"


def _called(name: str) -> Callable[[list[exp.Expression]], exp.Expression]:
    return lambda arguments: exp.Anonymous(this=name, expressions=arguments)


class _Matching(DuckDB):
    """DuckDB's SQL, its functions above parsed as calls of what answers for them."""

    class Parser(DuckDB.Parser):  # type: ignore[misc, valid-type]  # sqlglot makes it by a metaclass
        FUNCTIONS: ClassVar[dict[str, Any]] = {
            **DuckDB.Parser.FUNCTIONS,
            **{name.upper(): _called(other) for name, other in _RENAMED.items()},
            **{name.upper(): _called(served_name(name)) for name in SERVED},
        }


def in_spark(sql: str) -> str:
    """Write a condition, an expression or a query of DuckDB for Spark."""
    with _room():
        return sqlglot.parse_one(sql, read=_Matching).sql(dialect="spark")


def unknown_functions(sql: str) -> set[str]:
    """Name the functions that neither SQL's own translation nor this module knows."""
    known = {served_name(name) for name in SERVED} | set(_RENAMED.values())
    with _room():
        return {each.name for each in sqlglot.parse_one(sql, read=_Matching).find_all(exp.Anonymous)} - known


@contextmanager
def _room() -> Iterator[None]:
    """Let sqlglot go deeper: a name is spelled anew by forty functions inside one another, twenty calls each."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def settings_in_spark(settings: Mapping[str, Any], *, link: bool) -> dict[str, Any]:
    """Write the settings of a model for Spark: the same weights, its conditions translated."""
    return {
        **settings,
        "link_type": "link_only" if link else "dedupe_only",
        "comparisons": [_comparison_in_spark(each) for each in settings["comparisons"]],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": in_spark(_condition(rule)), "sql_dialect": "spark"}
            for rule in settings["blocking_rules_to_generate_predictions"]
        ],
    }


def _comparison_in_spark(comparison: Mapping[str, Any]) -> dict[str, Any]:
    levels = [
        {**level, "sql_condition": level["sql_condition"] if _is_else(level) else in_spark(level["sql_condition"])}
        for level in comparison["comparison_levels"]
    ]
    return {**comparison, "comparison_levels": levels}


def _is_else(level: Mapping[str, Any]) -> bool:
    return str(level["sql_condition"]).strip().upper() == "ELSE"


def _condition(rule: str | Mapping[str, Any]) -> str:
    """Splink writes a rule as a text or, in a model that it stored itself, as a text with its dialect."""
    return rule if isinstance(rule, str) else str(rule["blocking_rule"])
