"""My tasks (tugas saya): what waits for a person, longest waiting first.

A module lists its providers in `TASKS` of its `urls.py`. A provider is a function of a viewer and a clock that gives
a short list of `Task`; it costs one or two queries, never one a row.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from payung.access.viewer import Viewer
from payung.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits. `title` is a whole sentence; `count` how many rows or papers it holds."""

    title: str
    since: date
    url: str
    deadline: date | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task as of a day."""

    task: Task
    waited_days: int
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_urgent(self) -> bool:
        """Whether its deadline is within three days, or has passed."""
        return self.days_left is not None and self.days_left <= 3

    @property
    def days_late(self) -> int:
        """By how many days the deadline was missed."""
        return max(0, -(self.days_left or 0))


TaskProvider = Callable[[Viewer, Clock], list[Task]]
_providers: list[TaskProvider] = []


def register(providers: Iterable[TaskProvider]) -> None:
    """Make providers known, each once."""
    _providers.extend(provider for provider in providers if provider not in _providers)


def tasks_of(viewer: Viewer, *, clock: Clock) -> list[WaitingTask]:
    """All that waits for a viewer, longest waiting first."""
    today = clock.today()
    tasks = [task for provider in _providers for task in provider(viewer, clock)]
    return [
        WaitingTask(task, (today - task.since).days, (task.deadline - today).days if task.deadline else None)
        for task in sorted(tasks, key=lambda task: (task.since, task.deadline or date.max))
    ]
