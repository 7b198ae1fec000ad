"""Verification: rounds, a result per person, and the minutes."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.enrolment.models import VerificationEntry, VerificationRound
from payung.enrolment.selectors import minutes_of, rounds_visible_to, sponsors_at, villages_at
from payung.enrolment.services import close_round, open_round, record_for_all, record_results
from payung.enrolment.texts import RESULTS
from payung.kernel.clock import SystemClock
from payung.papers.letterhead import Signer, office_letterhead
from payung.papers.minutes import Minutes, VerifiedPerson, minutes_pdf
from payung.registry.models import Region
from payung.registry.selectors.workers import masked_niks
from payung.sponsors.models import Sponsor
from payung.web.enrolment.doorstep import PDF, TROUBLE, given_file, one_of, page_of, refused, tell
from payung.web.enrolment.forms import RoundForm
from payung.web.enrolment.words import RESULT_TONES
from payung.web.frame.context import is_demo
from payung.web.frame.tags import angka

VERIFY = Permission.ENROLMENT_VERIFY
RESULT_CHOICES = [(value, RESULTS[value]) for value in VerificationEntry.Result.values]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One person of a round."""

    entry: VerificationEntry
    nik: str
    key: str
    words: str
    tone: str


@door(GET=Permission.ENROLMENT_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """Rounds within reach, the newest first; and what waits for one."""
    rounds = rounds_visible_to(request.viewer)
    only_open = request.GET.get("keadaan", "") == "terbuka"
    if only_open:
        rounds = rounds.filter(closed_at__isnull=True)
    may_verify = request.viewer.may(VERIFY)
    facts = {
        "page": page_of(request, rounds, order=("-id",), size=30),
        "only_open": only_open,
        "may_verify": may_verify,
        "waiting": sponsors_at(request.viewer, "usulan", permission=VERIFY) if may_verify else [],
    }
    return render(request, "enrolment/rounds.html", facts)


@door(GET=VERIFY, POST=VERIFY)
def new(request: ViewerRequest) -> HttpResponse:
    """Open a round over the proposed persons of a village, a sponsor, or both."""
    villages = {each.village.code: each for each in villages_at(request.viewer, "usulan", permission=VERIFY)}
    sponsors = {str(each.sponsor.public_id): each for each in sponsors_at(request.viewer, "usulan", permission=VERIFY)}
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        villages=[(code, _village_choice(each.village, each.count)) for code, each in villages.items()],
        sponsors=[(key, f"{each.sponsor.name} ({angka(each.count)})") for key, each in sponsors.items()],
        initial={
            "sponsor": request.GET.get("penyandang", ""),
            "village": request.GET.get("desa", ""),
            "held_on": SystemClock().today(),
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        village: Region | None = villages[data["village"]].village if data["village"] else None
        sponsor: Sponsor | None = sponsors[data["sponsor"]].sponsor if data["sponsor"] else None
        try:
            opened = open_round(
                number=data["number"],
                held_on=data["held_on"],
                village=village,
                sponsor=sponsor,
                acting_user=request.viewer,
                clock=SystemClock(),
            )
        except TROUBLE as error:
            form.add_error(None, refused(error))
        else:
            return HttpResponseRedirect(_address(opened))
    return render(request, "enrolment/round_new.html", {"form": form, "has_any": bool(villages)})


@door(GET=Permission.ENROLMENT_READ, POST=VERIFY)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """A round with a result per person; sending the page keeps the results that it shows."""
    found = _round(request, public_id)
    rows = found.entries.select_related("enrolment__worker__village", "enrolment__sponsor")
    if request.GET.get("hasil", "") == "kosong":
        rows = rows.filter(result="")
    shown = page_of(request, rows, order=("position",))
    if request.method == "POST":
        return _kept(request, found)
    minutes = minutes_of(found) if found.closed_at else None
    left = found.entries.filter(result="").count()
    facts = {
        "round": found,
        "page": shown,
        "lines": _lines(shown.items),
        "results": RESULT_CHOICES,
        "counts": [(RESULTS[result], count) for result, count in minutes.counts.items()] if minutes else [],
        "left": left,
        "total": found.entries.count(),
        "only_left": request.GET.get("hasil", "") == "kosong",
        "may_record": request.viewer.may(VERIFY) and found.closed_at is None,
    }
    return render(request, "enrolment/round.html", facts)


@door(POST=VERIFY)
def rest(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Everybody who has no result yet is found fit: most of a village is found as listed."""
    found = _round(request, public_id)
    try:
        count = record_for_all(found, "layak", acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        told = ngettext("%(n)s orang dicatat layak.", "%(n)s orang dicatat layak.", count) % {"n": angka(count)}
        messages.success(request, told)
    return HttpResponseRedirect(_address(found))


@door(POST=VERIFY)
def close(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Close a round: who is found fit goes on, the others leave with the reason."""
    found = _round(request, public_id)
    try:
        close_round(found, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        messages.success(request, _("Verifikasi ditutup. Unduh berita acaranya untuk ditandatangani."))
    return HttpResponseRedirect(_address(found))


@door(GET=Permission.ENROLMENT_READ)
def minutes(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The minutes as PDF; before the round is closed, a list to take along."""
    found = _round(request, public_id)
    said = minutes_of(found)
    persons = [
        VerifiedPerson(
            name=line.name,
            masked_nik=line.masked_nik,
            occupation=line.occupation,
            address=", ".join(part for part in (line.address, line.village) if part),
            result=str(RESULTS.get(line.result, "")),
            note=line.note,
        )
        for line in said.lines
    ]
    head = office_letterhead()
    paper = Minutes(
        number=said.number,
        held_on=said.held_on,
        village=said.village,
        kecamatan=said.kecamatan,
        place=said.village or head.place,
        sponsor=found.sponsor.name if found.sponsor else "",
        persons=persons,
        signers=[Signer("Yang memverifikasi", said.verifier), Signer("Mengetahui")],
        is_sample=is_demo(),
    )
    return given_file(minutes_pdf(paper, letterhead=head), name=f"berita-acara-{said.number}.pdf", kind=PDF)


def _kept(request: ViewerRequest, found: VerificationRound) -> HttpResponse:
    """Keep the results of the persons who stood on the page that was sent; others stay as they are."""
    keys = [name.removeprefix("hasil-") for name in request.POST if name.startswith("hasil-")]
    people = dict(
        found.entries.filter(position__in=[key for key in keys if key.isdecimal()]).values_list(
            "position", "enrolment_id"
        )
    )
    results = {
        pk: (chosen, request.POST.get(f"catatan-{place}", ""))
        for place, pk in people.items()
        if (chosen := request.POST.get(f"hasil-{place}", ""))
    }
    try:
        if results:
            record_results(found, results, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        count = len(results)
        told = ngettext("Hasil %(n)s orang disimpan.", "Hasil %(n)s orang disimpan.", count) % {"n": angka(count)}
        messages.success(request, told)
    asked = request.GET.urlencode()
    return HttpResponseRedirect(f"{_address(found)}?{asked}" if asked else _address(found))


def _round(request: ViewerRequest, public_id: UUID) -> VerificationRound:
    return one_of(rounds_visible_to(request.viewer).select_related("village__parent", "sponsor"), public_id)


def _address(found: VerificationRound) -> str:
    return reverse("enrolment_round", args=[found.public_id])


def _village_choice(village: Region, count: int) -> str:
    kecamatan = village.parent.name if village.parent else ""
    return f"{village.name}, {kecamatan} ({angka(count)})"


def _lines(entries: list[VerificationEntry]) -> list[EntryLine]:
    niks = masked_niks(entry.enrolment.worker for entry in entries)
    return [
        EntryLine(
            entry,
            niks[entry.enrolment.worker_id],
            str(entry.position),
            str(RESULTS.get(entry.result, _("belum ada hasil"))),
            RESULT_TONES.get(entry.result, "bad"),
        )
        for entry in entries
    ]
