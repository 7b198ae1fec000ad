"""Balances, covered months and dashboards, worked out from the journal alone, beside what stands: the same bytes.

Each part is lines of canonical JSON in one order, and its SHA-256 (I-11). Names are codes, numbers, client keys and
public ids, so two databases with the same history give the same bytes, whatever their ids inside and their engine.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model, Sum

from payung.contributions.invariants.cover import PROGRAMS, REBUILT
from payung.contributions.models import Account, CoveredMonth, CoverLine, Notice, Payment, Posting
from payung.contributions.selectors import with_standing
from payung.coverage.counting import DEFAULT_DASAR_UPAH_RP, KECAMATAN_LENGTH
from payung.coverage.models import CoverageRollup, CoverageSummary, LapseSummary
from payung.enrolment.models import Enrolment
from payung.kernel.funds import Program, Sektor
from payung.registry.models import Worker
from payung.registry.selectors import current_ids
from payung.sponsors.models import Sponsor
from payung.store.bulk import in_slices

Line = list[Any]
_D = CoverageRollup.Dimension
_State = CoveredMonth.State


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the books: the hash of what the journal says, and of what stands and is shown."""

    name: str
    from_journal: str
    standing: str

    @property
    def agrees(self) -> bool:
        """Whether both are the same bytes."""
        return self.from_journal == self.standing


def recompute() -> list[Part]:
    """Work everything out anew and hash it beside what stands. Nothing is written.

    Dashboards agree once the counting has seen the newest entries; one month's rows are held in memory at a time.
    """
    return [
        Part("balances", _hash(_balances_from_postings()), _hash(_balances_shown())),
        Part("coverage", _hash(_coverage(_rebuilt)), _hash(_coverage(_standing))),
        Part("dashboards", _hash(_dashboards()), _hash(_dashboards_shown())),
    ]


def _hash(lines: Iterable[Line]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(json.dumps(line, separators=(",", ":"), ensure_ascii=False, default=str).encode() + b"\n")
    return digest.hexdigest()


def _balances_from_postings() -> list[Line]:
    """Every posting added up one by one: accounts of payers, what is open on notices, what is left of payments."""
    sums: Counter[tuple[str, str, str]] = Counter()
    columns = ("account__kind", "account__sponsor__code", "notice__number", "payment__client_key", "amount_rp")
    for kind, code, notice, payment, amount_rp in Posting.objects.values_list(*columns).iterator():
        sums["account", kind, code] += amount_rp
        if kind == Account.Kind.PIUTANG:
            sums["notice", "", notice] += amount_rp
        elif kind == Account.Kind.SUSPENS:
            sums["payment", "", payment] -= amount_rp
    return [[*key, rp] for key, rp in sorted(sums.items()) if rp]


def _balances_shown() -> list[Line]:
    """The same as the selectors of the pages ask the database for them."""
    postings = Posting.objects.order_by()
    accounts = postings.values_list("account__kind", "account__sponsor__code").annotate(rp=Sum("amount_rp"))
    suspense = postings.filter(account__kind=Account.Kind.SUSPENS)
    payments = suspense.values_list("payment__client_key").annotate(rp=Sum("amount_rp"))
    notices = with_standing(Notice.objects.all()).values_list("number", "owing_rp")
    found: list[Line] = [["account", kind, code, int(rp)] for kind, code, rp in accounts]
    found += [["notice", "", number, int(rp)] for number, rp in notices]
    found += [["payment", "", key, -int(rp)] for key, rp in payments]
    return sorted(line for line in found if line[-1])


class _Row(NamedTuple):
    """One covered month: of which worker, by whom, how."""

    worker_id: int
    program: str
    month: int
    sponsor_id: int
    enrolment_id: int
    payment_id: int
    amount_rp: int
    covered_from: str
    state: str
    is_arrears: bool


def _rebuilt(month: int) -> list[_Row]:
    return _rows(_FROM_JOURNAL, month)


def _standing(month: int) -> list[_Row]:
    return _rows(_STANDING, month)


def _rows(statement: str, month: int) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [month])
        return [
            _Row._make((*ids, int(rp), str(since), state, bool(arrears)))
            for *ids, rp, since, state, arrears in cursor.fetchall()
        ]


_FROM_JOURNAL = f"""{REBUILT}
SELECT c.worker_id, g.program, c.month, n.sponsor_id, l.enrolment_id, c.payment_id,
       CASE g.program WHEN 'JKK' THEN c.jkk_rp ELSE c.jkm_rp END, c.covered_from, c.state, c.is_arrears
FROM taken c CROSS JOIN {PROGRAMS} g
JOIN contributions_noticeline l ON l.id = c.notice_line_id JOIN contributions_notice n ON n.id = l.notice_id
WHERE c.month = %s
"""  # noqa: S608 - our own text
_STANDING = """
SELECT worker_id, program, month, sponsor_id, enrolment_id, payment_id, amount_rp, covered_from, state, is_arrears
FROM contributions_coveredmonth WHERE month = %s
"""


def _months() -> list[int]:
    """Every month of which the journal or the covered months know."""
    taken = CoverLine.objects.order_by().values_list("month", flat=True).distinct()
    return sorted({*taken, *CoveredMonth.objects.order_by().values_list("month", flat=True).distinct()})


def _coverage(source: Callable[[int], list[_Row]]) -> Iterator[Line]:
    codes = dict(Sponsor.objects.values_list("pk", "code"))
    for month in _months():
        rows = source(month)
        workers = _facts(Worker, (row.worker_id for row in rows), "public_id")
        payments = _facts(Payment, (row.payment_id for row in rows), "client_key")
        yield from sorted(
            [row.month, str(workers[row.worker_id][0]), row.program, codes[row.sponsor_id],
             payments[row.payment_id][0], row.amount_rp, row.covered_from, row.state, row.is_arrears]
            for row in rows
        )  # fmt: skip


def _facts(model: type[Model], ids: Iterable[int], *names: str) -> dict[int, tuple[Any, ...]]:
    """Some facts of many rows, by id."""
    rows = model._default_manager.order_by()
    found: dict[int, tuple[Any, ...]] = {}
    for part in in_slices(sorted(set(ids))):
        found |= {row[0]: row[1:] for row in rows.filter(pk__in=part).values_list("pk", *names)}
    return found


def _dashboards() -> Iterator[Line]:
    """Cells, rollups and lapses of each month, counted here row by row from the rebuilt months."""
    payers = dict(Sponsor.objects.values_list("pk", "code")), dict(Sponsor.objects.values_list("pk", "funds"))
    months = _months()
    before: list[_Row] = []
    for month in sorted({*months, *(month + 1 for month in months)}):
        rows = [row for row in _rebuilt(month) if row.program == Program.JKK]
        yield from _counted(month, rows, *payers)
        yield from _lapsed(month, before, rows, payers[0])
        before = rows


def _counted(month: int, rows: list[_Row], codes: dict[int, str], funds: dict[int, str]) -> list[Line]:
    workers = _facts(Worker, (row.worker_id for row in rows), "village_id", "occupation_id", "occupation__sector")
    counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in rows:
        village, occupation, sector = workers[row.worker_id]
        payer, job, sector = codes[row.sponsor_id], occupation or "", sector or Sektor.LAINNYA.value
        counts["cell", village, job, payer, funds[row.sponsor_id]][row.state] += 1
        keys = {
            _D.TOTAL: "", _D.KECAMATAN: village[:KECAMATAN_LENGTH], _D.VILLAGE: village, _D.OCCUPATION: job,
            _D.SPONSOR: payer, _D.FUNDS: funds[row.sponsor_id],
        }  # fmt: skip
        for dimension, key in keys.items():
            counts["rollup", str(dimension), key, sector, ""][row.state] += 1
    return sorted([month, *key, one[_State.BERLAKU], one[_State.SEMENTARA]] for key, one in counts.items())


def _lapsed(month: int, before: list[_Row], rows: list[_Row], codes: dict[int, str]) -> list[Line]:
    """Living persons of the month before who are not in this one, by the payer of their last month."""
    persons = current_ids([row.worker_id for row in (*before, *rows)])
    stay = {persons[row.worker_id] for row in rows}
    gone = [row for row in before if persons[row.worker_id] not in stay]
    concerned = {record for row in gone for record in (row.worker_id, persons[row.worker_id])}
    people = _facts(Worker, concerned, "died_on", "occupation__sector")
    bases = _facts(Enrolment, (row.enrolment_id for row in gone), "pledge__dasar_upah_rp")
    counts: Counter[tuple[str, str, int]] = Counter()
    for row in gone:
        died, sector = people[row.worker_id]
        if died is None and people[persons[row.worker_id]][0] is None:
            base = bases[row.enrolment_id][0] or DEFAULT_DASAR_UPAH_RP
            counts[codes[row.sponsor_id], sector or Sektor.LAINNYA.value, base] += 1
    return sorted([month, "lapse", *key, times] for key, times in counts.items())


def _dashboards_shown() -> Iterator[Line]:
    """The tables that the pages of coverage read."""
    codes = {str(pk): code for pk, code in Sponsor.objects.values_list("pk", "code")}
    lines: dict[int, list[Line]] = defaultdict(list)
    cells = ("month", "village_id", "occupation_id", "sponsor__code", "funds", "berlaku", "sementara")
    for month, village, job, *rest in CoverageSummary.objects.values_list(*cells):
        lines[month].append([month, "cell", village, job or "", *rest])
    rollups = ("month", "dimension", "key", "sector", "berlaku", "sementara")
    for month, dimension, key, sector, *rest in CoverageRollup.objects.values_list(*rollups):
        named = codes[key] if dimension == _D.SPONSOR else key
        lines[month].append([month, "rollup", dimension, named, sector, "", *rest])
    lapses = LapseSummary.objects.filter(workers__gt=0)
    off: dict[int, list[Line]] = defaultdict(list)
    for month, *rest in lapses.values_list("month", "sponsor__code", "sector", "dasar_upah_rp", "workers"):
        off[month].append([month, "lapse", *rest])
    for month in sorted({*lines, *off}):
        yield from sorted(lines[month])
        yield from sorted(off[month])
