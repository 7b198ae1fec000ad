"""Doors of signing in: only the pages of allauth that Payung uses, each with its permission, under our addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from payung.access.doors import door
from payung.access.permissions import Permission
from payung.web.accounts import views

for_all = door(GET=Permission.PUBLIC, POST=Permission.PUBLIC)
read_by_all = door(GET=Permission.PUBLIC)
for_people = door(GET=Permission.SIGNED_IN, POST=Permission.SIGNED_IN)
read_by_people = door(GET=Permission.SIGNED_IN)


class Base36Converter(StringConverter):
    """A number in base 36: the first hyphen ends it, for the key that follows has hyphens of its own."""

    regex = "[0-9A-Za-z]+"


register_converter(Base36Converter, "base36")

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    # Also a way out of a half-finished sign-in, so it asks for nobody.
    path("keluar/", for_all(account.logout), name="account_logout"),
    path("masuk/nonaktif/", read_by_all(account.account_inactive), name="account_inactive"),
    path("masuk/kode/", for_all(mfa.authenticate), name="mfa_authenticate"),
    path("masuk/kunci/", for_all(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("kata-sandi/lupa/", for_all(account.password_reset), name="account_reset_password"),
    path("kata-sandi/lupa/terkirim/", read_by_all(account.password_reset_done), name="account_reset_password_done"),
    path(
        "kata-sandi/baru/selesai/",
        read_by_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path(
        "kata-sandi/baru/<base36:uidb36>-<str:key>/",
        for_all(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("undangan/", views.accept_invitation, name="accept_invitation"),
    path("undangan/<str:token>/", views.open_invitation, name="open_invitation"),
    path("akun/kata-sandi/", for_people(account.password_change), name="account_change_password"),
    path("akun/kata-sandi/pertama/", for_people(account.password_set), name="account_set_password"),
    path("akun/pastikan/", for_people(account.reauthenticate), name="account_reauthenticate"),
    path("akun/keamanan/", read_by_people(mfa.index), name="mfa_index"),
    path("akun/pastikan/kode/", for_people(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("akun/pastikan/kunci/", for_people(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("akun/aplikasi-kode/pasang/", for_people(totp.activate_totp), name="mfa_activate_totp"),
    path("akun/aplikasi-kode/lepas/", for_people(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("akun/kode-cadangan/", read_by_people(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("akun/kode-cadangan/buat/", for_people(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(
        "akun/kode-cadangan/unduh/",
        read_by_people(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("akun/kunci/", read_by_people(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("akun/kunci/tambah/", for_people(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("akun/kunci/<int:pk>/nama/", for_people(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("akun/kunci/<int:pk>/hapus/", for_people(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]
