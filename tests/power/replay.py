"""Recorded statements once more, through SQLite on files whose every write, sync and removal is written down."""

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from tests.power.disk import Event
from tests.power.recorded import Recorded

_names = iter(range(1_000_000))


@dataclass(slots=True)
class Replay:
    """What reached the disk, in its order; the database before, and after each transaction that was acknowledged."""

    events: list[Event] = field(default_factory=list)
    states: list[bytes] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)


class _Watched(apsw.VFS):  # type: ignore[misc]
    """SQLite's own way to files, with a list of what is done."""

    def __init__(self, events: list[Event], main: str) -> None:
        self.name, self.events, self.main = f"watched{next(_names)}", events, main
        super().__init__(self.name, base="")

    def suffix(self, name: Any) -> str | None:
        """Which of the database's files it is (`-journal`, `-wal`, the database itself is empty), None for another."""
        text = name if isinstance(name, str) else name.filename() if name is not None else ""
        return text.removeprefix(self.main) if text.startswith(self.main) else None

    def xOpen(self, name: Any, flags: list[int]) -> "_File":
        suffix = self.suffix(name)
        if suffix is not None and not Path(self.main + suffix).exists():
            self.events.append(Event("create", suffix))
        return _File(self, name, flags, suffix)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        suffix = self.suffix(filename)
        if suffix is not None:
            self.events.append(Event("delete", suffix, number=int(syncdir)))


class _File(apsw.VFSFile):  # type: ignore[misc]
    def __init__(self, vfs: _Watched, name: Any, flags: list[int], suffix: str | None) -> None:
        self.suffix, self.events = suffix or "", vfs.events if suffix is not None else []
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self.events.append(Event("write", self.suffix, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self.events.append(Event("truncate", self.suffix, size))

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self.events.append(Event("sync", self.suffix))


def replay(recorded: Recorded, start: bytes, folder: Path, pragmas: Sequence[str]) -> Replay:
    """Send the statements again to a copy of the database as it stood when their recording began."""
    path = folder / "replayed.sqlite3"
    path.write_bytes(start)
    made = Replay()
    watched = _Watched(made.events, str(path))
    connection = apsw.Connection(str(path), vfs=watched.name)
    try:
        for pragma in pragmas:
            list(connection.execute(pragma))
        made.events.clear()  # switching to WAL writes once, long before the story
        made.states.append(_whole(connection, path))
        made.digests.append(digest(path, made.states[-1]))
        for text, rows in recorded.statements:
            _send(connection, text, rows, made, path)
    finally:
        connection.close()
        watched.unregister()
    return made


def _send(connection: apsw.Connection, text: str, rows: list[tuple[Any, ...]], made: Replay, path: Path) -> None:
    if not connection.in_transaction:
        made.events.append(Event("begun", number=len(made.states)))
    changes = connection.total_changes()
    for row in rows:
        list(connection.execute(text, row))
    changed = text == "COMMIT" or connection.total_changes() != changes
    if connection.in_transaction or not changed:
        return
    made.events.append(Event("said", number=len(made.states)))
    made.states.append(_whole(connection, path))
    made.digests.append(digest(path, made.states[-1]))


def _whole(connection: apsw.Connection, path: Path) -> bytes:
    """The whole database in one piece, also while part of it is in a WAL."""
    if not Path(f"{path}-wal").exists():
        return path.read_bytes()
    copy = apsw.Connection(":memory:")
    with copy.backup("main", connection, "main") as backup:
        backup.step()
    return bytes(copy.serialize("main"))


def digest(path: Path, content: bytes) -> str:
    """What is in a database, whatever its pages look like: schema, every row of every table."""
    beside = path.with_name("digested.sqlite3")
    # The header's two bytes that say WAL would make a reader look for one.
    beside.write_bytes(content[:18] + b"\x01\x01" + content[20:] if content[18:20] == b"\x02\x02" else content)
    database = sqlite3.connect(beside)
    try:
        return digest_of(database)
    finally:
        database.close()


def digest_of(database: sqlite3.Connection) -> str:
    """The same of an open database."""
    found = hashlib.sha256()
    schema = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    found.update(repr(schema).encode())
    for kind, name, _ in schema:
        if kind == "table":
            found.update(repr((name, database.execute(f'SELECT * FROM "{name}"').fetchall())).encode())
    return found.hexdigest()
