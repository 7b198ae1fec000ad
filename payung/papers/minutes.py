"""Berita acara verifikasi: the minutes of a village's verification, a result per person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from payung.papers.letterhead import Letterhead, Signer
from payung.papers.typesetting import render_pdf
from payung.papers.wording import day_text, masked, number_text, weekday_text


@dataclass(frozen=True, slots=True)
class VerifiedPerson:
    """One line of the table. `result` is in the words of the paper: `Sesuai`, `Tidak ditemukan`, ..."""

    name: str
    masked_nik: str
    occupation: str
    address: str
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the paper says."""

    number: str
    held_on: date
    village: str
    kecamatan: str
    place: str
    sponsor: str
    persons: Sequence[VerifiedPerson]
    signers: Sequence[Signer]
    is_sample: bool = False


def minutes_pdf(minutes: Minutes, *, letterhead: Letterhead) -> bytes:
    """Typeset the minutes."""
    return render_pdf("minutes", minutes_data(minutes, letterhead=letterhead))


def minutes_data(minutes: Minutes, *, letterhead: Letterhead) -> dict[str, Any]:
    """What the template takes."""
    counts = Counter(person.result for person in minutes.persons)
    return {
        "letterhead": asdict(letterhead),
        "is_sample": minutes.is_sample,
        "number": minutes.number,
        "weekday": weekday_text(minutes.held_on),
        "day": day_text(minutes.held_on),
        "village": minutes.village,
        "kecamatan": minutes.kecamatan,
        "place": minutes.place,
        "sponsor": minutes.sponsor,
        "total": number_text(len(minutes.persons)),
        "counts": [[result, number_text(count)] for result, count in counts.most_common()],
        "persons": [
            [person.name, masked(person.masked_nik), person.occupation, person.address, person.result, person.note]
            for person in minutes.persons
        ],
        "signers": [asdict(signer) for signer in minutes.signers],
    }
