"""Addresses of the frame."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame import views
from payung.web.frame.navigation import NavEntry, Place

urlpatterns = [
    path("beranda/", views.beranda, name="beranda"),
    path("bahasa/", views.set_language, name="set_language"),
    path("tampilan/", views.set_theme, name="set_theme"),
]

NAVIGATION = [NavEntry(_("Beranda"), "beranda", Permission.SIGNED_IN, "home", Place.BERANDA)]
