"""Pemeriksaan buku: what must always hold, as the last look found it, and asking for another look."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.jobs.models import Job
from payung.jobs.services import enqueue
from payung.kernel.clock import SystemClock
from payung.watch.models import CheckRun
from payung.watch.selectors import latest_run, runs_visible_to
from payung.watch.texts import INSTEAD, STATES, TITLES

EARLIER = 14
TONES = {"sound": "ok", "broken": "bad"}


@door(GET=Permission.LEDGER_CHECK, POST=Permission.LEDGER_CHECK)
def page(request: ViewerRequest) -> HttpResponse:
    """The newest whole look, number by number; a POST asks for another one behind the scenes."""
    if request.method == "POST":
        return _ask(request)
    run = latest_run(request.viewer)
    facts = {
        "run": run,
        "rows": [_row(result) for result in run.results] if run else [],
        "sound": _count(run, "sound"),
        "waiting": _waiting().exists(),
        "earlier": list(runs_visible_to(request.viewer).filter(is_whole=True)[1 : EARLIER + 1]),
    }
    return render(request, "watch/checks.html", facts)


def _ask(request: ViewerRequest) -> HttpResponse:
    if _waiting().exists():
        messages.info(request, _("Pemeriksaan sedang berjalan; hasilnya tampil di sini begitu selesai."))
    else:
        enqueue("watch.check", {}, acting_user=request.viewer, clock=SystemClock())
        messages.success(request, _("Pemeriksaan dimulai; hasilnya tampil di sini begitu selesai."))
    return HttpResponseRedirect(reverse("checks"))


def _waiting() -> Any:
    return Job.objects.filter(kind="watch.check", state__in=[Job.State.QUEUED, Job.State.RUNNING])


def _count(run: CheckRun | None, state: str) -> int:
    return sum(result["state"] == state for result in run.results) if run else 0


def _row(result: dict[str, Any]) -> dict[str, Any]:
    state = result["state"]
    return result | {
        "title": TITLES[result["number"]],
        "word": STATES[state],
        "tone": TONES.get(state, "off"),
        "instead": INSTEAD.get(state, ""),
        "more": result["found"] - len(result["rows"]),
    }
