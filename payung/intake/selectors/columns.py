"""The columns of a list with a few of its values, for somebody to check what we took them for.

Values are people's: they are kept sealed and shown masked. A list from before they were kept shows those of its first
rows.
"""

from dataclasses import dataclass

from payung.intake.models import Upload
from payung.intake.sealed import open_row, open_samples
from payung.intake.selectors.masking import masked_sample
from payung.tabular.columns import ColumnGuess, ColumnMap
from payung.tabular.headings import vocabulary

SMALL_FILE_BYTES = 250_000
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as people check it."""

    index: int
    heading: str
    field: str | None
    confidence: float
    samples: tuple[str, ...]


def is_small(upload: Upload) -> bool:
    """Whether a file is read while somebody waits: about a thousand rows."""
    return upload.file_size <= SMALL_FILE_BYTES


def fields_to_choose() -> list[str]:
    """The fields that a column may hold, in the order of the vocabulary."""
    return [name for name in dict.fromkeys(vocabulary().words.values()) if name not in ("ignored", "row_label")]


def columns_of(upload: Upload) -> list[ShownColumn]:
    """The columns that stand in the file, each with up to three values; those that we do not keep, too."""
    if not upload.column_map:
        return []
    column_map = ColumnMap.from_dict(upload.column_map)
    samples = _kept(upload) or _from_rows(upload)
    return [_shown(each, samples) for each in column_map.columns if each.heading or samples.get(each.index)]


def _shown(column: ColumnGuess, samples: dict[int, list[str]]) -> ShownColumn:
    values = (masked_sample(text, field=column.field) for text in samples.get(column.index, []))
    return ShownColumn(column.index, column.heading, column.field, column.confidence, tuple(dict.fromkeys(values)))


def _kept(upload: Upload) -> dict[int, list[str]]:
    sealed = upload.samples_sealed
    return open_samples(bytes(sealed), public_id=upload.public_id) if sealed else {}


def _from_rows(upload: Upload) -> dict[int, list[str]]:
    places = ColumnMap.from_dict(upload.column_map).fields
    found: dict[int, list[str]] = {}
    for row in upload.rows.order_by("row_number")[: 2 * SAMPLES]:
        cells = open_row(bytes(row.cells_sealed), public_id=row.public_id)[0]
        for name, place in places.items():
            if name in cells and cells[name].text.strip() and len(found.setdefault(place, [])) < SAMPLES:
                found[place].append(cells[name].text.strip()[:60])
    return found
