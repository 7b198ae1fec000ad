"""The frame's own pages: my tasks, the language, the theme, and what is shown when something goes wrong."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template import loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.i18n import set_language as django_set_language

from payung.access.doors import ViewerRequest, door
from payung.access.permissions import Permission
from payung.kernel.clock import SystemClock
from payung.web.frame.context import THEME_COOKIE, THEMES
from payung.web.frame.my_tasks import tasks_of
from payung.web.frame.navigation import shown_to

YEAR = 365 * 24 * 3600


@door(GET=Permission.SIGNED_IN)
def beranda(request: ViewerRequest) -> HttpResponse:
    """My tasks."""
    entries = shown_to(request.viewer, path=request.path)
    facts = {
        "tasks": tasks_of(request.viewer, clock=SystemClock()),
        "next_step": next((entry for entry in entries if not entry.is_current), None),
    }
    return render(request, "frame/beranda.html", facts)


@door(GET=Permission.PUBLIC)
def front(request: ViewerRequest) -> HttpResponse:
    """Lead people to their tasks, and visitors to the door."""
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL if request.viewer.is_signed_in else settings.LOGIN_URL)


set_language = door(POST=Permission.PUBLIC)(django_set_language)


@door(POST=Permission.PUBLIC)
def set_theme(request: ViewerRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie; anything else means: follow the device."""
    response = HttpResponseRedirect(_back(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return "/"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: what does not exist and what one may not see look the same."""
    return _error(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: this person's role does not open this door."""
    return _error(request, 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that the program cannot read; 413 where it is only too large."""
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _error(request, 400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than the program takes at once; for views that receive files, too."""
    return _error(request, 413)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 of a form that was open too long."""
    return _error(request, 403, "frame/errors/csrf.html")


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500, drawn without the database, for it may be the database that fails."""
    return HttpResponse(loader.render_to_string("frame/errors/500.html"), status=500)


def _error(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    return render(request, template or f"frame/errors/{status}.html", status=status)
