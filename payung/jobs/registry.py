"""The list of jobs: each a function with a name, filled by the `tasks.py` of every module.

    @job("intake.stage")
    def stage(job: RunningJob, *, upload_id: str) -> dict[str, Any]:
        ...
        job.progress(done, total)

A job may be started again after its worker died: it does its work in one transaction, or takes up where it stopped.
One that cannot says `idempotent=False` and then fails instead.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils.module_loading import autodiscover_modules

from payung.access.viewer import Viewer
from payung.jobs.errors import TransientError, UnknownJobError
from payung.kernel.clock import Clock

# Deadlocks, lock timeouts and lost connections pass by themselves.
PASSING_TROUBLE: tuple[type[Exception], ...] = (TransientError, OperationalError, InterfaceError)


@dataclass(slots=True)
class RunningJob:
    """What a job's function is given: who asked, what time it is, and where to report progress."""

    public_id: UUID
    kind: str
    attempt: int
    acting_user: Viewer
    clock: Clock
    report: Callable[[int, int | None], None] = field(repr=False)

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far it is. Cheap: call it once a slice, or once a row."""
        self.report(done, total)


JobFunction = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A job by its name, and how it may be tried again."""

    kind: str
    run: JobFunction
    idempotent: bool
    retry_on: tuple[type[Exception], ...]
    max_attempts: int


_kinds: dict[str, JobKind] = {}


def job(
    kind: str,
    *,
    idempotent: bool = True,
    retry_on: tuple[type[Exception], ...] = (),
    max_attempts: int = 5,
) -> Callable[[JobFunction], JobFunction]:
    """Name a function as a job. `retry_on` adds to the errors after which it is tried again."""

    def register(function: JobFunction) -> JobFunction:
        if kind in _kinds:
            raise ValueError(f"Two jobs are named {kind}.")
        passing = PASSING_TROUBLE + retry_on if idempotent else ()
        _kinds[kind] = JobKind(kind, function, idempotent, passing, max_attempts)
        return function

    return register


@cache
def gather_jobs() -> None:
    """Read every module's `tasks.py`, once: when a job is first asked for, not at the start of every command."""
    autodiscover_modules("tasks")


def job_kind(kind: str) -> JobKind:
    """Find a job by its name; raise `UnknownJobError`."""
    gather_jobs()
    try:
        return _kinds[kind]
    except KeyError as error:
        raise UnknownJobError(kind) from error


def job_kinds() -> tuple[str, ...]:
    """Every name."""
    gather_jobs()
    return tuple(sorted(_kinds))
