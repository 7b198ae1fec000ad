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
    lacking = {row.row: row.person for row in checked if not _is_read(row.person)}
    # Most lists are read whole: then their cells are not gone through again.
    written = {each.row_number: each for each in raw_rows if each.row_number in lacking} if lacking else {}
    unread = {number: _unread(written[number], person) for number, person in lacking.items()}
    prints = sorted(sha256(_said(row.person, unread.get(row.row, [])).encode()).digest() for row in checked)
    return blind_index(sha256(b"".join(prints)).hexdigest(), purpose="rows")


def _is_read(person: Person) -> bool:
    return bool(person.nik and person.birth_date and person.village_code)


def _unread(raw: RawRow, person: Person) -> list[tuple[str, str]]:
    return [
        (name, " ".join(cell.text.split()))
        for fact, names in _WRITTEN.items()
        if not getattr(person, fact)
        for name in names
        if (cell := raw.cells.get(name)) is not None
    ]


def _said(person: Person, unread: list[tuple[str, str]]) -> str:
    read = (person.nik.digits if person.nik else None, person.birth_date, _FACTS(person))
    return repr((read, unread))
