"""The door of a page: which permission each HTTP method needs. A method that is not named is refused.

    @door(GET=Permission.SPONSOR_READ, POST=Permission.SPONSOR_WRITE)
    def sponsor_page(request: ViewerRequest) -> HttpResponse: ...

A test compares the doors with the addresses that the program answers: a view without one fails it. Objects are fetched
through selectors; what the viewer may not see is not found, and both look the same from outside.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from payung.access.errors import NotPermittedError
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import record_refusal

View = Callable[..., HttpResponseBase]
_SAFE = {"GET", "HEAD"}


class ViewerRequest(HttpRequest):
    """A request that has passed a door (for types only)."""

    viewer: Viewer


def door(**permissions: Permission) -> Callable[[View], View]:
    """Declare a view's permission per method."""

    def close(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            method = "GET" if request.method == "HEAD" else str(request.method)
            permission = permissions.get(method)
            if permission is None:
                return HttpResponseNotAllowed(sorted(permissions))
            viewer: Viewer = request.viewer  # type: ignore[attr-defined]
            if not viewer.may(permission):
                return _refuse(request, viewer, view, permission)
            try:
                response: HttpResponseBase = view(request, *args, **kwargs)
            except NotPermittedError as error:
                # Held for other objects than this one: from outside this object does not exist.
                _record(request, viewer, view, error.permission)
                raise Http404 from error
            if permission is not Permission.PUBLIC and isinstance(response, HttpResponse):
                response.headers.setdefault("Cache-Control", "no-store")
            return response

        guarded.payung_door = dict(permissions)  # type: ignore[attr-defined]
        return guarded

    return close


def _refuse(request: HttpRequest, viewer: Viewer, view: View, permission: Permission) -> HttpResponseBase:
    if not viewer.is_signed_in:
        return redirect_to_login(request.get_full_path() if request.method in _SAFE else "/")
    _record(request, viewer, view, permission)
    raise PermissionDenied


def _record(request: HttpRequest, viewer: Viewer, view: View, permission: str) -> None:
    """Refused writes leave a row; refused reads do not, for a GET never writes."""
    if request.method not in _SAFE:
        record_refusal(viewer.actor, f"refused.{view.__name__}", reason=permission)
