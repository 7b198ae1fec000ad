"""People on the way in: lists by step and sponsor, one person with their steps, and the way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.enrolment.selectors import STEPS, enrolments_visible_to, people_at, standing_of, step_counts, steps_of
from payung.enrolment.services import leave as end_way
from payung.enrolment.services import substitute as pass_place_on
from payung.enrolment.services.departures import SUBSTITUTABLE
from payung.enrolment.texts import REASONS, STATES, standing_text
from payung.kernel.clock import Clock, SystemClock
from payung.registry.selectors.workers import masked_niks
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.enrolment.doorstep import PDF, TROUBLE, given_file, one_of, page_of, refused, sponsor_in
from payung.web.enrolment.forms import LeaveForm, SubstituteForm
from payung.web.enrolment.handover_paper import substitution_paper
from payung.web.enrolment.words import STEP_NAMES
from payung.web.frame.shapes import Event
from payung.web.frame.tags import bulan, tanggal

MOST_SUBSTITUTES = 200


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as one line of a list."""

    row: Enrolment
    nik: str
    standing: str
    url: str


@door(GET=Permission.ENROLMENT_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """Who is where; step and sponsor stand in the address."""
    sponsors = sponsors_visible_to(request.viewer).order_by("name")
    sponsor = sponsor_in(sponsors, request.GET.get("penyandang", ""))
    step = request.GET.get("langkah", "")
    step = step if step in STEPS else ""
    rows = people_at(request.viewer, step) if step else enrolments_visible_to(request.viewer)
    if sponsor:
        rows = rows.filter(sponsor=sponsor)
    rows = rows.select_related("worker__village", "sponsor", "wadah")
    page = page_of(request, rows, order=("since", "id") if step else ("-id",))
    counts = step_counts(request.viewer, sponsor=sponsor)
    facts = {
        "page": page,
        "lines": person_lines(page.items, clock=SystemClock()),
        "steps": [(each, f"{name} ({counts[each]})") for each, name in STEP_NAMES.items()],
        "step": step,
        "step_name": STEP_NAMES.get(step, ""),
        "sponsors": list(sponsors),
        "sponsor": sponsor,
        "count": counts[step] if step else sum(counts.values()),
    }
    return render(request, "enrolment/people.html", facts)


@door(GET=Permission.ENROLMENT_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One way: where it stands, what happened, and the way out."""
    row = _way(request, public_id)
    may_end = request.viewer.may(Permission.ENROLMENT_REGISTER) and row.state not in Enrolment.ENDED
    (line,) = person_lines([row], clock=SystemClock())
    facts = {
        "row": row,
        "line": line,
        "events": [_event(each) for each in steps_of(row)],
        "form": LeaveForm() if may_end else None,
        "may_substitute": request.viewer.may(Permission.ENROLMENT_REGISTER) and _has_place_to_pass(row),
        "replaced_by": Enrolment.objects.select_related("worker").filter(replaces=row).first(),
        "from_month": bulan(row.from_month) if row.from_month is not None else "",
    }
    return render(request, "enrolment/person.html", facts)


@door(GET=Permission.ENROLMENT_REGISTER, POST=Permission.ENROLMENT_REGISTER)
def leave(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Somebody leaves, for a reason of the closed list."""
    row = _way(request, public_id)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_way(
                [row.pk],
                reason=form.cleaned_data["reason"],
                effective_on=form.cleaned_data["effective_on"],
                note_text=form.cleaned_data["note"],
                acting_user=request.viewer,
                clock=SystemClock(),
            )
        except TROUBLE as error:
            form.add_error(None, refused(error))
        else:
            messages.success(request, _("%(name)s keluar dari program.") % {"name": row.worker.name})
            return HttpResponseRedirect(_address(row))
    return render(request, "enrolment/leave.html", {"form": form, "row": row, "address": _address(row)})


@door(GET=Permission.ENROLMENT_REGISTER, POST=Permission.ENROLMENT_REGISTER)
def substitute(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Another takes the place of somebody in the pledge."""
    row = _way(request, public_id)
    waiting = enrolments_visible_to(request.viewer).filter(sponsor=row.sponsor_id, pledge__isnull=True)
    waiting = waiting.exclude(state__in=Enrolment.ENDED).order_by("position", "pk")
    people = [(str(each.public_id), each.worker.name) for each in waiting[:MOST_SUBSTITUTES]]
    form = SubstituteForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        coming = one_of(waiting, form.cleaned_data["coming"])
        try:
            pass_place_on(
                row,
                coming,
                from_month=form.cleaned_data["from_month"],
                reason=form.cleaned_data["reason"],
                note_text=form.cleaned_data["note"],
                acting_user=request.viewer,
                clock=SystemClock(),
            )
        except TROUBLE as error:
            form.add_error(None, refused(error))
        else:
            told = {"old": row.worker.name, "new": coming.worker.name}
            messages.success(request, _("%(new)s menggantikan %(old)s.") % told)
            return HttpResponseRedirect(_address(row))
    facts = {"form": form, "row": row, "address": _address(row), "has_people": bool(people)}
    return render(request, "enrolment/substitute.html", facts)


@door(GET=Permission.ENROLMENT_READ)
def paper(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The minutes of a substitution, at the way of who came."""
    row = _way(request, public_id)
    if row.replaces_id is None:
        raise Http404
    name = f"berita-acara-penggantian-{row.public_id}.pdf"
    return given_file(substitution_paper(row, clock=SystemClock()), name=name, kind=PDF)


def person_lines(rows: Iterable[Enrolment], *, clock: Clock) -> list[PersonLine]:
    """People as lines: the NIK masked, the standing in its one sentence."""
    found = list(rows)
    niks = masked_niks(row.worker for row in found)
    today = clock.today()
    return [
        PersonLine(row, niks[row.worker_id], standing_text(standing_of(row, on=today)), _address(row)) for row in found
    ]


def _way(request: ViewerRequest, public_id: UUID) -> Enrolment:
    rows = enrolments_visible_to(request.viewer).select_related(
        "worker__village__parent", "sponsor", "pledge", "wadah", "replaces__worker"
    )
    return one_of(rows, public_id)


def _address(row: Enrolment) -> str:
    return reverse("enrolment_person", args=[row.public_id])


def _has_place_to_pass(row: Enrolment) -> bool:
    """Whether the law of the programme knows a substitute: a place in a pledge, left for one of its six reasons."""
    if row.pledge_id is None or row.state == Enrolment.State.REJECTED:
        return False
    if row.state == Enrolment.State.LEFT and row.reason not in SUBSTITUTABLE:
        return False
    return not Enrolment.objects.filter(replaces=row).exists()


def _event(step: EnrolmentEvent) -> Event:
    text = str(STATES[step.to_state])
    if step.reason:
        text = f"{text}: {REASONS.get(step.reason, step.reason)}"
    if note := step.params.get("note"):
        text = f"{text}. {note}"
    return Event(step.effective_on, tanggal(step.effective_on), text, step.actor_label)
