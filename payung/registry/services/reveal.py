"""Opening what is sealed: only here, only for a purpose of the list, and never without a line in the record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.nik import mask
from payung.registry.errors import PurposeError
from payung.registry.models import Worker
from payung.registry.sealed import open_fact

_NIK_IN_TEXT = re.compile(r"(?<![0-9])[0-9]{16}(?![0-9])")


class Purpose(StrEnum):
    """Why somebody may see a person's numbers: the closed list."""

    VERIFIKASI = "verifikasi"
    PADAN_DUKCAPIL = "padan-dukcapil"
    PENDAFTARAN_BPJS = "pendaftaran-bpjs"
    KLAIM = "klaim"
    PERBAIKAN_DATA = "perbaikan-data"
    PERMINTAAN_YBS = "permintaan-ybs"
    PENGADUAN = "pengaduan"
    PEMERIKSAAN = "pemeriksaan"


@dataclass(frozen=True, slots=True, repr=False)
class RevealedWorker:
    """A person's numbers in the clear. It does not print; empty texts are facts not known."""

    id: int
    public_id: UUID
    nik: str
    kk: str
    phone: str
    mother: str


def reveal_nik(worker: Worker, *, purpose: Purpose | str, note: str, acting_user: Viewer) -> str:
    """Show one NIK. `note` says about which case; both stand in the record."""
    return reveal_workers([worker], purpose=purpose, note=note, acting_user=acting_user)[0].nik


@transaction.atomic
def reveal_workers(
    workers: Sequence[Worker], *, purpose: Purpose | str, note: str, acting_user: Viewer
) -> list[RevealedWorker]:
    """Show the numbers of many, in their order, for a file to Dukcapil or BPJS: one event, a line a person."""
    acting_user.require(Permission.WORKER_REVEAL)
    for village in {worker.village_id for worker in workers}:
        acting_user.require(Permission.WORKER_REVEAL, village=village)
    with recording(acting_user.actor, "registry.worker.reveal", reason=_reason(purpose, note)) as event:
        event.touch_many("registry.worker.reveal", (worker.public_id for worker in workers))
        return [_revealed(worker) for worker in workers]


def _revealed(worker: Worker) -> RevealedWorker:
    place = worker.public_id
    return RevealedWorker(
        id=worker.pk,
        public_id=place,
        nik=open_fact(worker.nik_sealed, fact="nik", public_id=place),
        kk=open_fact(worker.kk_sealed, fact="kk", public_id=place),
        phone=open_fact(worker.phone_sealed, fact="phone", public_id=place),
        mother=open_fact(worker.mother_sealed, fact="mother", public_id=place),
    )


def _reason(purpose: Purpose | str, note: str) -> str:
    try:
        named = Purpose(purpose)
    except ValueError as error:
        raise PurposeError("purpose") from error
    if not note.strip():
        raise PurposeError("note")
    return f"{named.value}: {_NIK_IN_TEXT.sub(lambda found: mask(found[0]), note.strip())}"
