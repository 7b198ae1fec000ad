"""The same rows in another order, or saved in another format, are the same list.

A file is known by its hash, its rows by what was read of them: each row's facts in one text, the texts in an order of
their own, under a key. What could not be read stands as the file writes it. Neither the registry nor the place of a
row in the file counts, so the same rows give the same hash in XLSX, CSV and ODS, this year and next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from hashlib import sha256
from operator import attrgetter

from payung.intake.checks import CheckedRow, Person
from payung.tabular.columns import RawRow
from payung.vault.seal import blind_index

_FACTS = attrgetter(*(each.name for each in fields(Person) if each.name not in ("nik", "birth_date")))
# What stands for a fact that could not be read: the cells that it would have come from.
_WRITTEN = {
    "nik": ("nik",),
    "birth_date": ("birth_date", "birth_place_date"),
    "village_code": ("village_code", "village", "kecamatan"),
}


def rows_hash(raw_rows: Iterable[RawRow], checked: Sequence[CheckedRow]) -> bytes | None:
    """The hash of what a list says, whatever the order of its rows; None for a list without rows."""
    if not checked:
        return None
    prints = sorted(
        sha256(_said(raw, row.person).encode()).digest() for raw, row in zip(raw_rows, checked, strict=True)
    )
    return blind_index(sha256(b"".join(prints)).hexdigest(), purpose="rows")


def _said(raw: RawRow, person: Person) -> str:
    read = (person.nik.digits if person.nik else None, person.birth_date, _FACTS(person))
    unread = [
        (name, " ".join(cell.text.split()))
        for fact, names in _WRITTEN.items()
        if not getattr(person, fact)
        for name in names
        if (cell := raw.cells.get(name)) is not None
    ]
    return repr((read, unread))
