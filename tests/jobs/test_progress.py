"""Progress lives in a file, and is written seldom."""

from uuid import uuid4

import pytest

from payung.jobs.progress import Progress, ProgressWriter, forget_progress, held, read_progress


class StepClock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_progress_is_written_at_most_twice_a_second_and_at_the_end() -> None:
    name, clock = uuid4(), StepClock()
    report = ProgressWriter(name, monotonic=clock)
    clock.now += 1
    report(10, 100)
    clock.now += 0.1
    report(20, 100)
    assert read_progress(name).done == 10
    clock.now += 0.5
    report(32, None)
    assert read_progress(name) == Progress(32, 100, pytest.approx(20.0))
    report(100, None)
    assert read_progress(name).percent == 100
    forget_progress(name)
    assert read_progress(name) == Progress()


def test_the_time_left_follows_from_the_rate() -> None:
    assert Progress(25, 100, 5.0).seconds_left == 15
    assert Progress(25, None, 5.0).seconds_left is None
    assert Progress(0, 100, 0.0).seconds_left is None


def test_one_holder_at_a_time_and_the_next_after_it() -> None:
    name = uuid4()
    with held(name) as first, held(name) as second:
        assert (first, second) == (True, False)
    with held(name) as again:
        assert again
