"""How long a session lives: 30 minutes without a request, 8 hours in all; and who needs a second factor.

The time of the last request lies in a signed cookie, so that reading a page writes nothing to the database. The cookie
names its session: that of another session, or of yesterday, is worth nothing.
"""

import time
from collections.abc import Callable
from urllib.parse import quote

from allauth.mfa.adapter import get_adapter as mfa_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import resolve, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from payung.access.permissions import Role
from payung.access.viewer import Viewer

SEEN_COOKIE = "payung_terakhir"
STARTED_KEY = "signed_in_at"
REFRESH_SECONDS = 60
PRIVILEGED = frozenset(Role) - {Role.PETUGAS_DESA, Role.VERIFIKATOR, Role.PETUGAS_PERUSAHAAN, Role.PIMPINAN_PERUSAHAAN}
OPEN_WITHOUT_SECOND_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "set_language",
        "set_theme",
    }
)

_GetResponse = Callable[[HttpRequest], HttpResponseBase]


class SessionRulesMiddleware:
    """Ends sessions that were left alone, and old ones."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response
        self.signer = TimestampSigner(salt="payung.session.seen")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Check before, mark after."""
        seen_ago = None
        if request.user.is_authenticated:
            seen_ago = self._seen_ago(request)
            if self._is_over(request, seen_ago):
                logout(request)
                messages.info(request, _("Anda sudah lama tidak bekerja di sini. Demi keamanan, silakan masuk lagi."))
                return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={_next(request)}")
        response = self.get_response(request)
        if request.user.is_authenticated and STARTED_KEY not in request.session:
            request.session[STARTED_KEY] = time.time()  # within the request that signed in, which writes anyway
        is_fresh = seen_ago is not None and seen_ago <= REFRESH_SECONDS
        if request.user.is_authenticated and not is_fresh and "X-Payung-Poll" not in request.headers:
            self._mark(request, response)
        return response

    def _seen_ago(self, request: HttpRequest) -> float | None:
        """Seconds since this session was last seen; None where no cookie of this session says so."""
        try:
            given = request.COOKIES.get(SEEN_COOKIE, "")
            name = self.signer.unsign(given, max_age=settings.SESSION_COOKIE_AGE)
        except BadSignature:
            return None
        if name != _name(request):
            return None
        moment = b62_decode(given.rsplit(":", 2)[1])
        return time.time() - moment

    def _is_over(self, request: HttpRequest, seen_ago: float | None) -> bool:
        started = request.session.get(STARTED_KEY)
        now = time.time()
        if started is None:
            return False
        if now - started > settings.SESSION_COOKIE_AGE:
            return True
        idle = now - started if seen_ago is None else seen_ago
        return bool(idle > settings.PAYUNG_SESSION_IDLE_SECONDS)

    def _mark(self, request: HttpRequest, response: HttpResponseBase) -> None:
        response.set_cookie(
            SEEN_COOKIE,
            self.signer.sign(_name(request)),
            max_age=settings.SESSION_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


class SecondFactorMiddleware:
    """Leads people whose role reaches many others to setting up a second factor, before anything else."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let through whoever has one, needs none, or is on the way to it."""
        if settings.PAYUNG_REQUIRE_MFA and self._lacks_it(request):
            messages.warning(request, _("Peran Anda mensyaratkan pengaman kedua. Pasang dahulu, sekali saja."))
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _lacks_it(self, request: HttpRequest) -> bool:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if not viewer.roles & PRIVILEGED:
            return False
        if resolve(request.path_info).url_name in OPEN_WITHOUT_SECOND_FACTOR:
            return False
        return not mfa_adapter().is_mfa_enabled(request.user)  # type: ignore[arg-type]


def _name(request: HttpRequest) -> str:
    return salted_hmac("payung.session.name", request.session.session_key or "", algorithm="sha256").hexdigest()[:32]


def _next(request: HttpRequest) -> str:
    return quote(request.get_full_path()) if request.method == "GET" else "/"
