"""What stands behind `payung registry pairs`: the one place of the registry's commands that loads the matching engine.

sealed facts --opened in memory--> Arrow table, by running numbers --DuckDB--> pairs of numbers --> pairs to review
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import pyarrow as pa
import pyarrow.parquet as pq

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, say
from payung.contributions.services import TakenIn, take_in_pairs
from payung.matching.fields import Plan, read_plan
from payung.matching.model import MODELS, Model, read_model
from payung.matching.on_duckdb import Means, match_files
from payung.matching.pairs import CERTAIN_PPM, Band, Evidence, Pair
from payung.registry.selectors.compared import COMPARED, compared_slices
from payung.store.short_lived import MATCHING, FolderInUseError, short_lived

_NUMBER = "record_id"
_TOLD_EVERY = 50_000
_SHAPE = pa.schema([(_NUMBER, pa.string()), *((name, pa.string()) for name in COMPARED)])


@dataclass(frozen=True, slots=True)
class Matched:
    """What a run came to: records compared, facts that could not be opened, pairs found, and what became of them."""

    records: int
    broken: int
    pairs: int
    model: str
    taken: TakenIn


@click.command("registry-pairs", hidden=True)
def registry_pairs(session: Session | None = None, memory: str = "") -> Matched:
    """Cocokkan seluruh pekerja atas permintaan payung registry pairs."""
    if session is None:
        raise WrongUseError("Pakai payung registry pairs.")
    try:
        with short_lived(MATCHING) as folder:
            return _matched(session, folder, Means(os.cpu_count() or 1, memory, folder))
    except FolderInUseError as error:
        raise WrongUseError("Pencocokan lain sedang berjalan: tunggu sampai selesai.") from error


def _matched(session: Session, folder: Path, means: Means) -> Matched:
    table, public_ids, broken = _opened()
    plan, model = _plan_and_model()
    found: list[Pair] = []
    if len(public_ids) > 1:
        say(f"Membandingkan {_counted(len(public_ids))} pekerja …")
        match_files([table], plan, folder / "pairs.parquet", model=model, means=means)
        found = list(_pairs(folder / "pairs.parquet", public_ids))
    say(f"Mencatat {_counted(len(found))} pasangan …")
    taken = take_in_pairs(found, source="registry:pairs", acting_user=session.viewer, clock=session.clock)
    return Matched(len(public_ids), broken, len(found), model.label, taken)


def _opened() -> tuple[pa.Table, list[UUID], int]:
    """The copy that is compared: it stays in memory, and names a worker by a number that this run alone understands."""
    public_ids: list[UUID] = []
    batches, broken = [], 0
    for part in compared_slices():
        numbers = [str(len(public_ids) + place) for place in range(len(part.facts))]
        columns = zip(*part.facts, strict=True)
        batches.append(pa.record_batch([pa.array(each, pa.string()) for each in (numbers, *columns)], schema=_SHAPE))
        if len(public_ids) // _TOLD_EVERY < (len(public_ids) + len(numbers)) // _TOLD_EVERY:
            say(f"Membuka data {_counted(len(public_ids) + len(numbers))} pekerja …")
        public_ids += part.public_ids
        broken += part.broken
    return pa.Table.from_batches(batches, schema=_SHAPE), public_ids, broken


def _plan_and_model() -> tuple[Plan, Model]:
    """The stored model of workers; no value of a field goes into the file of pairs."""
    plan = read_plan(MODELS / "worker.yaml")
    model = read_model(MODELS / "worker.json", plan)
    return replace(plan, fields=tuple(replace(field, hide=True) for field in plan.fields)), model


def _pairs(file: Path, public_ids: Sequence[UUID]) -> Iterator[Pair]:
    for batch in pq.ParquetFile(file).iter_batches():
        for row in batch.to_pylist():
            yield _pair(row, public_ids)


def _pair(row: dict[str, Any], public_ids: Sequence[UUID]) -> Pair:
    left, right = (str(public_ids[int(row[side])]) for side in ("left", "right"))
    ppm = min(CERTAIN_PPM, round(row["probability"] * CERTAIN_PPM))
    evidence = tuple(
        Evidence(each["field"], each["level"], None, None, each["weight_millibits"]) for each in row["evidence"]
    )
    return Pair(left, right, ppm, Band(row["band"]), evidence, row["model"])


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


registry_pairs.payung_door = Permission.DUPLICATE_DECIDE  # type: ignore[attr-defined]
commands: list[click.Command] = [registry_pairs]
