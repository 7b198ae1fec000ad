"""Addresses of workers."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place
from payung.web.workers import changes, pages

urlpatterns = [
    path("pekerja/", pages.index, name="workers"),
    path("pekerja/baru/", changes.new, name="worker_new"),
    path("pekerja/<uuid:public_id>/", pages.page, name="worker"),
    path("pekerja/<uuid:public_id>/nik/", pages.reveal, name="worker_reveal"),
    path("pekerja/<uuid:public_id>/ubah/", changes.edit, name="worker_edit"),
    path("pekerja/<uuid:public_id>/ubah/nik/", changes.mend_nik, name="worker_mend_nik"),
    path("pekerja/<uuid:public_id>/kematian/", changes.death, name="worker_death"),
]

NAVIGATION = [
    NavEntry(
        _("Daftar pekerja"),
        "workers",
        Permission.WORKER_READ,
        "users",
        Place.PEKERJA,
        company_label=_("Pekerja kami"),
    )
]
