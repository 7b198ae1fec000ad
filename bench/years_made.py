"""Three years of many workers, written by the database itself in the shape that the services give them.

Month by month, as notices are: each month every payer has a notice, a payment of its whole and a confirmation, so what
belongs to one worker lies in 36 places. The last six months are paid ahead, as terms of six months are. One payer has
ten thousand workers (half of them all, where there are fewer), the others five hundred.

On SQLite the indexes of the three large tables are made after their rows: a million workers are 144 million rows.
`payung check` finds nothing in what is written that concerns journal and cover; the measure asks it at small sizes.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import accumulate

from django.db import connection, transaction

from bench.crowd import add_workers
from bench.home import CLOCK, TODAY, write_without_haste_for_the_disk
from payung.contributions.models import Account, JournalEntry, Notice, Payment, Posting
from payung.enrolment.models import Enrolment, Wadah
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_ids
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert, reserve_ids

YEARS, TERM, SHARE, LARGE = 3, 12, 500, 10_000
MONTHS, AHEAD = YEARS * TERM, 6
FIRST = Month.of(TODAY) + AHEAD + 1 - MONTHS
JKK_RP, JKM_RP = 10_000, 6_800
PRICE_RP = JKK_RP + JKM_RP
TABLES = ("contributions_noticeline", "contributions_coverline", "contributions_coveredmonth")
_WAY = (
    *("public_id", "worker_id", "sponsor_id", "pledge_id", "position", "source", "state", "since", "reason", "kpj"),
    *("starts_on", "recorded_at", "wadah_id"),
)
_NOTICE = (
    *("id", "public_id", "number", "sponsor_id", "pledge_id", "first_month", "months", "funds", "sequence"),
    *("line_count", "total_rp", "issued_on", "due_on", "recorded_at", "withdrawn_at"),
)
_PAYMENT = (
    *("id", "public_id", "sponsor_id", "notice_id", "pay_code_id", "code_text", "amount_rp", "paid_on", "client_key"),
    *("body_hash", "proof_sha256", "proof_name", "recorded_by", "recorded_at", "confirmed_by", "confirmed_at"),
    *("operator_played_both", "reversed_at"),
)
_ENTRY = (
    *("id", "natural_key", "kind", "effective_on", "recorded_at", "reverses_id", "corrects_id", "actor_id"),
    *("actor_label", "params"),
)
_POSTING = ("entry_id", "account_id", "amount_rp", "notice_id", "payment_id")
_K = Account.Kind
# Kind of the entry, the account debited and the one credited, and whether each side is about the notice.
_STEPS = (
    ("notice", (_K.PIUTANG, True), (_K.IURAN, True)),
    ("payment", (_K.KLIRING, False), (_K.SUSPENS, False)),
    ("allocation", (_K.SUSPENS, False), (_K.PIUTANG, True)),
    ("confirmation", (_K.IURAN, False), (_K.KLIRING, False)),
)

# Ways, payers and notices of a month are numbered one after the other: `line - way` and `notice - payer` stay the same.
_LINES = """
INSERT INTO contributions_noticeline
    (notice_id, enrolment_id, worker_id, month, position, sector, jkk_rp, jkm_rp, is_live)
SELECT e.sponsor_id + %(notice)s, e.id, e.worker_id, %(month)s, e.position, 'LAINNYA', %(jkk)s, %(jkm)s, %(live)s
FROM enrolment_enrolment e ORDER BY e.id
"""
_COVER_LINES = """
INSERT INTO contributions_coverline
    (entry_id, notice_line_id, worker_id, month, sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears)
SELECT e.sponsor_id * 4 + %(entry)s, e.id + %(line)s, e.worker_id, %(month)s, 1, e.sponsor_id + %(payment)s,
       %(jkk)s, %(jkm)s, %(start)s, %(arrears)s
FROM enrolment_enrolment e ORDER BY e.id
"""
_COVERED = """
INSERT INTO contributions_coveredmonth
    (worker_id, program, month, sponsor_id, enrolment_id, payment_id, entry_id, amount_rp, covered_from, state,
     is_arrears)
SELECT e.worker_id, '{program}', %(month)s, e.sponsor_id, e.id, e.sponsor_id + %(payment)s,
       e.sponsor_id * 4 + %(entry)s, %(price)s, %(start)s, 'berlaku', %(arrears)s
FROM enrolment_enrolment e ORDER BY e.id
"""


def make(workers: int) -> None:
    """So many workers with three years behind them, in an empty database."""
    write_without_haste_for_the_disk()
    people = add_workers(workers)
    with transaction.atomic():
        sponsors = write_sponsors(people, shares(workers))
    with large_tables():
        first_line = 1
        for at in range(MONTHS):
            with transaction.atomic():
                write_month(sponsors, at, first_line - sponsors.first_way)
            first_line += workers
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def shares(workers: int) -> list[int]:
    """How many workers each payer has: the large one first."""
    large = min(LARGE, workers // 2)
    full, rest = divmod(workers - large, SHARE)
    return [large, *[SHARE] * full, *([rest] if rest else [])]


class Sponsors:
    """Payers numbered one after the other, with their people, the pledges of each year and their accounts."""

    def __init__(self, first: int, sizes: Sequence[int], first_way: int, accounts: dict[tuple[str, int], int]) -> None:
        self.first, self.sizes, self.first_way, self.accounts = first, sizes, first_way, accounts

    def ids(self) -> Iterator[tuple[int, int]]:
        """Each payer's id and how many people it has."""
        return enumerate(self.sizes, start=self.first)

    def pledge(self, sponsor_id: int, year: int) -> int:
        """The id of its pledge of a year: they were written one after the other."""
        return (sponsor_id - self.first) * YEARS + year + 1


def write_sponsors(people: Sequence[int], sizes: Sequence[int]) -> Sponsors:
    """Payers with their three pledges each; everybody is on the way under the last."""
    ids = reserve_ids(Sponsor, len(sizes))
    Sponsor.objects.bulk_create(
        Sponsor(pk=pk, code=f"Y{pk}", name=f"PT {pk}", funds="CSR", recorded_at=CLOCK.now()) for pk in ids
    )
    pledges = Pledge.objects.bulk_create(
        Pledge(
            sponsor_id=pk,
            quota=size,
            first_month=int(first),
            months=TERM,
            dasar_upah_rp=1_000_000,
            pledged_by="bench",
            pledged_on=min(first.first_day, TODAY),
            recorded_at=CLOCK.now(),
        )
        for pk, size in zip(ids, sizes, strict=True)
        for first in (FIRST + year * TERM for year in range(YEARS))
    )
    assert [pledge.pk for pledge in pledges] == list(range(1, len(pledges) + 1))
    ends = list(accumulate(sizes))
    ways = (
        (worker, pk, pk - ids[0], place)
        for pk, size, end in zip(ids, sizes, ends, strict=True)
        for place, worker in enumerate(people[end - size : end], start=1)
    )
    group = Wadah.objects.create(
        number="B1", name="Bench", type="1", branch="Bench", agreement="1", recorded_at=CLOCK.now()
    )
    active = ("bench", "active", TODAY, "", "1", FIRST.first_day, CLOCK.now(), group.pk)
    bulk_insert(
        Enrolment,
        _WAY,
        (
            (public_id, worker, pk, number * YEARS + YEARS, place, *active)
            for public_id, (worker, pk, number, place) in zip(new_public_ids(len(people)), ways, strict=True)
        ),
    )
    accounts = Account.objects.bulk_create(Account(kind=kind, sponsor_id=pk) for pk in ids for kind in _K)
    first_way = Enrolment.objects.order_by("pk").values_list("pk", flat=True)[0]
    return Sponsors(ids[0], sizes, first_way, {(a.kind, a.sponsor_id): a.pk for a in accounts})


def write_month(sponsors: Sponsors, at: int, line: int) -> None:
    """A month of everybody: noticed and paid on its first day (of those ahead: today), confirmed, covered."""
    month = FIRST + at
    paid_on = min(month.first_day, TODAY)
    notices = reserve_ids(Notice, len(sponsors.sizes))
    write_papers(sponsors, notices[0], at, paid_on)
    params = {
        "notice": notices[0] - sponsors.first,
        "payment": notices[0] - sponsors.first,
        "entry": 4 * (notices[0] - sponsors.first) + 2,
        "line": line,
        "month": int(month),
        "start": month.first_day,
        "jkk": JKK_RP,
        "jkm": JKM_RP,
        "live": True,
        "arrears": False,
    }
    with connection.cursor() as cursor:
        for statement in (_LINES, _COVER_LINES):
            cursor.execute(statement, params)
        for program, price in (("JKK", JKK_RP), ("JKM", JKM_RP)):
            cursor.execute(_COVERED.format(program=program), params | {"price": price})


def write_papers(sponsors: Sponsors, first: int, at: int, day: date) -> None:
    """Notice n was paid by payment n; its entries are 4n to 4n + 3: notice, payment, allocation, confirmation."""
    month, now = FIRST + at, CLOCK.now()
    public_ids = iter(new_public_ids(2 * len(sponsors.sizes)))
    notices, payments, entries, postings = [], [], [], []
    for number, (sponsor_id, size) in enumerate(sponsors.ids(), start=first):
        name, total = f"PI/Y{sponsor_id}/{month}/1", size * PRICE_RP
        pledge = sponsors.pledge(sponsor_id, at // TERM)
        asked = (month, 1, "CSR", 1, size, total, day, day, now, None)
        notices.append((number, next(public_ids), name, sponsor_id, pledge, *asked))
        paid = (f"bench-{number}", b"-", "-", "bukti.pdf", "bench", now, "other", now, False, None)
        payments.append((number, next(public_ids), sponsor_id, number, None, "", total, day, *paid))
        for step, (kind, *sides) in enumerate(_STEPS):
            entry = 4 * number + step
            entries.append((entry, f"{kind}:{name}", kind, day, now, None, None, "bench", "bench", {}))
            for (account, on_notice), rp in zip(sides, (total, -total), strict=True):
                about = (number, None) if on_notice else (None, number)
                postings.append((entry, sponsors.accounts[account, sponsor_id], rp, *about))
    bulk_insert(Notice, _NOTICE, notices)
    bulk_insert(Payment, _PAYMENT, payments)
    bulk_insert(JournalEntry, _ENTRY, entries)
    bulk_insert(Posting, _POSTING, postings)


@contextmanager
def large_tables() -> Iterator[None]:
    """On SQLite: no rollback, no look at foreign keys, and the indexes of the large tables made when all is there."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(TABLES))
        asked = (
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})"
        )
        cursor.execute(asked, TABLES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    _set("foreign_keys=OFF", "temp_store=FILE", "journal_mode=OFF")
    yield
    with connection.cursor() as cursor:
        for _, statement in indexes:
            cursor.execute(statement)
    _set("foreign_keys=ON")


def _set(*pragmas: str) -> None:
    with connection.cursor() as cursor:
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
            cursor.fetchall()
