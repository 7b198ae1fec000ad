"""People in files: Parquet for the engines, bare columns to be mapped into memory for the compiled pass."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from payung.rules.population.columns import COLUMNS, FUNDS, SECTORS, Event, People
from payung.rules.population.errors import PopulationError
from payung.rules.population.tables import Tables
from payung.rules.population.window import WINDOW_MONTHS

ROWS_A_GROUP = 1 << 20


def as_arrow(people: People) -> pa.Table:
    """The columns as an Arrow table, without a copy."""
    return pa.table({name: pa.array(np.ascontiguousarray(people[name], kind)) for name, kind in COLUMNS.items()})


def write_parquet(chunks: Iterable[People], path: Path) -> None:
    """Write people as Parquet, with the least and the greatest of each group of rows beside it."""
    schema = pa.schema([(name, pa.from_numpy_dtype(kind)) for name, kind in COLUMNS.items()])
    with pq.ParquetWriter(path, schema, compression="zstd", write_statistics=True) as writer:
        for people in chunks:
            writer.write_table(as_arrow(people), row_group_size=ROWS_A_GROUP)


def refuse_outsiders(parquet: Path, tables: Tables) -> None:
    """Raise `PopulationError` where a file holds a person whom the tables do not foresee.

    An engine would look such a person up in a neighbour's place, or drop the row, and say nothing. What stands beside
    the groups of rows tells it without reading one.
    """
    ranges = {
        "sector": (0, len(SECTORS) - 1),
        "funds": (0, len(FUNDS) - 1),
        "band": (1, tables.bands),
        "coverage": (0, (1 << WINDOW_MONTHS) - 1),
        "event": (0, len(Event) - 1),
        "event_day": (0, len(tables.window.days) - 1),
    }
    metadata = pq.read_metadata(parquet)
    places = {metadata.schema.column(place).name: place for place in range(metadata.num_columns)}
    for name in COLUMNS:
        if name not in places:
            raise PopulationError(f"{parquet.name} has no column {name}")
    for group in range(metadata.num_row_groups):
        for name, (least, most) in ranges.items():
            column = metadata.row_group(group).column(places[name])
            found = column.statistics if column.is_stats_set else None
            if found is None or not found.has_min_max or found.null_count:
                raise PopulationError(f"{parquet.name}, group {group}: {name} has gaps, or no least and greatest value")
            if found.min < least or found.max > most:
                raise PopulationError(
                    f"{parquet.name}, group {group}: {name} goes from {found.min} to {found.max}, not {least} to {most}"
                )


def write_columns(chunks: Iterable[People], folder: Path) -> int:
    """Write each column into a file of its own, chunk after chunk; give the number of people."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in COLUMNS}
        for people in chunks:
            for name, kind in COLUMNS.items():
                np.ascontiguousarray(people[name], kind).tofile(files[name])
            count += len(people["village"])
    return count


def read_columns(folder: Path, *, size: int = 1 << 20) -> Iterator[People]:
    """Map people into memory, chunk by chunk; each chunk is given back before the next is taken."""
    counts = {(folder / name).stat().st_size // kind.itemsize for name, kind in COLUMNS.items()}
    if len(counts) != 1:
        raise PopulationError(f"the columns in {folder.name} differ in length: {sorted(counts)}")
    count = counts.pop()
    for start in range(0, count, size):
        length = min(size, count - start)
        yield {
            name: np.memmap(folder / name, kind, mode="r", offset=start * kind.itemsize, shape=(length,))
            for name, kind in COLUMNS.items()
        }
