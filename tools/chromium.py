"""Chromium for the browser journeys: Debian's, because Playwright's own download cannot be had everywhere."""

import os
import shutil

from tools import debian

NAMES = ("chromium", "chromium-browser", "google-chrome")


def found() -> str | None:
    """The path of a Chromium on this machine (`PAYUNG_CHROMIUM` wins), or None."""
    named = os.environ.get("PAYUNG_CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> tuple[str | None, str]:
    """The path and "", installing Debian's package where allowed; or None and why it cannot be had."""
    if found() is None:
        reason = debian.install(("chromium",))
        if found() is None:
            return None, f"Chromium is missing: {reason or 'its package brought no browser'}"
    return found(), ""
