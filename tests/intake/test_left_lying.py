"""A list that came in and was never read, for the power went, is taken up by itself."""

from datetime import timedelta

import pytest

from payung.access.models import User
from payung.access.viewer import SYSTEM_VIEWER
from payung.intake.models import Upload
from payung.intake.services import keep_choices, receive_upload, stage_upload
from payung.intake.tasks import LEFT_LYING
from payung.jobs.models import Job
from payung.jobs.services import do_job, enqueue
from payung.kernel.clock import FixedClock
from tests.intake.formats import as_csv, people

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("kendal")]


@pytest.fixture
def lying(pt_maju, joko, clock) -> Upload:
    content = as_csv(people(3))
    return receive_upload(content, file_name="d.csv", sponsor=pt_maju, acting_user=joko, clock=clock).upload


@pytest.fixture
def later(clock) -> FixedClock:
    return FixedClock(clock.now() + LEFT_LYING + timedelta(seconds=1))


def do(kind: str, clock) -> Job:
    job = enqueue(kind, {}, acting_user=SYSTEM_VIEWER, clock=clock)
    do_job(job.public_id, clock=clock)
    job.refresh_from_db()
    return job


def staging() -> list[Job]:
    return list(Job.objects.filter(kind="intake.stage"))


def test_a_list_left_lying_is_staged_by_the_rights_of_its_sender(lying, joko, later):
    assert do("intake.take-up", later).result == {"lists": 1}
    (job,) = staging()
    assert (job.requested_by_id, job.params) == (joko.actor.id, {"upload_id": str(lying.public_id)})
    assert do_job(job.public_id, clock=later) == "done"
    lying.refresh_from_db()
    assert (lying.state, lying.counts) == ("staged", {"accepted": 3})


def test_it_is_asked_for_once_and_not_while_its_reader_may_still_be_at_work(lying, clock, later):
    assert do("intake.take-up", clock).result == {"lists": 0}
    assert do("intake.take-up", later).result == {"lists": 1}
    assert do("intake.take-up", later).result == {"lists": 0}
    assert len(staging()) == 1


def test_what_waits_for_an_answer_or_was_read_is_not_left_lying(lying, joko, clock, later):
    Upload.objects.filter(pk=lying.pk).update(problems=[{"code": "file:column-missing", "field": "nik"}])
    assert do("intake.take-up", later).result == {"lists": 0}
    stage_upload(keep_choices(lying, acting_user=joko, sheet="x"), acting_user=joko, clock=clock)
    assert do("intake.take-up", later).result == {"lists": 0}


def test_of_a_sender_who_has_left_nothing_is_begun(lying, joko, later):
    User.objects.filter(public_id=joko.actor.id).update(is_active=False)
    assert do("intake.take-up", later).result == {"lists": 0}
    assert staging() == []
