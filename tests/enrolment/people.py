"""Synthetic workers, pledges and the walk along the way in, through the services themselves."""

from collections.abc import Sequence
from datetime import date

from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.models import Enrolment, Wadah
from payung.enrolment.services import (
    add_wadah,
    approve_determination,
    close_round,
    open_round,
    prepare_determination,
    propose_workers,
    record_for_all,
    register_in_wadah,
)
from payung.enrolment.transitions import move
from payung.kernel.clock import Clock
from payung.kernel.nik import Nik
from payung.kernel.public_id import new_public_id
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert, reserve_ids
from payung.vault.seal import blind_index, seal

BRANGSONG, KENDAL = "33.24.09.2001", "33.24.15.1001"
NAMES = ("Sari", "Budi", "Wati", "Slamet", "Rukmini", "Karto", "Yanti", "Paijo", "Lestari", "Darto")


def add_villages() -> None:
    """Two villages in two kecamatan of Kendal."""
    rows = [
        ("33", "Jawa Tengah", 1, "provinsi", None, ""),
        ("33.24", "Kendal", 2, "kabupaten", "33", ""),
        ("33.24.09", "Brangsong", 3, "kecamatan", "33.24", ""),
        (BRANGSONG, "Brangsong", 4, "desa", "33.24.09", "51371"),
        ("33.24.15", "Kendal", 3, "kecamatan", "33.24", ""),
        (KENDAL, "Patukangan", 4, "kelurahan", "33.24.15", "51313"),
    ]
    for code, name, level, kind, parent, postal_code in rows:
        Region.objects.get_or_create(
            code=code,
            defaults={"name": name, "level": level, "kind": kind, "parent_id": parent, "postal_code": postal_code},
        )
    Occupation.objects.get_or_create(
        code="pedagang-asongan", defaults={"name": "Pedagang asongan", "group": "Pedagang", "sector": "LAINNYA"}
    )


def nik_of(number: int) -> str:
    """A synthetic NIK: born 2 March 1985, serial by number."""
    return Nik.parse(f"332409420385{number:04d}").digits


def add_workers(count: int, *, clock: Clock, village: str = BRANGSONG, first: int = 1) -> list[int]:
    """Workers numbered from `first`, women born on 2 March 1985."""
    add_villages()
    ids = reserve_ids(Worker, count)
    rows = []
    for place, pk in enumerate(ids):
        number, public_id = first + place, new_public_id()
        name = f"{NAMES[number % 10]} {number}"
        sealed = seal(nik_of(number), table="registry_worker", column="nik_sealed", public_id=public_id)
        born = date(1985, 3, 2)
        rows.append(
            (
                pk, public_id, sealed, blind_index(nik_of(number)), born, name, name.lower(), "Kendal", born, "P",
                village, "Jl. Contoh 1", "pedagang-asongan", "", "persetujuan tertulis", "test", clock.now(),
            )
        )  # fmt: skip
    bulk_insert(Worker, _WORKER, rows)
    return list(ids)


_WORKER = (
    "id", "public_id", "nik_sealed", "nik_index", "nik_birth_date", "name", "name_folded", "birth_place", "birth_date",
    "sex", "village_id", "address", "occupation_id", "desil_version", "consent_basis", "source", "recorded_at",
)  # fmt: skip


def add_pledge(sponsor: Sponsor, *, quota: int, clock: Clock) -> Pledge:
    """Six months from December 2026 on."""
    return Pledge.objects.create(
        sponsor=sponsor,
        quota=quota,
        first_month=2026 * 12 + 11,
        months=6,
        dasar_upah_rp=1_000_000,
        pledged_by="test",
        pledged_on=clock.today(),
        recorded_at=clock.now(),
    )


def propose(
    workers: Sequence[int], sponsor: Sponsor, *, by: Viewer, clock: Clock, pledge: Pledge | None = None
) -> list[int]:
    """Begin ways; give the enrolments in the order of the workers."""
    made = propose_workers(workers, sponsor=sponsor, pledge=pledge, source="test", acting_user=by, clock=clock)
    found = made.enrolments
    return [found[worker] for worker in workers]


def verify_all(*, by: Viewer, clock: Clock, number: str = "BA-1") -> None:
    """One round over everybody who is proposed; all are found fit."""
    opened = open_round(number=number, held_on=clock.today(), acting_user=by, clock=clock)
    record_for_all(opened, "layak", acting_user=by, clock=clock)
    close_round(opened, acting_user=by, clock=clock)


def jump(enrolments: Sequence[int], to: str, *, by: Viewer, clock: Clock) -> None:
    """Take the next step without its paper, where a test is about a later one."""
    with recording(by.actor, "test.jump") as event:
        move(enrolments, to, effective_on=clock.today(), event=event, acting_user=by, clock=clock)


def determine_all(sponsor: Sponsor, *, by: Viewer, approver: Viewer, clock: Clock) -> None:
    """A commitment letter over everybody who is checked."""
    made = prepare_determination(
        sponsor,
        basis="surat_komitmen",
        number="012/CSR/2026",
        dated_on=clock.today(),
        file=b"%PDF-1.4 surat",
        file_name="surat.pdf",
        acting_user=by,
        clock=clock,
    )
    approve_determination(made, seen_hash=bytes(made.content_hash), acting_user=approver, clock=clock)


def register_all(sponsor: Sponsor, *, by: Viewer, clock: Clock) -> Wadah:
    """A wadah of the sponsor's, and everybody who is determined in it."""
    wadah = add_wadah(
        "NPW240001", name="Pekerja rentan", branch="Kendal", agreement="PKS/1/2026", acting_user=by, clock=clock
    )
    register_in_wadah(wadah, sponsor=sponsor, acting_user=by, clock=clock)
    return wadah


def states(enrolments: Sequence[int]) -> list[str]:
    """The states of the enrolments, in the order given."""
    found = dict(Enrolment.objects.filter(pk__in=enrolments).values_list("pk", "state"))
    return [found[pk] for pk in enrolments]
