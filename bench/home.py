"""Prepares a home: the database, Kendal's regions, the book of occupations, and so many workers."""

import argparse
import itertools
import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.db import connection, transaction

import payung.cli.boot as boot  # starts Django before the models below
from payung.access.viewer import SYSTEM_VIEWER
from payung.cli.demo.making import make_demo
from payung.cli.demo.people import People, SyntheticPerson
from payung.kernel.clock import FixedClock
from payung.kernel.nik import Nik
from payung.registry.models import Occupation, Region, Worker
from payung.registry.selectors import workers_by_nik_index
from payung.registry.services import NewWorker, register_workers
from payung.registry.services.regions import load_occupations, load_regions
from payung.store.bulk import in_slices
from payung.vault.keys import create_keys
from payung.vault.seal import blind_indexes

TODAY = date(2026, 11, 22)
A_TRANSACTION = 20_000
CLOCK = FixedClock.on(TODAY)


def people(seed: int) -> People:
    villages = list(
        Region.objects.filter(level=4, code__startswith="33.24").order_by("code").values_list("code", flat=True)
    )
    occupations = list(Occupation.objects.order_by("code").values_list("code", flat=True))
    return People(seed, villages=villages, occupations=occupations, on=TODAY)


def new_worker(person: SyntheticPerson) -> NewWorker:
    return NewWorker(
        nik=Nik(person.nik),
        name=person.name,
        birth_date=person.birth_date,
        sex=person.sex,
        village_code=person.village_code,
        birth_place=person.birth_place,
        address=person.address,
        occupation_code=person.occupation_code,
        income_rp=person.income_rp,
        phone=person.phone,
        mother=person.mother,
        desil=person.desil,
        desil_version="bench" if person.desil else "",
        desil_on=TODAY if person.desil else None,
    )


def prepare(workers: int, *, demo: bool = False) -> None:
    create_keys()
    boot.ensure_database()
    load_regions(within="33.24")
    load_occupations()
    if demo:
        make_demo(seed=1, on=TODAY, progress=lambda *_: None)
    write_without_haste_for_the_disk()
    strangers = unknown(people(7), is_empty=not Worker.objects.exists())
    missing = max(0, workers - Worker.objects.count())
    for batch in in_slices(itertools.islice(strangers, missing), A_TRANSACTION):
        with transaction.atomic():
            register_workers(
                [new_worker(person) for person in batch], acting_user=SYSTEM_VIEWER, clock=CLOCK, source="bench"
            )


def write_without_haste_for_the_disk() -> None:
    """Let this one connection keep its pages in memory and not wait for the disk: a half-made home is thrown away.

    The rows are those that registration writes, by registration itself, and the file is the same. Whoever measures
    opens the home anew, with the settings of the program.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for setting in ("synchronous=OFF", "journal_mode=MEMORY", "cache_size=-1000000"):
                cursor.execute(f"PRAGMA {setting}")


def unknown(maker: People, *, is_empty: bool) -> Iterator[SyntheticPerson]:
    """People without end whom the home does not know yet: the demo may have made up the same by chance."""
    while is_empty:
        yield maker.one()
    while True:
        batch = list(maker.many(5_000))
        indexes = blind_indexes(person.nik for person in batch)
        known = workers_by_nik_index(indexes)
        yield from (person for person, index in zip(batch, indexes, strict=True) if index not in known)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--demo", action="store_true", help="begin with the demo's eighteen months")
    given = parser.parse_args()
    start = time.perf_counter()
    prepare(given.workers, demo=given.demo)
    print(
        json.dumps(
            {
                "prepared": given.workers,
                "wall_s": round(time.perf_counter() - start, 1),
                "at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
            }
        )
    )
