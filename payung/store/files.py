"""A drawer of blobs: written once under an opaque name, whole or not at all, outside the web's reach.

What lies in it, and whether it is sealed, is the business of whoever puts it there (`vault.files`).
"""

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")


class FileGoneError(RuntimeError):
    """A kept file is missing or no longer has the content its name promises."""


def put(name: str, content: bytes) -> None:
    """Write a blob, unless one of this name lies there already. Names are 64 hex digits."""
    target = _path(name)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)  # a half-written file never bears the final name
    finally:
        Path(temporary).unlink(missing_ok=True)
    _sync_folder(target.parent)


def get(name: str) -> bytes:
    """Read a blob; raise `FileGoneError` where there is none."""
    try:
        return _path(name).read_bytes()
    except FileNotFoundError as error:
        raise FileGoneError(name) from error


def remove(name: str) -> None:
    """Take a blob away; one that is not there is as good as gone."""
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("A blob is named by 64 hex digits.")
    return Path(settings.PAYUNG_HOME) / "files" / name[:2] / name


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
