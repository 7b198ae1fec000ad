"""What only a whole list shows: people nearly the same, one birth date for everybody, NIKs in a row. Pure.

All of it is told and holds nothing up: a village may have one telephone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from payung.intake.cells.dates import DateOrder
from payung.intake.cleaning import CleanRow
from payung.kernel.problem import Problem
from payung.matching.names import names_agree
from payung.tabular.columns import RawRow

MANY = 10  # so many rows, and more than one in fifty, share one birth date or one telephone number
_SHARE = 50
IN_A_ROW = 5  # so many NIKs that follow one another
_NAMED = 20
_CROWD = 200  # people of one birth date; beyond it nearly-twins are a fault of the dates and told as such


def list_notes(raw_rows: Iterable[RawRow], cleaned: Sequence[CleanRow], order: DateOrder) -> tuple[Problem, ...]:
    """Tell of the whole list: how its dates were read, and what may be made up."""
    return (*_of_dates(raw_rows, order), *_of_crowds(cleaned), *_of_sequences(cleaned))


def note_near_twins(cleaned: Sequence[CleanRow]) -> None:
    """Note on both rows where the same name and birth date stand with NIKs that differ in one digit."""
    by_birth: dict[date, list[CleanRow]] = {}
    for row in cleaned:
        if row.person.nik and row.person.birth_date:
            by_birth.setdefault(row.person.birth_date, []).append(row)
    for rows in by_birth.values():
        for one, other in combinations(rows, 2) if len(rows) <= _CROWD else ():
            if _differ_in_one_digit(one, other) and names_agree(one.person.name, other.person.name):
                one.notes.append(Problem("note:near-twin", one.row, "nik", params={"rows": [other.row]}))
                other.notes.append(Problem("note:near-twin", other.row, "nik", params={"rows": [one.row]}))


def _of_dates(raw_rows: Iterable[RawRow], order: DateOrder) -> Iterator[Problem]:
    """Say how `02/03/1990` was read, where the column holds a date that could be read two ways."""
    for raw in raw_rows:
        cell = raw.cells.get("birth_date")
        if cell and cell.kind == "text" and _TWO_WAYS.fullmatch(cell.text.strip()):
            yield Problem(f"note:dates-{order.value}", field="birth_date", found=cell.text.strip())
            return


_TWO_WAYS = re.compile(r"(?:0?[1-9]|1[0-2])\s*[-/. ]\s*(?:0?[1-9]|1[0-2])\s*[-/. ]\s*[0-9]{4}")


def _of_crowds(cleaned: Sequence[CleanRow]) -> Iterator[Problem]:
    births = Counter(row.person.birth_date for row in cleaned if row.person.birth_date)
    for day, count in births.most_common(1):
        if _is_crowd(count, len(cleaned)):
            yield Problem("note:one-birth-date", field="birth_date", found=day.isoformat(), params={"count": count})
    phones = Counter(row.person.phone for row in cleaned if row.person.phone)
    for _, count in phones.most_common(1):
        if _is_crowd(count, len(cleaned)):
            yield Problem("note:one-phone", field="phone", params={"count": count})


def _is_crowd(count: int, rows: int) -> bool:
    return count >= MANY and count * _SHARE > rows


def _of_sequences(cleaned: Sequence[CleanRow]) -> Iterator[Problem]:
    rows_of = {int(row.person.nik.digits): row.row for row in cleaned if row.person.nik}
    longest = max(_runs(sorted(rows_of)), key=len, default=[])
    if len(longest) >= IN_A_ROW:
        rows = sorted(rows_of[number] for number in longest)
        yield Problem("note:niks-in-a-row", field="nik", params={"count": len(rows), "rows": rows[:_NAMED]})


def _runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _differ_in_one_digit(one: CleanRow, other: CleanRow) -> bool:
    if one.person.nik is None or other.person.nik is None:
        return False
    return sum(a != b for a, b in zip(one.person.nik.digits, other.person.nik.digits, strict=True)) == 1
