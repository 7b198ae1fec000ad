"""Where BPJS's row describes a person otherwise than our record: ours beside theirs, nothing overwritten."""

import dataclasses
from uuid import UUID

from payung.enrolment.answer_files import GivenRow
from payung.enrolment.models import Enrolment
from payung.kernel.nik import mask
from payung.kernel.public_id import new_public_id
from payung.matching.names import fold_name
from payung.registry.models import Worker
from payung.registry.sealed import open_fact
from payung.vault.seal import blind_index


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two differ. A NIK shows masked on both sides."""

    field: str
    ours: str
    theirs: str
    public_id: UUID = dataclasses.field(default_factory=new_public_id)


def differences_of(row: Enrolment, worker: Worker, given: GivenRow) -> list[Difference]:
    """Compare what the answer says with what is recorded; what the answer leaves out is no difference."""
    found: list[Difference] = []
    if given.nik and blind_index(given.nik) != bytes(worker.nik_index):
        own = open_fact(worker.nik_sealed, fact="nik", public_id=worker.public_id)
        found.append(Difference("nik", mask(own), mask(given.nik)))
    if given.name and fold_name(given.name) != fold_name(worker.name):
        found.append(Difference("name", worker.name, given.name))
    if given.birth_date and given.birth_date != worker.birth_date:
        found.append(Difference("birth_date", worker.birth_date.isoformat(), given.birth_date.isoformat()))
    if given.sex and given.sex != worker.sex:
        found.append(Difference("sex", worker.sex, given.sex))
    if given.kpj and row.kpj and given.kpj != row.kpj:
        found.append(Difference("kpj", row.kpj, given.kpj))
    if given.starts_on and row.starts_on and given.starts_on != row.starts_on:
        found.append(Difference("starts_on", row.starts_on.isoformat(), given.starts_on.isoformat()))
    return found
