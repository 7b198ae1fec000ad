"""Rows whose NIK nobody has are compared with whom they may still be: told in a note, never linked."""

from collections.abc import Sequence
from dataclasses import replace

from payung.intake.checks import CheckedRow, Person
from payung.intake.selectors.masking import masked_name
from payung.kernel.problem import Problem
from payung.matching.likeness import Facts
from payung.registry.selectors import LikelyWorker, likely_workers
from payung.store.bulk import in_slices

_CONFLICT = "repair:nik-belongs-to-another-name"


def note_likely_people(checked: Sequence[CheckedRow]) -> list[CheckedRow]:
    """Add a note to each row that is likely somebody registered under another NIK; no fate changes by it.

    The person is told by initials and a masked NIK: whoever hands the list in may not know them.
    """
    noted: dict[int, CheckedRow] = {}
    # Slice by slice: the keys and candidates of a hundred thousand people at once would be a hundred megabytes.
    for asked in in_slices(row for row in checked if _is_unknown(row)):
        found = likely_workers([_facts(row.person) for row in asked])
        noted |= {row.row: _noted(row, likely) for row, likely in zip(asked, found, strict=True) if likely}
    return [noted.get(row.row, row) for row in checked] if noted else list(checked)


def _is_unknown(row: CheckedRow) -> bool:
    """Whether no NIK has said who it is: a row whose NIK is another's is a conflict already, and says so."""
    return not row.known and bool(row.person.name) and not any(each.code == _CONFLICT for each in row.problems)


def _facts(person: Person) -> Facts:
    return Facts(
        nik=person.nik.digits if person.nik else "",
        name=person.name,
        birth_date=person.birth_date,
        village_code=person.village_code or "",
        mother=person.mother_name,
        phone=person.phone,
    )


def _noted(row: CheckedRow, likely: LikelyWorker) -> CheckedRow:
    params = {"name": masked_name(likely.name), "nik": likely.masked_nik, "shared": list(likely.shared)}
    return replace(row, notes=(*row.notes, Problem("note:perhaps-registered", row.row, "nik", params=params)))
