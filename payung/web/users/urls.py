"""Addresses of users."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Permission
from payung.web.frame.navigation import NavEntry, Place
from payung.web.users import pages

urlpatterns = [
    path("pengguna/", pages.index, name="users"),
    path("pengguna/<uuid:public_id>/", pages.page, name="user"),
    path("pengguna/<uuid:public_id>/peran/<int:grant_id>/cabut/", pages.revoke, name="grant_revoke"),
]

NAVIGATION = [
    NavEntry(_("Pengguna"), "users", Permission.USER_MANAGE, "user-check", Place.PENGELOLAAN, for_company=False)
]
