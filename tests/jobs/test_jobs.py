"""A job from the asking to its end, with the real queue and the real worker."""

import json
import multiprocessing
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from django_tasks_db.models import DBTaskResult

from payung.access.models import User
from payung.access.selectors import viewer_of
from payung.access.viewer import ANONYMOUS_VIEWER, SYSTEM_VIEWER
from payung.audit.models import AuditEvent, AuditLine
from payung.jobs.errors import JobProblemError, SecretInParamsError, TransientError, UnknownJobError
from payung.jobs.models import Job
from payung.jobs.progress import held
from payung.jobs.registry import RunningJob, job, job_kinds
from payung.jobs.selectors import jobs_visible_to, progress_of
from payung.jobs.services import do_job, enqueue, prune_jobs, requeue_orphans
from payung.jobs.worker import run_worker
from payung.kernel.clock import FixedClock, SystemClock
from payung.store.bulk import in_slices

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = SystemClock()


@job("test.count")
def count(running: RunningJob, *, rows: int) -> dict[str, int]:
    done = 0
    for part in in_slices(range(rows), 10):
        done += len(part)
        running.progress(done, rows)
    return {"rows": done, "attempt": running.attempt}


@job("test.refuse")
def refuse(running: RunningJob) -> None:
    raise JobProblemError("intake:file-gone", file="daftar.xlsx")


@job("test.crash")
def crash(running: RunningJob) -> None:
    raise ValueError("NIK 3324010203040506 is odd")


@job("test.pass", max_attempts=3)
def passing(running: RunningJob, *, until: int) -> dict[str, int]:
    if running.attempt < until:
        raise TransientError
    return {"attempt": running.attempt}


@job("test.locked", idempotent=False)
def locked(running: RunningJob) -> None:
    raise OperationalError("deadlock detected")


@job("test.whoami")
def whoami(running: RunningJob) -> dict[str, str]:
    return {"actor": running.acting_user.actor.id}


def person(name: str) -> User:
    return User.objects.create(email=f"{name}@kendal.example", name=name.title(), created_at=NOW.now())


def asked(kind: str, **params: object) -> Job:
    return enqueue(kind, params, acting_user=SYSTEM_VIEWER, clock=NOW)


def done(found: Job) -> Job:
    do_job(found.public_id, clock=NOW)
    found.refresh_from_db()
    return found


def test_the_worker_does_what_was_asked_for_and_keeps_the_result() -> None:
    found = asked("test.count", rows=25)
    run_worker(batch=True, handle_signals=False)
    found.refresh_from_db()
    assert (found.state, found.result) == ("done", {"rows": 25, "attempt": 1})
    assert (found.done_count, found.total) == (25, 25)
    assert found.started_at <= found.finished_at
    assert not DBTaskResult.objects.ready().exists()


def test_a_job_of_a_transaction_that_was_rolled_back_never_was() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        asked("test.count", rows=1)
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_asking_leaves_one_event_that_names_the_job() -> None:
    found = asked("test.count", rows=1)
    assert AuditEvent.objects.get().action == "jobs.enqueue.test.count"
    assert AuditLine.objects.get().object_id == str(found.public_id)


def test_a_kind_that_nobody_named_is_refused() -> None:
    with pytest.raises(UnknownJobError):
        asked("test.nothing")


def test_no_nik_goes_into_the_queue() -> None:
    with pytest.raises(SecretInParamsError):
        asked("test.count", nik="3324010203040506")
    assert not Job.objects.exists()


def test_expected_trouble_fails_the_job_with_its_code_and_params() -> None:
    found = done(asked("test.refuse"))
    assert (found.state, found.error_code, found.error_params) == (
        "failed",
        "intake:file-gone",
        {"file": "daftar.xlsx"},
    )


def test_of_a_crash_only_class_and_line_are_kept_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    found = done(asked("test.crash"))
    assert (found.state, found.error_code, found.error_params["error"]) == ("failed", "jobs:crashed", "ValueError")
    assert "tests/jobs/test_jobs.py" in found.error_params["at"]
    everything = (
        caplog.text + json.dumps(found.error_params) + "".join(DBTaskResult.objects.values_list("traceback", flat=True))
    )
    assert "3324010203040506" not in everything
    assert "test.crash failed: ValueError" in caplog.text


def test_passing_trouble_is_tried_again_later_and_then_later_still() -> None:
    found = asked("test.pass", until=3)
    waits = []
    for _ in range(2):
        done(found)
        assert found.state == "queued"
        waits.append(DBTaskResult.objects.get(pk=found.task_id).run_after - NOW.now())
    assert timedelta(seconds=3) < waits[0] <= timedelta(seconds=5) < waits[1] <= timedelta(seconds=10)
    assert done(found).result == {"attempt": 3}
    assert found.error_code == ""


def test_trouble_that_does_not_pass_fails_after_the_last_try() -> None:
    found = asked("test.pass", until=9)
    for _ in range(3):
        done(found)
    assert (found.state, found.attempts, found.error_code) == ("failed", 3, "jobs:passing-trouble")


def test_a_job_that_may_not_be_repeated_is_not_tried_again() -> None:
    assert done(asked("test.locked")).state == "failed"


def test_a_job_that_is_done_is_not_done_twice() -> None:
    found = done(asked("test.count", rows=1))
    finished = found.finished_at
    assert do_job(found.public_id, clock=NOW) == "left alone"
    assert done(found).finished_at == finished
    assert found.attempts == 1


def test_a_job_that_runs_elsewhere_is_left_alone() -> None:
    found = asked("test.count", rows=1)
    with held(found.public_id) as mine:
        assert mine
        assert do_job(found.public_id, clock=NOW) == "running"
    found.refresh_from_db()
    assert found.state == "queued"


def test_a_job_acts_with_the_rights_its_requester_has_now() -> None:
    rina = person("rina")
    found = enqueue("test.whoami", {}, acting_user=viewer_of(rina), clock=NOW)
    assert done(found).result == {"actor": str(rina.public_id)}
    gone = enqueue("test.whoami", {}, acting_user=viewer_of(rina), clock=NOW)
    rina.is_active = False
    rina.save()
    assert (done(gone).state, gone.error_code) == ("failed", "jobs:requester-gone")


def test_everybody_sees_their_own_jobs_and_tono_sees_none() -> None:
    rina, tono = viewer_of(person("rina")), viewer_of(person("tono"))
    found = enqueue("test.whoami", {}, acting_user=rina, clock=NOW)
    asked("test.whoami")
    assert list(jobs_visible_to(rina)) == [found]
    assert list(jobs_visible_to(tono)) == []
    assert list(jobs_visible_to(ANONYMOUS_VIEWER)) == []
    assert jobs_visible_to(SYSTEM_VIEWER).count() == 0  # the system itself looks at no pages


def _die_at_work(public_id: str) -> None:
    with held(public_id):
        time.sleep(60)


def begun(found: Job) -> Job:
    found.state, found.attempts, found.started_at = "running", 1, NOW.now()
    found.save()
    DBTaskResult.objects.filter(pk=found.task_id).update(status="RUNNING", started_at=NOW.now())
    return found


def test_what_a_killed_worker_left_is_done_by_the_next_one() -> None:
    found = begun(asked("test.count", rows=3))
    worker = multiprocessing.get_context("fork").Process(target=_die_at_work, args=(str(found.public_id),))
    worker.start()
    while requeue_orphans(clock=NOW) == 1:  # until the child holds the lock
        begun(found)
        time.sleep(0.02)
    found.refresh_from_db()
    assert found.state == "running"
    worker.kill()
    worker.join()
    assert requeue_orphans(clock=NOW) == 1
    run_worker(batch=True, handle_signals=False)
    found.refresh_from_db()
    assert (found.state, found.result) == ("done", {"rows": 3, "attempt": 2})


def test_what_may_not_be_repeated_fails_when_its_worker_dies() -> None:
    found = begun(asked("test.locked"))
    assert requeue_orphans(clock=NOW) == 1
    found.refresh_from_db()
    assert (found.state, found.error_code) == ("failed", "jobs:worker-died")


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    found = begun(asked("test.pass", until=1))
    found.attempts = 3
    found.save()
    requeue_orphans(clock=NOW)
    found.refresh_from_db()
    assert found.state == "failed"


def test_a_task_that_was_claimed_but_never_begun_is_queued_again_after_a_while() -> None:
    found = asked("test.count", rows=1)
    DBTaskResult.objects.filter(pk=found.task_id).update(status="RUNNING", started_at=NOW.now())
    assert requeue_orphans(clock=NOW) == 0
    assert requeue_orphans(clock=FixedClock(NOW.now() + timedelta(minutes=1))) == 1
    run_worker(batch=True, handle_signals=False)
    found.refresh_from_db()
    assert found.state == "done"


def test_a_waiting_job_is_no_orphan() -> None:
    asked("test.count", rows=1)
    assert requeue_orphans(clock=FixedClock(NOW.now() + timedelta(days=1))) == 0


def test_old_jobs_are_cleared_away_and_young_and_open_ones_stay() -> None:
    old, young, waiting = done(asked("test.count", rows=1)), done(asked("test.count", rows=1)), asked("test.whoami")
    Job.objects.filter(pk=old.pk).update(finished_at=NOW.now() - timedelta(days=31))
    assert prune_jobs(clock=NOW) == 1
    assert set(Job.objects.all()) == {young, waiting}


def test_a_finished_job_tells_its_progress_from_its_row() -> None:
    found = done(asked("test.count", rows=25))
    told = progress_of(found)
    assert (told.done, told.total, told.percent) == (25, 25, 100)


def test_a_job_whose_id_is_unknown_is_left_alone() -> None:
    assert do_job(uuid4(), clock=NOW) == "left alone"


def test_the_jobs_of_the_ground_are_named() -> None:
    assert {"audit.prove", "jobs.prune", "messages.send"} <= set(job_kinds())
