"""Addresses of sponsors, pledges and an office's civil servants."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place
from payung.web.sponsors import budgets, offices, pages, pledges, waiting

urlpatterns = [
    path("penyandang/", pages.index, name="sponsors"),
    path("penyandang/baru/", pages.new, name="sponsor_new"),
    path("penyandang/<uuid:public_id>/", pages.page, name="sponsor"),
    path("penyandang/<uuid:public_id>/ubah/", pages.edit, name="sponsor_edit"),
    path("penyandang/<uuid:public_id>/undang/", pages.invite, name="sponsor_invite"),
    path("penyandang/<uuid:public_id>/anggaran/", budgets.page, name="sponsor_budget"),
    path("penyandang/<uuid:public_id>/asn/", offices.index, name="civil_servants"),
    path("penyandang/<uuid:public_id>/janji/baru/", pledges.new, name="pledge_new"),
    path("asn/<uuid:public_id>/", offices.page, name="civil_servant"),
    path("janji/<uuid:public_id>/", pledges.page, name="pledge"),
    path("janji/<uuid:public_id>/tarik/", pledges.withdraw, name="pledge_withdraw"),
    path("janji/<uuid:public_id>/perpanjang/", pledges.renew, name="pledge_renew"),
]

NAVIGATION = [
    NavEntry(
        _("Penyandang iuran"),
        "sponsors",
        Permission.SPONSOR_READ,
        "building",
        Place.PENYANDANG,
        company_label=_("Perusahaan kami"),
    )
]

TASKS = [waiting.renewals, waiting.replacements]
