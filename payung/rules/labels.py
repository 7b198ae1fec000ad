"""Names for people: of programmes, public rules, fields and units, and the values of cards written with their units."""

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from payung.rules.cards import Card, StrictLoader
from payung.rules.writing import Language, written

_ORIGIN = "origin"
_RUPIAH, _PERCENT, _BASIS_POINTS = "rupiah", "persen", "basis poin"
Texts = Mapping[str, Mapping[str, str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A value that is a table of the law: its columns by their field's name, its rows in order, all as data."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@cache
def labels() -> Mapping[str, Texts]:
    """All names, by kind: programmes, rules, fields, units."""
    with Path(__file__).with_name("labels.yaml").open(encoding="utf-8") as stream:
        found: Mapping[str, Texts] = yaml.load(stream, Loader=StrictLoader)  # noqa: S506 - a SafeLoader, stricter
    return found


def label(kind: str, name: str, language: Language) -> str:
    """Name something; what has no name yet shows its own with its underscores as spaces.

    >>> label("fields", "dasar_rp", Language.ID)
    'Dasar upah'
    """
    found = labels()[kind].get(name)
    return name.replace("_", " ") if found is None else found[language.value]


def card_name(card: Card[Any], language: Language) -> str:
    """The name of a figure of the law."""
    return card.name_id if language is Language.ID else card.name_en


def card_note(card: Card[Any], language: Language) -> str:
    """What whoever read the law notes beside a figure; empty where there is nothing to note."""
    return card.note_id if language is Language.ID else card.note_en


def value_text(value: Any, unit: str, language: Language) -> str:
    """Write a value with its unit; of a table, how many rows it has.

    >>> value_text(6800, "rupiah per bulan", Language.ID), value_text(3, "bulan", Language.EN)
    ('Rp6.800 sebulan', '3 months')
    """
    if value is None or isinstance(value, bool):
        return written(value, "", language)
    if (table := table_of(value)) is not None:
        return rows_text(len(table.rows), language)
    words = label("units", unit, language)
    return " ".join(part for part in (written(value, _kind(value, unit), language), words) if part)


def rows_text(count: int, language: Language) -> str:
    """Say how many rows a table has."""
    if language is Language.ID:
        return f"tabel {count} baris"
    return f"a table of {count} {'row' if count == 1 else 'rows'}"


def _kind(value: Any, unit: str) -> str:
    if not isinstance(value, int):
        return ""
    if unit.startswith(_RUPIAH):
        return "rp"
    if unit.startswith(_PERCENT):
        return "persen"
    return "bp" if unit.startswith(_BASIS_POINTS) else "angka"


def cell_text(name: str, value: Any, language: Language) -> str:
    """Write one cell of a table, by the name of its column."""
    if (nested := table_of(value)) is not None:
        return rows_text(len(nested.rows), language)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number and name.endswith("_persen"):
        return written(value, "persen", language)
    if is_number and name.endswith("_bp"):
        return written(value, "bp", language)
    return written(value, "rp" if is_number and name.endswith("_rp") else "", language)


def table_of(value: Any) -> Table | None:
    """The rows of a value that is a list of rows or a mapping; None where it is a bare figure or a list of those.

    A mapping's key is the first column. Where a row stands in the law (its origin) is not one of its cells.
    """
    if isinstance(value, Mapping):
        rows = [{"": key, **_cells(item)} for key, item in value.items()]
    elif isinstance(value, tuple) and value and all(dataclasses.is_dataclass(item) for item in value):
        rows = [_cells(item) for item in value]
    else:
        return None
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    return Table(columns, tuple(tuple(row.get(name) for name in columns) for row in rows))


def _cells(row: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(row):
        return {field.name: getattr(row, field.name) for field in dataclasses.fields(row) if field.name != _ORIGIN}
    return dict(row) if isinstance(row, Mapping) else {"value": row}
