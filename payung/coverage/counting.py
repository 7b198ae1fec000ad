"""What is counted, as queries: the same ones fill the summary and prove it.

A worker's JKK month stands for both programmes, for both are always paid together; `one_programme_only` finds whoever
has one alone. A worker counts in the village and occupation of today: a month's cells move when a worker does.

Months stay at the record for which they were paid, also when it is merged: who is covered or falls off is asked of the
person. Merged records are few, so they are settled apart and the counting stays one statement.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Substr

from payung.contributions.models import CoveredMonth
from payung.coverage.models import CoverageRollup, CoverageSummary
from payung.kernel.funds import Program, Sektor
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.registry.selectors import merged_records
from payung.rules.jkm.masa_tunggu import masa_tunggu_jkm
from payung.rules.kepesertaan.figures import BATAS_USIA_MENDAFTAR, USIA_MINIMUM_PROGRAM

DEFAULT_DASAR_UPAH_RP = 1_000_000
KECAMATAN_LENGTH = 8
CELL = ("month", "village", "occupation", "sponsor", "funds", "berlaku", "sementara")
ROLLUP = ("month", "dimension", "key", "sector", "berlaku", "sementara")
LAPSE = ("month", "sponsor", "sector", "dasar_upah_rp", "workers", "past_waiting")
NEED = ("month", "village", "sector", "known", "uncovered")

_D = CoverageRollup.Dimension
_KEYS: dict[str, Any] = {
    _D.TOTAL: Value("", output_field=CharField()),
    _D.KECAMATAN: Substr("village_id", 1, KECAMATAN_LENGTH),
    _D.VILLAGE: F("village_id"),
    _D.OCCUPATION: Coalesce(F("occupation_id"), Value("")),
    _D.SPONSOR: Cast("sponsor_id", CharField()),
    _D.FUNDS: F("funds"),
}


def covered_in(month: int) -> QuerySet[CoveredMonth]:
    """One row for each worker covered in a month, by whichever payer."""
    return CoveredMonth.objects.filter(month=month, program=Program.JKK.value)


def cells_of(month: int) -> QuerySet[CoveredMonth, tuple[Any, ...]]:
    """The cells of a month, counted from the ledger."""
    state = CoveredMonth.State
    return (
        covered_in(month)
        .values(
            "month",
            village=F("worker__village_id"),
            occupation=F("worker__occupation_id"),
            payer=F("sponsor_id"),
            funds=F("sponsor__funds"),
        )
        .annotate(
            berlaku=Count("pk", filter=Q(state=state.BERLAKU)), provisional=Count("pk", filter=~Q(state=state.BERLAKU))
        )
        .values_list("month", "village", "occupation", "payer", "funds", "berlaku", "provisional")
    )


def rollup_of(month: int, dimension: str) -> QuerySet[CoverageSummary, tuple[Any, ...]]:
    """A month's cells added up along one dimension."""
    return (
        CoverageSummary.objects.filter(month=month)
        .values(
            "month",
            counted_by=Value(dimension, output_field=CharField()),
            counted_key=_KEYS[dimension],
            sector=Coalesce(F("occupation__sector"), Value(Sektor.LAINNYA.value)),
        )
        .annotate(in_force=Sum("berlaku"), provisional=Sum("sementara"))
        .values_list("month", "counted_by", "counted_key", "sector", "in_force", "provisional")
    )


def falling_off(month: int) -> QuerySet[CoveredMonth]:
    """The last covered months of living workers who are not covered in `month` and were in the month before."""
    return _records_off(month).exclude(worker_id__in=records_staying(month))


def records_falling_off(month: int) -> QuerySet[Any]:
    """The same by record, in one statement: those of persons with several records (`is_of_several`) may stay yet."""
    others = Worker.objects.filter(merged_into=OuterRef("worker_id"))
    return _records_off(month).annotate(is_of_several=Exists(others) | Q(worker__merged_into__isnull=False))


def _records_off(month: int) -> QuerySet[CoveredMonth]:
    carried_on = covered_in(month).filter(worker_id=OuterRef("worker_id"))
    return covered_in(month - 1).filter(~Exists(carried_on), worker__died_on__isnull=True)


def lapses_in(month: int) -> QuerySet[CoveredMonth, tuple[Any, ...]]:
    """Who falls off in a month, counted by the payer of their last month."""
    return (
        falling_off(month)
        .values(
            off=F("month") + 1,
            payer=F("sponsor_id"),
            sector=Coalesce(F("worker__occupation__sector"), Value(Sektor.LAINNYA.value)),
            dasar=Coalesce(F("enrolment__pledge__dasar_upah_rp"), Value(DEFAULT_DASAR_UPAH_RP)),
        )
        .annotate(workers=Count("pk"), waited=Count("pk", filter=_has_waited(Month(month))))
        .values_list("off", "payer", "sector", "dasar", "workers", "waited")
    )


def waiting_months(month: Month) -> int:
    """How many full months JKM makes somebody wait whose death falls into the month."""
    return masa_tunggu_jkm(month).result.bulan


def _has_waited(month: Month) -> Q:
    """Whether a last covered month is the end of as many in a row as the waiting asks for; never where nobody waits."""
    waiting = waiting_months(month)
    found = Q() if waiting else Q(pk__isnull=True)
    for step in range(2, waiting + 1):
        found &= Q(Exists(covered_in(month - step).filter(worker_id=OuterRef("worker_id"))))
    return found


def needs_in(month: Month, *, on: date) -> QuerySet[Worker, tuple[Any, ...]]:
    """Workers whose age fits on a day, by village and sector: how many are known, and how many lack the month."""
    covered = covered_in(month).filter(worker_id=OuterRef("pk"))
    merged = merged_records()
    of_merged = covered_in(month).filter(worker_id__in=_merged(merged)).values_list("worker_id", flat=True)
    persons = {merged[record] for record in of_merged}
    return (
        registrable_workers(on)
        .annotate(is_covered=Exists(covered) | Q(pk__in=persons))
        .values(
            month=Value(int(month)),
            place=F("village_id"),
            sector=Coalesce(F("occupation__sector"), Value(Sektor.LAINNYA.value)),
        )
        .annotate(known=Count("pk"), uncovered=Count("pk", filter=Q(is_covered=False)))
        .values_list("month", "place", "sector", "known", "uncovered")
    )


def registrable_workers(on: date) -> QuerySet[Worker]:
    """Living workers, one record a person, whose age lets them be registered on a day."""
    oldest, youngest = BATAS_USIA_MENDAFTAR.on(on).value, USIA_MINIMUM_PROGRAM.on(on).value
    return Worker.objects.filter(
        merged_into__isnull=True,
        died_on__isnull=True,
        birth_date__gt=_years_before(on, oldest),
        birth_date__lte=_years_before(on, youngest),
    )


def one_programme_only(month: int) -> int:
    """How many worker-months of a month have one programme without the other: none, if the ledger is right."""
    counted = CoveredMonth.objects.filter(month=month).values("worker_id").annotate(programs=Count("program"))
    return counted.exclude(programs=len(Program)).count()


def _merged(merged: Mapping[int, int]) -> Any:
    """The merged records as a condition: by the index, however many they are; none asks nothing."""
    return Worker.objects.filter(merged_into__isnull=False).values("pk") if merged else []


def records_staying(month: int) -> set[int]:
    """The records of persons with several who do not fall off: covered in the month at another of them, or dead."""
    merged = merged_records()
    persons = set(merged.values())
    covered = covered_in(month)
    stay = set(covered.filter(worker_id__in=persons).values_list("worker_id", flat=True))
    of_merged = covered.filter(worker_id__in=_merged(merged)).values_list("worker_id", flat=True)
    stay |= {merged[record] for record in of_merged}
    stay |= set(Worker.objects.filter(pk__in=persons, died_on__isnull=False).values_list("pk", flat=True))
    return stay | {record for record, person in merged.items() if person in stay}


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; 29 February becomes the 28th in a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
