"""How far a running job is, and whether it still runs: two small files beside the database.

Progress is not written to the database: on SQLite a second writer would wait for the very transaction it tells of, on
PostgreSQL nobody would see it before the commit. That a job still runs shows in a lock on its file, which the
system takes back the moment its process dies, however it dies.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

WRITE_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far: rows done, of how many (where known), rows a second, and seconds left (where that can be said)."""

    done: int = 0
    total: int | None = None
    rate: float = 0.0

    @property
    def seconds_left(self) -> float | None:
        """The time the rest will take at this rate."""
        if self.total is None or self.rate <= 0:
            return None
        return max(self.total - self.done, 0) / self.rate

    @property
    def percent(self) -> int | None:
        """The part that is done, in whole percent, rounded down."""
        return None if not self.total else min(100, self.done * 100 // self.total)


class ProgressWriter:
    """Writes a job's progress, at most twice a second and when it is complete."""

    def __init__(self, public_id: UUID, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path = _path(public_id, "json")
        self._monotonic = monotonic
        self._began = monotonic()
        self._written = -WRITE_EVERY_SECONDS
        self.latest = Progress()

    def __call__(self, done: int, total: int | None) -> None:
        """Take a report, and write it if it is time."""
        total = self.latest.total if total is None else total
        now = self._monotonic()
        elapsed = now - self._began
        self.latest = Progress(done, total, done / elapsed if elapsed > 0 else 0.0)
        if now - self._written >= WRITE_EVERY_SECONDS or done == total:
            self._written = now
            self._write()

    def _write(self) -> None:
        temporary = self._path.with_suffix(".tmp")
        data = {"done": self.latest.done, "total": self.latest.total, "rate": self.latest.rate}
        temporary.write_text(json.dumps(data), encoding="utf-8")
        temporary.replace(self._path)


def read_progress(public_id: UUID) -> Progress:
    """Read how far a running job is; nothing yet is no progress."""
    try:
        data = json.loads(_path(public_id, "json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return Progress()
    return Progress(int(data["done"]), data["total"], float(data["rate"]))


@contextmanager
def held(public_id: UUID) -> Iterator[bool]:
    """Hold a job's lock; yields False where another process holds it, which is then running this very job."""
    path = _path(public_id, "lock")
    descriptor = _lock(path)
    if descriptor is None:
        yield False
        return
    try:
        yield True
    finally:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        os.close(descriptor)


def forget_progress(public_id: UUID) -> None:
    """Remove a finished job's file."""
    _path(public_id, "json").unlink(missing_ok=True)


def _lock(path: Path) -> int | None:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        try:
            if os.fstat(descriptor).st_ino == path.stat().st_ino:
                return descriptor
        except FileNotFoundError:
            pass
        os.close(descriptor)  # its holder removed the file between our two steps: what we locked has no name any more


def _path(public_id: UUID, suffix: str) -> Path:
    folder = Path(settings.PAYUNG_HOME) / "progress"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{UUID(str(public_id))}.{suffix}"
