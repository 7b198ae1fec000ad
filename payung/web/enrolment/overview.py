"""The way in at a glance: its steps with their counts, and what waits for the viewer."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.enrolment.selectors import step_counts, work_waiting
from payung.web.enrolment.waiting import waiting_lines
from payung.web.enrolment.words import ENDS, STEP_NAMES, STEP_NOTES, step_url

# The pages of the work, each by the right that it asks for.
PAGES: tuple[tuple[str, str, str | Promise, Permission], ...] = (
    ("enrolment_rounds", "clipboard-check", gettext_lazy("Verifikasi"), Permission.ENROLMENT_VERIFY),
    ("enrolment_dukcapil", "fingerprint", gettext_lazy("Pemadanan Dukcapil"), Permission.ENROLMENT_MATCH),
    ("enrolment_check", "search", gettext_lazy("Pemeriksaan di BPJS"), Permission.ENROLMENT_MATCH),
    ("enrolment_determinations", "gavel", gettext_lazy("Penetapan"), Permission.ENROLMENT_READ),
    ("enrolment_places", "heart-handshake", gettext_lazy("Tempat dalam janji"), Permission.PLEDGE_WRITE),
    ("enrolment_handovers", "exchange", gettext_lazy("Serah terima"), Permission.ENROLMENT_READ),
    ("enrolment_wadah", "users-group", gettext_lazy("Wadah"), Permission.ENROLMENT_REGISTER),
    ("enrolment_batches", "send", gettext_lazy("Kirim ke BPJS"), Permission.BPJS_ANSWER),
    ("enrolment_differences", "scale", gettext_lazy("Jawaban BPJS yang berbeda"), Permission.BPJS_ANSWER),
    ("enrolment_slips", "id", gettext_lazy("Slip peserta"), Permission.SLIP_PRINT),
)


@dataclass(frozen=True, slots=True)
class WorkDoor:
    """One page of the work."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step of the row."""

    name: str
    note: str
    count: int
    url: str


@door(GET=Permission.ENROLMENT_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """The steps, each number leading to its people, and the work that waits."""
    counts = step_counts(request.viewer)
    steps = [
        ShownStep(str(STEP_NAMES[step]), str(STEP_NOTES[step]), count, step_url(step)) for step, count in counts.items()
    ]
    facts = {
        "steps": steps[: -len(ENDS)],
        "ends": steps[-len(ENDS) :],
        "is_empty": not any(counts.values()),
        "waiting": waiting_lines(work_waiting(request.viewer)),
        "doors": [
            WorkDoor(str(label), reverse(name), icon)
            for name, icon, label, permission in PAGES
            if request.viewer.may(permission)
        ],
    }
    return render(request, "enrolment/index.html", facts)
