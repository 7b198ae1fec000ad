"""A disk that can lose its power: what was written, what of it was synced, and what may stand there afterwards.

Synced bytes stay. Of each unsynced write it is chance whether it arrived, and one may have arrived in some of its
sectors only. Names (a file made, a file removed) live in the folder, which is synced apart: by the first sync of a file
that was made, and by a removal that asks for it. Names arrive in their order, as journalling file systems keep them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done to the disk, or (`begun`, `said`) with the program: `number` says which transaction."""

    kind: str
    file: str = ""
    offset: int = 0
    data: bytes = b""
    number: int = 0


@dataclass(slots=True)
class Inode:
    """A file's bytes that are safe, and what was done to it since: (offset, bytes), or (size, None) to truncate."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    is_named: bool = False

    def sync(self) -> None:
        """All of it is safe."""
        for offset, data in self.pending:
            _do(self.safe, offset, data)
        self.pending.clear()

    def after_loss(self, arrives: Callable[[], bool], tears: Callable[[], bool]) -> bytes:
        """What stands there if each unsynced write arrives, or tears, by chance."""
        content = bytearray(self.safe)
        for offset, data in self.pending:
            if not arrives():
                continue
            if data is not None and len(data) > SECTOR and tears():
                for start in range(0, len(data), SECTOR):
                    if arrives():
                        _do(content, offset + start, data[start : start + SECTOR])
                continue
            _do(content, offset, data)
        return bytes(content)


def _do(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        if len(content) > offset:
            del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Disk:
    """The files of one folder under their names, as the program sees them and as they would be found."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.seen = {name: Inode(bytearray(content), is_named=True) for name, content in files.items()}
        self._named = dict(self.seen)
        self._renamed: list[tuple[str, Inode | None]] = []

    def do(self, event: Event) -> None:
        """Let one thing happen."""
        if event.kind == "create":
            self.seen[event.file] = Inode()
            self._renamed.append((event.file, self.seen[event.file]))
        elif event.kind == "delete":
            del self.seen[event.file]
            self._renamed.append((event.file, None))
            if event.number:
                self._sync_names()
        elif event.kind == "write":
            self.seen[event.file].pending.append((event.offset, event.data))
        elif event.kind == "truncate":
            self.seen[event.file].pending.append((event.offset, None))
        elif event.kind == "sync":
            self._sync(self.seen[event.file])

    @property
    def is_calm(self) -> bool:
        """Whether all is safe: a power cut finds one thing only."""
        return not self._renamed and not any(inode.pending for inode in self.seen.values())

    def after_loss(self, rng: random.Random) -> dict[str, bytes]:
        """What may be found, by the dice: mostly half of what was unsynced, some of it torn; at times none, or all."""
        share, torn = rng.choice(((0.5, 0.0), (0.5, 0.3), (0.5, 0.3), (0.2, 0.3), (0.8, 0.3), (0.0, 0.0), (1.0, 0.0)))
        names = dict(self._named)
        for name, inode in self._renamed[: rng.randint(0, len(self._renamed))]:
            if inode is None:
                names.pop(name, None)
            else:
                names[name] = inode
        return {
            name: inode.after_loss(lambda: rng.random() < share, lambda: rng.random() < torn)
            for name, inode in sorted(names.items())
        }

    def _sync(self, inode: Inode) -> None:
        inode.sync()
        if not inode.is_named:
            self._sync_names()

    def _sync_names(self) -> None:
        for name, inode in self._renamed:
            if inode is None:
                self._named.pop(name, None)
            else:
                inode.is_named = True
                self._named[name] = inode
        self._renamed.clear()
