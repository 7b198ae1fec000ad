"""Power lost after each single write of a recorded story: what is found then, opened again, and held against the story.

Whatever was acknowledged must be there; the transaction that was under way is there as a whole or not at all.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.power.disk import Disk
from tests.power.replay import Replay, digest_of

SUFFIXES = ("", "-journal", "-wal", "-shm")
TOLD = 5  # of faults alike one sentence each is enough


@dataclass(slots=True)
class Losses:
    """What was found: `corrupt`, `lost` (acknowledged and gone), `half` (neither before nor after), by count."""

    boundaries: int = 0
    images: int = 0
    hot: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)

    def blame(self, fault: str, sentence: str) -> None:
        """Count a fault."""
        self.faults[fault] += 1
        if self.faults[fault] <= TOLD:
            self.sentences.append(f"{fault}: {sentence}")


def lose_power(story: Replay, folder: Path, *, rng: random.Random, most: int, opening: Sequence[str]) -> Losses:
    """Cut the power about `most` times, evenly over all boundaries; `opening` are the pragmas of the next start."""
    losses = Losses()
    share = most / len(story.events)
    for number, (disk, acknowledged, begun) in enumerate(_boundaries(story)):
        times = int(share) + (rng.random() < share % 1)
        losses.boundaries += bool(times)
        for _ in range(min(times, 1) if disk.is_calm else times):  # nothing is by chance where all is safe
            image = disk.after_loss(rng)
            losses.images += 1
            losses.hot += bool(image.get("-journal") or image.get("-wal"))
            _judge(story, image, folder, acknowledged, begun, losses, f"boundary {number}", opening)
    return losses


def _boundaries(story: Replay) -> Iterator[tuple[Disk, int, int]]:
    """After each event: the disk, the last transaction that was acknowledged, the last that was begun."""
    disk = Disk({"": story.states[0]})
    acknowledged = begun = 0
    for event in story.events:
        if event.kind == "begun":
            begun = event.number
        elif event.kind == "said":
            acknowledged = event.number
        else:
            disk.do(event)
        yield disk, acknowledged, begun


def _judge(
    story: Replay,
    image: dict[str, bytes],
    folder: Path,
    acknowledged: int,
    begun: int,
    losses: Losses,
    where: str,
    opening: Sequence[str],
) -> None:
    path = folder / "found.sqlite3"
    for suffix in SUFFIXES:
        file = Path(f"{path}{suffix}")
        file.unlink(missing_ok=True)
        if suffix in image:
            file.write_bytes(image[suffix])
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for pragma in opening:
                database.execute(pragma)
            sound = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
            if sound != ["ok"]:
                losses.blame("corrupt", f"{where}: {sound}")
                return
            same = path.read_bytes()
            found = [n for n in {acknowledged, begun} if story.states[min(n, len(story.states) - 1)] == same]
            if found:
                return
            stands = digest_of(database)
    except sqlite3.DatabaseError as error:
        losses.blame("corrupt", f"{where}: {error}")
        return
    if stands in {story.digests[n] for n in (acknowledged, begun) if n < len(story.digests)}:
        return
    if stands in story.digests[:acknowledged]:
        losses.blame("lost", f"{where}: transaction {acknowledged} was acknowledged and is gone")
    else:
        losses.blame("half", f"{where}: neither before nor after transaction {begun}")
