"""A page of a long list, as the address asks for it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from payung.store.paging import BadCursorError, Page, keyset_page

_M = TypeVar("_M", bound=Model)
_NONE: Mapping[str, str] = MappingProxyType({})


def asked_page(
    request: HttpRequest,
    rows: QuerySet[_M],
    *,
    order: tuple[str, ...] = ("-id",),
    sorts: Mapping[str, str] = _NONE,
    size: int = 50,
) -> Page[_M]:
    """The page that `?hal=` points to; the first where it points nowhere.

    `sorts` are the columns that `?urut=` may name (`nama`, `-nama`), each with its field, which is never null.
    """
    order = _asked_order(request.GET.get("urut", ""), sorts) or order
    try:
        return keyset_page(rows, order=order, cursor=request.GET.get("hal", ""), size=size)
    except BadCursorError:
        return keyset_page(rows, order=order, size=size)


def _asked_order(wanted: str, sorts: Mapping[str, str]) -> tuple[str, str] | None:
    field, down = sorts.get(wanted.removeprefix("-")), "-" if wanted.startswith("-") else ""
    return (f"{down}{field}", f"{down}id") if field else None
