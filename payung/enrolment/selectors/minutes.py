"""The minutes of a verification (berita acara) as plain data, for whoever prints them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payung.enrolment.models import VerificationEntry, VerificationRound
from payung.registry.selectors.workers import masked_niks


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """One person; the NIK is masked, for the paper is signed by many."""

    number: int
    name: str
    masked_nik: str
    birth_date: date
    sex: str
    village: str
    address: str
    occupation: str
    sponsor: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say: number, place, day, verifier, a result per person, and the sums."""

    number: str
    held_on: date
    village: str
    kecamatan: str
    verifier: str
    is_final: bool
    lines: tuple[MinutesLine, ...]
    counts: Mapping[str, int]


def minutes_of(verification: VerificationRound) -> Minutes:
    """Gather the minutes of a round in two queries; before the round is closed they are a draft."""
    entries = verification.entries.select_related(
        "enrolment__worker__village", "enrolment__worker__occupation", "enrolment__sponsor"
    ).order_by("position")
    niks = masked_niks(entry.enrolment.worker for entry in entries)
    lines = tuple(_line(entry, niks) for entry in entries)
    village = verification.village
    return Minutes(
        number=verification.number,
        held_on=verification.held_on,
        village=village.name if village else "",
        kecamatan=village.parent.name if village and village.parent else "",
        verifier=verification.verifier_name,
        is_final=verification.closed_at is not None,
        lines=lines,
        counts={result: sum(line.result == result for line in lines) for result in VerificationEntry.Result.values},
    )


def _line(entry: VerificationEntry, niks: Mapping[int, str]) -> MinutesLine:
    worker = entry.enrolment.worker
    return MinutesLine(
        number=entry.position,
        name=worker.name,
        masked_nik=niks[worker.pk],
        birth_date=worker.birth_date,
        sex=worker.sex,
        village=worker.village.name,
        address=worker.address,
        occupation=worker.occupation.name if worker.occupation else "",
        sponsor=entry.enrolment.sponsor.name,
        result=entry.result,
        note=entry.note,
    )
