"""I-9 to I-19: one payer a month, cover is what the journal says, nobody is covered after death or before the money."""

from collections import Counter
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, IntegerField, Q, Sum, Value

from payung.contributions.invariants.violation import Violation, rows, violations
from payung.contributions.models import CoveredMonth, CoverLine, NoticeLine
from payung.kernel.funds import Program
from payung.registry.models import Worker, WorkerMerger
from payung.registry.selectors import current_ids, records_of

# What the covered months must be: the lines of allocations that stand, less those given back.
REBUILT = """
SELECT c.worker_id, g.program, c.month, n.sponsor_id, l.enrolment_id, c.payment_id, c.entry_id,
       CASE g.program WHEN 'JKK' THEN c.jkk_rp ELSE c.jkm_rp END AS amount_rp, c.covered_from,
       CASE WHEN EXISTS (
           SELECT 1 FROM contributions_posting p JOIN contributions_payment y ON y.id = p.payment_id
           WHERE p.entry_id = e.id AND y.confirmed_at IS NULL
       ) THEN 'sementara' ELSE 'berlaku' END AS state,
       c.is_arrears
FROM contributions_coverline c
JOIN contributions_journalentry e ON e.id = c.entry_id AND e.kind = 'allocation'
JOIN contributions_noticeline l ON l.id = c.notice_line_id
JOIN contributions_notice n ON n.id = l.notice_id
CROSS JOIN (SELECT 'JKK' AS program UNION ALL SELECT 'JKM') g
WHERE NOT EXISTS (SELECT 1 FROM contributions_journalentry r WHERE r.reverses_id = e.id)
AND NOT EXISTS (
    SELECT 1 FROM contributions_coverline b JOIN contributions_journalentry f ON f.id = b.entry_id
    WHERE f.corrects_id = e.id AND f.kind = 'release' AND b.notice_line_id = c.notice_line_id
    AND NOT EXISTS (SELECT 1 FROM contributions_journalentry r WHERE r.reverses_id = f.id)
)
"""
STANDING = """
SELECT worker_id, program, month, sponsor_id, enrolment_id, payment_id, entry_id, amount_rp, covered_from, state,
       is_arrears
FROM contributions_coveredmonth
"""
KEY = "SELECT worker_id, program, month FROM"


def month_of(field: str) -> ExpressionWrapper:
    """The month of a date, as months are counted."""
    number = F(f"{field}__year") * Value(12) + F(f"{field}__month") - Value(1)
    return ExpressionWrapper(number, output_field=IntegerField())


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
    invented = rows(f"{KEY} ({STANDING}) s EXCEPT {KEY} ({REBUILT}) r")
    missing = rows(f"{KEY} ({REBUILT}) r EXCEPT {KEY} ({STANDING}) s")
    return [
        *violations("I-10", "registry.worker", invented, ("invented", "month")),
        *violations("I-10", "registry.worker", missing, ("missing", "month")),
    ]


def I_11() -> list[Violation]:
    """The covered months rebuilt from the journal are the covered months that stand, in every column."""
    names = ("program", "month", "sponsor", "enrolment", "payment", "entry", "amount_rp", "from", "state", "arrears")
    # Dates and truths come out of the rebuilt query untyped on SQLite, and compare equal as they are stored.
    return [
        *violations("I-11", "registry.worker", rows(f"{STANDING} EXCEPT {REBUILT}"), names),
        *violations("I-11", "registry.worker", rows(f"{REBUILT} EXCEPT {STANDING}"), names),
    ]


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
    """A line lies within its notice, a notice within its pledge; cover starts within its month unless it is arrears."""
    outside = NoticeLine.objects.filter(
        Q(month__lt=F("notice__first_month")) | Q(month__gte=F("notice__first_month") + F("notice__months"))
    )
    beyond = NoticeLine.objects.filter(
        Q(month__lt=F("notice__pledge__first_month"))
        | Q(month__gte=F("notice__pledge__first_month") + F("notice__pledge__months"))
    )
    starts = CoveredMonth.objects.annotate(start=month_of("covered_from")).filter(
        Q(start__lt=F("month")) | Q(start__gt=F("month"), is_arrears=False)
    )
    return [
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
    """Nobody is covered for a month after the month of death."""
    late = (
        CoveredMonth.objects.filter(worker__died_on__isnull=False)
        .annotate(last=month_of("worker__died_on"))
        .filter(month__gt=F("last"))
    )
    found = late.values_list("worker__public_id", "month", "program")
    return violations("I-16", "registry.worker", found, ("month", "program"))


def I_17() -> list[Violation]:
    """No month before the payment's value date, unless it is flagged as arrears."""
    early = (
        CoveredMonth.objects.filter(is_arrears=False)
        .annotate(paid_in=month_of("payment__paid_on"))
        .filter(month__lt=F("paid_in"))
    )
    found = early.values_list("worker__public_id", "month", "payment__paid_on")
    return violations("I-17", "registry.worker", found, ("month", "paid_on"))


def I_19() -> list[Violation]:
    """Who is covered was born before the record of them, on the day that the NIK holds."""
    covered = Worker.objects.filter(
        pk__in=CoveredMonth.objects.filter(program=Program.JKK).order_by().values("worker_id")
    )
    wrong = covered.filter(~Q(birth_date=F("nik_birth_date")) | Q(birth_date__gt=F("recorded_at__date")))
    return violations("I-19", "registry.worker", wrong.values_list("public_id"))
