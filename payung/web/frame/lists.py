"""A page of a long list, as the address asks for it."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from payung.store.paging import BadCursorError, Page, keyset_page

_M = TypeVar("_M", bound=Model)


def asked_page(
    request: HttpRequest, rows: QuerySet[_M], *, order: tuple[str, ...] = ("-id",), size: int = 50
) -> Page[_M]:
    """The page that `?hal=` points to; the first where it points nowhere."""
    try:
        return keyset_page(rows, order=order, cursor=request.GET.get("hal", ""), size=size)
    except BadCursorError:
        return keyset_page(rows, order=order, size=size)
