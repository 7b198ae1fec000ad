"""Pages over three years of many workers: the grid of a worker and the page of a sponsor, wall and CPU of one answer.

Workers stand under sponsors of five hundred with three terms of twelve months, each asked for, paid and confirmed. The
rows are written by the database itself in the shape that the services give them; `payung check` finds nothing in them
that concerns the journal, which the measure asks for at its small sizes.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from django.db import connection, transaction
from django.test import Client

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.crowd import add_workers
from bench.home import CLOCK, TODAY, write_without_haste_for_the_disk
from bench.meter import cpu_seconds
from payung.access.models import User
from payung.access.permissions import Role, ScopeKind
from payung.access.services import add_user
from payung.access.viewer import SYSTEM_VIEWER
from payung.contributions.invariants.cover import I_10, I_11, I_13
from payung.contributions.invariants.money import I_01, I_02, I_03, I_04
from payung.contributions.models import Account, CoveredMonth, JournalEntry, Notice, Payment, Posting
from payung.contributions.selectors import cover_grid
from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_ids
from payung.registry.models import Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert
from payung.vault.seal import seal

YEARS, TERM, SHARE = 3, 12, 500
FIRST = Month.of(TODAY) + (1 - YEARS * TERM)
JKK_RP, JKM_RP = 10_000, 6_800
SPONSORS_A_TRANSACTION = 40
OFFICER = "rina@bench.example"
BAR_MS = 100
CHECKED_UP_TO = 20_000
_WAY = (
    *("public_id", "worker_id", "sponsor_id", "pledge_id", "position", "source", "state", "since", "reason", "kpj"),
    *("recorded_at", "wadah_id"),
)

_LINES = """
INSERT INTO contributions_noticeline
    (notice_id, enrolment_id, worker_id, month, position, sector, jkk_rp, jkm_rp, is_live)
WITH RECURSIVE k(step) AS (SELECT 0 UNION ALL SELECT step + 1 FROM k WHERE step < %s)
SELECT n.id, e.id, e.worker_id, n.first_month + k.step, e.position, 'LAINNYA', %s, %s, %s
FROM contributions_notice n CROSS JOIN k JOIN enrolment_enrolment e ON e.sponsor_id = n.sponsor_id
WHERE n.id BETWEEN %s AND %s ORDER BY n.id, k.step, e.position
"""
# Notice n was paid by payment n; its entries are 4n to 4n + 3: notice, payment, allocation, confirmation.
_COVER_LINES = """
INSERT INTO contributions_coverline
    (entry_id, notice_line_id, worker_id, month, sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears)
SELECT 4 * l.notice_id + 2, l.id, l.worker_id, l.month, 1, l.notice_id, l.jkk_rp, l.jkm_rp, p.paid_on, %s
FROM contributions_noticeline l JOIN contributions_payment p ON p.id = l.notice_id
WHERE l.notice_id BETWEEN %s AND %s ORDER BY l.id
"""
_COVERED = """
INSERT INTO contributions_coveredmonth
    (worker_id, program, month, sponsor_id, enrolment_id, payment_id, entry_id, amount_rp, covered_from, state,
     is_arrears)
SELECT c.worker_id, %s, c.month, n.sponsor_id, l.enrolment_id, c.payment_id, c.entry_id, {price}, c.covered_from,
       'berlaku', c.is_arrears
FROM contributions_coverline c JOIN contributions_noticeline l ON l.id = c.notice_line_id
JOIN contributions_notice n ON n.id = l.notice_id
WHERE c.entry_id BETWEEN %s AND %s ORDER BY c.entry_id, c.worker_id, c.month
"""


def make(workers: int) -> None:
    """So many workers with three years behind them."""
    write_without_haste_for_the_disk()
    add_user(
        OFFICER,
        name="Rina",
        role=Role.PETUGAS_DINAS,
        scope_kind=ScopeKind.REGENCY,
        scope_id="",
        password=None,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )
    ids = add_workers(workers)
    parts = [ids[at : at + SHARE] for at in range(0, len(ids), SHARE)]
    for at in range(0, len(parts), SPONSORS_A_TRANSACTION):
        with transaction.atomic():
            write_sponsors(at, parts[at : at + SPONSORS_A_TRANSACTION])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_sponsors(first: int, parts: list[list[int]]) -> None:
    """Some sponsors, their people and their three terms, each paid on its first day."""
    notices: list[int] = []
    for number, part in enumerate(parts, start=first):
        sponsor = Sponsor.objects.create(code=f"Y{number}", name=f"PT {number}", funds="CSR", recorded_at=CLOCK.now())
        pledges = [write_term(sponsor, FIRST + year * TERM, len(part)) for year in range(YEARS)]
        enrol(sponsor, pledges[-1], part)
        notices += [write_paid(sponsor, pledge, len(part)) for pledge in pledges]
    low, high = notices[0], notices[-1]
    entries = (4 * low, 4 * high + 3)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [TERM - 1, JKK_RP, JKM_RP, True, low, high])
        cursor.execute(_COVER_LINES, [False, low, high])
        for program, price in (("JKK", "c.jkk_rp"), ("JKM", "c.jkm_rp")):
            cursor.execute(_COVERED.replace("{price}", price), [program, *entries])


def write_term(sponsor: Sponsor, first: Month, places: int) -> Pledge:
    return Pledge.objects.create(
        sponsor=sponsor,
        quota=places,
        first_month=int(first),
        months=TERM,
        dasar_upah_rp=1_000_000,
        pledged_by="bench",
        pledged_on=first.first_day,
        recorded_at=CLOCK.now(),
    )


def enrol(sponsor: Sponsor, pledge: Pledge, workers: list[int]) -> None:
    names = zip(new_public_ids(len(workers)), workers, strict=True)
    whose = (sponsor.pk, pledge.pk)
    bulk_insert(
        Enrolment,
        _WAY,
        (
            (public_id, worker, *whose, place, "bench", "determined", TODAY, "", "", CLOCK.now(), None)
            for place, (public_id, worker) in enumerate(names, start=1)
        ),
    )


def write_paid(sponsor: Sponsor, pledge: Pledge, places: int) -> int:
    """A term's notice, payment and the four entries of the two; the id of the notice."""
    total, first = places * TERM * (JKK_RP + JKM_RP), Month(pledge.first_month)
    notice = Notice.objects.create(
        number=f"PI/{sponsor.code}/{first}/1",
        sponsor=sponsor,
        pledge=pledge,
        first_month=first,
        months=TERM,
        funds="CSR",
        sequence=1,
        line_count=places * TERM,
        total_rp=total,
        issued_on=first.first_day,
        due_on=first.first_day,
        recorded_at=CLOCK.now(),
    )
    payment = Payment.objects.create(
        pk=notice.pk,
        sponsor=sponsor,
        notice=notice,
        code_text="",
        amount_rp=total,
        paid_on=first.first_day,
        client_key=f"bench-{notice.pk}",
        body_hash=b"-",
        proof_sha256="-",
        proof_name="bukti.pdf",
        recorded_by="bench",
        recorded_at=CLOCK.now(),
        confirmed_by="other",
        confirmed_at=CLOCK.now(),
    )
    enter(sponsor, notice, payment, total)
    return int(notice.pk)


def enter(sponsor: Sponsor, notice: Notice, payment: Payment, rp: int) -> None:
    kinds = Account.Kind
    of_notice, of_payment = {"notice": notice}, {"payment": payment}
    steps: tuple[tuple[str, Any, Any, Any, Any], ...] = (
        ("notice", kinds.PIUTANG, of_notice, kinds.IURAN, of_notice),
        ("payment", kinds.KLIRING, of_payment, kinds.SUSPENS, of_payment),
        ("allocation", kinds.SUSPENS, of_payment, kinds.PIUTANG, of_notice),
        ("confirmation", kinds.IURAN, of_payment, kinds.KLIRING, of_payment),
    )
    accounts = {kind: Account.objects.get_or_create(kind=kind, sponsor=sponsor)[0] for kind in kinds}
    for step, (kind, debit, to_debit, credit, to_credit) in enumerate(steps):
        entry = JournalEntry.objects.create(
            pk=4 * notice.pk + step,
            natural_key=f"{kind}:{notice.number}",
            kind=kind,
            effective_on=payment.paid_on,
            recorded_at=CLOCK.now(),
            actor_id="bench",
            actor_label="bench",
        )
        Posting.objects.bulk_create(
            [
                Posting(entry=entry, account=accounts[debit], amount_rp=rp, **to_debit),
                Posting(entry=entry, account=accounts[credit], amount_rp=-rp, **to_credit),
            ]
        )


def measure(asked: int) -> dict[str, object]:
    """Random workers and sponsors, each opened once; the 95th percentile counts."""
    draw = Random(7)
    workers = list(Worker.objects.filter(pk__in=drawn(draw, Worker, asked)))
    sponsors = list(Sponsor.objects.filter(pk__in=drawn(draw, Sponsor, asked)))
    for worker in workers:  # whoever is shown has a NIK that opens
        sealed = seal("3324010101800001", table="registry_worker", column="nik_sealed", public_id=worker.public_id)
        Worker.objects.filter(pk=worker.pk).update(nik_sealed=sealed)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=OFFICER))
    client.get("/beranda/")
    figures: dict[str, object] = {"measure": "years", "workers": Worker.objects.count(), "bar_ms": BAR_MS}
    figures["covered_worker_months"] = CoveredMonth.objects.count() // 2
    figures |= timed("grid", workers, lambda worker: cover_grid(worker, first_month=FIRST))
    figures |= timed("worker_page", workers, lambda worker: opened(client, f"/pekerja/{worker.public_id}/"))
    figures |= timed("sponsor_page", sponsors, lambda sponsor: opened(client, f"/penyandang/{sponsor.public_id}/"))
    if workers and Worker.objects.count() <= CHECKED_UP_TO:
        figures["violations"] = sum(len(check()) for check in (I_01, I_02, I_03, I_04, I_10, I_11, I_13))
    return figures


def drawn(draw: Random, model: Any, count: int) -> list[int]:
    low, high = model.objects.order_by("pk").first().pk, model.objects.order_by("-pk").first().pk
    return draw.sample(range(low, high + 1), min(count, high - low))


def opened(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200, path


def timed(name: str, things: list[Any], ask: Callable[[Any], object]) -> dict[str, object]:
    """Median and 95th percentile of wall and CPU in milliseconds; the first answer, which fills caches, is left out."""
    ask(things[0])
    wall: list[float] = []
    cpu: list[float] = []
    for thing in things[1:]:
        with _both(wall, cpu):
            ask(thing)
    found: dict[str, object] = {}
    for clock, each in (("wall", wall), ("cpu", cpu)):
        found[f"{name}_{clock}_ms"] = {
            "median": round(statistics.median(each), 1),
            "p95": round(statistics.quantiles(each, n=20)[-1], 1),
        }
    return found


@contextmanager
def _both(wall: list[float], cpu: list[float]) -> Iterator[None]:
    begun, own = time.perf_counter(), cpu_seconds()
    yield
    wall.append((time.perf_counter() - begun) * 1000)
    cpu.append((cpu_seconds() - own) * 1000)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--make", type=int, help="write so many workers with three years")
    parser.add_argument("--asked", type=int, default=200)
    given = parser.parse_args()
    if given.make:
        start = time.perf_counter()
        make(given.make)
        print(json.dumps({"prepared": given.make, "wall_s": round(time.perf_counter() - start, 1)}))
    else:
        print(json.dumps(measure(given.asked)))
