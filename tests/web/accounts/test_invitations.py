"""Coming in by invitation."""

import pytest
from django.test import Client

from payung.access.models import Grant, User
from payung.access.permissions import Role, ScopeKind
from payung.access.services import invite
from payung.access.viewer import SYSTEM_VIEWER
from payung.kernel.clock import FixedClock, SystemClock
from tests.web.accounts.conftest import PASSWORD, enter

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def invitation(clock=None):
    _, token = invite(
        "joko@maju.example",
        name="Joko",
        role=Role.PETUGAS_PERUSAHAAN,
        scope_kind=ScopeKind.SPONSOR,
        scope_id="01900000-0000-7000-8000-000000000001",
        acting_user=SYSTEM_VIEWER,
        clock=clock or SystemClock(),
    )
    return token


def test_joko_accepts_and_signs_in(db):
    client = Client()
    page = client.get(f"/undangan/{invitation()}/", follow=True)
    assert page.redirect_chain == [("/undangan/", 302)]
    assert "joko@maju.example" in page.content.decode()
    answer = client.post("/undangan/", {"name": "Joko Susilo", "password": PASSWORD, "again": PASSWORD})
    assert answer.headers["Location"] == "/masuk/"
    assert enter(client, "joko@maju.example").headers["Location"] == "/beranda/"
    assert Grant.objects.get(user__email="joko@maju.example").role == Role.PETUGAS_PERUSAHAAN


def test_an_invitation_works_once(db):
    token = invitation()
    client = Client()
    client.get(f"/undangan/{token}/")
    client.post("/undangan/", {"name": "Joko", "password": PASSWORD, "again": PASSWORD})
    again = Client().get(f"/undangan/{token}/", follow=True)
    assert again.status_code == 404
    assert "tidak berlaku" in again.content.decode()


def test_an_old_or_invented_invitation_says_what_to_do(db):
    old = invitation(FixedClock.on(SystemClock().today().replace(year=2025)))
    for token in (old, "karangan"):
        page = Client().get(f"/undangan/{token}/", follow=True)
        assert page.status_code == 404
        assert "mintalah undangan baru" in page.content.decode()


def test_two_different_passwords_make_no_account(db):
    client = Client()
    client.get(f"/undangan/{invitation()}/")
    page = client.post("/undangan/", {"name": "Joko", "password": PASSWORD, "again": PASSWORD + "x"})
    assert "Kedua kata sandi berbeda" in page.content.decode()
    assert not User.objects.filter(email="joko@maju.example").exists()


def test_a_weak_password_makes_no_account(db):
    client = Client()
    client.get(f"/undangan/{invitation()}/")
    page = client.post("/undangan/", {"name": "Joko", "password": "pendek", "again": "pendek"})
    assert page.status_code == 200
    assert not User.objects.filter(email="joko@maju.example").exists()
