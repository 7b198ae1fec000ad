"""Addresses of the review of duplicates."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.duplicates import pages, switch
from payung.web.duplicates.waiting import pair_tasks, waiting_count
from payung.web.frame.navigation import NavEntry, Place

urlpatterns = [
    path("kembar/", pages.index, name="duplicates"),
    path("kembar/otomatis/", switch.page, name="auto_linking"),
    path("kembar/<uuid:public_id>/", pages.page, name="duplicate"),
    path("kembar/<uuid:public_id>/putusan/", pages.decide, name="duplicate_decide"),
    path("kembar/<uuid:public_id>/draf/", pages.draft, name="duplicate_draft"),
    path("kembar/<uuid:public_id>/pisahkan/", pages.separate, name="duplicate_separate"),
]

NAVIGATION = [
    NavEntry(
        _("Tinjau kembar"),
        "duplicates",
        Permission.DUPLICATE_READ,
        "user-question",
        Place.KEMBAR,
        count=waiting_count,
        for_company=False,
    )
]
TASKS = [pair_tasks]
