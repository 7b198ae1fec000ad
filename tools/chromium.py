"""Chromium for the browser journeys: Debian's, because Playwright's own download cannot be had everywhere."""

import ctypes
import os
import shutil
import sys

from tools import debian

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without a font the pages' pictures are empty boxes; Playwright's driver needs a library that a bare machine lacks.
PACKAGES = ("chromium", "fonts-liberation")
DRIVER_LIBRARY, DRIVER_PACKAGE = "libatomic.so.1", "libatomic1"


def found() -> str | None:
    """The path of a Chromium on this machine (`PAYUNG_CHROMIUM` wins), or None."""
    named = os.environ.get("PAYUNG_CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> tuple[str | None, str]:
    """The path and "", installing Debian's packages where allowed; or None and why it cannot be had."""
    missing = (() if found() else PACKAGES) + (() if _driver_runs() else (DRIVER_PACKAGE,))
    reason = debian.install(missing) if missing else ""
    if found() is None:
        return None, f"Chromium is missing: {reason or 'its package brought no browser'}"
    if not _driver_runs():
        return None, f"Chromium's driver lacks {DRIVER_LIBRARY}: {reason or 'its package did not bring it'}"
    return found(), ""


def _driver_runs() -> bool:
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL(DRIVER_LIBRARY)
    except OSError:
        return False
    return True
