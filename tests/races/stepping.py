"""Two threads on connections of their own: at once from a barrier, or the one stopped at a step while the other runs.

A step is whatever takes a lock, writes, or marks a transaction: stopped before its n-th the one waits until the other
is through, or waits for a lock that the one holds; then it goes on.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

Deed = Callable[[], object]
PATIENCE_SECONDS = 120
LOOK_SECONDS = 0.01
_STEPS = ("SAVEPOINT", "RELEASE", "BEGIN", "INSERT", "UPDATE", "DELETE")
_LOCKS = ("FOR UPDATE", "FOR NO KEY UPDATE", "pg_advisory")
_WAITING = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"


@dataclass(slots=True)
class Actor:
    """A thread with one deed: what came of it, where it is."""

    deed: Deed
    stop_at: int = 0
    outcome: object = None
    steps: int = 0
    backend: int = 0
    is_within: bool = False
    statement: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        """Prepare its thread."""
        self.thread = threading.Thread(target=self._run, daemon=True)

    def join(self) -> object:
        """Wait for its end, and give what it returned or raised."""
        self.thread.join(timeout=PATIENCE_SECONDS)
        if self.thread.is_alive():
            raise AssertionError(f"it hangs in {self.statement[:80]}")
        return self.outcome

    def _run(self) -> None:
        commit = connection._commit

        def watched_commit() -> None:
            self._step()
            commit()

        try:
            connection.ensure_connection()
            if connection.vendor == "postgresql":
                self.backend = connection.connection.info.backend_pid
            connection._commit = watched_commit  # type: ignore[method-assign]
            with connection.execute_wrapper(self._watch):
                self.outcome = self.deed()
        except Exception as error:  # noqa: BLE001 - whoever asked looks at what came out
            self.outcome = error
        finally:
            with suppress(AttributeError):
                del connection._commit  # type: ignore[method-assign]
            connection.close()

    def _watch(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(_STEPS) or any(lock in sql for lock in _LOCKS):
            self._step()
        self.statement = sql
        try:
            return execute(sql, params, many, context)
        finally:
            self.statement = ""

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.stop_at:
            # Django forgets that it is in a transaction just before it commits; the driver does not.
            self.is_within = connection.vendor == "sqlite" and connection.connection.in_transaction
            self.stopped.set()
            if not self.go_on.wait(PATIENCE_SECONDS):
                raise AssertionError("nobody let it go on")


def at_once(deeds: Sequence[Deed]) -> list[object]:
    """Start them on a barrier; give what each returned or raised."""
    barrier = threading.Barrier(len(deeds))

    def waiting(deed: Deed) -> Deed:
        def begin() -> object:
            barrier.wait(timeout=PATIENCE_SECONDS)
            return deed()

        return begin

    actors = [Actor(waiting(deed)) for deed in deeds]
    for actor in actors:
        actor.thread.start()
    return [actor.join() for actor in actors]


@dataclass(frozen=True, slots=True)
class Stopped:
    """What came of both; whether the first came to its step at all, and whether the other had to wait for it."""

    outcomes: list[object]
    was_stopped: bool
    other_waited: bool


def stopped_at(step: int, first: Deed, other: Deed) -> Stopped:
    """Stop the first before its `step`-th step, let the other run whole or until it waits, let the first go on."""
    one, two = Actor(first, stop_at=step), Actor(other)
    one.thread.start()
    while not one.stopped.wait(LOOK_SECONDS) and one.thread.is_alive():
        pass
    was_stopped = one.stopped.is_set()
    two.thread.start()
    waited = False
    deadline = time.monotonic() + PATIENCE_SECONDS
    while was_stopped and two.thread.is_alive() and not waited and time.monotonic() < deadline:
        two.thread.join(timeout=LOOK_SECONDS)
        waited = _waits_for(two, one)
    one.go_on.set()
    return Stopped([one.join(), two.join()], was_stopped, waited)


def _waits_for(two: Actor, one: Actor) -> bool:
    """Whether it waits for a lock; on SQLite it does who would begin to write while another is within a transaction."""
    if not two.thread.is_alive():
        return False
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_WAITING, [two.backend])
            row = cursor.fetchone()
        return bool(row and row[0])
    return one.is_within and two.statement.startswith("BEGIN")
