"""Workers, pledges and ways for the ledger's measures: made in bulk, for nobody reads a NIK there."""

import argparse
import json
import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction

import payung.cli.boot  # noqa: F401  # starts Django before the models below
from bench.home import CLOCK, TODAY
from payung.enrolment.models import Enrolment
from payung.kernel.month import Month
from payung.kernel.public_id import new_public_ids
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert, reserve_ids

MONTH = Month.of(TODAY)
PLEDGES = 12
A_TRANSACTION = 20_000
_BORN = date(1980, 1, 1)
_WORKER = (
    *("id", "public_id", "nik_sealed", "nik_index", "nik_birth_date", "name", "name_folded", "birth_place"),
    *("birth_date", "sex", "village_id", "address", "occupation_id", "desil_version", "consent_basis", "source"),
    "recorded_at",
)
_WAY = (
    *("public_id", "worker_id", "sponsor_id", "pledge_id", "position", "source", "state", "since", "reason", "kpj"),
    "recorded_at",
)


def add_workers(count: int) -> list[int]:
    """So many workers of Kendal's villages and all occupations; their ids."""
    villages = list(Region.objects.filter(level=4, code__startswith="33.24").values_list("pk", flat=True))
    occupations = list(Occupation.objects.values_list("pk", flat=True))
    made: list[int] = []
    while len(made) < count:
        with transaction.atomic():
            ids = list(reserve_ids(Worker, min(A_TRANSACTION, count - len(made))))
            bulk_insert(
                Worker,
                _WORKER,
                (
                    (
                        *(pk, public_id, b"-", secrets.token_bytes(32), _BORN, f"Pekerja {pk}", f"pekerja {pk}", ""),
                        *(
                            _BORN,
                            "P",
                            villages[pk % len(villages)],
                            "",
                            occupations[pk % len(occupations)],
                            "",
                            "",
                            "bench",
                        ),
                        CLOCK.now(),
                    )
                    for pk, public_id in zip(ids, new_public_ids(len(ids)), strict=True)
                ),
            )
        made += ids
    return made


def add_pledges(workers: Sequence[int], *, pledges: int = PLEDGES, months: int = 6) -> list[Pledge]:
    """So many sponsors with one pledge each, under which the workers are determined in equal shares."""
    first = Sponsor.objects.count()
    return [_pledge(first + number, workers[number::pledges], months) for number in range(pledges)]


@transaction.atomic
def _pledge(number: int, workers: Sequence[int], months: int) -> Pledge:
    sponsor = Sponsor.objects.create(code=f"B{number}", name=f"PT {number}", funds="CSR", recorded_at=CLOCK.now())
    pledge = Pledge.objects.create(
        sponsor=sponsor,
        quota=len(workers),
        first_month=int(MONTH),
        months=months,
        dasar_upah_rp=1_000_000,
        pledged_by="bench",
        pledged_on=TODAY,
        recorded_at=CLOCK.now(),
    )
    whose = (sponsor.pk, pledge.pk)
    bulk_insert(
        Enrolment,
        _WAY,
        (
            (public_id, worker, *whose, place, "bench", "determined", TODAY, "", "", CLOCK.now())
            for place, (worker, public_id) in enumerate(zip(workers, new_public_ids(len(workers)), strict=True), 1)
        ),
    )
    return pledge


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--pledges", type=int, default=PLEDGES)
    given = parser.parse_args()
    add_pledges(add_workers(given.workers), pledges=given.pledges)
    print(json.dumps({"prepared": given.workers, "pledges": given.pledges}))
