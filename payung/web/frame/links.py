"""Addresses of pages that may not exist in this installation: what is not built is not linked to."""

from django.urls import NoReverseMatch, reverse


def link_to(name: str, *args: object, query: str = "") -> str:
    """The address of a page, or nothing where there is no such page."""
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{address}?{query}" if query else address
