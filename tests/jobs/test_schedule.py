"""What happens by the clock, once per slot."""

from datetime import date, datetime, time, timedelta

import pytest

from payung.jobs import schedule
from payung.jobs.models import Job, ScheduledRun
from payung.jobs.registry import gather_jobs
from payung.jobs.schedule import daily, every, tick
from payung.kernel.clock import BUSINESS_ZONE, FixedClock

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def nothing_scheduled_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    gather_jobs()  # what the modules schedule themselves stays out of these stories
    monkeypatch.setattr(schedule, "_periodics", {})


def at(hour: int, minute: int, day: int = 22) -> FixedClock:
    return FixedClock(datetime(2026, 11, day, hour, minute, tzinfo=BUSINESS_ZONE))


def test_two_ticks_in_one_slot_start_a_job_once() -> None:
    every("jobs.prune", timedelta(minutes=5))
    assert tick(clock=at(9, 1)) == ["jobs.prune"]
    assert tick(clock=at(9, 4)) == []
    assert tick(clock=at(9, 5)) == ["jobs.prune"]
    assert Job.objects.filter(kind="jobs.prune").count() == 2


def test_a_second_scheduler_that_saw_the_same_slot_due_starts_nothing() -> None:
    every("jobs.prune", timedelta(minutes=5))
    item = schedule._periodics["jobs.prune"]
    assert schedule._start(item, clock=at(9, 1))
    assert not schedule._start(item, clock=at(9, 1))
    assert Job.objects.count() == 1


def test_a_daily_job_starts_after_its_hour_in_jakarta_and_once_a_day() -> None:
    daily("jobs.prune", at=time(2, 0))
    assert tick(clock=at(1, 59)) == ["jobs.prune"]  # yesterday's run, which nobody has made yet
    assert tick(clock=at(2, 0)) == ["jobs.prune"]
    assert tick(clock=at(23, 59)) == []
    assert tick(clock=at(1, 0, day=23)) == []
    assert tick(clock=at(2, 1, day=23)) == ["jobs.prune"]


def test_slots_missed_while_nothing_ran_are_made_up_by_one_run() -> None:
    daily("jobs.prune", at=time(2, 0))
    tick(clock=at(3, 0, day=1))
    assert tick(clock=at(3, 0, day=20)) == ["jobs.prune"]
    assert ScheduledRun.objects.get().slot == date(2026, 11, 20).toordinal()


def test_a_job_with_nothing_to_do_is_not_started_and_its_slot_stays_open() -> None:
    work: list[int] = []
    every("jobs.prune", timedelta(minutes=5), when=lambda: bool(work))
    assert tick(clock=at(9, 1)) == []
    work.append(1)
    assert tick(clock=at(9, 2)) == ["jobs.prune"]


def test_one_job_is_not_scheduled_twice() -> None:
    every("jobs.prune", timedelta(minutes=5))
    with pytest.raises(ValueError):
        daily("jobs.prune", at=time(2, 0))
