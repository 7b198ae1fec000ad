"""What becomes of each row of a list: its fate, all its faults, and the person it names. Pure.

First `clean_rows` reads the cells of every row; then the caller looks the NIKs up in the registry, once for all rows;
then `decide_fates` compares the rows with each other and with what is known. A row has one fate; it names the first of
its faults in `ORDER_OF_FAULTS`, and every fault stands in `problems`. Fates add up to the rows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from payung.intake.cells.dates import EARLIEST_YEAR, DateOrder, date_order, read_date, split_place_and_date
from payung.intake.cells.facts import means_pria, read_income, read_kk, read_phone, read_sex
from payung.intake.cells.faults import Faults
from payung.intake.cells.names import read_name
from payung.intake.cells.niks import read_nik
from payung.intake.cells.places import Villages, read_village
from payung.intake.cells.text import is_nothing, plain_text
from payung.kernel.month import Month
from payung.kernel.nik import Nik
from payung.kernel.problem import Problem
from payung.matching.names import names_agree
from payung.rules.kepesertaan.figures import BATAS_USIA_MENDAFTAR, USIA_MINIMUM_PROGRAM
from payung.rules.kepesertaan.kelayakan_usia import AlasanUsia, kelayakan_usia
from payung.tabular.columns import RawRow
from payung.tabular.table import Cell

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What a check leans on: the day, the villages, and the first month that the list is to protect."""

    on: date
    villages: Villages
    first_month: Month | None = None


@dataclass(slots=True)
class Person:
    """Whom a row names, as far as its cells could be read."""

    nik: Nik | None = None
    name: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    sex: str = ""
    village_code: str | None = None
    occupation: str = ""
    income_rp: int | None = None
    phone: str = ""
    address: str = ""
    rt_rw: str = ""
    mother_name: str = ""
    kk: str = ""
    email: str = ""
    decile: str = ""


@dataclass(slots=True)
class CleanRow:
    """A row whose cells were read, before it is compared with anything."""

    row: int
    person: Person
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Whom the registry has under a NIK."""

    worker_id: int
    name: str
    birth_date: date | None = None


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


@dataclass(frozen=True, slots=True)
class _Columns:
    """What only a whole column can tell."""

    order: DateOrder
    p_is_pria: bool


def check_rows(
    raw_rows: Sequence[RawRow],
    *,
    context: CheckContext,
    known_by_nik: Mapping[str, KnownPerson] | None = None,
    covered_until: Mapping[int, Month] | None = None,
) -> list[CheckedRow]:
    """Clean the rows and decide their fates in one go, where what is known is at hand already."""
    cleaned = clean_rows(raw_rows, context=context)
    return decide_fates(cleaned, context=context, known_by_nik=known_by_nik, covered_until=covered_until)


def clean_rows(raw_rows: Sequence[RawRow], *, context: CheckContext) -> list[CleanRow]:
    """Read the cells of every row; the order of days and months is decided for the whole column first."""
    columns = _Columns(
        order=column_date_order(raw_rows),
        p_is_pria=means_pria({cell.text for raw in raw_rows if (cell := raw.cells.get("sex"))}),
    )
    return [_clean_row(raw, columns, context) for raw in raw_rows]


def column_date_order(raw_rows: Iterable[RawRow]) -> DateOrder:
    """Say how the list writes its birth dates, to be shown to whoever hands it in."""
    return date_order(text for raw in raw_rows if (text := _birth_text(raw)))


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


def _clean_row(raw: RawRow, columns: _Columns, context: CheckContext) -> CleanRow:
    faults = Faults(raw.row_number)
    cells = raw.cells
    person = Person(nik=read_nik(cells.get("nik"), faults), name=read_name(cells.get("name"), faults))
    _read_birth(raw, person, columns, context, faults)
    _read_sex(cells.get("sex"), person, columns, faults)
    for name in ("address", "rt_rw", "occupation", "email", "decile"):
        if name in cells:
            setattr(person, name, plain_text(cells[name], name, faults))
    person.village_code = read_village(
        code=plain_text(cells.get("village_code"), "village_code", faults),
        village=plain_text(cells.get("village"), "village", faults),
        kecamatan=plain_text(cells.get("kecamatan"), "kecamatan", faults),
        address=person.address,
        villages=context.villages,
        faults=faults,
    )
    person.income_rp = read_income(cells.get("income"), faults)
    person.phone = read_phone(cells.get("phone"), faults)
    mother = plain_text(cells.get("mother_name"), "mother_name", faults)
    person.mother_name = "" if is_nothing(mother) else mother
    person.kk = read_kk(cells.get("kk"), faults)
    if person.nik and person.kk == person.nik.digits:
        faults.fault("nik-is-kk", "nik", found=str(person.nik))
    return CleanRow(raw.row_number, person, faults.problems, faults.notes)


def _birth_text(raw: RawRow) -> str:
    if (cell := raw.cells.get("birth_date")) and cell.kind == "text":
        return cell.text
    if (cell := raw.cells.get("birth_place_date")) and cell.kind == "text":
        return split_place_and_date(cell.text)[1]
    return ""


def _read_birth(raw: RawRow, person: Person, columns: _Columns, context: CheckContext, faults: Faults) -> None:
    """Read place and date of birth, from one cell or two; a date that stands nowhere is taken from the NIK."""
    cell = raw.cells.get("birth_date")
    person.birth_place = plain_text(raw.cells.get("birth_place"), "birth_place", faults)
    if cell is None and (both := raw.cells.get("birth_place_date")):
        if both.kind == "text":
            place, written = split_place_and_date(plain_text(both, "birth_date", faults))
            person.birth_place = person.birth_place or place
            cell = Cell(written) if written else None
        else:
            cell = both
    if cell is None or cell.text.strip() == "":
        if cell is not None and cell.kind != "text":
            faults.fault("cell-not-calculated", "birth_date")
        elif person.nik:
            person.birth_date = person.nik.birth_date(context.on)
            faults.note("birth-from-nik", "birth_date")
            _check_age(person.birth_date, context.on, faults)
        else:
            faults.fault("birth-date", "birth_date", reason="missing")
        return
    _take_birth_date(cell, person, columns.order, context.on, faults)


def _take_birth_date(cell: Cell, person: Person, order: DateOrder, on: date, faults: Faults) -> None:
    reading = read_date(cell, order=order, nik=person.nik, on=on)
    born = reading.value
    reason = reading.reason or (
        "future" if born and born > on else "too-early" if born and born.year < EARLIEST_YEAR else ""
    )
    if born is None or reason:
        suggestion = reading.suggestion.isoformat() if reading.suggestion else ""
        faults.fault("birth-date", "birth_date", found=cell.text, reason=reason, suggestion=suggestion)
        return
    person.birth_date = born
    if reading.is_helped_by_nik:
        faults.note("birth-read-with-nik", "birth_date", found=cell.text)
    if (born.month, born.day) in ((1, 1), (12, 31)):
        faults.note("birth-may-be-default", "birth_date")
    if person.nik and person.nik.birth_date(on) != born:
        faults.fault(
            "birth-disagrees-with-nik",
            "birth_date",
            found=born.isoformat(),
            expected=person.nik.birth_date(on).isoformat(),
        )
    _check_age(born, on, faults)


def _read_sex(cell: Cell | None, person: Person, columns: _Columns, faults: Faults) -> None:
    person.sex = read_sex(cell, faults, p_is_pria=columns.p_is_pria)
    if person.nik is None:
        return
    if not person.sex:
        person.sex = person.nik.sex
        faults.note("sex-from-nik", "sex")
    elif person.sex != person.nik.sex:
        faults.fault("sex-disagrees-with-nik", "sex", found=person.sex, expected=person.nik.sex)


def _check_age(born: date, on: date, faults: Faults) -> None:
    age, reason = _judged_age(born, on)
    if reason:
        youngest, limit = USIA_MINIMUM_PROGRAM.on(on).value, BATAS_USIA_MENDAFTAR.on(on).value
        faults.fault(
            "age",
            "birth_date",
            found=str(age),
            expected=f"{youngest}-{limit - 1}",
            reason=reason.value,
            youngest=youngest,
            limit=limit,
        )


@lru_cache(maxsize=32768)
def _judged_age(born: date, on: date) -> tuple[int, AlasanUsia | None]:
    ruling = kelayakan_usia(born, mendaftar=on)
    return ruling.usia, ruling.alasan


def _same_nik(cleaned: Sequence[CleanRow]) -> dict[str, list[CleanRow]]:
    """The rows of each NIK that stands more than once; nameless rows agree and disagree with nobody."""
    groups: dict[str, list[CleanRow]] = {}
    for row in cleaned:
        if row.person.nik and row.person.name:
            groups.setdefault(row.person.nik.digits, []).append(row)
    return {digits: rows for digits, rows in groups.items() if len(rows) > 1}


def _others(row: CleanRow, same: Mapping[str, list[CleanRow]]) -> list[CleanRow]:
    group = same.get(row.person.nik.digits, []) if row.person.nik and row.person.name else []
    return [other for other in group if other is not row]


def _conflicts_in_file(row: CleanRow, same: Mapping[str, list[CleanRow]]) -> list[Problem]:
    rows = [other.row for other in _others(row, same) if not names_agree(row.person.name, other.person.name)]
    if not rows:
        return []
    return [Problem("repair:same-nik-different-name", row.row, "nik", str(row.person.nik), params={"rows": rows[:5]})]


def _fate(row: CleanRow, problems: Sequence[Problem], same: Mapping[str, list[CleanRow]], covered: Month | None) -> str:
    if problems:
        return problems[0].code
    if covered is not None:
        return f"covered:{covered}"
    earlier = [other.row for other in _others(row, same) if other.row < row.row]
    return f"duplicate:{min(earlier)}" if earlier else "accepted"


def _order(problem: Problem) -> tuple[int, str]:
    return _RANK.get(problem.code, len(_RANK)), problem.code
