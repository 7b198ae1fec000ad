"""Users: the keeper of the system invites, gives roles and takes them back; nobody else comes in here."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from payung.access.models import Grant, Invitation, User
from payung.access.permissions import Role
from payung.audit.models import AuditEvent
from tests.cast import add_viewer

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASKED = {"name": "Wati", "email": "wati@kendal.example", "role": "petugas_dinas", "area": ""}


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def keeper(clock, kendal):
    return add_viewer("Kelola", Role.PENGELOLA_SISTEM, clock=clock)


@pytest.fixture
def of_keeper(client_of, keeper):
    return client_of(keeper)


def page_of(viewer):
    return reverse("user", args=[User.objects.get(pk=viewer.user_id).public_id])


def revoke_of(viewer):
    grant = Grant.objects.get(user=viewer.user_id)
    return reverse("grant_revoke", args=[User.objects.get(pk=viewer.user_id).public_id, grant.pk])


def test_keeper_sees_people_with_their_roles_and_no_worker(of_keeper, rina, joko):
    html = of_keeper.get("/pengguna/").content.decode()
    assert "Petugas dinas" in html
    assert "Petugas perusahaan, PT Maju" in html
    assert of_keeper.get("/pekerja/").status_code == 403


@pytest.mark.parametrize("who", ["rina", "tono", "agus"])
def test_nobody_else_comes_in(request, client_of, keeper, who):
    of_other = client_of(request.getfixturevalue(who))
    assert of_other.get("/pengguna/").status_code == 403
    assert of_other.post("/pengguna/", ASKED).status_code == 403
    assert of_other.post(revoke_of(keeper), {"reason": "iseng"}).status_code == 403
    assert Grant.objects.get(user=keeper.user_id).revoked_at is None


def test_keeper_invites_with_a_reach_that_the_role_may_have(of_keeper):
    of_keeper.post("/pengguna/", ASKED)
    village = ASKED | {"email": "desa@kendal.example", "role": "petugas_desa", "area": "33.24.09.2001"}
    of_keeper.post("/pengguna/", village)
    assert set(Invitation.objects.values_list("role", "scope_kind", "scope_id")) == {
        ("petugas_dinas", "regency", ""),
        ("petugas_desa", "village", "33.24.09.2001"),
    }


def test_a_role_without_such_a_reach_is_refused(of_keeper):
    html = of_keeper.post("/pengguna/", ASKED | {"area": "33.24.09"}).content.decode()
    assert "Peran ini tidak mencakup wilayah seperti itu" in html
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["operator", "petugas_perusahaan"])
def test_some_roles_are_not_given_here(of_keeper, role):
    of_keeper.post("/pengguna/", ASKED | {"role": role})
    assert not Invitation.objects.exists()


def test_role_is_given_and_taken_back_with_a_reason(of_keeper, rina):
    of_keeper.post(page_of(rina), {"role": "verifikator", "area": "33.24.09"})
    assert Grant.objects.filter(user=rina.user_id, scope_kind="kecamatan", revoked_at__isnull=True).exists()
    Grant.objects.filter(user=rina.user_id, role="verifikator").update(revoked_at="2026-11-22T00:00:00Z")
    grant = Grant.objects.get(user=rina.user_id, role="petugas_dinas")
    address = reverse("grant_revoke", args=[User.objects.get(pk=rina.user_id).public_id, grant.pk])
    of_keeper.post(address, {"reason": " "})
    grant.refresh_from_db()
    assert grant.revoked_at is None
    of_keeper.post(address, {"reason": "pindah dinas"})
    grant.refresh_from_db()
    assert grant.revoked_at is not None
    assert AuditEvent.objects.get(action="access.grant.revoke").reason == "pindah dinas"


def test_the_last_keeper_does_not_lock_themselves_out(of_keeper, keeper):
    html = of_keeper.post(revoke_of(keeper), {"reason": "salah klik"}, follow=True).content.decode()
    assert "dicabut oleh pengelola yang lain" in html
    assert Grant.objects.get(user=keeper.user_id).revoked_at is None


def test_a_strangers_grant_is_not_found_under_another_name(of_keeper, rina, joko):
    grant = Grant.objects.get(user=joko.user_id)
    address = reverse("grant_revoke", args=[User.objects.get(pk=rina.user_id).public_id, grant.pk])
    assert of_keeper.post(address, {"reason": "x"}).status_code == 404
