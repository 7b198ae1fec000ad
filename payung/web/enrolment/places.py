"""Places in a pledge for people who came in without one: the list is often there before the pledge."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.enrolment.selectors import placeless, sponsors_placeless
from payung.enrolment.services import assign_to_pledge
from payung.kernel.clock import SystemClock
from payung.sponsors.models import Pledge
from payung.sponsors.selectors import pledges_visible_to
from payung.web.enrolment.doorstep import TROUBLE, one_of, tell
from payung.web.frame.tags import angka, bulan

WRITE = Permission.PLEDGE_WRITE


@door(GET=WRITE, POST=WRITE)
def page(request: ViewerRequest) -> HttpResponse:
    """Whose people have no place yet; sending the form gives the first of them theirs, in the order of the list."""
    pledges = pledges_visible_to(request.viewer).filter(state=Pledge.State.LIVE).order_by("-id")
    if request.method == "POST":
        return _assigned(request, one_of(pledges, request.POST.get("janji", "")))
    waiting = sponsors_placeless(request.viewer)
    by_sponsor: dict[int, list[tuple[str, str]]] = {each.sponsor.pk: [] for each in waiting}
    for pledge in pledges.filter(sponsor__in=by_sponsor):
        by_sponsor[pledge.sponsor_id].append((str(pledge.public_id), _words(pledge)))
    facts = {"lines": [(each, by_sponsor[each.sponsor.pk]) for each in waiting]}
    return render(request, "enrolment/places.html", facts)


def _assigned(request: ViewerRequest, pledge: Pledge) -> HttpResponse:
    wanted = request.POST.get("jumlah", "")
    people = placeless(request.viewer, sponsor=pledge.sponsor).values_list("pk", flat=True)
    most = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 0
    chosen = list(people[:most])
    if not chosen:
        messages.error(request, _("Isi berapa orang yang mendapat tempat, paling sedikit 1."))
        return HttpResponseRedirect(reverse("enrolment_places"))
    try:
        count = assign_to_pledge(chosen, pledge=pledge, acting_user=request.viewer, clock=SystemClock())
    except TROUBLE as error:
        tell(request, error)
    else:
        text = ngettext("%(n)s orang mendapat tempat dalam janji.", "%(n)s orang mendapat tempat dalam janji.", count)
        messages.success(request, text % {"n": angka(count)})
    return HttpResponseRedirect(reverse("enrolment_places"))


def _words(pledge: Pledge) -> str:
    told = {"quota": angka(pledge.quota), "months": pledge.months, "month": bulan(pledge.first_month)}
    return _("%(quota)s pekerja, %(months)s bulan sejak %(month)s") % told
