"""Signing in, and coming in by invitation."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from payung.access import services
from payung.access.doors import door
from payung.access.errors import InvitationError
from payung.access.permissions import Permission, Role
from payung.kernel.clock import SystemClock
from payung.web.accounts.demo import demo_accounts
from payung.web.accounts.forms import AcceptInvitationForm
from payung.web.frame.words import ROLE_NAMES

INVITATION_COOKIE = "payung_undangan"
HOUR = 3600


class PayungLoginView(LoginView):
    """Sign-in by e-mail and password; a local demo offers its accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the accounts to try."""
        return super().get_context_data(**kwargs) | {"demo_accounts": demo_accounts()}


@door(GET=Permission.PUBLIC, POST=Permission.PUBLIC)
def login(request: HttpRequest) -> HttpResponseBase:
    """Sign in."""
    view: HttpResponseBase = PayungLoginView.as_view()(request)
    return view


@door(GET=Permission.PUBLIC)
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address, which travels to histories and logs, into a cookie of one hour."""
    response = HttpResponseRedirect(reverse("accept_invitation"))
    response.set_signed_cookie(
        INVITATION_COOKIE,
        token,
        max_age=HOUR,
        path=reverse("accept_invitation"),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@sensitive_post_parameters("password", "again")
@door(GET=Permission.PUBLIC, POST=Permission.PUBLIC)
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Choose a name and a password, once."""
    clock = SystemClock()
    try:
        token = str(request.get_signed_cookie(INVITATION_COOKIE, max_age=HOUR))
        invitation = services.open_invitation(token, clock=clock)
    except (KeyError, BadSignature, InvitationError):
        return render(request, "accounts/invitation_closed.html", status=404)
    form = AcceptInvitationForm(
        request.POST if request.method == "POST" else None, email=invitation.email, initial={"name": invitation.name}
    )
    if request.method == "POST" and form.is_valid():
        services.accept_invitation(
            token, name=form.cleaned_data["name"], password=form.cleaned_data["password"], clock=clock
        )
        messages.success(request, _("Akun Anda siap. Masuklah dengan alamat surel dan kata sandi Anda."))
        response = HttpResponseRedirect(reverse("account_login"))
        response.delete_cookie(INVITATION_COOKIE, path=reverse("accept_invitation"))
        return response
    role = ROLE_NAMES[Role(invitation.role)]
    return render(request, "accounts/accept_invitation.html", {"form": form, "invitation": invitation, "role": role})
