"""Addresses of the law."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place, PublicLink
from payung.web.law import basis, benefit

urlpatterns = [
    path("hitung-manfaat/", benefit.choice, name="benefit_choice"),
    path("hitung-manfaat/<slug:slug>/", benefit.page, name="benefit"),
    path("dasar-hukum/", basis.index, name="law"),
    path("dasar-hukum/perubahan/", basis.changes, name="law_changes"),
    path("dasar-hukum/<slug:name>/", basis.page, name="law_card"),
]

NAVIGATION = [
    NavEntry(_("Dasar hukum"), "law", Permission.PUBLIC, "scale", Place.HUKUM, for_company=False),
]
PUBLIC = [
    PublicLink(_("Hitung manfaat"), "benefit_choice", 25),
    PublicLink(_("Dasar hukum"), "law", 40),
]
