"""Signing in, out, by a second factor, and after forgetting the password."""

import pyotp
import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from payung.access.models import User
from tests.web.accounts.conftest import PASSWORD, enter, links_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_rina_signs_in_with_her_password(rina_user):
    client = Client()
    answer = enter(client, rina_user.email)
    assert answer.headers["Location"] == "/beranda/"
    assert "Tugas saya" in client.get("/beranda/").content.decode()


def test_a_wrong_password_does_not_tell_whether_the_address_exists(rina_user):
    known = enter(Client(), rina_user.email, "salah sekali ini").content.decode()
    unknown = enter(Client(), "tidak-ada@contoh.example", "salah sekali ini").content.decode()
    errors = [page.split('class="notice', 1)[1].split("</div>", 1)[0] for page in (known, unknown)]
    assert errors[0] == errors[1]


def test_too_many_wrong_passwords_lock_the_door_with_advice(rina_user):
    client = Client()
    answers = [enter(client, rina_user.email, "salah sekali ini") for _ in range(9)]
    assert answers[-1].status_code in (200, 429)
    locked = enter(client, rina_user.email)
    assert "_auth_user_id" not in client.session
    assert "erlalu" in locked.content.decode()


def test_nobody_signs_up_by_themselves():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert Client().get("/accounts/signup/").status_code == 404


def test_signing_out_asks_by_post(signed_in):
    assert signed_in.get("/keluar/").status_code == 200
    assert "_auth_user_id" in signed_in.session
    signed_in.post("/keluar/")
    assert "_auth_user_id" not in signed_in.session


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(rina_user):
    client = Client()
    client.post("/kata-sandi/lupa/", {"email": rina_user.email})
    (letter,) = mail.outbox
    assert letter.to == [rina_user.email]
    (link,) = [link for link in links_in(letter.body) if link.startswith("/kata-sandi/baru/")]
    form = client.get(link, follow=True)
    new = "hujan deras di kaliwungu 26"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert enter(Client(), rina_user.email, new).headers["Location"] == "/beranda/"
    assert "tidak berlaku lagi" in Client().get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer(rina_user):
    known = Client().post("/kata-sandi/lupa/", {"email": rina_user.email})
    unknown = Client().post("/kata-sandi/lupa/", {"email": "tidak-ada@contoh.example"})
    assert known.headers["Location"] == unknown.headers["Location"]


def test_a_password_change_signs_other_devices_out(signed_in, rina_user):
    elsewhere = Client()
    enter(elsewhere, rina_user.email)
    new = "hujan deras di kaliwungu 26"
    signed_in.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert signed_in.get("/beranda/").status_code == 200
    assert elsewhere.get("/beranda/").status_code == 302


def test_a_weak_password_is_refused_with_the_reason(signed_in):
    answer = signed_in.post(
        "/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"}
    )
    assert "12 karakter" in answer.content.decode()


def confirm_it_is_me(client):
    """Type the password once more, as each change of the account's security asks."""
    answer = client.post("/akun/pastikan/", {"password": PASSWORD, "next": "/akun/keamanan/"})
    assert answer.headers["Location"] == "/akun/keamanan/"


def activate_totp(client):
    """Set up the code app, as the page asks for it."""
    confirm_it_is_me(client)
    page = client.get("/akun/aplikasi-kode/pasang/")
    secret = page.context["form"].secret
    code = pyotp.TOTP(secret).now()
    answer = client.post("/akun/aplikasi-kode/pasang/", {"code": code})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return secret


def test_a_code_app_is_set_up_and_then_asked_for(signed_in, rina_user):
    activate_totp(signed_in)
    codes = signed_in.get("/akun/kode-cadangan/")
    first = codes.context["unused_codes"][0]
    client = Client()
    assert enter(client, rina_user.email).headers["Location"].startswith("/masuk/kode/")
    assert client.get("/beranda/").status_code == 302
    assert "Kode pengaman" in client.get("/masuk/kode/").content.decode()
    assert client.post("/masuk/kode/", {"code": "000000"}).status_code == 200
    assert client.post("/masuk/kode/", {"code": first}).headers["Location"] == "/beranda/"
    assert client.get("/beranda/").status_code == 200


def test_a_recovery_code_works_once(signed_in, rina_user):
    activate_totp(signed_in)
    code = signed_in.get("/akun/kode-cadangan/").context["unused_codes"][0]
    for works in (True, False):
        client = Client()
        enter(client, rina_user.email)
        client.post("/masuk/kode/", {"code": code})
        assert ("_auth_user_id" in client.session) is works


@pytest.mark.parametrize(
    "address",
    [
        "/akun/keamanan/",
        "/akun/kunci/",
        "/akun/kunci/tambah/",
        "/akun/kata-sandi/",
        "/akun/aplikasi-kode/pasang/",
        "/akun/pastikan/",
    ],
)
def test_each_page_of_the_account_opens_in_our_frame(signed_in, address):
    confirm_it_is_me(signed_in)
    page = signed_in.get(address)
    assert page.status_code == 200
    assert 'class="skip-link"' in page.content.decode()


def test_changing_how_the_account_is_secured_asks_for_the_password_again(signed_in):
    answer = signed_in.get("/akun/aplikasi-kode/pasang/")
    assert answer.headers["Location"].startswith("/akun/pastikan/")


def test_a_passkey_is_offered_options_by_the_server(rina_user):
    options = Client().get("/masuk/kunci/", headers={"Accept": "application/json"}).json()
    assert "challenge" in str(options)


def test_an_inactive_person_gets_nowhere(rina_user):
    User.objects.filter(pk=rina_user.pk).update(is_active=False)
    client = Client()
    enter(client, rina_user.email)
    assert client.get("/beranda/").status_code == 302


def test_a_passkey_is_listed_with_the_meaning_of_each_day(signed_in, rina_user):
    Authenticator.objects.create(user=rina_user, type="webauthn", data={"name": "Ponsel Rina", "credential": {}})
    page = signed_in.get("/akun/kunci/").content.decode()
    assert "Ponsel Rina" in page
    assert 'data-label="Ditambahkan"' in page
