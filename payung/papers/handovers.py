"""Berita acara serah terima and berita acara penggantian: who goes from one payer to the next, or takes a place."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from payung.kernel.month import Month
from payung.papers.letterhead import Letterhead, Signer
from payung.papers.typesetting import render_pdf
from payung.papers.wording import day_text, masked, month_text, number_text, weekday_text


@dataclass(frozen=True, slots=True)
class HandedPerson:
    """One line of the annex. `paid_until` is the last month that the giving side has paid."""

    name: str
    masked_nik: str
    kpj: str
    village: str
    paid_until: Month | None


@dataclass(frozen=True, slots=True)
class HandoverPaper:
    """What the paper says. Without `to` the people go on by themselves, in no wadah of a payer."""

    number: str
    day: date
    giving: str
    giving_letter: str
    taking_letter: str
    first_month: Month
    persons: Sequence[HandedPerson]
    signers: Sequence[Signer]
    to: str = ""
    old_wadah: str = ""
    new_wadah: str = ""
    gap_known: bool = False
    is_draft: bool = False
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class SubstitutionPaper:
    """One person takes another's place in a pledge from a month on; paid months stay with the one who leaves."""

    number: str
    day: date
    sponsor: str
    pledge: str
    leaving: HandedPerson
    coming: HandedPerson
    reason: str
    from_month: Month
    signers: Sequence[Signer]
    is_sample: bool = False


def handover_pdf(paper: HandoverPaper, *, letterhead: Letterhead) -> bytes:
    """Typeset the minutes of a handover with its annex."""
    return render_pdf("handover", handover_data(paper, letterhead=letterhead))


def handover_data(paper: HandoverPaper, *, letterhead: Letterhead) -> dict[str, Any]:
    """What the template takes."""
    return {
        "letterhead": asdict(letterhead),
        "is_sample": paper.is_sample,
        "is_draft": paper.is_draft,
        "number": paper.number,
        "weekday": weekday_text(paper.day),
        "day": day_text(paper.day),
        "giving": paper.giving,
        "to": paper.to,
        "letters": [paper.giving_letter, paper.taking_letter],
        "old_wadah": paper.old_wadah,
        "new_wadah": paper.new_wadah,
        "gap_known": paper.gap_known,
        "first_month": month_text(paper.first_month),
        "last_month": month_text(paper.first_month + (-1)),
        "total": number_text(len(paper.persons)),
        "persons": [_person(person) for person in paper.persons],
        "signers": [asdict(signer) for signer in paper.signers],
    }


def substitution_pdf(paper: SubstitutionPaper, *, letterhead: Letterhead) -> bytes:
    """Typeset the minutes of a substitution."""
    return render_pdf("substitution", substitution_data(paper, letterhead=letterhead))


def substitution_data(paper: SubstitutionPaper, *, letterhead: Letterhead) -> dict[str, Any]:
    """What the template takes."""
    return {
        "letterhead": asdict(letterhead),
        "is_sample": paper.is_sample,
        "number": paper.number,
        "weekday": weekday_text(paper.day),
        "day": day_text(paper.day),
        "sponsor": paper.sponsor,
        "pledge": paper.pledge,
        "leaving": _person(paper.leaving),
        "coming": _person(paper.coming),
        "reason": paper.reason,
        "from_month": month_text(paper.from_month),
        "signers": [asdict(signer) for signer in paper.signers],
    }


def _person(person: HandedPerson) -> list[str]:
    until = month_text(person.paid_until) if person.paid_until is not None else "belum ada"
    return [person.name, masked(person.masked_nik), person.kpj or "belum ada", person.village, until]
