"""Addresses of the checks."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place
from payung.web.watch import checks, findings, waiting

urlpatterns = [
    path("pemeriksaan/", checks.page, name="checks"),
    path("temuan/", findings.index, name="findings"),
    path("temuan/<uuid:public_id>/", findings.page, name="finding"),
    path("temuan/<uuid:public_id>/tinjau/", findings.review, name="finding_review"),
]

NAVIGATION = [
    NavEntry(
        _("Pemeriksaan buku"),
        "checks",
        Permission.LEDGER_CHECK,
        "clipboard-check",
        Place.PEMERIKSAAN,
        for_company=False,
    ),
    NavEntry(_("Temuan"), "findings", Permission.FINDING_READ, "zoom-question", Place.TEMUAN, for_company=False),
]

TASKS = [waiting.finding_tasks]
