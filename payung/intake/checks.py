"""What becomes of each row of a list: its fate, all its faults, and the person it names. Pure.

First `clean_rows` reads the cells of every row; then the caller looks the NIKs up in the registry, once for all rows;
then `decide_fates` compares the rows with each other and with what is known. A row has one fate; it names the first of
its faults in `ORDER_OF_FAULTS`, and every fault stands in `problems`. Fates add up to the rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payung.intake.cleaning import CheckContext, CleanRow, Columns, Person, clean_rows, column_date_order
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.matching.names import names_agree
from payung.tabular.columns import RawRow

__all__ = [
    "ORDER_OF_FAULTS",
    "CheckContext",
    "CheckedRow",
    "CleanRow",
    "Columns",
    "KnownPerson",
    "Person",
    "check_rows",
    "clean_rows",
    "column_date_order",
    "count_fates",
    "decide_fates",
    "niks_of",
]

ORDER_OF_FAULTS = (
    "repair:nik-missing",
    "repair:nik-typed-as-number",
    "repair:nik-scientific",
    "repair:nik-length",
    "repair:nik-characters",
    "repair:nik-date",
    "repair:same-nik-different-name",
    "repair:name-missing",
    "repair:birth-date",
    "repair:birth-disagrees-with-nik",
    "repair:sex-disagrees-with-nik",
    "repair:village-unknown",
    "repair:age",
)
_RANK = {code: rank for rank, code in enumerate(ORDER_OF_FAULTS)}


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Whom the registry has under a NIK; whether they died, whether BPJS knows them as somebody's employee (PU)."""

    worker_id: int
    name: str
    birth_date: date | None = None
    died_on: date | None = None
    is_employee: bool = False


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row with its fate: `accepted`, `covered:2026-12`, `duplicate:ROW` or its first fault."""

    row: int
    fate: str
    known: bool
    problems: tuple[Problem, ...]
    person: Person
    notes: tuple[Problem, ...] = ()
    worker_id: int | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the person may be taken into the programme."""
        return self.fate == "accepted"

    @property
    def needs_repair(self) -> bool:
        """Whether somebody must correct the row."""
        return self.fate.startswith("repair:")


def check_rows(
    raw_rows: Iterable[RawRow],
    *,
    context: CheckContext,
    known_by_nik: Mapping[str, KnownPerson] | None = None,
    covered_until: Mapping[int, Month] | None = None,
) -> list[CheckedRow]:
    """Clean the rows and decide their fates in one go, where what is known is at hand already."""
    cleaned = clean_rows(raw_rows, context=context)
    return decide_fates(cleaned, context=context, known_by_nik=known_by_nik, covered_until=covered_until)


def niks_of(cleaned: Iterable[CleanRow]) -> set[str]:
    """All NIKs of a list, to be looked up in one query."""
    return {row.person.nik.digits for row in cleaned if row.person.nik}


def decide_fates(
    cleaned: Sequence[CleanRow],
    *,
    context: CheckContext,
    known_by_nik: Mapping[str, KnownPerson] | None = None,
    covered_until: Mapping[int, Month] | None = None,
) -> list[CheckedRow]:
    """Compare the rows with each other and with what is known; give each its fate.

    `known_by_nik` is keyed by the digits; `covered_until` by the worker, and holds other payers' months only.
    """
    same = _same_nik(cleaned)
    first_month = context.first_month or Month.of(context.on)
    checked = []
    for row in cleaned:
        known = (known_by_nik or {}).get(row.person.nik.digits) if row.person.nik else None
        problems = list(row.problems)
        problems += _conflicts_in_file(row, same)
        is_known = known is not None and (not row.person.name or names_agree(known.name, row.person.name))
        if known and not is_known:
            problems.append(
                Problem(
                    "repair:nik-belongs-to-another-name",
                    row.row,
                    "name",
                    row.person.name,
                    params={"nik": str(row.person.nik)},
                )
            )
        if known and is_known:
            problems += _of_known(row, known)
        problems.sort(key=_order)
        until = (covered_until or {}).get(known.worker_id) if known and is_known else None
        checked.append(
            CheckedRow(
                row=row.row,
                fate=_fate(row, problems, same, until if until is not None and until >= first_month else None),
                known=is_known,
                problems=tuple(problems),
                person=row.person,
                notes=tuple(row.notes),
                worker_id=known.worker_id if known and is_known else None,
            )
        )
    return checked


def count_fates(checked: Iterable[CheckedRow]) -> dict[str, int]:
    """Count the rows by fate, month and row of `covered` and `duplicate` left aside; the counts add up to the rows."""
    return dict(Counter(row.fate if row.needs_repair else row.fate.split(":")[0] for row in checked).most_common())


def _same_nik(cleaned: Sequence[CleanRow]) -> dict[str, list[CleanRow]]:
    """The rows of each NIK that stands more than once; nameless rows agree and disagree with nobody."""
    counts = Counter(row.person.nik.digits for row in cleaned if row.person.nik and row.person.name)
    groups: dict[str, list[CleanRow]] = {digits: [] for digits, count in counts.items() if count > 1}
    for row in cleaned if groups else ():
        if row.person.nik and row.person.name and (group := groups.get(row.person.nik.digits)) is not None:
            group.append(row)
    return groups


def _others(row: CleanRow, same: Mapping[str, list[CleanRow]]) -> list[CleanRow]:
    group = same.get(row.person.nik.digits, []) if row.person.nik and row.person.name else []
    return [other for other in group if other is not row]


def _conflicts_in_file(row: CleanRow, same: Mapping[str, list[CleanRow]]) -> list[Problem]:
    rows = [other.row for other in _others(row, same) if not names_agree(row.person.name, other.person.name)]
    if not rows:
        return []
    return [Problem("repair:same-nik-different-name", row.row, "nik", str(row.person.nik), params={"rows": rows[:5]})]


def _of_known(row: CleanRow, known: KnownPerson) -> list[Problem]:
    """What the registry knows of a person that keeps them from being protected."""
    found = []
    if known.died_on:
        found.append(
            Problem("repair:dead", row.row, "nik", known.died_on.isoformat(), params={"reason": "in-registry"})
        )
    if known.is_employee and not row.says_bpu:
        found.append(Problem("repair:formal-employee", row.row, "nik", params={"reason": "in-registry"}))
    return found


def _fate(row: CleanRow, problems: Sequence[Problem], same: Mapping[str, list[CleanRow]], covered: Month | None) -> str:
    if problems:
        return problems[0].code
    if covered is not None:
        return f"covered:{covered}"
    earlier = [other.row for other in _others(row, same) if other.row < row.row]
    return f"duplicate:{min(earlier)}" if earlier else "accepted"


def _order(problem: Problem) -> tuple[int, str]:
    return _RANK.get(problem.code, len(_RANK)), problem.code
