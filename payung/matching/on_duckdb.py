"""On one machine: Splink on DuckDB, from files to pairs. The engine's module; nothing at start imports it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from splink import Linker
from splink.backends.duckdb import DuckDBAPI

from payung.matching.answering import Answer, answer
from payung.matching.candidates import Rule, rules_chosen, rules_named, statement
from payung.matching.errors import FieldsFileError
from payung.matching.fields import Plan
from payung.matching.ladders import DIFFERENT, SAME, TWIN
from payung.matching.learning import Patterns, belief_of, learn
from payung.matching.model import Model, fingerprint, levels_of, set_apart, settings_of
from payung.matching.preparing import quoted, stages

_SPLINK_SILENT = 50
_SAMPLED_PAIRS = 500_000
_WHOLE_TRAINING = 300_000  # above so many records a part of the pairs is enough to learn from
_PARTS = 20
# Set by knowledge, not learned: twins share all but the name and the serial, so the rest takes them for one person.
TWIN_M, TWIN_U = 0.0001, 0.1


@dataclass(frozen=True, slots=True)
class Means:
    """What the engine may use of the machine."""

    threads: int = 2
    memory: str = "1600MB"
    scratch: Path | None = None  # where what does not fit memory lies, as it is, until the run is over


def match_files(
    files: Sequence[Path | pa.Table], plan: Plan, out: Path, *, model: Model | None = None, means: Means | None = None
) -> tuple[Answer, Model]:
    """Match one table against itself, or two with each other; write the pairs to `out` (Parquet).

    A table may be given in memory instead of as a file: no copy of it is written.
    """
    means = means or Means()
    with TemporaryDirectory(prefix="payung-match-", dir=means.scratch) as scratch, duckdb.connect() as connection:
        _limit(connection, means, Path(scratch))
        tables = [prepare(connection, file, plan, right=place == 1) for place, file in enumerate(files)]
        used = model or train(connection, tables, plan)
        _score(connection, tables, used)
        return answer(connection, plan, used, out, link=len(files) == 2), used


def prepare(connection: duckdb.DuckDBPyConnection, given: Path | pa.Table, plan: Plan, *, right: bool = False) -> str:
    """Write a file's fields the way they are compared; return the table's name. `said_*` keeps the ids and values."""
    table, said = ("prepared_right", "said_right") if right else ("prepared_left", "said_left")
    file, source = _source(connection, given, name="given_right" if right else "given_left")
    _refuse_missing_columns(connection, source, plan, file, right=right)
    first = _count(connection, "prepared_left") if right else 0
    _run(connection, said_statement(source, plan, said, right=right, first=first))
    _run(connection, f"create table {table} as {prepared_statement(said, plan, right=right)}")
    named = _fetch(connection, f"select count(*), count(distinct id) from {said}")[0]
    if not named[0]:
        raise FieldsFileError(f"{file.name} has no rows")
    if named[0] != named[1]:
        raise FieldsFileError(f"{file.name}: the column of `id` names some records twice, or some not at all")
    return table


def _source(connection: duckdb.DuckDBPyConnection, given: Path | pa.Table, *, name: str) -> tuple[Path, str]:
    """Say what a table is called in messages, and how it is read."""
    if isinstance(given, Path):
        return given, read_statement(given)
    connection.register(name, given)
    return Path(name), name


def read_statement(file: Path) -> str:
    """Say how a file is read: Parquet, or CSV with every cell as text."""
    name = str(file).replace("'", "''")
    if file.suffix.lower() == ".parquet":
        return f"read_parquet('{name}')"
    return f"read_csv('{name}', all_varchar = true, header = true)"


def said_statement(source: str, plan: Plan, said: str, *, right: bool, first: int) -> str:
    """Keep of a file what is needed: the record's number, its id, and the columns that are compared."""
    name = plan.right_id if right else plan.id
    number = f"{first} + row_number() over ()"
    own = f"cast({quoted(name)} as varchar)" if name else f"cast({number} - {first} as varchar)"
    columns = ", ".join(quoted(column) for column in columns_of(plan, right=right))
    return f"create table {said} as select {number} as __record, {own} as id, {columns} from {source}"


def prepared_statement(said: str, plan: Plan, *, right: bool) -> str:
    """Chain the stages of all fields: each reads the columns of those before it."""
    by_field = [stages(field, right=right) for field in plan.fields]
    side = "right" if right else "left"
    query = (
        f"select __record as record, '{side}' as source_dataset, {_listed(each[0] for each in by_field)} from {said}"
    )
    for depth in range(1, max(len(each) for each in by_field)):
        query = f"select *, {_listed(each[depth] for each in by_field if depth < len(each))} from ({query})"
    return query


def columns_of(plan: Plan, *, right: bool) -> list[str]:
    """The columns of a file that a plan compares."""
    named = [field.source(right=right) for field in plan.fields]
    beside = [column for field in plan.fields for column in (field.birth, field.within) if column]
    return list(dict.fromkeys([*named, *beside]))


def train(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], plan: Plan, *, name: str = "own") -> Model:
    """Learn the weights from the tables themselves, without labels."""
    link = len(tables) == 2
    rules = chosen_rules(connection, tables, plan)
    settings = settings_of(plan, [statement(rule) for rule in rules], link=link)
    different = _among_different(connection, tables, settings, link=link)
    patterns = _patterns(connection, tables, settings, link=link)
    labels = [[level["label_for_charts"] for level in levels_of(each)] for each in settings["comparisons"]]
    belief = [belief_of(each, same=_same(each), different=DIFFERENT) for each in labels]
    smaller = min(_count(connection, table) for table in tables)
    learned = learn(patterns, different, belief, first=max(1.0, smaller / 10))
    for each, same, other in zip(settings["comparisons"], learned.among_same, different, strict=True):
        for level, m, u in zip(levels_of(each), same, other, strict=True):
            level |= {"m_probability": float(m), "u_probability": float(u)}
            if level["label_for_charts"] == DIFFERENT:
                level["u_probability"] = max(float(u), float(m))  # to differ never speaks for one person
            if level["label_for_charts"] == TWIN:
                level |= {"m_probability": TWIN_M, "u_probability": TWIN_U}
        set_apart(levels_of(each))
    settings["probability_two_random_records_match"] = learned.share_same
    return Model(name, fingerprint(settings), settings)


def chosen_rules(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], plan: Plan) -> list[Rule]:
    """Give the blocking rules: those FIELDS.yaml names, or those the tables can afford."""
    if plan.blocking:
        return rules_named(plan)
    return rules_chosen(
        plan,
        records=sum(_count(connection, table) for table in tables),
        pairs_of=lambda rule: _pairs_of(connection, tables, rule),
    )


def _same(labels: Sequence[str]) -> str:
    return SAME if SAME in labels else labels[0]


def _pairs_of(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], rule: Rule) -> int:
    keys = [key.format(side="t") for key in rule]
    by, there = ", ".join(keys), " and ".join(f"({key}) is not null" for key in keys)
    counts = [f"select {by}, count(*) as n from {table} as t where {there} group by all" for table in tables]
    if len(tables) == 1:
        return int(_fetch(connection, f"select coalesce(sum(n * (n - 1) // 2), 0) from ({counts[0]})")[0][0])
    names = [f"k{place}" for place in range(len(keys))]
    left, right = (f"({count}) as {side}({', '.join(names)}, n)" for count, side in zip(counts, "lr", strict=True))
    return int(
        _fetch(connection, f"select coalesce(sum(l.n * r.n), 0) from {left} join {right} using ({', '.join(names)})")[
            0
        ][0]
    )


def _among_different(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[str], settings: Mapping[str, Any], *, link: bool
) -> list[np.ndarray]:
    """Share of each level among random pairs; what none of them shows may still be half as common as one of them."""
    rarest = 0.5 / min(_SAMPLED_PAIRS, max(1.0, _every_pair(connection, tables, link=link)))
    linker = linker_of(connection, tables, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED_PAIRS, seed=None)
    found = linker.misc.save_model_to_json(None)
    return [
        np.maximum([_number(level.get("u_probability")) for level in levels_of(each)], rarest)
        for each in found["comparisons"]
    ]


def _patterns(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[str], settings: Mapping[str, Any], *, link: bool
) -> Patterns:
    """Count the patterns of levels among pairs that meet. A level's weight is made its own number, to read it off."""
    comparisons = [_numbered(each) for each in settings["comparisons"]]
    linker = linker_of(connection, tables, {**settings, "comparisons": comparisons})
    counts = [_count(connection, table) for table in tables]
    whole = sum(counts) <= _WHOLE_TRAINING
    found = linker.inference.predict() if whole else linker.inference.predict_chunk(left_chunk=(1, _PARTS))
    fields = [each["output_column_name"] for each in comparisons]
    listed = ", ".join(f"cast(round(mw_{field}) as integer) as {field}" for field in fields)
    rows = np.array(
        _fetch(connection, f"select {listed}, count(*) from {found.physical_name} group by all"), dtype=float
    )
    found.drop_table_from_database_and_remove_from_cache()
    if not len(rows):
        raise FieldsFileError("no two records share any blocking key: check the columns, or give `blocking:`")
    every = _every_pair(connection, tables, link=link)
    return Patterns(rows[:, :-1].astype(np.int64) - 1, rows[:, -1], every if whole else every / _PARTS)


def _every_pair(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], *, link: bool) -> float:
    counts = [_count(connection, table) for table in tables]
    return counts[0] * counts[1] if link else counts[0] * (counts[0] - 1) / 2


def _numbered(each: Mapping[str, Any]) -> dict[str, Any]:
    levels = [dict(level) for level in each["comparison_levels"]]
    number = 0
    for level in levels:
        level.pop("tf_adjustment_column", None)
        level.pop("disable_tf_exact_match_detection", None)
        if not level.get("is_null_level"):
            number += 1
            level |= {"m_probability": 2.0 ** (number - 40), "u_probability": 2.0**-40}
    return {**each, "comparison_levels": levels}


def _score(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], model: Model) -> None:
    """Make the table `scored` of the pairs worth keeping."""
    settings = {**model.settings, "link_type": "link_only" if len(tables) == 2 else "dedupe_only"}
    linker = linker_of(connection, tables, settings)
    found = linker.inference.predict(threshold_match_weight=KEPT_FROM)
    _run(connection, f"create view scored as select * from {found.physical_name}")


KEPT_FROM = -10.0  # bits; what is less likely is not kept at all


def linker_of(connection: duckdb.DuckDBPyConnection, tables: Sequence[str], settings: Mapping[str, Any]) -> Linker:
    """Give Splink the prepared tables."""
    engine = DuckDBAPI(connection)
    inputs = [engine.register(table) for table in tables]
    return Linker(inputs if len(inputs) > 1 else inputs[0], dict(settings), log_level=_SPLINK_SILENT)


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _limit(connection: duckdb.DuckDBPyConnection, means: Means, scratch: Path) -> None:
    for name, value in (("threads", means.threads), ("memory_limit", means.memory), ("temp_directory", str(scratch))):
        _run(connection, f"set {name} = '{value}'")
    _run(connection, "set preserve_insertion_order = false")


def _refuse_missing_columns(
    connection: duckdb.DuckDBPyConnection, source: str, plan: Plan, file: Path, *, right: bool
) -> None:
    try:
        there = {row[0] for row in _fetch(connection, f"describe select * from {source}")}
    except duckdb.Error as error:
        raise FieldsFileError(
            f"{file.name} cannot be read: it must be Parquet, or CSV with a line of headings"
        ) from error
    refuse_missing(there, plan, file, right=right)


def refuse_missing(there: Collection[str], plan: Plan, file: Path, *, right: bool) -> None:
    """Raise `FieldsFileError` where a table lacks a column that is compared, or the one of its id."""
    own = plan.right_id if right else plan.id
    asked = [*columns_of(plan, right=right), *([own] if own else [])]
    missing = [column for column in asked if column not in there]
    if missing:
        raise FieldsFileError(f"{file.name} has no column {', '.join(missing)}; it has {', '.join(sorted(there))}")


def _listed(columns: Any) -> str:
    return ", ".join(f"{expression} as {name}" for each in columns for name, expression in each.items())


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(_fetch(connection, f"select count(*) from {table}")[0][0])


def _run(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    connection.execute(query).fetchall()


def _fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return list(connection.execute(query).fetchall())
