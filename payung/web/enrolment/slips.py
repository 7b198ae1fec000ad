"""Slips: what each participant holds in hand, by village or pledge, with the list on which they sign for it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.contributions.selectors import covered_since, covered_until
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import slip_villages, slips_due
from payung.enrolment.services import SlipCode, issue_slips
from payung.enrolment.slip_codes import shown_code
from payung.kernel.clock import SystemClock
from payung.kernel.month import Month
from payung.papers.letterhead import Contacts, office_letterhead
from payung.papers.slips import Slip, receipts_pdf, slips_pdf
from payung.registry.selectors.workers import masked_niks
from payung.sponsors.models import Pledge
from payung.sponsors.selectors import pledges_visible_to
from payung.web.enrolment.doorstep import PDF, TROUBLE, given_file, one_of, tell
from payung.web.frame.context import is_demo
from payung.web.frame.tags import angka, bulan

PRINT = Permission.SLIP_PRINT
# A hundred slips take half a second; a page does not make anybody wait longer than a second or two.
MOST_SLIPS = 240


@door(GET=PRINT)
def index(request: ViewerRequest) -> HttpResponse:
    """Whom to print slips for: a village, a pledge, or both."""
    village, pledge = _chosen(request, request.GET.get("desa", ""), request.GET.get("janji", ""))
    chosen = bool(village or pledge)
    rows = slips_due(request.viewer, village=village, pledge=pledge)
    people = list(rows) if chosen else []
    until = covered_until(row.worker_id for row in people)
    ready = sum(row.worker_id in until for row in people)
    facts = {
        "villages": slip_villages(request.viewer),
        "pledges": [(str(each.public_id), _pledge_words(each)) for each in _pledges(request)],
        "village": village,
        "pledge": str(pledge.public_id) if pledge else "",
        "is_chosen": chosen,
        "ready": ready,
        "unpaid": len(people) - ready,
        "parts": [
            (number, first + 1, min(first + MOST_SLIPS, ready))
            for number, first in enumerate(range(0, ready, MOST_SLIPS), start=1)
        ],
    }
    return render(request, "enrolment/slips.html", facts)


@door(POST=PRINT)
def download(request: ViewerRequest) -> HttpResponse:
    """Slips, or the list of receipt, as PDF. A POST: who takes the codes along is recorded."""
    village, pledge = _chosen(request, request.POST.get("desa", ""), request.POST.get("janji", ""))
    part = request.POST.get("bagian", "1")
    first = (int(part) - 1) * MOST_SLIPS if part.isdecimal() and 0 < len(part) < 6 else 0
    people = list(slips_due(request.viewer, village=village, pledge=pledge)) if village or pledge else []
    until = covered_until(row.worker_id for row in people)
    chosen = [row for row in people if row.worker_id in until][max(first, 0) :][:MOST_SLIPS]
    back = (
        f"{reverse('enrolment_slips')}?{urlencode({'desa': village, 'janji': str(pledge.public_id) if pledge else ''})}"
    )
    if not chosen:
        messages.error(request, _("Tidak ada peserta yang bulannya sudah dibayar dalam pilihan ini."))
        return HttpResponseRedirect(back)
    try:
        codes = issue_slips([row.pk for row in chosen], acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
        return HttpResponseRedirect(back)
    slips = _slips(chosen, codes, {pk: each.month for pk, each in until.items()})
    today, head, sample = SystemClock().today(), office_letterhead(), is_demo()
    if request.POST.get("kertas", "") == "tanda-terima":
        content = receipts_pdf(slips, issued_on=today, letterhead=head, is_sample=sample)
        return given_file(content, name=f"tanda-terima-{today:%Y%m%d}-{part}.pdf", kind=PDF)
    content = slips_pdf(slips, issued_on=today, letterhead=head, contacts=Contacts(), is_sample=sample)
    return given_file(content, name=f"slip-{today:%Y%m%d}-{part}.pdf", kind=PDF)


def check_address(code: str) -> str:
    """The public page that answers a code. Behind `#` it stays in the browser: no address and no log keeps it."""
    return f"{settings.PAYUNG_SITE_URL}/cek/#{code}"


def _slips(people: Sequence[Enrolment], codes: Sequence[SlipCode], until: dict[int, Month]) -> list[Slip]:
    niks = masked_niks(row.worker for row in people)
    since = covered_since(row.worker_id for row in people)
    return [
        Slip(
            name=row.worker.name,
            masked_nik=niks[row.worker_id],
            occupation=row.worker.occupation.name if row.worker.occupation else "",
            village=row.worker.village.name,
            kecamatan=row.worker.village.parent.name if row.worker.village.parent else "",
            programmes=("JKK", "JKM"),
            protected_from=row.starts_on or since[row.worker_id].first_day,
            protected_until=until[row.worker_id],
            sponsor=row.sponsor.name,
            code=shown_code(each.code),
            check_url=check_address(each.code),
            kpj=row.kpj,
        )
        for row, each in zip(people, codes, strict=True)
    ]


def _chosen(request: ViewerRequest, village: str, pledge: str) -> tuple[str, Pledge | None]:
    """The village and the pledge that the address or the form names, within reach."""
    known = {each.village.code for each in slip_villages(request.viewer)} if village else set()
    found = one_of(pledges_visible_to(request.viewer), pledge) if pledge else None
    return (village if village in known else ""), found


def _pledges(request: ViewerRequest) -> list[Pledge]:
    """The live pledges within reach, the newest first; a village officer sees none and prints by village."""
    return list(pledges_visible_to(request.viewer).exclude(state=Pledge.State.WITHDRAWN).order_by("-id")[:100])


def _pledge_words(pledge: Pledge) -> str:
    told = {"sponsor": pledge.sponsor.name, "quota": angka(pledge.quota), "month": bulan(pledge.first_month)}
    return _("%(sponsor)s: %(quota)s pekerja sejak %(month)s") % told
