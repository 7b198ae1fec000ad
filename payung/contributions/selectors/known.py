"""As known on a day: what stood in the journal when that day ended in Jakarta, whatever was entered since.

Every entry has two days: `effective_on`, when it counts, and `recorded_at`, when it was known. Here entries recorded
later do not exist, nor do their reversals, releases and confirmations: the answer is the one that the pages gave on
that evening. It is computed from entries and cover lines, never from the covered months, which know today alone.
Persons, places and names are today's: a merger or a move is not undone by looking back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Sum

from payung.contributions.models import Account, CoveredMonth, Posting
from payung.contributions.selectors.balances import Balances
from payung.contributions.selectors.cover import CoverCell
from payung.kernel.clock import BUSINESS_ZONE
from payung.kernel.month import Month, months_from
from payung.registry.models import Worker
from payung.registry.selectors import records_of
from payung.sponsors.models import Sponsor

Kind = Account.Kind

# `wanted` are the entries to look at: those of a payer, of a worker, or those that may be about a month.
OF_SPONSOR = """SELECT DISTINCT p.entry_id FROM contributions_posting p
JOIN contributions_notice n ON n.id = p.notice_id WHERE n.sponsor_id = %s"""
OF_MONTH = """SELECT DISTINCT p.entry_id FROM contributions_posting p
JOIN contributions_notice n ON n.id = p.notice_id WHERE n.first_month <= %s AND n.first_month + n.months > %s"""
OF_WORKERS = "SELECT DISTINCT entry_id FROM contributions_coverline WHERE worker_id IN ({})"
KNOWN = """
WITH wanted AS ({wanted}),
standing AS (
    SELECT e.id, CASE WHEN EXISTS (
        SELECT 1 FROM contributions_posting p WHERE p.entry_id = e.id AND p.payment_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM contributions_posting q JOIN contributions_journalentry k ON k.id = q.entry_id
            WHERE q.payment_id = p.payment_id AND k.kind = 'confirmation' AND k.recorded_at < %s)
    ) THEN 'sementara' ELSE 'berlaku' END AS state
    FROM wanted w JOIN contributions_journalentry e ON e.id = w.entry_id
    LEFT JOIN contributions_journalentry r ON r.reverses_id = e.id AND r.recorded_at < %s
    WHERE e.kind = 'allocation' AND e.recorded_at < %s AND r.id IS NULL
), given_back AS (
    SELECT DISTINCT f.corrects_id AS entry_id, b.notice_line_id FROM standing s
    JOIN contributions_journalentry f ON f.corrects_id = s.id AND f.kind = 'release' AND f.recorded_at < %s
    JOIN contributions_coverline b ON b.entry_id = f.id
    LEFT JOIN contributions_journalentry r ON r.reverses_id = f.id AND r.recorded_at < %s
    WHERE r.id IS NULL
), known AS (
    SELECT c.worker_id, c.month, c.entry_id, c.notice_line_id, c.covered_from, c.is_arrears,
           c.jkk_rp + c.jkm_rp AS rp, s.state
    FROM standing s JOIN contributions_coverline c ON c.entry_id = s.id
    LEFT JOIN given_back b ON b.entry_id = c.entry_id AND b.notice_line_id = c.notice_line_id
    WHERE b.entry_id IS NULL AND c.month >= %s AND c.month < %s
)
"""


@dataclass(frozen=True, slots=True)
class KnownMonth:
    """One month of a payer as it was known: worker-months in force and not yet, and their rupiah."""

    month: Month
    berlaku: int
    sementara: int
    rp: int


def end_of(day: date) -> datetime:
    """The moment at which a business day is over: what was recorded before it was known on that day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=BUSINESS_ZONE)


def cover_grid_as_known_on(worker: Worker, day: date, *, first_month: Month, months: int = 36) -> list[CoverCell]:
    """A worker's months as they were known on a day, at whichever of the person's records."""
    records = sorted(records_of([worker.pk]))
    marks = ", ".join(["%s"] * len(records))
    found = _ask(
        OF_WORKERS.format(marks),
        records,
        day,
        (first_month, first_month + months),
        "SELECT k.month, k.state, g.id, g.name, k.covered_from, k.is_arrears, k.rp FROM known k "  # noqa: S608 - our own text
        "JOIN contributions_noticeline l ON l.id = k.notice_line_id JOIN contributions_notice n ON n.id = l.notice_id "
        f"JOIN sponsors_sponsor g ON g.id = n.sponsor_id WHERE k.worker_id IN ({marks})",
        records,
    )
    cells = {row[0]: _cell(row) for row in found}
    return [
        cells.get(month) or CoverCell(month, "", None, "", None, False, 0) for month in months_from(first_month, months)
    ]


def sponsor_months_as_known_on(sponsor: Sponsor, day: date, *, first_month: Month, months: int) -> list[KnownMonth]:
    """What a payer covered in each month, as it was known on a day."""
    found = _ask(
        OF_SPONSOR,
        [sponsor.pk],
        day,
        (first_month, first_month + months),
        "SELECT month, state, COUNT(*), SUM(rp) FROM known GROUP BY month, state",
    )
    counts = {(row[0], row[1]): row[2] for row in found}
    rupiah: dict[int, int] = {}
    for month, _state, _count, rp in found:
        rupiah[month] = rupiah.get(month, 0) + int(rp)
    return [
        KnownMonth(month, counts.get((month, "berlaku"), 0), counts.get((month, "sementara"), 0), rupiah.get(month, 0))
        for month in months_from(first_month, months)
    ]


def villages_covered_as_known_on(month: Month, day: date) -> dict[str, tuple[int, int]]:
    """By village (where people live today): workers in force and not yet in a month, as it was known on a day."""
    found = _ask(
        OF_MONTH,
        [int(month), int(month)],
        day,
        (month, month + 1),
        "SELECT w.village_id, k.state, COUNT(*) FROM known k JOIN registry_worker w ON w.id = k.worker_id "
        "GROUP BY w.village_id, k.state",
    )
    villages: dict[str, tuple[int, int]] = {}
    for village, state, count in found:
        berlaku, sementara = villages.get(village, (0, 0))
        in_force = state == CoveredMonth.State.BERLAKU
        villages[village] = (berlaku + count, sementara) if in_force else (berlaku, sementara + count)
    return villages


def workers_paid_as_known_on(sponsor: Sponsor, day: date, *, month: Month) -> int:
    """How many workers had a covered month from this one on, as it was known on a day."""
    found = _ask(OF_SPONSOR, [sponsor.pk], day, (month, Month(10**6)), "SELECT COUNT(DISTINCT worker_id) FROM known")
    return int(found[0][0])


def balances_as_known_on(sponsor: Sponsor, day: date, *, effective_by: date | None = None) -> Balances:
    """A payer's balances as they were known on a day; with `effective_by`, of what counts by that day alone."""
    rows = Posting.objects.filter(account__sponsor=sponsor, entry__recorded_at__lt=end_of(day))
    if effective_by is not None:
        rows = rows.filter(entry__effective_on__lte=effective_by)
    sums = rows.order_by().values("account__kind").annotate(rp=Sum("amount_rp"))
    rp = {row["account__kind"]: int(row["rp"]) for row in sums}
    return Balances(
        due_rp=rp.get(Kind.PIUTANG, 0),
        credit_rp=-rp.get(Kind.SUSPENS, 0),
        unconfirmed_rp=rp.get(Kind.KLIRING, 0),
        owed_rp=-rp.get(Kind.IURAN, 0),
        entrusted_rp=-rp.get(Kind.TITIPAN, 0),
    )


def _cell(row: Sequence[Any]) -> CoverCell:
    month, state, sponsor_id, name, start, is_arrears, rp = row
    start = start if isinstance(start, date) else date.fromisoformat(start)  # a date of SQLite is a text
    return CoverCell(Month(month), state, sponsor_id, name, start, bool(is_arrears), int(rp))


def _ask(
    wanted: str,
    about: Sequence[int],
    day: date,
    span: tuple[Month, Month],
    select: str,
    more: Iterable[int] = (),
) -> list[tuple[Any, ...]]:
    moment = connection.ops.adapt_datetimefield_value(end_of(day))
    months = [int(span[0]), int(span[1])]
    with connection.cursor() as cursor:
        # Our own words and names; whatever a person gave travels as a parameter.
        cursor.execute(KNOWN.replace("{wanted}", wanted) + select, [*about, *[moment] * 5, *months, *more])
        return list(cursor.fetchall())
