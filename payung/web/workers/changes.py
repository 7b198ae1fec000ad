"""Changing what is known of workers: one more by hand, facts, the NIK itself, a death with what it undoes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.selectors import months_beyond
from payung.contributions.services import settle_death
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import enrolments_visible_to
from payung.kernel.clock import SystemClock
from payung.registry.errors import AlreadyRegisteredError, WorkerDataError
from payung.registry.models import Worker
from payung.registry.selectors import masked_niks
from payung.registry.services import NewWorker, correct_nik, register_worker, update_worker
from payung.web.workers.forms import CorrectNikForm, DeathForm, EditWorkerForm, NewWorkerForm, add_fault
from payung.web.workers.pages import worker_or_404


@door(GET=Permission.WORKER_WRITE, POST=Permission.WORKER_WRITE)
def new(request: ViewerRequest) -> HttpResponse:
    """Register one worker by hand."""
    form = NewWorkerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = NewWorker(nik=form.cleaned_data["nik"], consent_basis=form.cleaned_data["consent_basis"], **form.facts())
        try:
            worker = register_worker(row, acting_user=request.viewer, clock=SystemClock(), source="petugas")
        except AlreadyRegisteredError:
            form.add_error("nik", _("NIK ini sudah terdaftar. Cari orangnya lewat kotak pencarian di atas."))
        except WorkerDataError as error:
            add_fault(form, error)
        else:
            messages.success(request, _("%(name)s terdaftar.") % {"name": worker.name})
            return _to(worker)
    return render(request, "workers/new.html", {"form": form})


@door(GET=Permission.WORKER_WRITE, POST=Permission.WORKER_WRITE)
def edit(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Change facts of a worker."""
    worker = _to_change(request, public_id)
    form = EditWorkerForm(request.POST or None, worker=worker)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            update_worker(
                worker, changes=form.changes(), reason=reason, acting_user=request.viewer, clock=SystemClock()
            )
        except WorkerDataError as error:
            add_fault(form, error)
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return _to(worker)
    return _edit_page(request, worker, form, CorrectNikForm())


@door(POST=Permission.WORKER_WRITE)
def mend_nik(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Give a worker the NIK that is really theirs."""
    worker = _to_change(request, public_id)
    form = CorrectNikForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            correct_nik(
                worker, nik=given["nik"], reason=given["reason"], acting_user=request.viewer, clock=SystemClock()
            )
        except AlreadyRegisteredError:
            form.add_error("nik", _("NIK ini sudah terdaftar. Cari orangnya lewat kotak pencarian di atas."))
        except WorkerDataError as error:
            add_fault(form, error)
        else:
            messages.success(request, _("NIK diperbaiki."))
            return _to(worker)
    return _edit_page(request, worker, EditWorkerForm(worker=worker), form)


@door(GET=Permission.WORKER_WRITE, POST=Permission.WORKER_WRITE)
def death(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Record a death: first what it undoes is shown, then it is done."""
    worker, clock = _to_change(request, public_id), SystemClock()
    form = DeathForm(request.POST or None)
    facts: dict[str, Any] = {"worker": worker, "form": form}
    if request.method == "POST" and form.is_valid():
        died_on, reason = form.cleaned_data["died_on"], form.cleaned_data["reason"]
        if not worker.birth_date <= died_on <= clock.today():
            why = "before-birth" if died_on < worker.birth_date else "future"
            add_fault(form, WorkerDataError("died_on", why))
        elif "ya" in request.POST:
            undone = settle_death(worker, died_on=died_on, reason=reason, acting_user=request.viewer, clock=clock)
            told = ngettext(
                "Kematian dicatat; %(n)s bulan sesudahnya dikembalikan.",
                "Kematian dicatat; %(n)s bulan sesudahnya dikembalikan.",
                undone,
            )
            messages.success(request, told % {"n": undone})
            return _to(worker)
        else:
            facts |= _undone(worker, request, form)
    return render(request, "workers/death.html", facts)


def _undone(worker: Worker, request: ViewerRequest, form: DeathForm) -> dict[str, Any]:
    months, amount_rp = months_beyond(worker, form.cleaned_data["died_on"])
    live = enrolments_visible_to(request.viewer).filter(worker=worker).exclude(state__in=Enrolment.ENDED)
    return {"is_checked": True, "months": months, "amount_rp": amount_rp, "way": live.first()}


def _to_change(request: ViewerRequest, public_id: UUID) -> Worker:
    worker = worker_or_404(request.viewer, public_id)
    request.viewer.require(Permission.WORKER_WRITE, village=worker.village_id)
    return worker


def _edit_page(request: ViewerRequest, worker: Worker, form: EditWorkerForm, nik_form: CorrectNikForm) -> HttpResponse:
    facts = {"worker": worker, "nik": masked_niks([worker])[worker.pk], "form": form, "nik_form": nik_form}
    return render(request, "workers/edit.html", facts)


def _to(worker: Worker) -> HttpResponse:
    return HttpResponseRedirect(reverse("worker", args=[worker.public_id]))
