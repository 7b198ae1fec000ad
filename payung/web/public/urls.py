"""Addresses for everybody."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.web.frame.navigation import PublicLink
from payung.web.public import check, front, reckon

urlpatterns = [
    path("", front.page, name="public_front"),
    path("hitung/", reckon.page, name="reckon"),
    path("cek/", check.page, name="check"),
]

PUBLIC = [
    PublicLink(_("Cakupan hari ini"), "public_front", 10),
    PublicLink(_("Berapa yang bisa dilindungi"), "reckon", 20),
    PublicLink(_("Cek perlindungan saya"), "check", 30),
]
