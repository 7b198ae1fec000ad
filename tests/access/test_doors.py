"""Doors are closed unless they say for whom they open, method by method."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from payung.access.doors import door
from payung.access.errors import NotPermittedError
from payung.access.permissions import ROLES, Permission, Role, ScopeKind
from payung.access.viewer import ANONYMOUS_VIEWER, GrantedRole, Viewer
from payung.audit.actor import Actor
from payung.audit.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.database]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", ""]
MAJU, LAIN = "01a20482-0000-7000-8000-000000000001", "01a20482-0000-7000-8000-000000000002"


def viewer(role: Role, *, kind: ScopeKind = ScopeKind.REGENCY, scope: str = "") -> Viewer:
    return Viewer(Actor("person", str(role), str(role)), 1, (GrantedRole(role, kind, scope),))


RINA = viewer(Role.PETUGAS_DINAS)
AGUS = viewer(Role.AUDITOR)
TONO = viewer(Role.PETUGAS_PERUSAHAAN, kind=ScopeKind.SPONSOR, scope=LAIN)


@door(GET=Permission.SPONSOR_READ, POST=Permission.SPONSOR_WRITE)
def sponsor_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"seen by {request.viewer.actor.id}")


@door(GET=Permission.LIST_READ, POST=Permission.LIST_UPLOAD)
def list_of_maju(request: HttpRequest) -> HttpResponse:
    request.viewer.require(Permission.LIST_READ, sponsor=MAJU)
    return HttpResponse("list")


@door(GET=Permission.PUBLIC)
def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse("front")


@door(GET=Permission.SIGNED_IN)
def tasks(request: HttpRequest) -> HttpResponse:
    return HttpResponse("tasks")


@door()
def shut(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never")


def call(view, method: str, who: Viewer) -> HttpResponse:
    request = RequestFactory().generic(method or "GET", "/x/")
    request.method, request.viewer = method, who
    return view(request)


@pytest.mark.parametrize("method", METHODS)
def test_a_method_that_is_not_named_is_refused_to_everybody(method: str) -> None:
    operator = viewer(Role.OPERATOR)
    if method not in {"GET", "HEAD", "POST"}:
        assert call(sponsor_page, method, operator).status_code == 405
    assert call(shut, method, operator).status_code == 405


def test_each_method_asks_for_its_own_right() -> None:
    assert call(sponsor_page, "GET", AGUS).status_code == 200
    assert call(sponsor_page, "HEAD", AGUS).status_code == 200
    with pytest.raises(PermissionDenied):
        call(sponsor_page, "POST", AGUS)
    assert call(sponsor_page, "POST", RINA).status_code == 200


def test_a_refused_write_leaves_one_row_and_a_refused_read_none() -> None:
    with pytest.raises(PermissionDenied):
        call(sponsor_page, "POST", AGUS)
    event = AuditEvent.objects.get()
    assert (event.action, event.outcome, event.reason) == ("refused.sponsor_page", "refused", "sponsor:write")
    with pytest.raises(PermissionDenied):
        call(door(GET=Permission.AUDIT_READ)(front.__wrapped__), "GET", TONO)
    assert AuditEvent.objects.count() == 1


def test_tono_finds_nothing_of_pt_maju_and_cannot_tell_it_exists() -> None:
    with pytest.raises(Http404):
        call(list_of_maju, "GET", TONO)
    assert call(list_of_maju, "GET", viewer(Role.PETUGAS_PERUSAHAAN, kind=ScopeKind.SPONSOR, scope=MAJU)).content
    with pytest.raises(Http404):
        call(list_of_maju, "POST", TONO)
    assert AuditEvent.objects.get().outcome == "refused"


def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_what_they_read() -> None:
    assert "next=/x/" in call(sponsor_page, "GET", ANONYMOUS_VIEWER)["Location"]
    assert "next=/&" in call(sponsor_page, "POST", ANONYMOUS_VIEWER)["Location"] + "&"
    assert call(tasks, "GET", ANONYMOUS_VIEWER).status_code == 302
    assert call(tasks, "GET", TONO).status_code == 200


def test_public_pages_open_to_visitors_and_only_they_may_be_stored() -> None:
    assert "Cache-Control" not in call(front, "GET", ANONYMOUS_VIEWER).headers
    assert call(sponsor_page, "GET", RINA).headers["Cache-Control"] == "no-store"


def test_a_door_tells_its_permissions_to_whoever_lists_them() -> None:
    assert sponsor_page.payung_door == {"GET": Permission.SPONSOR_READ, "POST": Permission.SPONSOR_WRITE}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_every_role_passes_exactly_the_doors_of_its_permissions(role: Role) -> None:
    for permission in Permission:
        if permission in {Permission.PUBLIC, Permission.SIGNED_IN}:
            continue
        page = door(GET=permission)(front.__wrapped__)
        if permission in ROLES[role]:
            assert call(page, "GET", viewer(role)).status_code == 200
        else:
            with pytest.raises(PermissionDenied):
                call(page, "GET", viewer(role))


def test_a_right_over_one_sponsor_is_no_right_over_another_or_over_a_village() -> None:
    TONO.require(Permission.LIST_READ, sponsor=LAIN)
    for reach in ({"sponsor": MAJU}, {"village": "33.24.09.2001"}):
        with pytest.raises(NotPermittedError):
            TONO.require(Permission.LIST_READ, **reach)
