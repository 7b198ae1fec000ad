"""How often something may be tried: by one source, and by everybody together, in a stretch of time.

Counters stand in a file of fixed size under PAYUNG_HOME, changed under a lock: all processes of a machine count
together, and a try never waits for the database. A source is kept as a keyed fingerprint's place in the file: two
sources that share a place share a limit, which errs on the safe side. Several machines count apart.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from payung.vault.seal import blind_index

_SLOT = struct.Struct("<QI")
_SLOTS = 65_536
_EVERYBODY = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in each stretch of `seconds`: `per_source` for one, `overall` for all sources together."""

    name: str
    per_source: int
    overall: int
    seconds: int


def take_try(limit: Limit, source: str, *, now: datetime) -> int:
    """Count one try; return 0 if it is allowed, else the seconds until the next one is.

    `source` is whatever tells askers apart, such as an address. A try that is refused is not counted for everybody:
    one who hammers on the door does not shut it for the others.
    """
    moment = int(now.timestamp())
    window = moment // limit.seconds
    wait = (window + 1) * limit.seconds - moment
    place = 1 + int.from_bytes(blind_index(source, purpose=f"limit:{limit.name}")[:8], "little") % (_SLOTS - 1)
    with _counters(limit.name) as file:
        own, everybody = _read(file, place, window), _read(file, _EVERYBODY, window)
        if own >= limit.per_source or everybody >= limit.overall:
            return wait
        _write(file, place, window, own + 1)
        _write(file, _EVERYBODY, window, everybody + 1)
    return 0


def _read(file: int, place: int, window: int) -> int:
    found = os.pread(file, _SLOT.size, place * _SLOT.size)
    if len(found) < _SLOT.size:
        return 0
    at, count = _SLOT.unpack(found)
    return int(count) if at == window else 0


def _write(file: int, place: int, window: int, count: int) -> None:
    os.pwrite(file, _SLOT.pack(window, count), place * _SLOT.size)


@contextmanager
def _counters(name: str) -> Iterator[int]:
    folder = Path(settings.PAYUNG_HOME) / "limits"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = os.open(folder / f"{name}.counts", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)
