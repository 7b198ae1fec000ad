"""What a slip's code answers anybody who holds it: whether, by which programmes, since when, until when, whom to call.

No name, no NIK, no employer, no village. A wrong code, an unknown one and an ended slip get the same nothing, after the
same two look-ups.
"""

from dataclasses import dataclass
from datetime import date

from payung.contributions.models import CoveredMonth
from payung.enrolment.models import ProtectionSlip
from payung.enrolment.selectors import slip_by_code
from payung.kernel.funds import Program
from payung.kernel.month import Month

LOOK_BACK = 36
_NOBODY = 0


@dataclass(frozen=True, slots=True)
class Protection:
    """The answer. `since` and `until` bound the unbroken months around the day, or the last ones before it.

    `is_confirmed` is False while BPJS has not confirmed the month of the day; `branch` is BPJS's branch to call.
    """

    initials: str
    is_protected: bool
    is_confirmed: bool
    programs: tuple[Program, ...]
    since: date | None
    until: date | None
    branch: str


def protection_by_code(code: str, *, on: date) -> Protection | None:
    """What protects the holder of a slip on a day; None for every code that opens nothing. Ask `ask_protection`."""
    slip = slip_by_code(code)
    worker_id = slip.enrolment.worker_id if slip else _NOBODY
    month = Month.of(on)
    rows = CoveredMonth.objects.filter(worker_id=worker_id, month__gte=month - LOOK_BACK).order_by("month", "program")
    months: dict[int, list[CoveredMonth]] = {}
    for row in rows:
        months.setdefault(row.month, []).append(row)
    return _answer(slip, months, on=on) if slip else None


def initials_of(name: str) -> str:
    """The first letters of a name.

    >>> initials_of("SARI dewi")
    'S. D.'
    """
    return " ".join(f"{word[0].upper()}." for word in name.split())


def _answer(slip: ProtectionSlip, months: dict[int, list[CoveredMonth]], *, on: date) -> Protection:
    around = _unbroken(sorted(months), Month.of(on))
    today = months.get(int(Month.of(on)), [])
    begun = [row for row in today if row.covered_from <= on]
    wadah = slip.enrolment.wadah
    return Protection(
        initials=initials_of(slip.enrolment.worker.name),
        is_protected=bool(begun),
        is_confirmed=bool(begun) and all(row.state == CoveredMonth.State.BERLAKU for row in begun),
        programs=tuple(Program(row.program) for row in begun),
        since=min(row.covered_from for row in months[around[0]]) if around else None,
        until=Month(around[-1]).last_day if around else None,
        branch=wadah.branch if wadah else "",
    )


def _unbroken(covered: list[int], month: Month) -> list[int]:
    """The run of months without a gap that holds a month; else the last run before it; else the next one after."""
    runs: list[list[int]] = []
    for each in covered:
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    begun = [run for run in runs if run[0] <= month]
    return begun[-1] if begun else (runs[0] if runs else [])
