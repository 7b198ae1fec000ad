"""From scored pairs to the answer: groups or partners, bands, the evidence field by field, and the file of pairs."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from payung.matching.fields import Field, Plan
from payung.matching.grouping import Weighed, grouped, one_to_one
from payung.matching.ladders import MISSING
from payung.matching.model import Model, levels_of, weight_of
from payung.matching.pairs import Band
from payung.matching.preparing import quoted

THROUGH_A_THIRD = "both are like a third record"
_SHAPE = pa.schema([("l", pa.int64()), ("r", pa.int64()), ("weight", pa.float64())])


@dataclass(frozen=True, slots=True)
class Answer:
    """How many pairs were found, and in which band."""

    pairs: int
    auto: int
    review: int


def answer(connection: duckdb.DuckDBPyConnection, plan: Plan, model: Model, out: Path, *, link: bool) -> Answer:
    """Decide over the table `scored` and write the pairs; `said_left` and `said_right` hold what the records say."""
    least = math.log2(plan.link / (1 - plan.link))
    scored = _scored(connection)
    if link and plan.one_to_one:
        kept = one_to_one(scored, least=least)
    elif link:
        kept = [pair for pair in scored if pair[2] >= least]
    else:
        kept = list(_within(grouped(scored, least=least), scored, least))
    _give(connection, kept)
    connection.execute(_statement(plan, model, out, right="said_right" if link else "said_left")).fetchall()
    name = str(out).replace("'", "''")
    counts = dict(connection.execute(f"select band, count(*) from read_parquet('{name}') group by all").fetchall())
    return Answer(sum(counts.values()), counts.get(Band.AUTO.value, 0), counts.get(Band.REVIEW.value, 0))


def _scored(connection: duckdb.DuckDBPyConnection) -> list[Weighed]:
    columns = connection.execute("select record_l, record_r, match_weight from scored").fetchnumpy()
    return list(zip(*(columns[name].tolist() for name in ("record_l", "record_r", "match_weight")), strict=True))


def _within(groups: Iterable[tuple[int, ...]], scored: Iterable[Weighed], least: float) -> Iterable[Weighed]:
    """Each pair of a group. One that is unlike by itself takes the mean of its group, or the threshold."""
    weights = {(min(left, right), max(left, right)): weight for left, right, weight in scored}
    for group in groups:
        own = [(pair, weights.get(pair)) for pair in combinations(group, 2)]
        told = [weight for _, weight in own if weight is not None]
        mean = max(least, sum(told) / len(own) if told else least)
        for (left, right), weight in own:
            yield left, right, weight if weight is not None and weight >= least else mean


def _give(connection: duckdb.DuckDBPyConnection, kept: list[Weighed]) -> None:
    columns = list(zip(*kept, strict=True)) or [(), (), ()]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, _SHAPE.types, strict=True)]
    connection.register("kept", pa.table(arrays, schema=_SHAPE))


def _statement(plan: Plan, model: Model, out: Path, *, right: str) -> str:
    comparisons = {each["output_column_name"]: each for each in model.comparisons}
    evidence = ", ".join(_evidence(field, comparisons[field.name]) for field in plan.fields)
    certain = " and ".join(
        f"({_level(field, comparisons[field.name])}) in ({_listed(field.auto_when)})"
        for field in plan.fields
        if field.auto_when
    )
    third = _struct("group", f"'{THROUGH_A_THIRD}'", "null", "null", "cast(round(k.weight * 1000) as integer)")
    name, label = (text.replace("'", "''") for text in (str(out), model.label))
    return f"""
    copy (
        select a.id as left, b.id as right, k.probability,
               case when k.probability >= {plan.auto} and s.match_weight = k.weight and {certain or "true"}
                    then '{Band.AUTO.value}' else '{Band.REVIEW.value}' end as band,
               case when s.match_weight is null then [{third}] else [{evidence}] end as evidence,
               '{label}' as model
        from (select *, 1 / (1 + pow(2.0, -weight)) as probability from kept) as k
        left join (select *, least(record_l, record_r) as l, greatest(record_l, record_r) as r from scored) as s
            on s.l = least(k.l, k.r) and s.r = greatest(k.l, k.r)
        join said_left as a on a.__record = k.l
        join {right} as b on b.__record = k.r
        order by k.probability desc, a.id, b.id
    ) to '{name}' (format parquet, compression zstd)"""


def _listed(labels: Iterable[str]) -> str:
    return ", ".join("'" + label.replace("'", "''") + "'" for label in labels)


def _level(field: Field, comparison: dict[str, Any]) -> str:
    """Say which level a field reached; a level is known by its weight."""
    known = " ".join(
        f"when abs(s.mw_{field.name} - {weight_of(level)!r}) < 1e-5 then '{level['label_for_charts']}'"
        for level in levels_of(comparison)
    )
    return f"case {known} else '{MISSING}' end"


def _evidence(field: Field, comparison: dict[str, Any]) -> str:
    weight, level = f"s.mw_{field.name}", _level(field, comparison)
    frequent = any(level.get("tf_adjustment_column") for level in levels_of(comparison))
    total = f"{weight} + s.mw_tf_adj_{field.name}" if frequent else weight
    left, right = ("null" if field.hide else f"{side}.{quoted(field.source(right=side == 'b'))}" for side in ("a", "b"))
    return _struct(field.name, level, left, right, f"cast(round(({total}) * 1000) as integer)")


def _struct(name: str, level: str, left: str, right: str, weight: str) -> str:
    return (
        f"struct_pack(field := '{name}', level := {level}, \"left\" := cast({left} as varchar), "
        f'"right" := cast({right} as varchar), weight_millibits := {weight})'
    )
