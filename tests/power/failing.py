"""Any statement of a deed fails, in any way a database fails: the deed says so, and the database is as it was before.

For each step of the story the first statement fails, then the second, and so on until the step passes untouched (K-4);
the commit counts as a statement. A fault comes once, or stays: then every later statement of the step fails too. The
steps are those of `stories` that are one transaction; the others are done as they are, and named in the outcome.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from tests.soak.database import fresh_database, set_up

set_up()

from django.apps import apps  # noqa: E402 - Django must stand before the program is imported
from django.db import connection  # noqa: E402
from django.db.utils import InterfaceError, OperationalError  # noqa: E402

from payung.contributions.invariants import check_all  # noqa: E402
from tests.power.later import later_steps  # noqa: E402
from tests.power.stories import Step, begin, steps  # noqa: E402
from tests.soak.outcome import Outcome  # noqa: E402

FAULTS: tuple[Callable[[], BaseException], ...] = (
    lambda: OperationalError("disk I/O error"),
    lambda: OperationalError("database or disk is full"),
    lambda: OperationalError("attempt to write a readonly database"),
    lambda: OperationalError("canceling statement due to lock timeout"),
    lambda: InterfaceError("connection already closed"),
    MemoryError,
    KeyboardInterrupt,
)
TOLD = 10
# Several transactions each, one after another, as an office's days.
SEVERAL = frozenset(
    {"propose workers", "verify", "Dukcapil's answer", "determine", "register in a wadah", "merge two records"}
)


@dataclass(slots=True)
class Failed:
    """What was found: how many faults were put in, by step; sentences of what went wrong; steps not tried."""

    faults: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def blame(self, sentence: str) -> None:
        """Keep the first few."""
        if len(self.wrong) < TOLD:
            self.wrong.append(sentence)


class _Database:
    """Lets statements through and counts them, or has them fail from one on; also the commits."""

    def __init__(self, at: int = 0, fault: Callable[[], BaseException] | None = None, *, stays: bool = False) -> None:
        self.at, self.fault, self.stays = at, fault, stays
        self.statements = self.commits = self.fired = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        # What undoes a part is the database's own doing: without it nothing could be said of what follows.
        if not sql.startswith("ROLLBACK TO SAVEPOINT"):
            self.step()
        return execute(sql, params, many, context)

    def step(self, *, is_commit: bool = False) -> None:
        """One more; fail where it is time to.

        A commit is refused by the database: one that is interrupted may have been done, and who asks again is told so
        (the rings of kills).
        """
        self.statements += 1
        if self.fault and (self.statements == self.at or (self.stays and self.fired)):
            self.fired += 1
            raise FAULTS[0]() if is_commit else self.fault()


def run(seed: int, amount: int) -> Outcome:
    """So many stories from a seed, every statement of each failing once."""
    counted, failures = Counter[str](), list[str]()
    for number in range(seed, seed + amount):
        with fresh_database():
            found = tell_with_faults(number)
        counted.update({"faults": found.faults.total(), "stories": 1})
        failures += [f"story {number}: {sentence}" for sentence in found.wrong]
    return Outcome(dict(counted), failures)


def tell_with_faults(seed: int, *, each: int = 1) -> Failed:
    """Tell the story in the database that stands; of the statements every `each`th fails, another by each seed."""
    found, rng = Failed(), random.Random(f"faults {seed}")
    story = begin(seed, with_list=False)
    for name, step in chain(steps(story, with_list=False), later_steps(story)):
        if name in SEVERAL:
            found.left_out.append(name)
            step()
        else:
            fail_everywhere(name, step, found, rng, each)
    found.wrong += [f"after the story: {violation.as_dict()}" for violation in check_all()[:TOLD]]
    return found


def fail_everywhere(name: str, step: Step, found: Failed, rng: random.Random, each: int) -> None:
    at = rng.randint(1, each)
    while True:
        fault, stays = rng.choice(FAULTS), rng.random() < 0.5
        before = digest()
        database = _Database(at, fault, stays=stays)
        passed = _attempt(step, database)
        if not database.fired:
            if not passed:
                found.blame(f"{name}: failed without a fault")
            elif database.commits > 1:
                found.blame(f"{name}: {database.commits} commits, and was taken for one transaction")
            return
        found.faults[name] += 1
        if passed:
            found.blame(f"{name}: statement {at} failed ({fault()!r}) and nobody was told")
            return
        if digest() != before:
            found.blame(f"{name}: statement {at} failed ({fault()!r}), and something of it stayed")
            return
        at += each


def _attempt(step: Step, database: _Database) -> bool:
    with connection.execute_wrapper(database), _commits_through(database):
        try:
            step()
        except BaseException:
            if not database.fired:
                raise
            return False
    return True


@contextmanager
def _commits_through(database: _Database) -> Iterator[None]:
    """A commit is a statement too: it may fail, and then nothing was done."""
    commit = connection._commit

    def watched() -> None:
        database.step(is_commit=True)
        database.commits += 1
        commit()

    connection._commit = watched  # type: ignore[method-assign]
    try:
        yield
    finally:
        del connection._commit


def digest() -> str:
    """Everything that stands in the database's tables."""
    seen = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(model._meta.db_table for model in apps.get_models()):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            seen.update(table.encode())
            for row in cursor.fetchall():
                seen.update(repr([bytes(v) if isinstance(v, memoryview) else v for v in row]).encode())
    return seen.hexdigest()
