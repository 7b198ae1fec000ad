"""Pages over three years of many workers: the grid of a worker, the worker's page, the page of a sponsor.

Wall and CPU of one answer of the program, each asked for once of random workers and sponsors (`warm`: the program has
answered before, and the file's pages are where earlier answers left them), and again with a page cache that holds
nothing of the database (`cold`; on SQLite alone). The page of the largest sponsor is asked for again and again, and
once more so that what is kept of its books is counted anew each time (`moved`). `loop_ms` is the CPU of a loop of fixed
length between the answers: where others use the machine's cores it is longer, and so is everything else.
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK
from bench.years_made import FIRST, MONTHS, make
from payung.access.models import User
from payung.access.permissions import Role, ScopeKind
from payung.access.services import add_user
from payung.access.viewer import SYSTEM_VIEWER
from payung.contributions.invariants.cover import I_10, I_11, I_13
from payung.contributions.invariants.money import I_01, I_02, I_03, I_04
from payung.contributions.selectors import cover_grid
from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor
from payung.vault.seal import seal

OFFICER, CLERK = "rina@bench.example", "joko@bench.example"
BAR_MS = 100
CHECKED_UP_TO = 20_000
LOOP = 200_000


def measure(asked: int) -> dict[str, object]:
    """Random workers and sponsors, each opened once; the 95th percentile counts."""
    draw = Random(7)
    workers, sponsors = drawn(draw, Worker, asked), drawn(draw, Sponsor, asked)
    large = Sponsor.objects.get(pk=Sponsor.objects.order_by("pk").values("pk")[:1])
    for worker in workers:  # whoever is shown has a NIK that opens
        sealed = seal("3324010101800001", table="registry_worker", column="nik_sealed", public_id=worker.public_id)
        Worker.objects.filter(pk=worker.pk).update(nik_sealed=sealed)
    officer, clerk = signed_in(OFFICER), signed_in(CLERK, of=large)
    own = [worker for worker in workers if worker.enrolments.filter(sponsor=large).exists()]
    steps: tuple[tuple[str, list[Any], Callable[[Any], object]], ...] = (
        ("grid", workers, lambda worker: cover_grid(worker, first_month=FIRST)),
        ("worker_page", workers, lambda worker: opened(officer, f"/pekerja/{worker.public_id}/")),
        ("sponsor_page", sponsors, lambda sponsor: opened(officer, f"/penyandang/{sponsor.public_id}/")),
        ("large_sponsor_page", [large] * asked, lambda sponsor: opened(officer, f"/penyandang/{sponsor.public_id}/")),
        ("large_sponsor_page_moved", [large] * (asked // 4), lambda sponsor: opened(officer, books_moved(sponsor))),
        ("large_sponsor_itself", [large] * asked, lambda sponsor: opened(clerk, f"/penyandang/{sponsor.public_id}/")),
        ("own_worker_page", own, lambda worker: opened(clerk, f"/pekerja/{worker.public_id}/")),
    )
    figures: dict[str, object] = {"measure": "years", "workers": Worker.objects.count(), "bar_ms": BAR_MS}
    figures |= {"worker_months": Worker.objects.count() * MONTHS, "first": str(Month(FIRST))}
    figures["large_sponsor"] = Enrolment.objects.filter(sponsor=large).count()
    figures |= {"database_gb": size_gb()}
    for name, things, ask in steps:
        if len(things) > 2:
            figures[name] = timed(things, ask)
    if connection.vendor == "sqlite":
        for name, things, ask in steps:
            if len(things) > 2:
                figures[f"{name}_cold"] = timed(things[: asked // 4], ask, before=forget)
    if Worker.objects.count() <= CHECKED_UP_TO:
        figures["violations"] = sum(len(check()) for check in (I_01, I_02, I_03, I_04, I_10, I_11, I_13))
    return figures


def signed_in(email: str, *, of: Sponsor | None = None) -> Client:
    """Somebody of the office, or a company's person, who has looked at the first page already."""
    user = User.objects.filter(email=email).first() or add_user(
        email,
        name="Rina",
        role=Role.PETUGAS_PERUSAHAAN if of else Role.PETUGAS_DINAS,
        scope_kind=ScopeKind.SPONSOR if of else ScopeKind.REGENCY,
        scope_id=str(of.public_id) if of else "",
        password=None,
        acting_user=SYSTEM_VIEWER,
        clock=CLOCK,
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    client.get("/beranda/")
    return client


def drawn(draw: Random, model: Any, count: int) -> list[Any]:
    low, high = model.objects.order_by("pk").first().pk, model.objects.order_by("-pk").first().pk
    ids = draw.sample(range(low, high + 1), min(count, high - low))
    return [model.objects.get(pk=pk) for pk in ids]


def opened(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200, path


def books_moved(sponsor: Sponsor) -> str:
    """The page's address, after everything kept is thrown away."""
    cache.clear()
    return f"/penyandang/{sponsor.public_id}/"


def forget() -> None:
    """Let neither this connection nor the machine keep a page of the database."""
    path = connection.settings_dict["NAME"]
    connection.close()
    handle = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def size_gb() -> float:
    if connection.vendor == "sqlite":
        size = sum(file.stat().st_size for file in Path(settings.PAYUNG_HOME).glob("*.sqlite3"))
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
    return round(size / 1e9, 2)


def timed(
    things: list[Any], ask: Callable[[Any], object], *, before: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Median and 95th percentile of wall and CPU in milliseconds; the first answer, which fills caches, is left out."""
    ask(things[0])
    spent: dict[str, list[float]] = {"wall_ms": [], "cpu_ms": [], "loop_ms": []}
    for thing in things[1:]:
        if before is not None:
            before()
        own = time.process_time()
        sum(range(LOOP))
        spent["loop_ms"].append((time.process_time() - own) * 1000)
        begun, own = time.perf_counter(), time.process_time()
        ask(thing)
        spent["cpu_ms"].append((time.process_time() - own) * 1000)
        spent["wall_ms"].append((time.perf_counter() - begun) * 1000)
    return {
        clock: {
            "median": round(statistics.median(each), 1),
            "p95": round(statistics.quantiles(each, n=20)[-1], 1),
        }
        for clock, each in spent.items()
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--make", type=int, help="write so many workers with three years")
    parser.add_argument("--asked", type=int, default=200)
    given = parser.parse_args()
    if given.make:
        start, cpu = time.perf_counter(), time.process_time()
        make(given.make)
        wall_s, cpu_s = round(time.perf_counter() - start, 1), round(time.process_time() - cpu, 1)
        print(json.dumps({"prepared": given.make, "wall_s": wall_s, "cpu_s": cpu_s}))
    else:
        print(json.dumps(measure(given.asked)))
