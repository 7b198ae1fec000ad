"""Users, grants and invitations."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from payung.access.errors import InvitationError, NotPermittedError, UnknownUserError
from payung.access.models import Grant, Invitation, User
from payung.access.permissions import Permission, Role, ScopeKind
from payung.access.selectors import viewer_named, viewer_of, viewer_with_id
from payung.access.services import (
    accept_invitation,
    add_user,
    grant_role,
    invite,
    open_invitation,
    operator_viewer,
    revoke_role,
)
from payung.access.viewer import ANONYMOUS_VIEWER, SYSTEM_VIEWER, Viewer
from payung.audit.models import AuditEvent
from payung.kernel.clock import FixedClock
from payung.sponsors.models import Sponsor
from tests.cast import NO_SPONSOR

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PASSWORD = "payung teduh 2026"


def invited(email: str, *, by: Viewer, sponsor: str, clock: FixedClock) -> tuple[Invitation, str]:
    return invite(
        email,
        name="Joko",
        role=Role.PETUGAS_PERUSAHAAN,
        scope_kind=ScopeKind.SPONSOR,
        scope_id=sponsor,
        acting_user=by,
        clock=clock,
    )


def test_an_invited_clerk_reaches_his_own_company_alone(rina: Viewer, pt_maju: Sponsor, clock: FixedClock) -> None:
    _, token = invited("Joko@Maju.example", by=rina, sponsor=str(pt_maju.public_id), clock=clock)
    joko = viewer_of(accept_invitation(token, name="Joko", password=PASSWORD, clock=clock))
    assert joko.scope_of(Permission.LIST_UPLOAD).sponsors == {pt_maju.public_id}
    assert User.objects.get(pk=joko.user_id).check_password(PASSWORD)
    assert not joko.may(Permission.LIST_APPROVE)


def test_an_invitation_works_once_and_for_a_week(rina: Viewer, clock: FixedClock) -> None:
    _, token = invited("joko@maju.example", by=rina, sponsor=NO_SPONSOR, clock=clock)
    late = FixedClock(clock.now() + timedelta(days=7))
    with pytest.raises(InvitationError):
        open_invitation(token, clock=late)
    accept_invitation(token, name="", password=PASSWORD, clock=clock)
    with pytest.raises(InvitationError):
        accept_invitation(token, name="", password="another password", clock=clock)
    with pytest.raises(InvitationError):
        open_invitation("no such token", clock=clock)


def test_the_token_itself_is_kept_nowhere(rina: Viewer, clock: FixedClock) -> None:
    made, token = invited("joko@maju.example", by=rina, sponsor=NO_SPONSOR, clock=clock)
    assert token.encode() not in bytes(made.token_hash)
    assert token not in "".join(AuditEvent.objects.values_list("reason", flat=True))


def test_tono_invites_nobody(tono: Viewer, pt_maju: Sponsor, clock: FixedClock) -> None:
    with pytest.raises(NotPermittedError):
        invited("x@y.example", by=tono, sponsor=str(pt_maju.public_id), clock=clock)
    with pytest.raises(NotPermittedError):
        invite(
            "x@y.example",
            name="x",
            role=Role.PETUGAS_DINAS,
            scope_kind=ScopeKind.REGENCY,
            scope_id="",
            acting_user=tono,
            clock=clock,
        )
    assert not Invitation.objects.exists()


def test_an_officer_invites_clerks_but_no_colleagues(rina: Viewer, clock: FixedClock) -> None:
    with pytest.raises(NotPermittedError):
        invite(
            "x@y.example",
            name="x",
            role=Role.PENYETUJU_DINAS,
            scope_kind=ScopeKind.REGENCY,
            scope_id="",
            acting_user=rina,
            clock=clock,
        )


def test_a_grant_over_a_sponsor_names_it_by_its_id(clock: FixedClock) -> None:
    for wrong in ("", "PTMAJU", "01a20482"):
        with pytest.raises(ValueError, match="public id"):
            add_user(
                "x@y.example",
                name="x",
                role=Role.PETUGAS_PERUSAHAAN,
                scope_kind=ScopeKind.SPONSOR,
                scope_id=wrong,
                password=None,
                acting_user=SYSTEM_VIEWER,
                clock=clock,
            )


def test_no_role_is_given_over_what_it_does_not_reach(rina: Viewer, clock: FixedClock) -> None:
    with pytest.raises(ValueError):
        invite(
            "x@y.example",
            name="x",
            role=Role.PENYETUJU_DINAS,
            scope_kind=ScopeKind.SPONSOR,
            scope_id="x",
            acting_user=rina,
            clock=clock,
        )


def test_nobody_becomes_the_operator_by_invitation(rina: Viewer, clock: FixedClock) -> None:
    operator = operator_viewer("root", clock=clock)
    _, token = invited("root@operator.invalid", by=rina, sponsor=NO_SPONSOR, clock=clock)
    with pytest.raises(InvitationError):
        accept_invitation(token, name="Root", password=PASSWORD, clock=clock)
    assert not User.objects.get(pk=operator.user_id).has_usable_password()


def test_nobody_is_granted_the_operators_role(rina: Viewer, clock: FixedClock) -> None:
    with pytest.raises(ValueError), transaction.atomic():
        grant_role(
            User.objects.get(pk=rina.user_id),
            role=Role.OPERATOR,
            scope_kind=ScopeKind.REGENCY,
            scope_id="",
            acting_user=SYSTEM_VIEWER,
            clock=clock,
        )


def test_a_person_who_was_shut_out_does_not_come_back_by_invitation(rina: Viewer, clock: FixedClock) -> None:
    User.objects.create(email="joko@maju.example", name="Joko", is_active=False, created_at=clock.now())
    _, token = invited("joko@maju.example", by=rina, sponsor=NO_SPONSOR, clock=clock)
    with pytest.raises(InvitationError):
        accept_invitation(token, name="Joko", password=PASSWORD, clock=clock)


def test_an_invitation_does_not_change_the_password_of_somebody_who_has_one(rina: Viewer, clock: FixedClock) -> None:
    joko = User(email="joko@maju.example", name="Joko", created_at=clock.now())
    joko.set_password("his own password")
    joko.save()
    _, token = invited("JOKO@maju.example", by=rina, sponsor=NO_SPONSOR, clock=clock)
    assert accept_invitation(token, name="x", password=PASSWORD, clock=clock).pk == joko.pk
    assert User.objects.get(pk=joko.pk).check_password("his own password")


def test_a_role_taken_back_ends_the_session_at_once(rina: Viewer, client_of, clock: FixedClock) -> None:
    client: Client = client_of(rina)
    user = User.objects.get(pk=rina.user_id)
    before = user.get_session_auth_hash()
    revoke_role(user.grants.get(), reason="pindah tugas", acting_user=SYSTEM_VIEWER, clock=clock)
    user.refresh_from_db()
    assert user.get_session_auth_hash() != before
    assert viewer_of(user).grants == ()
    assert client.session["_auth_user_hash"] == before
    assert Grant.objects.get().revoked_at == clock.now()
    assert AuditEvent.objects.get(action="access.grant.revoke").reason == "pindah tugas"


def test_the_same_role_is_held_once(rina: Viewer, clock: FixedClock) -> None:
    found = Grant.objects.get(user_id=rina.user_id)
    found.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


def test_whoever_is_shut_out_is_a_visitor(rina: Viewer) -> None:
    User.objects.filter(pk=rina.user_id).update(is_active=False)
    assert viewer_of(User.objects.get(pk=rina.user_id)) == ANONYMOUS_VIEWER
    assert viewer_with_id(rina.actor.id) == ANONYMOUS_VIEWER
    assert viewer_with_id("system") == ANONYMOUS_VIEWER
    with pytest.raises(UnknownUserError):
        viewer_named("petugas_dinas-petugas_dinas@contoh.example")


def test_only_the_keeper_of_users_makes_users(rina: Viewer, clock: FixedClock) -> None:
    with pytest.raises(NotPermittedError):
        add_user(
            "x@y.example",
            name="x",
            role=Role.AUDITOR,
            scope_kind=ScopeKind.REGENCY,
            scope_id="",
            password=None,
            acting_user=rina,
            clock=clock,
        )


def test_the_operator_is_made_once_and_cannot_sign_in(clock: FixedClock) -> None:
    first, second = operator_viewer("root", clock=clock), operator_viewer("root", clock=clock)
    assert first == second
    assert first.is_operator
    assert not User.objects.get(pk=first.user_id).has_usable_password()
