"""A story told once in the real program, with every statement taken down; then on disks that lose their power.

`run` is the ring `power-loss`: half of its images under the settings of the program, half with a cache so small that a
transaction writes to the database before its commit, as a large one does. A hundred more under each setting that is
known to lose or to spoil: where nothing is found there, the eyes are shut, and that is a failure.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.soak.database import fresh_database, set_up

set_up()

from django.db import connection  # noqa: E402 - Django must stand before the program is imported

from payung.contributions.invariants import check_all  # noqa: E402
from payung.intake.invariants import check_each as check_lists  # noqa: E402
from tests.power import stories  # noqa: E402
from tests.power.later import later_steps  # noqa: E402
from tests.power.loss import Losses, lose_power  # noqa: E402
from tests.power.recorded import Recorded, recording_statements  # noqa: E402
from tests.power.replay import Replay, digest_of, replay  # noqa: E402
from tests.soak.outcome import Outcome  # noqa: E402

SMALL_CACHE = ("PRAGMA cache_size=8",)
# What each must be caught at.
KNOWN_BAD: dict[str, tuple[tuple[str, ...], str]] = {
    "DELETE with synchronous=OFF": (("PRAGMA synchronous=OFF",), "corrupt"),
    "DELETE with synchronous=FULL": (("PRAGMA synchronous=FULL",), "lost"),
    "WAL with synchronous=NORMAL": (
        ("PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"),
        "lost",
    ),
}
CONTROLS = 100


@dataclass(frozen=True, slots=True)
class Told:
    """The database before a story, what was sent during it, and what stood there at the end."""

    start: bytes
    recorded: Recorded
    names: list[str]
    end: str


def tell(seed: int, folder: Path, *, with_list: bool) -> Told:
    """Let the program do a story in the standing database (SQLite), in real transactions."""
    story = stories.begin(seed, with_list=with_list)
    connection.close()
    before = folder / "before.sqlite3"
    names = []
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
        with closing(sqlite3.connect(before)) as copy:
            database.backup(copy)
        with recording_statements() as recorded:
            for name, step in chain(stories.steps(story, with_list=with_list), later_steps(story)):
                step()
                names.append(name)
        return Told(before.read_bytes(), recorded, names, digest_of(database))


def settings_of_the_program() -> list[str]:
    """The pragmas of each connection of the program."""
    command: str = connection.settings_dict["OPTIONS"]["init_command"]
    return [pragma.strip() for pragma in command.split(";") if pragma.strip()]


def cut(told: Told, folder: Path, *, rng: random.Random, most: int, other: Sequence[str] = ()) -> tuple[Replay, Losses]:
    """Replay a story, under other settings after the program's own, and cut the power about `most` times."""
    own = settings_of_the_program()
    again = replay(told.recorded, told.start, folder, [*own, *other])
    if again.digests[-1] != told.end:
        raise AssertionError("the statements taken down do not make the database that the program made")
    in_wal = any("WAL" in pragma for pragma in other)
    return again, lose_power(again, folder, rng=rng, most=most, opening=() if in_wal else own)


def broken_invariants(again: Replay, folder: Path, *, each: int = 1) -> list[str]:
    """What does not hold in a state that a power cut may leave; `each` skips states where there is little time."""
    found = []
    for number in range(0, len(again.states), each):
        path = folder / "state.sqlite3"
        path.write_bytes(again.states[number])
        with _standing_on(path):
            wrong = [*check_all(), *(one for _, several in check_lists() for one in several)]
        found += [f"after transaction {number}: {one.invariant} {one.object_type} {one.found}" for one in wrong]
    return found


@contextmanager
def _standing_on(path: Path) -> Iterator[None]:
    """Let the program look at another file for a while."""
    connection.close()
    real, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = real


def run(seed: int, amount: int) -> Outcome:
    """About `amount` power cuts in one story."""
    if connection.vendor != "sqlite":
        return Outcome({"left to SQLite": 1})
    outcome = Outcome({"images": 0, "boundaries": 0, "hot journals": 0})
    with tempfile.TemporaryDirectory(dir=Path(connection.settings_dict["NAME"]).parent) as name, fresh_database():
        folder, rng = Path(name), random.Random(seed)
        told = tell(seed, folder, with_list=True)
        for other in ((), SMALL_CACHE):
            again, losses = cut(told, folder, rng=rng, most=amount // 2, other=other)
            outcome.counted["images"] += losses.images
            outcome.counted["boundaries"] += losses.boundaries
            outcome.counted["hot journals"] += losses.hot
            outcome.failures += [f"seed {seed} {other}: {sentence}" for sentence in losses.sentences]
        outcome.counted["transactions"] = len(again.states) - 1
        outcome.failures += [f"seed {seed} {sentence}" for sentence in broken_invariants(again, folder)]
        for setting, (pragmas, fault) in KNOWN_BAD.items():
            _, losses = cut(told, folder, rng=rng, most=CONTROLS, other=pragmas)
            outcome.counted[f"{setting}: images"] = losses.images
            outcome.counted[f"{setting}: {fault}"] = losses.faults[fault]
            if not losses.faults[fault]:
                outcome.failures.append(f"seed {seed}: nothing was found to be {fault} under {setting}")
    return outcome
