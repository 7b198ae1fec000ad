"""What a staged row says of a person, as one sealed cell: nothing of it lies in the clear before it is approved."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from uuid import UUID

from payung.intake.checks import Person
from payung.kernel.nik import Nik
from payung.tabular.columns import RawRow
from payung.tabular.table import Cell
from payung.vault.seal import blind_index, seal, unseal

_TABLE, _COLUMN = "intake_stagedrow", "cells"
_LISTS, _SAMPLES = "intake_upload", "samples"
# Made once: `json.dumps` makes an encoder for each row.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_NAMES = tuple(field.name for field in fields(Person) if field.name not in ("nik", "birth_date"))


def row_text(raw: RawRow) -> str:
    """The row as the file had it, in one canonical text."""
    return _ENCODE(dict(sorted(raw.cells.items())))  # a cell is a tuple, and stands there as a list


def row_fingerprint(text: str) -> bytes:
    """A keyed hash of a row's content, by which the same row is known in another file or at another place."""
    return blind_index(text, purpose="row")


def seal_row(text: str, person: Person, *, public_id: UUID) -> bytes:
    """Seal the row as it came together with what was read from it."""
    read = {name: getattr(person, name) for name in _NAMES if getattr(person, name) not in ("", None)}
    read["nik"] = person.nik.digits if person.nik else None
    read["birth_date"] = person.birth_date.isoformat() if person.birth_date else None
    content = f'{{"raw":{text},"read":{_ENCODE(read)}}}'
    return seal(content, table=_TABLE, column=_COLUMN, public_id=public_id)


def open_row(sealed: bytes, *, public_id: UUID) -> tuple[dict[str, Cell], Person]:
    """Open a sealed row: its cells as they came, and the person read from them."""
    content = json.loads(unseal(sealed, table=_TABLE, column=_COLUMN, public_id=public_id))
    read = content["read"]
    nik, born = read.pop("nik"), read.pop("birth_date")
    person = Person(nik=Nik(nik) if nik else None, birth_date=date.fromisoformat(born) if born else None, **read)
    return {name: Cell(*cell) for name, cell in content["raw"].items()}, person


def seal_samples(samples: Mapping[int, Sequence[str]], *, public_id: UUID) -> bytes:
    """Seal a few values of each column of a list, by the column's place."""
    return seal(_ENCODE(samples), table=_LISTS, column=_SAMPLES, public_id=public_id)


def open_samples(sealed: bytes, *, public_id: UUID) -> dict[int, list[str]]:
    """Undo `seal_samples`."""
    found = json.loads(unseal(sealed, table=_LISTS, column=_SAMPLES, public_id=public_id))
    return {int(place): values for place, values in found.items()}
