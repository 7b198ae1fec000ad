"""Addresses of the checks."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place
from payung.web.watch import checks

urlpatterns = [path("pemeriksaan/", checks.page, name="checks")]

NAVIGATION = [
    NavEntry(
        _("Pemeriksaan buku"),
        "checks",
        Permission.LEDGER_CHECK,
        "clipboard-check",
        Place.PEMERIKSAAN,
        for_company=False,
    )
]
