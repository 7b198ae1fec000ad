"""Lampiran penetapan: the list by name that stands behind a determination (an SK Bupati, a letter of commitment)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from payung.kernel.month import Month
from payung.papers.letterhead import Letterhead, Signer
from payung.papers.typesetting import render_pdf
from payung.papers.wording import day_text, masked, month_text, number_text


@dataclass(frozen=True, slots=True)
class DeterminedPerson:
    """One line of the list."""

    name: str
    masked_nik: str
    birth_date: date
    occupation: str
    village: str
    kecamatan: str


@dataclass(frozen=True, slots=True)
class Annex:
    """What the paper says. `content_hash` is the hash of the list that two persons approved."""

    number: str
    determined_on: date
    title: str
    basis: str
    sponsor: str
    first_month: Month
    months: int
    persons: Sequence[DeterminedPerson]
    signer: Signer
    content_hash: str = ""
    is_sample: bool = False


def annex_pdf(annex: Annex, *, letterhead: Letterhead) -> bytes:
    """Typeset the annex."""
    return render_pdf("annex", annex_data(annex, letterhead=letterhead))


def annex_data(annex: Annex, *, letterhead: Letterhead) -> dict[str, Any]:
    """What the template takes."""
    return {
        "letterhead": asdict(letterhead),
        "is_sample": annex.is_sample,
        "number": annex.number,
        "day": day_text(annex.determined_on),
        "title": annex.title,
        "basis": annex.basis,
        "sponsor": annex.sponsor,
        "first_month": month_text(annex.first_month),
        "last_month": month_text(annex.first_month + (annex.months - 1)),
        "months": number_text(annex.months),
        "total": number_text(len(annex.persons)),
        "persons": [
            [
                person.name,
                masked(person.masked_nik),
                day_text(person.birth_date),
                person.occupation,
                person.village,
                person.kecamatan,
            ]
            for person in annex.persons
        ],
        "signer": asdict(annex.signer),
        "content_hash": annex.content_hash,
    }
