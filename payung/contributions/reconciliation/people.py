"""Each participant of BPJS's against what we know and cover: exactly one outcome, in sets.

Somebody is known by KPJ first, then by a NIK that stands in full; a masked NIK or a name alone names nobody. Ours is
what the journal has in force; BPJS's paid-through is held against its last month.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max

from payung.contributions.models import CoveredMonth, Outcome
from payung.contributions.reconciliation.reading import PersonLine
from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.matching.names import names_agree
from payung.store.bulk import among, in_slices
from payung.vault.seal import blind_indexes

_COLUMNS = ("pk", "worker_id", "worker__name", "sponsor_id", "kpj", "starts_on", "state")


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """A worker of ours as far as matching asks."""

    pk: int
    worker_id: int
    name: str
    sponsor_id: int
    kpj: str
    starts_on: date | None
    is_ended: bool


@dataclass(slots=True)
class PersonMatch:
    """What was found for one participant, or for one worker of ours who is not among them (`line` is None)."""

    outcome: Outcome
    line: PersonLine | None
    known: Known | None = None
    amount_rp: int = 0
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class OurPeople:
    """Our side: the lines' people by row, their last month in force, and what the month costs by way in."""

    by_row: dict[int, Known]
    last: dict[int, Month]
    month_rp: dict[int, int]
    uncalled: list[Known]


def match_participants(lines: Sequence[PersonLine], ours: OurPeople, *, month: Month) -> list[PersonMatch]:
    """Judge each participant, then each worker whom we cover in the month and BPJS's file does not have."""
    met: set[int] = set()
    found = []
    for line in lines:
        known = ours.by_row.get(line.row_number)
        match = _judged(line, known, ours, month, is_again=known is not None and known.pk in met)
        if known is not None and match.outcome != Outcome.PERSON_TWICE:
            met.add(known.pk)
            match.amount_rp = ours.month_rp.get(known.pk, 0)
        found.append(match)
    missing = [known for known in ours.uncalled if known.pk not in met]
    return [
        *found,
        *(PersonMatch(Outcome.NOT_AT_BPJS, None, known, ours.month_rp[known.pk]) for known in missing),
    ]


def load_people(lines: Sequence[PersonLine], *, month: Month, sponsor_id: int | None = None) -> OurPeople:
    """Everything of ours that the participants could mean; of one payer alone where the file is theirs."""
    by_kpj = _by_kpj({line.kpj for line in lines if line.kpj})
    by_nik = _by_nik(sorted({line.nik for line in lines if line.nik}))
    by_row = {
        line.row_number: known for line in lines if (known := by_kpj.get(line.kpj) or by_nik.get(line.nik)) is not None
    }
    month_rp, uncalled = _covered_in(month, sponsor_id, {known.pk: known for known in by_row.values()})
    return OurPeople(by_row, _last_in_force({known.worker_id for known in by_row.values()}), month_rp, uncalled)


def _judged(line: PersonLine, known: Known | None, ours: OurPeople, month: Month, *, is_again: bool) -> PersonMatch:
    if line.problems:
        return PersonMatch(Outcome.UNREADABLE, line, known, facts={"problems": list(line.problems)})
    if known is None:
        return PersonMatch(Outcome.NOT_OURS, line)
    if is_again:
        return PersonMatch(Outcome.PERSON_TWICE, line, known)
    if line.name and line.name.casefold() != known.name.casefold() and not names_agree(line.name, known.name):
        return PersonMatch(Outcome.NAME_DIFFERS, line, known)
    if known.kpj and line.kpj and known.kpj != line.kpj:
        return PersonMatch(Outcome.KPJ_DIFFERS, line, known, facts={"ours": known.kpj})
    return _by_months(line, known, ours.last.get(known.worker_id), month)


def _by_months(line: PersonLine, known: Known, last: Month | None, month: Month) -> PersonMatch:
    facts: dict[str, Any] = {"ours": str(last) if last is not None else ""}
    if line.paid_through is not None and last is None and line.paid_through >= month:
        return PersonMatch(Outcome.ACTIVE_UNPAID, line, known, facts=facts)
    if line.paid_through is not None and last is not None and line.paid_through != last:
        outcome = Outcome.PAID_LESS_FAR if line.paid_through < last else Outcome.PAID_FURTHER
        return PersonMatch(outcome, line, known, facts=facts)
    if line.kpj and not known.kpj:
        return PersonMatch(Outcome.KPJ_NEW, line, known)
    if line.starts_on and known.starts_on and line.starts_on != known.starts_on:
        return PersonMatch(Outcome.START_DIFFERS, line, known, facts={"ours": known.starts_on.isoformat()})
    return PersonMatch(Outcome.PERSON_MATCHED, line, known)


def _by_kpj(wanted: Iterable[str]) -> dict[str, Known]:
    """The way in with a KPJ, a live one before one that ended."""
    found: dict[str, Known] = {}
    for part in in_slices(wanted):
        rows = among(Enrolment.objects.filter(worker__merged_into__isnull=True), "kpj", part)
        for known in _known(rows.values_list(*_COLUMNS)):
            found[known.kpj] = _better(known, found.get(known.kpj))
    return found


def _by_nik(niks: Sequence[str]) -> dict[str, Known]:
    """The way in of the person with a NIK, by its blind index."""
    found: dict[str, Known] = {}
    nik_of = dict(zip(blind_indexes(niks), niks, strict=True))
    for part in in_slices(nik_of):
        rows = Enrolment.objects.filter(worker__nik_index__in=part, worker__merged_into__isnull=True)
        for index, *columns in rows.values_list("worker__nik_index", *_COLUMNS):
            known = next(iter(_known([tuple(columns)])))
            nik = nik_of[bytes(index)]
            found[nik] = _better(known, found.get(nik))
    return found


def _known(rows: Iterable[tuple[Any, ...]]) -> Iterable[Known]:
    for pk, worker_id, name, sponsor_id, kpj, starts_on, state in rows:
        yield Known(pk, worker_id, name, sponsor_id, kpj, starts_on, state in Enrolment.ENDED)


def _better(one: Known, other: Known | None) -> Known:
    return one if other is None or (not one.is_ended, one.pk) > (not other.is_ended, other.pk) else other


def _last_in_force(worker_ids: Iterable[int]) -> dict[int, Month]:
    last: dict[int, Month] = {}
    months: dict[int, Month] = {}
    for part in in_slices(worker_ids):
        rows = CoveredMonth.objects.filter(program=Program.JKK, state=CoveredMonth.State.BERLAKU).order_by()
        lasts = among(rows, "worker", part).values_list("worker_id").annotate(last=Max("month"))
        last |= {worker: months.setdefault(number, Month(number)) for worker, number in lasts}
    return last


def _covered_in(month: Month, sponsor_id: int | None, met: dict[int, Known]) -> tuple[dict[int, int], list[Known]]:
    """What the month costs for each way in that we cover, and those of them that no line has named yet."""
    rows = CoveredMonth.objects.filter(month=month, state=CoveredMonth.State.BERLAKU)
    if sponsor_id is not None:
        rows = rows.filter(sponsor_id=sponsor_id)
    month_rp: dict[int, int] = {}
    for enrolment_id, amount_rp in rows.values_list("enrolment_id", "amount_rp"):
        month_rp[enrolment_id] = month_rp.get(enrolment_id, 0) + amount_rp
    uncalled = [known for pk, known in met.items() if pk in month_rp]
    for part in in_slices(month_rp.keys() - met.keys()):
        uncalled += _known(Enrolment.objects.filter(pk__in=part).order_by("pk").values_list(*_COLUMNS))
    return month_rp, uncalled
