"""I-9 to I-19: one payer a month, cover is what the journal says, nobody is covered after death or before the money."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from payung.audit.models import AuditLine
from payung.contributions.invariants.violation import Violation, rows, violations
from payung.contributions.models import ClosedMonth, CoveredMonth, CoverLine, JournalEntry, NoticeLine
from payung.enrolment.models import Enrolment
from payung.kernel.clock import BUSINESS_ZONE
from payung.kernel.funds import Program
from payung.kernel.month import Month
from payung.registry.models import Worker, WorkerMerger
from payung.registry.selectors import current_ids, merged_records, records_of
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.store.bulk import in_slices
from payung.store.months import MonthOf

# By the years alone: whoever lies well between has an age that no limit of any date refuses.
SURELY_OLD_ENOUGH, SURELY_YOUNG_ENOUGH = 19, 54
WAIVER = "registry.worker.nik_waiver"

# What the covered months must be: the lines of allocations that stand, less those given back.
REBUILT = """
WITH standing AS (
    SELECT e.id, CASE WHEN EXISTS (
        SELECT 1 FROM contributions_posting p JOIN contributions_payment y ON y.id = p.payment_id
        WHERE p.entry_id = e.id AND y.confirmed_at IS NULL
    ) THEN 'sementara' ELSE 'berlaku' END AS state
    FROM contributions_journalentry e LEFT JOIN contributions_journalentry r ON r.reverses_id = e.id
    WHERE e.kind = 'allocation' AND r.id IS NULL
), given_back AS (
    SELECT DISTINCT f.corrects_id AS entry_id, b.notice_line_id FROM contributions_journalentry f
    JOIN contributions_coverline b ON b.entry_id = f.id
    LEFT JOIN contributions_journalentry r ON r.reverses_id = f.id
    WHERE f.kind = 'release' AND r.id IS NULL
), taken AS (
    SELECT c.*, s.state FROM standing s JOIN contributions_coverline c ON c.entry_id = s.id
    LEFT JOIN given_back b ON b.entry_id = c.entry_id AND b.notice_line_id = c.notice_line_id
    WHERE b.entry_id IS NULL
)
"""
PROGRAMS = "(SELECT 'JKK' AS program UNION ALL SELECT 'JKM')"
MISSING = f"""{REBUILT}
SELECT c.worker_id, g.program, c.month FROM taken c CROSS JOIN {PROGRAMS} g
LEFT JOIN contributions_coveredmonth m ON m.worker_id = c.worker_id AND m.program = g.program AND m.month = c.month
WHERE m.id IS NULL
"""  # noqa: S608 - our own text
INVENTED = f"""{REBUILT}
SELECT m.worker_id, m.program, m.month FROM contributions_coveredmonth m
LEFT JOIN taken c ON c.entry_id = m.entry_id AND c.worker_id = m.worker_id AND c.month = m.month
WHERE c.id IS NULL
"""  # noqa: S608 - our own text
UNLIKE = f"""{REBUILT}
SELECT m.worker_id, m.program, m.month, m.entry_id, m.amount_rp, m.covered_from, m.state
FROM taken c CROSS JOIN {PROGRAMS} g
JOIN contributions_coveredmonth m ON m.worker_id = c.worker_id AND m.program = g.program AND m.month = c.month
JOIN contributions_noticeline l ON l.id = c.notice_line_id JOIN contributions_notice n ON n.id = l.notice_id
WHERE m.sponsor_id <> n.sponsor_id OR m.enrolment_id <> l.enrolment_id OR m.payment_id <> c.payment_id
OR m.entry_id <> c.entry_id OR m.amount_rp <> CASE g.program WHEN 'JKK' THEN c.jkk_rp ELSE c.jkm_rp END
OR m.covered_from <> c.covered_from OR m.state <> c.state OR m.is_arrears <> c.is_arrears
OR l.worker_id <> c.worker_id OR l.month <> c.month
"""  # noqa: S608 - our own text


def I_09() -> list[Violation]:
    """One worker, one programme, one month: one payer, one live line that asks, one line that covers."""
    covered = CoveredMonth.objects.values_list("worker_id", "month", "program").annotate(times=Count("pk"))
    asked = NoticeLine.objects.filter(is_live=True).values_list("worker_id", "month").annotate(times=Count("pk"))
    taken = CoverLine.objects.values_list("worker_id", "month").annotate(times=Sum("sign"))
    return [
        *violations("I-9", "registry.worker", covered.filter(times__gt=1).order_by(), ("month", "program", "covered")),
        *violations("I-9", "registry.worker", asked.filter(times__gt=1).order_by(), ("month", "asked")),
        *violations("I-9", "registry.worker", taken.filter(times__gt=1).order_by(), ("month", "taken")),
    ]


def I_10() -> list[Violation]:
    """A month is covered exactly where an allocation that stands covers it."""
    return [
        *violations("I-10", "registry.worker", rows(INVENTED), ("invented", "month")),
        *violations("I-10", "registry.worker", rows(MISSING), ("missing", "month")),
    ]


def I_11() -> list[Violation]:
    """A covered month says what its line in the journal says, in every column."""
    names = ("program", "month", "entry", "amount_rp", "from", "state")
    return violations("I-11", "registry.worker", rows(UNLIKE), names)


def I_13() -> list[Violation]:
    """An entry moves exactly the rupiah of the worker-months that it takes or gives back."""
    found = rows(
        "SELECT e.natural_key, c.lines_rp, s.money_rp FROM contributions_journalentry e "
        "JOIN (SELECT entry_id, SUM(sign * (jkk_rp + jkm_rp)) AS lines_rp FROM contributions_coverline "
        "GROUP BY entry_id) c ON c.entry_id = e.id "
        "LEFT JOIN (SELECT p.entry_id, SUM(p.amount_rp) AS money_rp FROM contributions_posting p "
        "JOIN contributions_account a ON a.id = p.account_id WHERE a.kind = 'suspens' GROUP BY p.entry_id) s "
        "ON s.entry_id = e.id WHERE c.lines_rp <> COALESCE(s.money_rp, 0)"
    )
    bare = rows(
        "SELECT e.natural_key FROM contributions_journalentry e WHERE e.kind IN ('allocation', 'release') "
        "AND NOT EXISTS (SELECT 1 FROM contributions_coverline c WHERE c.entry_id = e.id)"
    )
    return [
        *violations("I-13", "contributions.entry", found, ("lines_rp", "money_rp")),
        *violations("I-13", "contributions.entry", bare),
    ]


def I_14() -> list[Violation]:
    """Lines lie within notice and pledge, entries in open months; cover starts in its month unless it is arrears."""
    outside = NoticeLine.objects.filter(
        Q(month__lt=F("notice__first_month")) | Q(month__gte=F("notice__first_month") + F("notice__months"))
    )
    beyond = NoticeLine.objects.filter(
        Q(month__lt=F("notice__pledge__first_month"))
        | Q(month__gte=F("notice__pledge__first_month") + F("notice__pledge__months"))
    )
    starts = CoveredMonth.objects.annotate(start=MonthOf("covered_from")).filter(
        Q(start__lt=F("month")) | Q(start__gt=F("month"), is_arrears=False)
    )
    shut = [
        (entry.natural_key, Month.of(entry.effective_on), entry.recorded_at)
        for month, closed_at in ClosedMonth.objects.values_list("month", "closed_at")
        for entry in JournalEntry.objects.filter(
            effective_on__gte=Month(month).first_day, effective_on__lte=Month(month).last_day, recorded_at__gt=closed_at
        )
    ]
    return [
        *violations("I-14", "contributions.entry", shut, ("closed_month", "recorded")),
        *violations("I-14", "contributions.notice_line", outside.values_list("pk", "month"), ("month",)),
        *violations("I-14", "contributions.notice_line", beyond.values_list("pk", "month"), ("month",)),
        *violations(
            "I-14", "contributions.covered_month", starts.values_list("pk", "month", "covered_from"), ("month", "from")
        ),
    ]


def I_15() -> list[Violation]:
    """One live person a NIK; each record that was merged has the merger that says so; one payer a person and month."""
    twice = Worker.objects.filter(merged_into__isnull=True).values("nik_index").annotate(times=Count("pk"))
    workers = Worker.objects.filter(
        merged_into__isnull=True, nik_index__in=twice.filter(times__gt=1).order_by().values("nik_index")
    )
    return [
        *violations("I-15", "registry.worker", workers.order_by("pk").values_list("public_id")),
        *violations("I-15", "registry.worker", _mergers_unlike_the_record(), ("merged_into", "recorded")),
        *violations("I-15", "registry.worker", _months_of_a_person_twice(), ("month", "program")),
    ]


def _mergers_unlike_the_record() -> list[tuple[Any, ...]]:
    """Workers whose `merged_into` is not what the mergers that stand say, either way."""
    links = dict(Worker.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    standing = WorkerMerger.objects.filter(undoes__isnull=True, undone_by__isnull=True)
    recorded = dict(standing.order_by("pk").values_list("worker_id", "into_id"))
    unlike = sorted(pk for pk in links.keys() | recorded.keys() if links.get(pk) != recorded.get(pk))
    return [(pk, links.get(pk), recorded.get(pk)) for pk in unlike]


def _months_of_a_person_twice() -> list[tuple[Any, ...]]:
    """Months that two records of one person have; few records are ever merged, so only theirs are read."""
    kept = Worker.objects.filter(merged_into__isnull=False).values_list("merged_into_id", flat=True)
    person = records_of(set(current_ids(list(kept)).values()))
    rows = CoveredMonth.objects.filter(worker__in=list(person)).values_list("worker_id", "month", "program")
    seen = Counter((person[worker], month, program) for worker, month, program in rows)
    return sorted(key for key, times in seen.items() if times > 1)


def I_16() -> list[Violation]:
    """Nobody is covered, or asked for, for a month after the month of death, at whichever of the person's records."""
    last = last_months_of_the_dead()
    covered = CoveredMonth.objects.filter(program=Program.JKK)
    asked = NoticeLine.objects.filter(is_live=True)
    return [
        *violations("I-16", "registry.worker", _beyond(covered, last), ("covered",)),
        *violations("I-16", "registry.worker", _beyond(asked, last), ("asked",)),
    ]


def last_months_of_the_dead() -> dict[int, Month]:
    """The month of death by record: a death told at one of a person's records is that of all of them."""
    merged, first = merged_records(), dict[int, Month]()
    dead = Worker.objects.filter(died_on__isnull=False).annotate(last=MonthOf("died_on"))
    for pk, last in dead.values_list("pk", "last"):
        person, month = merged.get(pk, pk), Month(last)
        first[person] = min(month, first.get(person, month))
    return first | {record: first[person] for record, person in merged.items() if person in first}


def _beyond(months: QuerySet[Any], last: dict[int, Month]) -> list[tuple[int, str]]:
    found = [
        (worker_id, str(Month(month)))
        for ids in in_slices(sorted(last))
        for worker_id, month in months.filter(worker_id__in=ids).values_list("worker_id", "month")
        if month > last[worker_id]
    ]
    return sorted(found)


def I_17() -> list[Violation]:
    """No month before the payment's value date, unless it is flagged as arrears."""
    early = (
        CoveredMonth.objects.filter(is_arrears=False)
        .annotate(paid_in=MonthOf("payment__paid_on"))
        .filter(month__lt=F("paid_in"))
    )
    found = early.values_list("worker__public_id", "month", "payment__paid_on")
    return violations("I-17", "registry.worker", found, ("month", "paid_on"))


def I_19() -> list[Violation]:
    """Who is covered was born when the NIK says, or a waiver says why not, and was of an age to register."""
    covered = Worker.objects.filter(
        pk__in=CoveredMonth.objects.filter(program=Program.JKK).order_by().values("worker_id")
    )
    wrong = covered.filter(~Q(birth_date=F("nik_birth_date")) | Q(birth_date__gt=F("recorded_at__date")))
    waived = set(AuditLine.objects.filter(object_type=WAIVER).values_list("object_id", flat=True))
    unlike = [(key,) for key in wrong.values_list("public_id", flat=True) if str(key) not in waived]
    aged = (
        (public_id, kelayakan_usia(born, mendaftar=day).usia)
        for public_id, born, recorded_at in rows_of_an_age_to_ask()
        if born <= (day := recorded_at.astimezone(BUSINESS_ZONE).date())
        and not kelayakan_usia(born, mendaftar=day).layak
    )
    return [
        *violations("I-19", "registry.worker", unlike),
        *violations("I-19", "enrolment.enrolment", aged, ("age",)),
    ]


def rows_of_an_age_to_ask() -> Iterable[tuple[Any, date, datetime]]:
    """Ways of covered workers who may have been too young or too old: the law decides each, most are neither."""
    paid = CoveredMonth.objects.filter(worker=OuterRef("worker"), program=Program.JKK)
    year = F("recorded_at__year") - F("worker__birth_date__year")
    unsure = Enrolment.objects.annotate(years=year).filter(~Q(years__range=(SURELY_OLD_ENOUGH, SURELY_YOUNG_ENOUGH)))
    return unsure.filter(Exists(paid)).values_list("public_id", "worker__birth_date", "recorded_at").order_by("pk")
