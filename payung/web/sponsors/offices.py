"""ASN Peduli: the civil servants of an office, and the workers whom each carries."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors import enrolments_visible_to
from payung.kernel.clock import SystemClock
from payung.kernel.funds import SumberDana
from payung.registry.selectors import masked_niks
from payung.sponsors.errors import OtherOfficeError, SponsorDataError
from payung.sponsors.selectors import civil_servants_visible_to, masked_nips
from payung.sponsors.services import NewCivilServant, add_civil_servants
from payung.web.frame.lists import asked_page
from payung.web.sponsors.finding import sponsor_or_404
from payung.web.sponsors.forms import CivilServantForm
from payung.web.sponsors.words import refusal_words
from payung.web.workers.standings import tell_standing


@door(GET=Permission.SPONSOR_READ, POST=Permission.SPONSOR_WRITE)
def index(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """The civil servants of an office, how many workers each carries; and making one known."""
    office = sponsor_or_404(request.viewer, public_id)
    if office.funds != SumberDana.ASN:
        raise Http404
    form = CivilServantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = NewCivilServant(form.cleaned_data["name"], form.cleaned_data["nip"])
        try:
            add_civil_servants(office, rows=[row], acting_user=request.viewer, clock=SystemClock())
        except SponsorDataError as error:
            form.add_error(error.field, refusal_words(error))
        except OtherOfficeError:
            form.add_error("nip", _("NIP ini tercatat di kantor lain. Seorang ASN menanggung pekerja di satu kantor."))
        else:
            messages.success(request, _("%(name)s tercatat.") % {"name": row.name})
            return HttpResponseRedirect(reverse("civil_servants", args=[office.public_id]))
    people = civil_servants_visible_to(request.viewer).filter(sponsor=office)
    page = asked_page(request, people, order=("name", "id"))
    nips = masked_nips(page.items)
    live = Q(civil_servant__in=page.items) & ~Q(state__in=Enrolment.ENDED)
    rows = enrolments_visible_to(request.viewer).select_related(None).filter(live).order_by()
    carried = dict(rows.values_list("civil_servant").annotate(count=Count("pk")))
    facts = {
        "office": office,
        "page": page,
        "rows": [(person, nips[person.pk], carried.get(person.pk, 0)) for person in page.items],
        "form": form,
        "may_write": request.viewer.may(Permission.SPONSOR_WRITE),
    }
    return render(request, "sponsors/civil_servants.html", facts)


@door(GET=Permission.SPONSOR_READ)
def page(request: ViewerRequest, public_id: UUID) -> HttpResponse:
    """One civil servant and the workers carried."""
    person = civil_servants_visible_to(request.viewer).filter(public_id=public_id).first()
    if person is None:
        raise Http404
    ways = enrolments_visible_to(request.viewer).filter(civil_servant=person).select_related("worker__village")
    carried = asked_page(request, ways)
    niks = masked_niks(way.worker for way in carried.items)
    today = SystemClock().today()
    facts = {
        "person": person,
        "nip": masked_nips([person])[person.pk],
        "page": carried,
        "rows": [
            {"way": way, "nik": niks[way.worker_id], "told": tell_standing(way, on=today)} for way in carried.items
        ],
    }
    return render(request, "sponsors/civil_servant.html", facts)
