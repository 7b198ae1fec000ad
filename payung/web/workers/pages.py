"""Workers: the list with its filters, one person, and opening a NIK."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.selectors import WorkerFilter, last_covered, workers_matching
from payung.contributions.selectors.people import NOT_PROPOSED, PAID, TO_REPLACE, UNPAID
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import enrolments_visible_to
from payung.enrolment.texts import STATES
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.registry.errors import PurposeError, UnknownWorkerError
from payung.registry.models import Occupation, Region, Worker
from payung.registry.selectors import kecamatan_of, masked_niks, records_of, worker_for
from payung.registry.services import reveal_nik
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsors_visible_to
from payung.web.frame.known import asked_day, known_facts
from payung.web.frame.lists import asked_page
from payung.web.frame.navigation import is_company
from payung.web.workers.one import page_facts
from payung.web.workers.standings import not_proposed, tell_standing


@door(GET=Permission.WORKER_READ)
def index(request: ViewerRequest) -> HttpResponse:
    """The workers that the viewer may see and asks for."""
    viewer, today = request.viewer, SystemClock().today()
    sponsor = _sponsor(request, viewer)
    wanted = _asked(request, sponsor)
    found = workers_matching(viewer, wanted, month=Month.of(today)).select_related("village__parent", "occupation")
    page = asked_page(request, found, order=("name_folded", "id"), sorts={"nama": "name_folded"})
    facts = {
        "page": page,
        "rows": _rows(viewer, page.items),
        "wanted": wanted,
        "is_filtered": bool(
            request.GET.keys() & {"kecamatan", "desa", "pekerjaan", "kedudukan", "lindung", "penyandang"}
        ),
        "is_own": is_company(viewer),
        "kecamatan": kecamatan_of(settings.PAYUNG_REGENCY),
        "villages": Region.objects.filter(parent=wanted.kecamatan).order_by("name") if wanted.kecamatan else [],
        "occupations": Occupation.objects.order_by("name"),
        "standings": _standings() if viewer.may(Permission.ENROLMENT_READ) else [],
        "covers": [(PAID, _("dibayar bulan ini atau sesudahnya")), (UNPAID, _("belum dibayar"))],
        "sponsors": [] if is_company(viewer) else sponsors_visible_to(viewer).order_by("name")[:500],
        "may_write": viewer.may(Permission.WORKER_WRITE),
        "may_upload": viewer.may(Permission.LIST_UPLOAD),
    }
    return render(request, "workers/index.html", facts)


@door(GET=Permission.WORKER_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One worker: who, where on the way, which months, what happened."""
    worker = worker_or_404(request.viewer, public_id)
    clock = SystemClock()
    note = _("Hanya bulan yang terlindungi; keterangan lain di halaman ini menurut hari ini.")
    known = known_facts(request, today=clock.today(), note=note)
    day = asked_day(request, today=clock.today())
    return render(
        request, "workers/page.html", known | page_facts(worker, viewer=request.viewer, clock=clock, known_on=day)
    )


@door(POST=Permission.WORKER_REVEAL)
def reveal(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """Open one NIK for a purpose; it stands on this answer alone, and the opening in the record."""
    worker = worker_or_404(request.viewer, public_id)
    facts: dict[str, Any] = {}
    try:
        facts["revealed"] = reveal_nik(
            worker,
            purpose=request.POST.get("purpose", ""),
            note=request.POST.get("note", ""),
            acting_user=request.viewer,
        )
    except PurposeError:
        facts["refused"] = _("Pilih keperluannya dan sebut perkaranya, lalu tampilkan NIK.")
    shown = page_facts(worker, viewer=request.viewer, clock=SystemClock())
    return render(request, "workers/page.html", shown | facts)


def worker_or_404(viewer: Viewer, public_id: UUID) -> Worker:
    """The worker of an address; what the viewer may not see is not found."""
    try:
        return worker_for(viewer, public_id)
    except UnknownWorkerError as error:
        raise Http404 from error


def _sponsor(request: ViewerRequest, viewer: Viewer) -> Sponsor | None:
    code = request.GET.get("penyandang", "").strip()
    return sponsors_visible_to(viewer).filter(code__iexact=code).first() if code else None


def _asked(request: ViewerRequest, sponsor: Sponsor | None) -> WorkerFilter:
    asked = request.GET
    standing = asked.get("kedudukan", "")
    cover = asked.get("lindung", "")
    return WorkerFilter(
        kecamatan=asked.get("kecamatan", ""),
        village=asked.get("desa", "") if asked.get("desa", "").startswith(asked.get("kecamatan", "")) else "",
        occupation=asked.get("pekerjaan", ""),
        standing=standing if standing in dict(_standings()) else "",
        cover=cover if cover in (PAID, UNPAID) else "",
        sponsor=sponsor,
    )


def _standings() -> list[tuple[str, str]]:
    states = [(str(state), str(words)) for state, words in STATES.items()]
    return [(NOT_PROPOSED, _("Belum diusulkan")), *states, (TO_REPLACE, _("Perlu diganti"))]


def _rows(viewer: Viewer, workers: list[Worker]) -> list[dict[str, Any]]:
    niks, until, today = masked_niks(workers), last_covered(viewer, workers), SystemClock().today()
    ways: dict[int, Enrolment] = {}
    person = records_of(worker.pk for worker in workers)
    for way in enrolments_visible_to(viewer).filter(worker__in=list(person)).order_by("pk"):
        ways[person[way.worker_id]] = way
    return [
        {
            "worker": worker,
            "nik": niks[worker.pk],
            "told": tell_standing(ways[worker.pk], on=today) if worker.pk in ways else not_proposed(),
            "sponsor": ways[worker.pk].sponsor if worker.pk in ways else None,
            "until": until.get(worker.pk),
        }
        for worker in workers
    ]
