"""Whatever moment the power goes, a list is taken up again or nothing of it is half done, and it loses nothing."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.power.homes import KILLED, ROWS, Home, children_of, copy_of, kill, prepared_home

pytestmark = pytest.mark.database

STATEMENT = "django.db.backends.utils:CursorWrapper.execute"
COMMIT = "django.db.backends.base.base:BaseDatabaseWrapper.commit"
STAGE, APPLY = "payung.intake.services.stage", "payung.intake.services.apply"
# Before anything is read, between reading and checking, before the rows are written, before they are committed.
OF_STAGING = (f"{STAGE}:prepare_list", f"{STAGE}:match_rows", f"{STAGE}:bulk_insert", f"{STAGE}:content_hash")
OF_APPLYING = (f"{APPLY}:register_workers", f"{APPLY}:propose_workers", f"{APPLY}:bulk_insert")
LIVE = ("applied", "workers", "enrolments")
# Random moments; more of them: PAYUNG_TEST_CUTS=30 .venv/bin/python -m pytest -n0 tests/power
SEEDS = range(int(os.environ.get("PAYUNG_TEST_CUTS", "1")))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with prepared_home(tmp_path_factory.mktemp("power") / "home") as home:
        yield home


@pytest.fixture
def home(prepared: Home, tmp_path: Path) -> Iterator[Home]:
    with copy_of(prepared, tmp_path / "home") as copy:
        yield copy


@pytest.fixture(scope="module")
def undisturbed(prepared: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What stands there where nothing went wrong: after staging, and after applying."""
    with copy_of(prepared, tmp_path_factory.mktemp("undisturbed") / "home") as home:
        assert home.intake().returncode == 0
        staged = home.facts()
        assert home.intake("--apply").returncode == 0
        applied = home.facts()
    assert (staged["rows"], applied["workers"], applied["enrolments"]) == ({"accepted": ROWS}, ROWS, ROWS)
    assert staged["violations"] == applied["violations"] == []
    return {"staged": staged, "applied": applied}


def dying(home: Home, place: str, count: int, *arguments: str) -> int:
    return home.run(place, str(count), *arguments, module="tests.power.dying").returncode


def assert_nothing_half_done(facts: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Rows are none or all of the undisturbed run's, originals are whole, and everything holds that must."""
    assert facts["violations"] == []
    assert all(facts["kept"])
    assert facts["rows"] in ({}, wanted["rows"])
    assert {name: facts[name] for name in LIVE} in (dict.fromkeys(LIVE, 0), {name: wanted[name] for name in LIVE})


def without_jobs(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != "jobs"}


def test_a_list_that_is_cut_off_while_it_is_staged_leaves_no_row_and_is_staged_again(home, undisturbed):
    for place in OF_STAGING:
        assert dying(home, place, 1, *home.intake_arguments()) == KILLED
        assert home.query("SELECT state, row_count FROM intake_upload") == [("received", 0)], place
        assert home.query("SELECT count(*) FROM intake_stagedrow") == [(0,)], place
    again = home.intake()
    assert again.returncode == 0
    assert "pemeriksaannya terputus; dilanjutkan" in again.stderr
    assert home.facts() == undisturbed["staged"]


def test_a_list_that_is_cut_off_while_it_is_applied_is_not_applied_at_all_and_then_whole(home, undisturbed):
    assert home.intake().returncode == 0
    for place in OF_APPLYING:
        assert dying(home, place, 1, *home.intake_arguments("--apply")) == KILLED
        for table in ("intake_appliedrow", "registry_worker", "enrolment_enrolment"):
            assert home.query(f"SELECT count(*) FROM {table}") == [(0,)], (place, table)
    assert home.facts() == undisturbed["staged"]
    assert home.intake("--apply").returncode == 0
    assert home.facts() == undisturbed["applied"]


@pytest.mark.parametrize("seed", SEEDS)
def test_cut_off_at_any_statement_or_commit_a_list_ends_as_if_nothing_had_happened(home, undisturbed, seed):
    rng = random.Random(seed)
    for more in ((), ("--apply",)):
        for _ in range(2):
            place = rng.choice((STATEMENT, STATEMENT, COMMIT))
            code = dying(home, place, rng.randint(1, 6 if place == COMMIT else 60), *home.intake_arguments(*more))
            assert code in (KILLED, 0)
    assert_nothing_half_done(home.facts(), undisturbed["applied"])
    assert home.intake("--apply").returncode == 0
    assert home.facts() == undisturbed["applied"]


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_by_the_clock_a_list_ends_as_if_nothing_had_happened(home, undisturbed, seed):
    rng = random.Random(seed)
    for _ in range(3):
        process = home.start(*home.intake_arguments("--apply"))
        time.sleep(rng.uniform(0.8, 6.0))
        kill(process)
    assert_nothing_half_done(home.facts(), undisturbed["applied"])
    assert home.intake("--apply").returncode == 0
    assert home.facts() == undisturbed["applied"]


def find_reader(process: Any) -> int:
    """The child that reads the file, as soon as it stands."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        for pid, command in children_of(process.pid).items():
            if "payung.tabular.child" in command:
                return pid
        time.sleep(0.002)
    raise AssertionError("no reader was seen")


def test_a_reader_that_is_killed_alone_is_started_once_more(home, undisturbed):
    process = home.start(*home.intake_arguments())
    os.kill(find_reader(process), signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert home.facts() == undisturbed["staged"]


def test_a_reader_that_is_killed_twice_refuses_the_file_and_says_what_happened(home):
    process = home.start("intake", str(home.list_file), "--sponsor", "MAJU")
    first = find_reader(process)
    os.kill(first, signal.SIGKILL)
    second = first
    while second == first:
        second = find_reader(process)
    os.kill(second, signal.SIGKILL)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "dihentikan dua kali dari luar" in out
    assert home.facts()["rows"] == {}


def test_a_reader_outlives_its_killed_parent_by_moments_only(home):
    process = home.start(*home.intake_arguments())
    reader = find_reader(process)
    process.kill()
    process.communicate(timeout=60)
    home.wait_until(lambda: not Path(f"/proc/{reader}").exists())


def worker_ends(home: Home, is_so: Callable[[], bool]) -> None:
    """A worker behind the scenes, until the work is done."""
    worker = home.start("worker")
    try:
        home.wait_until(is_so)
    finally:
        worker.terminate()
        worker.communicate(timeout=60)


def test_work_behind_the_scenes_whose_worker_died_is_taken_up_by_the_next(home, undisturbed):
    home.ask("stage", str(home.list_file), "MAJU")
    for place, rows in ((f"{STAGE}:bulk_insert", 0), ("payung.jobs.services:_settle", ROWS)):
        assert dying(home, place, 1, "worker") == KILLED
        assert home.job_states() == {"running"}
        assert home.query("SELECT count(*) FROM intake_stagedrow") == [(rows,)]
    worker_ends(home, lambda: home.job_states() == {"done"})
    home.ask("apply")
    assert dying(home, f"{APPLY}:propose_workers", 1, "worker") == KILLED
    assert without_jobs(home.facts()) == without_jobs(undisturbed["staged"])
    worker_ends(home, lambda: home.job_states() == {"done"})
    assert without_jobs(home.facts()) == without_jobs(undisturbed["applied"])


def test_after_a_power_cut_the_whole_program_goes_on_where_it_was(home, undisturbed):
    port = str(random.randint(20_000, 60_000))
    program = home.start("serve", "--port", port)
    try:
        home.ask("stage", str(home.list_file), "MAJU")
        home.wait_until(lambda: home.job_states() != {"queued"})
    finally:
        kill(program)
    assert_nothing_half_done(home.facts(), undisturbed["staged"])
    program = home.start("serve", "--port", port)
    try:
        home.wait_until(lambda: home.job_states() == {"done"})
    finally:
        program.terminate()
        program.communicate(timeout=60)
    assert without_jobs(home.facts()) == without_jobs(undisturbed["staged"])
