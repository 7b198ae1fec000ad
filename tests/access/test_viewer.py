"""How far a person's rights reach."""

import pytest

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.permissions import ROLES, SCOPES_OF, Permission, Role, ScopeKind
from payung.access.viewer import ANONYMOUS_VIEWER, SYSTEM_VIEWER, GrantedRole, Scope, Viewer
from payung.audit.actor import Actor

WULAN = Viewer(Actor("person", "wulan", "Wulan"), 1, (GrantedRole(Role.PENYETUJU_DINAS, ScopeKind.REGENCY, ""),))
OPERATOR = Viewer(Actor("operator", "op", "op"), 2, (GrantedRole(Role.OPERATOR, ScopeKind.REGENCY, ""),))
LURAH = Viewer(
    Actor("person", "lurah", "Lurah"),
    3,
    (
        GrantedRole(Role.PETUGAS_DESA, ScopeKind.VILLAGE, "33.24.09.2001"),
        GrantedRole(Role.VERIFIKATOR, ScopeKind.KECAMATAN, "33.24.15"),
    ),
)


def test_whoever_did_the_first_step_may_not_do_the_second() -> None:
    WULAN.require_other_than("joko")
    WULAN.require_other_than(["joko", "rina"])
    for first in ("wulan", ["joko", "wulan"], {"wulan"}):
        with pytest.raises(SamePersonError):
            WULAN.require_other_than(first)


def test_the_operator_may_play_both_parts() -> None:
    OPERATOR.require_other_than("op")


def test_each_grant_reaches_as_far_as_its_own_role() -> None:
    assert LURAH.scope_of(Permission.WORKER_READ) == Scope(
        villages=frozenset({"33.24.09.2001"}), kecamatan=frozenset({"33.24.15"})
    )
    assert LURAH.scope_of(Permission.LIST_UPLOAD) == Scope(villages=frozenset({"33.24.09.2001"}))
    assert LURAH.scope_of(Permission.AUDIT_READ).is_empty
    LURAH.require(Permission.WORKER_READ, village="33.24.15.1001")
    LURAH.require(Permission.WORKER_READ, village="33.24.09.2001")
    for elsewhere in ("33.24.09.2002", "33.24.1", "33.24.16.1001", ""):
        with pytest.raises(NotPermittedError):
            LURAH.require(Permission.WORKER_READ, village=elsewhere)


def test_a_visitor_may_visit_and_nothing_else() -> None:
    assert [permission for permission in Permission if ANONYMOUS_VIEWER.may(permission)] == [Permission.PUBLIC]
    assert ANONYMOUS_VIEWER.scope_of(Permission.WORKER_READ).is_empty


def test_the_system_acts_but_is_nobody_who_signs_in() -> None:
    SYSTEM_VIEWER.require(Permission.PAYMENT_RECORD)
    assert not SYSTEM_VIEWER.is_signed_in


def test_whoever_approves_a_list_never_uploads_one_by_role_alone() -> None:
    assert Permission.LIST_UPLOAD not in ROLES[Role.PENYETUJU_DINAS]
    assert Permission.PAYMENT_CONFIRM not in ROLES[Role.BENDAHARA]


def test_the_keeper_of_the_system_sees_no_person() -> None:
    people = {Permission.WORKER_READ, Permission.WORKER_REVEAL, Permission.LIST_READ, Permission.ENROLMENT_READ}
    assert not people & ROLES[Role.PENGELOLA_SISTEM]


def test_every_role_has_rights_and_a_reach() -> None:
    assert set(ROLES) == set(SCOPES_OF) == set(Role)
    assert all(ROLES[role] and SCOPES_OF[role] for role in Role)
