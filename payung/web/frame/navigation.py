"""The quiet navigation: entries by task, shown only where the page exists and the viewer may open it.

A module lists its `NavEntry` objects in `NAVIGATION` of its `urls.py`; `payung/web/urls.py` registers them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import Promise

from payung.access.permissions import Permission, Role
from payung.access.viewer import Viewer

COUNT_SECONDS = 20
COMPANY_ROLES = frozenset({Role.PETUGAS_PERUSAHAAN, Role.PIMPINAN_PERUSAHAAN})


class Place(IntEnum):
    """Where an entry stands; the order is that of the work."""

    BERANDA = 0
    PEKERJA = 10
    KEMBAR = 12
    UNGGAH = 20
    PERSETUJUAN = 25
    PERMINTAAN = 28
    PENYANDANG = 30
    PENDAFTARAN = 35
    TAGIHAN = 40
    PERLINDUNGAN = 50
    JATUH_TEMPO = 55
    KASUS = 60
    PIAGAM = 70
    RAPAT = 80
    TEMUAN = 84
    PEMERIKSAAN = 85
    HUKUM = 90
    PENGELOLAAN = 95


# A company begins with its list and only then looks at its workers.
_COMPANY_ORDER = {Place.PEKERJA: 22}


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One entry. `count` says how many things wait there for this viewer; it is asked at most every 20 seconds."""

    label: str | Promise
    url_name: str
    permission: Permission
    icon: str
    place: Place
    company_label: str | Promise = ""
    count: Callable[[Viewer], int] | None = None
    for_company: bool = True


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry as one viewer sees it on one page."""

    label: str
    url: str
    icon: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class PublicLink:
    """A page that everybody may open, named in the visitor's top bar."""

    label: str | Promise
    url_name: str
    place: int


_entries: dict[str, NavEntry] = {}
_public: dict[str, PublicLink] = {}


def register(entries: Iterable[NavEntry]) -> None:
    """Make entries known; the same address twice is one entry."""
    _entries.update({entry.url_name: entry for entry in entries})


def register_public(links: Iterable[PublicLink]) -> None:
    """Make public pages known."""
    _public.update({link.url_name: link for link in links})


def public_links(*, path: str) -> list[ShownEntry]:
    """The pages that everybody may open, in order."""
    links = sorted(_public.values(), key=lambda link: link.place)
    return [
        ShownEntry(str(link.label), address, "", 0, address == path)
        for link in links
        for address in [reverse(link.url_name)]
    ]


def is_company(viewer: Viewer) -> bool:
    """Whether somebody sees Payung from one company's side alone."""
    return bool(viewer.roles) and viewer.roles <= COMPANY_ROLES


def shown_to(viewer: Viewer, *, path: str) -> list[ShownEntry]:
    """The entries a viewer may open, in order; the one that holds this path is current."""
    company = is_company(viewer)
    held = [e for e in _entries.values() if viewer.may(e.permission) and (e.for_company or not company)]
    held.sort(key=lambda entry: _COMPANY_ORDER.get(entry.place, int(entry.place)) if company else int(entry.place))
    addresses = [reverse(entry.url_name) for entry in held]
    current = _longest_prefix(addresses, path)
    return [
        ShownEntry(
            label=str(entry.company_label if company and entry.company_label else entry.label),
            url=address,
            icon=entry.icon,
            count=_count(entry, viewer),
            is_current=address == current,
        )
        for entry, address in zip(held, addresses, strict=True)
    ]


def _longest_prefix(addresses: Sequence[str], path: str) -> str:
    return max((address for address in addresses if path.startswith(address)), key=len, default="")


def _count(entry: NavEntry, viewer: Viewer) -> int:
    if entry.count is None:
        return 0
    key = f"nav-count:{entry.url_name}:{viewer.user_id}"
    kept = cache.get(key)
    if kept is None:
        kept = entry.count(viewer)
        cache.set(key, kept, COUNT_SECONDS)
    return int(kept)
