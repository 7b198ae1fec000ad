"""Addresses of protection and its calendar."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.coverage import due, official, pages
from payung.web.frame.navigation import NavEntry, Place

urlpatterns = [
    path("perlindungan/", pages.index, name="coverage"),
    path("perlindungan/kecamatan/<str:code>/", pages.kecamatan, name="coverage_kecamatan"),
    path("perlindungan/kekurangan/", pages.gaps, name="coverage_gaps"),
    path("perlindungan/cetak/", pages.sheet, name="coverage_sheet"),
    path("perlindungan/angka/", official.page, name="coverage_figures"),
    path("jatuh-tempo/", due.index, name="due"),
    path("jatuh-tempo/<str:month>/", due.month, name="due_month"),
]

NAVIGATION = [
    NavEntry(_("Perlindungan"), "coverage", Permission.COVERAGE_READ, "map", Place.PERLINDUNGAN, for_company=False),
    NavEntry(
        _("Kalender jatuh tempo"), "due", Permission.SPONSOR_READ, "calendar-due", Place.JATUH_TEMPO, for_company=False
    ),
]
