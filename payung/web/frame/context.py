"""What the frame's templates need: the navigation, the demo banner, the theme and the language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from payung.access.viewer import ANONYMOUS_VIEWER, Viewer
from payung.web.frame.navigation import ShownEntry, is_company, public_links, shown_to
from payung.web.frame.words import PURPOSES, ROLE_NAMES

THEME_COOKIE = "payung_tema"
THEMES = ("light", "dark")


def is_demo() -> bool:
    """Whether the database holds made-up people: `payung demo` leaves a file that says so."""
    return bool(getattr(settings, "PAYUNG_DEMO", False)) or (settings.PAYUNG_HOME / "demo.json").exists()


class Frame:
    """Everything is found at first use: a part of a page that htmx asks for pays for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._entries: list[ShownEntry] | None = None

    @property
    def viewer(self) -> Viewer:
        """Who looks."""
        return getattr(self._request, "viewer", ANONYMOUS_VIEWER)

    @property
    def navigation(self) -> list[ShownEntry]:
        """The entries that this viewer may open."""
        if self._entries is None:
            self._entries = shown_to(self.viewer, path=self._request.path) if self.viewer.is_signed_in else []
        return self._entries

    @property
    def public_links(self) -> list[ShownEntry]:
        """The pages that everybody may open."""
        return public_links(path=self._request.path)

    @property
    def role_names(self) -> list[str]:
        """The viewer's roles, in words."""
        return [str(ROLE_NAMES[role]) for role in sorted(self.viewer.roles)]

    @property
    def purposes(self) -> list[tuple[str, str]]:
        """For what a NIK may be revealed: the closed list that is asked for."""
        return [(code, str(words)) for code, words in PURPOSES.items()]

    @property
    def language_next(self) -> str:
        """The page to see again in the other language; a page that was posted cannot be asked for again."""
        return self._request.get_full_path() if self._request.method in ("GET", "HEAD") else "/"

    @property
    def waiting(self) -> int:
        """How many things wait, over all entries."""
        return sum(entry.count for entry in self.navigation)

    @property
    def is_company(self) -> bool:
        """Whether the page is seen from a company's side."""
        return is_company(self.viewer)

    @property
    def demo(self) -> bool:
        """Whether the banner DATA CONTOH stands above."""
        return is_demo()

    @property
    def theme(self) -> str:
        """The chosen theme; empty: follow the device."""
        chosen = self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def search_url(self) -> str:
        """Where the search box posts to; empty where there is no search page."""
        try:
            return reverse("search")
        except NoReverseMatch:
            return ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"frame": Frame(request)}
