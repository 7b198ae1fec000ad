"""The papers of handovers and substitutions, from what was recorded; in Indonesian whatever the reader's language."""

from collections.abc import Iterable

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from payung.contributions.selectors import covered_until
from payung.enrolment.models import Enrolment, Handover
from payung.enrolment.texts import REASONS
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.papers.handovers import HandedPerson, HandoverPaper, SubstitutionPaper, handover_pdf, substitution_pdf
from payung.papers.letterhead import Signer, office_letterhead
from payung.papers.models import IssuedNumber
from payung.papers.services import Series
from payung.papers.wording import month_text, number_text
from payung.registry.selectors.workers import masked_niks
from payung.web.frame.context import is_demo


def handover_paper(found: Handover) -> bytes:
    """Typeset the minutes of a handover; what is not approved says that it is a draft."""
    lines = list(found.lines.select_related("enrolment__worker__village", "enrolment__wadah").order_by("position"))
    niks = masked_niks(line.enrolment.worker for line in lines)
    at = found.approved_at or found.prepared_at
    to = found.to_pledge.sponsor.name if found.to_pledge else ""
    with override("id"):
        paper = HandoverPaper(
            number=found.number,
            day=localdate(at),
            giving=found.from_sponsor.name,
            to=to,
            giving_letter=found.giving_letter,
            taking_letter=found.taking_letter,
            first_month=Month(found.first_month),
            old_wadah=_wadah(line.enrolment for line in lines),
            new_wadah=f"{found.to_wadah.number} ({found.to_wadah.name})" if found.to_wadah else "",
            persons=[_person(line.enrolment, niks[line.enrolment.worker_id], line.paid_until) for line in lines],
            signers=_signers(found.from_sponsor.name, to),
            gap_known=found.with_gap,
            is_draft=found.approved_at is None,
            is_sample=is_demo(),
        )
        return handover_pdf(paper, letterhead=office_letterhead())


def substitution_paper(coming: Enrolment, *, clock: Clock) -> bytes:
    """Typeset the minutes of who took whose place, from what the two ways say."""
    leaving = coming.replaces
    if leaving is None or coming.pledge is None:
        raise ValueError("Nobody was replaced.")
    niks = masked_niks([leaving.worker, coming.worker])
    until = covered_until([leaving.worker_id, coming.worker_id])
    people = [
        _person(way, niks[way.worker_id], until[way.worker_id].month if way.worker_id in until else None)
        for way in (leaving, coming)
    ]
    number = IssuedNumber.objects.filter(series=Series.PENGGANTIAN, subject_id=str(coming.public_id)).first()
    first = Month(coming.pledge.first_month)
    with override("id"):
        paper = SubstitutionPaper(
            number=number.text if number else "",
            day=number.issued_on if number else clock.today(),
            sponsor=coming.sponsor.name,
            pledge=f"{number_text(coming.pledge.quota)} pekerja, {month_text(first)} sampai "
            f"{month_text(first + (coming.pledge.months - 1))}",
            leaving=people[0],
            coming=people[1],
            reason=str(REASONS[leaving.reason]),
            from_month=Month(coming.from_month or coming.pledge.first_month),
            signers=[Signer(coming.sponsor.name), Signer(_("Petugas Payung"))],
            is_sample=is_demo(),
        )
        return substitution_pdf(paper, letterhead=office_letterhead())


def _person(way: Enrolment, nik: str, paid_until: int | None) -> HandedPerson:
    until = Month(paid_until) if paid_until is not None else None
    return HandedPerson(way.worker.name, nik, way.kpj, way.worker.village.name, until)


def _wadah(ways: Iterable[Enrolment]) -> str:
    return ", ".join(sorted({way.wadah.number for way in ways if way.wadah is not None}))


def _signers(giving: str, to: str) -> list[Signer]:
    taking = [Signer(_("Yang menerima, {name}").format(name=to))] if to else []
    return [Signer(_("Yang menyerahkan, {name}").format(name=giving)), *taking, Signer(_("Mengetahui, dinas"))]
