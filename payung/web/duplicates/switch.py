"""Whether the program may link surest pairs by itself: what people's decisions measured, and the switch."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.kernel.clock import SystemClock
from payung.registry.errors import AutoLinkingError, DecisionError
from payung.registry.selectors import auto_linking, auto_linking_is_on, measured_precision
from payung.registry.selectors.pairs import DECIDED_AT_LEAST
from payung.registry.services import set_auto_linking


@door(GET=Permission.DUPLICATE_READ, POST=Permission.DUPLICATE_AUTOMATE)
def page(request: ViewerRequest) -> HttpResponse:
    """Show what was measured; turn it on or off."""
    if request.method == "POST":
        return _switch(request)
    measured = measured_precision()
    facts = {
        "measured": measured,
        "share": f"{measured.ppm / 10_000:.2f}".replace(".", ",") if measured.ppm is not None else "",
        "least": DECIDED_AT_LEAST,
        "is_on": auto_linking_is_on(),
        "said": auto_linking(),
        "may_switch": request.viewer.may(Permission.DUPLICATE_AUTOMATE),
    }
    return render(request, "duplicates/switch.html", facts)


def _switch(request: ViewerRequest) -> HttpResponse:
    is_on = request.POST.get("is_on") == "ya"
    reason = request.POST.get("reason", "")
    try:
        set_auto_linking(is_on=is_on, reason=reason, acting_user=request.viewer, clock=SystemClock())
    except AutoLinkingError:
        messages.error(request, _("Belum boleh: putusan petugas belum cukup banyak, atau belum cukup sering sama."))
    except DecisionError:
        messages.error(request, _("Tulis alasannya dahulu."))
    else:
        messages.success(request, _("Penggabungan otomatis dinyalakan.") if is_on else _("Penggabungan otomatis mati."))
    return HttpResponseRedirect(reverse("auto_linking"))
