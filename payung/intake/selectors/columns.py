"""The columns of a list with a few of its values, for somebody to check what we took them for.

Values are people's: they are not kept beside the upload but read again, masked, from the sealed file or, of a large
one, from the first staged rows.
"""

from dataclasses import dataclass

from payung.intake.models import Upload
from payung.intake.sealed import open_row
from payung.intake.selectors.masking import masked_sample
from payung.tabular.columns import ColumnGuess, ColumnMap, propose_column_map
from payung.tabular.headings import vocabulary
from payung.tabular.reading import read_rows
from payung.tabular.table import Choices
from payung.vault import files

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


def columns_of(upload: Upload, *, all_samples: bool = False) -> list[ShownColumn]:
    """The columns that stand in the file, each with up to three values.

    With `all_samples` a small file is read anew, which shows values of the columns that we do not keep, too.
    """
    if not upload.column_map:
        return []
    column_map = ColumnMap.from_dict(upload.column_map)
    samples = _from_file(upload) if all_samples and (is_small(upload) or not upload.row_count) else _from_rows(upload)
    return [_shown(each, samples) for each in column_map.columns if each.heading or samples.get(each.index)]


def _shown(column: ColumnGuess, samples: dict[int, list[str]]) -> ShownColumn:
    values = (masked_sample(text, field=column.field) for text in samples.get(column.index, []))
    return ShownColumn(column.index, column.heading, column.field, column.confidence, tuple(values))


def _from_file(upload: Upload) -> dict[int, list[str]]:
    choices = Choices.from_dict(upload.choices or {})
    table = read_rows(files.read(upload.file_sha256), name=upload.file_name, choices=choices)
    return {each.index: list(each.samples) for each in propose_column_map(table).columns}


def _from_rows(upload: Upload) -> dict[int, list[str]]:
    places = ColumnMap.from_dict(upload.column_map).fields
    found: dict[int, list[str]] = {}
    for row in upload.rows.order_by("row_number")[: 2 * SAMPLES]:
        cells = open_row(bytes(row.cells_sealed), public_id=row.public_id)[0]
        for name, place in places.items():
            if name in cells and cells[name].text.strip() and len(found.setdefault(place, [])) < SAMPLES:
                found[place].append(cells[name].text.strip()[:60])
    return found
