"""What the cells of a row say: the person it names, as far as they can be read, with the row's own faults. Pure.

What only a whole column can tell (the order of days and months, what P means, what a comma groups) is decided first.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from payung.enrolment.answer_cells import UnreadableCellError, month_in
from payung.intake.cells.amounts import commas_group, read_amount
from payung.intake.cells.dates import EARLIEST_YEAR, DateOrder, date_order, read_date, split_place_and_date
from payung.intake.cells.facts import is_employee, means_pria, read_kk, read_phone, read_sex, says_bpu
from payung.intake.cells.faults import Faults
from payung.intake.cells.names import read_name
from payung.intake.cells.niks import read_nik
from payung.intake.cells.places import Area, Villages, read_village
from payung.intake.cells.text import is_nothing, plain_text
from payung.kernel.month import Month
from payung.kernel.nik import Nik
from payung.kernel.problem import Problem
from payung.rules.kepesertaan.figures import BATAS_USIA_MENDAFTAR, USIA_MINIMUM_PROGRAM
from payung.rules.kepesertaan.kelayakan_usia import AlasanUsia, kelayakan_usia
from payung.tabular.columns import RawRow
from payung.tabular.table import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What a check leans on: the day, the villages, and the first month that the list is to protect.

    Where they are known: the kabupaten of the programme, the contributions a month may cost under the list's pledge
    (in rupiah), and the months that are closed.
    """

    on: date
    villages: Villages
    first_month: Month | None = None
    area: Area | None = None
    rates_rp: frozenset[int] = frozenset()
    closed_months: frozenset[Month] = frozenset()


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
    says_bpu: bool = False  # the list itself says that the person earns no wages: it knows later than the registry


@dataclass(frozen=True, slots=True)
class Columns:
    """What only a whole column can tell: how dates are written, what P means, whether commas group an amount."""

    order: DateOrder
    p_is_pria: bool
    commas: frozenset[str] = frozenset()
    FIELDS: ClassVar = ("birth_date", "birth_place_date", "sex", "income", "iuran")  # what is looked at

    @classmethod
    def of(cls, raw_rows: Iterable[RawRow]) -> "Columns":
        """Walk once through the rows; what comes again is looked at once."""
        births: set[str] = set()
        texts: dict[str, set[str]] = {"sex": set(), "income": set(), "iuran": set()}
        for raw in raw_rows:
            births.add(_birth_text(raw))
            for name, seen in texts.items():
                if cell := raw.cells.get(name):
                    seen.add(cell.text)
        return cls(
            order=date_order(text for text in births if text),
            p_is_pria=means_pria(texts["sex"]),
            commas=frozenset(name for name in ("income", "iuran") if commas_group(texts[name])),
        )


def clean_rows(raw_rows: Iterable[RawRow], *, context: CheckContext, columns: Columns | None = None) -> list[CleanRow]:
    """Read the cells of every row; what only the whole columns tell is decided first, unless the caller has done so."""
    columns = columns or Columns.of(raw_rows)
    return [_clean_row(raw, columns, context) for raw in raw_rows]


def column_date_order(raw_rows: Iterable[RawRow]) -> DateOrder:
    """Say how the list writes its birth dates, to be shown to whoever hands it in."""
    return date_order(text for raw in raw_rows if (text := _birth_text(raw)))


def _clean_row(raw: RawRow, columns: Columns, context: CheckContext) -> CleanRow:
    faults = Faults(raw.row_number)
    cells = raw.cells
    kk = read_kk(cells.get("kk"), faults)
    person = Person(nik=read_nik(cells.get("nik"), faults, kk=kk), name=read_name(cells.get("name"), faults), kk=kk)
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
        kabupaten=plain_text(cells.get("kabupaten"), "kabupaten", faults),
        area=context.area,
        faults=faults,
    )
    person.income_rp = read_amount(cells.get("income"), "income", faults, with_commas="income" in columns.commas)
    person.phone = read_phone(cells.get("phone"), faults)
    mother = plain_text(cells.get("mother_name"), "mother_name", faults)
    person.mother_name = "" if is_nothing(mother) else mother
    _read_further(raw, person, columns, context, faults)
    return CleanRow(raw.row_number, person, faults.problems, faults.notes, says_bpu(cells.get("segment")))


def _read_further(raw: RawRow, person: Person, columns: Columns, context: CheckContext, faults: Faults) -> None:
    """Read what is only checked, never kept: what a row says of money, month, membership and death."""
    cells = raw.cells
    iuran = read_amount(cells.get("iuran"), "iuran", faults, with_commas="iuran" in columns.commas)
    if iuran is not None and context.rates_rp and iuran not in context.rates_rp:
        rates = ", ".join(f"{rate:,}".replace(",", ".") for rate in sorted(context.rates_rp))
        faults.fault("iuran-disagrees", "iuran", found=cells["iuran"].text, expected=rates)
    if is_employee(person.occupation, plain_text(cells.get("segment"), "segment", faults)):
        faults.fault("formal-employee", "occupation", found=person.occupation)
    _read_month(cells.get("month"), context, faults)
    _read_death(cells.get("died_on"), person, columns.order, context.on, faults)


def _read_month(cell: Cell | None, context: CheckContext, faults: Faults) -> None:
    if cell is None or is_nothing(cell.text.strip()):
        return
    try:
        month = month_in(cell, "month")
    except UnreadableCellError:
        faults.fault("month-unreadable", "month", found=cell.text, expected="2026-12")
        return
    if month in context.closed_months:
        faults.fault("month-closed", "month", found=str(month))


def _read_death(cell: Cell | None, person: Person, order: DateOrder, on: date, faults: Faults) -> None:
    """Whoever has a day of death is not to be protected; the day itself may be wrong."""
    if cell is None or is_nothing(cell.text.strip()):
        return
    died = read_date(cell, order=order, nik=None, on=on).value
    if died and person.birth_date and died < person.birth_date:
        faults.fault("dead", "died_on", found=cell.text, reason="before-birth", expected=person.birth_date.isoformat())
    else:
        faults.fault("dead", "died_on", found=cell.text, reason="in-list")


def _birth_text(raw: RawRow) -> str:
    if (cell := raw.cells.get("birth_date")) and cell.kind == "text":
        return cell.text
    if (cell := raw.cells.get("birth_place_date")) and cell.kind == "text":
        return split_place_and_date(cell.text)[1]
    return ""


def _read_birth(raw: RawRow, person: Person, columns: Columns, context: CheckContext, faults: Faults) -> None:
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


def _read_sex(cell: Cell | None, person: Person, columns: Columns, faults: Faults) -> None:
    person.sex = read_sex(cell, faults, p_is_pria=columns.p_is_pria)
    if person.nik is None:
        return
    if not person.sex:
        person.sex = person.nik.sex
        faults.note("sex-from-nik", "sex")
    elif person.sex != person.nik.sex:
        faults.fault("sex-disagrees-with-nik", "sex", found=person.sex, expected=person.nik.sex)


def _check_age(born: date, on: date, faults: Faults) -> None:
    latest, earliest = _births_that_fit(on)
    if earliest <= born <= latest:
        return
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


@lru_cache(maxsize=64)
def _births_that_fit(on: date) -> tuple[date, date]:
    """The latest and the earliest birth date that the rule lets register on a day; nothing fits where they cross.

    The rule is asked for them, day by day from both ends of a life inwards: whoever is born between two that fit fits.
    """
    lived = range((on - date(EARLIEST_YEAR, 1, 1)).days)
    days = [on - timedelta(days=each) for each in lived]
    latest = bisect_left(lived, True, key=lambda each: _judged_age(days[each], on)[1] is not AlasanUsia.TERLALU_MUDA)
    earliest = bisect_left(lived, True, key=lambda each: _judged_age(days[each], on)[1] is AlasanUsia.TERLALU_TUA)
    return on - timedelta(days=latest), on - timedelta(days=earliest - 1)


@lru_cache(maxsize=32768)
def _judged_age(born: date, on: date) -> tuple[int, AlasanUsia | None]:
    ruling = kelayakan_usia(born, mendaftar=on)
    return ruling.usia, ruling.alasan
