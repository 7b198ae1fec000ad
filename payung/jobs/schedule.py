"""What happens by the clock: a tick every minute starts each periodic job once per slot, however many tick.

    @job("messages.send")
    def send(job: RunningJob) -> None: ...

    every("messages.send", timedelta(minutes=1), when=has_unsent)

A slot is a stretch of time with a number. Whoever moves a job's `ScheduledRun` forward to the slot starts it; the other
finds the row moved. Slots that passed while no scheduler ran are not made up for: one run follows, the latest.
"""

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import FrameType

from django.db import OperationalError, close_old_connections, transaction

from payung.access.viewer import SYSTEM_VIEWER
from payung.jobs.models import ScheduledRun
from payung.jobs.registry import gather_jobs
from payung.jobs.services import enqueue, requeue_orphans
from payung.kernel.clock import BUSINESS_ZONE, Clock, SystemClock

logger = logging.getLogger(__name__)
TICK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Periodic:
    """A job, and how to number the slots of time in which it runs once each."""

    kind: str
    slot_of: Callable[[datetime], int]
    when: Callable[[], bool]


_periodics: dict[str, Periodic] = {}


def every(kind: str, period: timedelta, *, when: Callable[[], bool] = lambda: True) -> None:
    """Start a job once in each stretch of this length, if `when` (a cheap read) says there is something to do."""
    seconds = int(period.total_seconds())
    _add(Periodic(kind, lambda now: int(now.timestamp()) // seconds, when))


def daily(kind: str, at: time, *, when: Callable[[], bool] = lambda: True) -> None:
    """Start a job once a day, at or soon after a time of the day in Jakarta."""

    def slot_of(now: datetime) -> int:
        local = now.astimezone(BUSINESS_ZONE)
        return local.date().toordinal() - (local.time() < at)

    _add(Periodic(kind, slot_of, when))


def tick(*, clock: Clock) -> list[str]:
    """Start what is due and take up what dead workers left; return the kinds that were started."""
    gather_jobs()
    requeue_orphans(clock=clock)
    known = dict(ScheduledRun.objects.values_list("name", "slot"))
    due = [item for item in _periodics.values() if known.get(item.kind, -1) < item.slot_of(clock.now()) and item.when()]
    return [item.kind for item in due if _start(item, clock=clock)]


def run_scheduler(*, stop: threading.Event | None = None) -> None:
    """Tick every minute until SIGTERM (or until `stop` is set, for a scheduler inside another process)."""
    if stop is None:
        stop = threading.Event()
        _stop_on_signals(stop)
    clock = SystemClock()
    while not stop.is_set():
        close_old_connections()
        try:
            tick(clock=clock)
        except OperationalError as error:
            logger.warning("The scheduler skips a tick: %s", type(error).__name__)
        close_old_connections()
        stop.wait(TICK_SECONDS - clock.now().timestamp() % TICK_SECONDS)


@transaction.atomic
def _start(item: Periodic, *, clock: Clock) -> bool:
    slot, now = item.slot_of(clock.now()), clock.now()
    ScheduledRun.objects.get_or_create(name=item.kind, defaults={"slot": -1, "started_at": now})
    moved = ScheduledRun.objects.filter(name=item.kind, slot__lt=slot).update(slot=slot, started_at=now)
    if moved:
        enqueue(item.kind, {}, acting_user=SYSTEM_VIEWER, clock=clock)
    return bool(moved)


def _add(item: Periodic) -> None:
    if item.kind in _periodics:
        raise ValueError(f"{item.kind} is scheduled twice.")
    _periodics[item.kind] = item


def _stop_on_signals(stop: threading.Event) -> None:
    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
