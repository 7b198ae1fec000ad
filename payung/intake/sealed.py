"""What a staged row says of a person, as one sealed cell: nothing of it lies in the clear before it is approved."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from json.encoder import encode_basestring as _quoted
from operator import attrgetter
from typing import Any
from uuid import UUID

from payung.intake.checks import Person
from payung.kernel.nik import Nik
from payung.tabular.columns import RawRow
from payung.tabular.table import Cell
from payung.vault.seal import blind_index, seal, sealer, unseal

_TABLE, _COLUMN = "intake_stagedrow", "cells"
_LISTS, _SAMPLES = "intake_upload", "samples"
# Made once: `json.dumps` makes an encoder for each row.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_NAMES = tuple(field.name for field in fields(Person) if field.name not in ("nik", "birth_date"))
_FACTS = attrgetter(*_NAMES)
_KEYS = tuple(f'"{name}":' for name in _NAMES)
_READ = ',"read":'


def row_text(raw: RawRow) -> str:
    """The row as the file had it, in one canonical text."""
    # Put together by hand, as JSON would write an object of lists: the encoder takes five times as long for it.
    cells = [f"{_quoted(name)}: [{_quoted(text)}, {_quoted(kind)}]" for name, (text, kind) in sorted(raw.cells.items())]
    return f"{{{', '.join(cells)}}}"


def row_fingerprint(text: str) -> bytes:
    """A keyed hash of a row's content, by which the same row is known in another file or at another place."""
    return blind_index(text, purpose="row")


def row_sealer() -> Callable[[str, Person, UUID], bytes]:
    """Make a function that seals a row as it came together with what was read from it, for many rows."""
    sealed = sealer(table=_TABLE, column=_COLUMN)

    return lambda text, person, public_id: sealed(f'{{"raw":{text}{_READ}{_person_text(person)}}}', public_id)


def _person_text(person: Person) -> str:
    """What was read of a person as a JSON object, put together by hand as `row_text` is."""
    facts = [
        f"{name}{_quoted(value) if type(value) is str else value}"
        for name, value in zip(_KEYS, _FACTS(person), strict=True)
        if value
    ]
    if person.nik:
        facts.append(f'"nik":"{person.nik.digits}"')
    if person.birth_date:
        facts.append(f'"birth_date":"{person.birth_date.isoformat()}"')
    return f"{{{','.join(facts)}}}"


def open_row(sealed: bytes, *, public_id: UUID) -> tuple[dict[str, Cell], Person]:
    """Open a sealed row: its cells as they came, and the person read from them."""
    content = json.loads(unseal(sealed, table=_TABLE, column=_COLUMN, public_id=public_id))
    return {name: Cell(*cell) for name, cell in content["raw"].items()}, _person(content["read"])


def open_person(sealed: bytes, *, public_id: UUID) -> Person:
    """Open a sealed row for the person alone."""
    # Inside a text a quotation mark has a backslash before it: the last of these stands between the two halves.
    read = unseal(sealed, table=_TABLE, column=_COLUMN, public_id=public_id).rpartition(_READ)[2]
    return _person(json.loads(read[:-1]))


def _person(read: dict[str, Any]) -> Person:
    nik, born = read.pop("nik", None), read.pop("birth_date", None)
    return Person(nik=Nik(nik) if nik else None, birth_date=date.fromisoformat(born) if born else None, **read)


def seal_samples(samples: Mapping[int, Sequence[str]], *, public_id: UUID) -> bytes:
    """Seal a few values of each column of a list, by the column's place."""
    return seal(_ENCODE(samples), table=_LISTS, column=_SAMPLES, public_id=public_id)


def open_samples(sealed: bytes, *, public_id: UUID) -> dict[int, list[str]]:
    """Undo `seal_samples`."""
    found = json.loads(unseal(sealed, table=_LISTS, column=_SAMPLES, public_id=public_id))
    return {int(place): values for place, values in found.items()}
