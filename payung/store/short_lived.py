"""A folder for what must not outlive its use: of this user alone, one holder at a time, removed whatever happens.

A process that is killed removes nothing, so the next holder and each start of the program do (`sweep`). Whether
somebody still works in it shows in a lock that the system takes back the moment its process dies.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

MATCHING: Final = "matching"  # the folder of a registry that is matched with itself


class FolderInUseError(Exception):
    """Another process holds the folder; its name is the message."""


@contextmanager
def short_lived(name: str) -> Iterator[Path]:
    """Hold an empty folder of PAYUNG_HOME; raise `FolderInUseError` where another process holds it."""
    descriptor = _locked(name)
    if descriptor is None:
        raise FolderInUseError(name)
    folder = _folder(name)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def sweep(name: str) -> bool:
    """Remove what a killed process left; return whether there was anything. What is in use stays."""
    folder = _folder(name)
    if not folder.exists():
        return False
    descriptor = _locked(name)
    if descriptor is None:
        return False
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)
    return True


def _locked(name: str) -> int | None:
    """The lock's file stays for good: removing it would let two hold a file of one name."""
    descriptor = os.open(_folder(name).with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _folder(name: str) -> Path:
    return Path(settings.PAYUNG_HOME) / name
