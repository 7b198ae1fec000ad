"""Long lists behind the scenes: staged, marked, applied, undone, taken up; at midnight what has ended or is old."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import override

from payung.access.errors import NotPermittedError, SamePersonError
from payung.access.selectors import viewer_with_id
from payung.access.viewer import Viewer
from payung.enrolment.errors import EnrolmentError
from payung.intake.errors import IntakeError
from payung.intake.models import Upload
from payung.intake.selectors import lists_left_lying
from payung.intake.sentences import sentence
from payung.intake.services import (
    apply_upload,
    forget_marked,
    forget_templates,
    keep_marked,
    keep_template,
    release_ended_offers,
    stage_upload,
    undo_upload,
)
from payung.jobs.errors import JobProblemError
from payung.jobs.registry import RunningJob, job
from payung.jobs.schedule import daily, every
from payung.jobs.services import enqueue
from payung.kernel.clock import Clock, SystemClock
from payung.sponsors.models import Sponsor
from payung.store.files import FileGoneError

# As long as anybody reads a list without work behind the scenes: on a page, or at the command line.
LEFT_LYING = timedelta(minutes=5)
TROUBLE = (IntakeError, EnrolmentError, NotPermittedError, SamePersonError, FileGoneError)


@job("intake.stage")
def stage(running: RunningJob, *, upload_id: str) -> dict[str, Any]:
    """Read, check and stage a received file. Started again it stages anew: nothing live changes."""
    try:
        upload = stage_upload(
            _upload(upload_id), acting_user=running.acting_user, clock=running.clock, report=running.progress
        )
    except TROUBLE as error:
        raise JobProblemError(trouble_code(error)) from error
    return {"rows": upload.row_count}


@job("intake.apply")
def apply(running: RunningJob, *, upload_id: str, approved_hash: str) -> dict[str, Any]:
    """Apply an approved list, in one transaction: started again after it was broken off it finds nothing done."""
    try:
        applied = apply_upload(
            _upload(upload_id),
            approved_hash=bytes.fromhex(approved_hash),
            acting_user=running.acting_user,
            clock=running.clock,
            report=running.progress,
        )
    except TROUBLE as error:
        raise JobProblemError(trouble_code(error)) from error
    return {"registered": applied.registered, "enrolled": applied.enrolled}


@job("intake.undo")
def undo(running: RunningJob, *, upload_id: str, reason: str) -> dict[str, Any]:
    """Take an applied list back, in one transaction."""
    try:
        ended = undo_upload(_upload(upload_id), reason=reason, acting_user=running.acting_user, clock=running.clock)
    except TROUBLE as error:
        raise JobProblemError(trouble_code(error)) from error
    return {"ended": ended}


@job("intake.mark")
def mark(running: RunningJob, *, upload_id: str, language: str) -> dict[str, Any]:
    """Make the marked workbook of a list in the language of whoever asked; the newest alone is kept."""
    upload = _upload(upload_id)
    try:
        with override(language):
            keep_marked(
                upload, sentence=sentence, language=language, acting_user=running.acting_user, clock=running.clock
            )
    except TROUBLE as error:
        raise JobProblemError(trouble_code(error)) from error
    return {"rows": upload.row_count}


@job("intake.template")
def template(running: RunningJob, *, sponsor: str, language: str) -> dict[str, Any]:
    """Make the template with a large sponsor's own workers, in the language of whoever asked."""
    try:
        with override(language):
            whose = Sponsor.objects.get(public_id=UUID(sponsor))
            return {"file": keep_template(whose, acting_user=running.acting_user, clock=running.clock)}
    except TROUBLE as error:
        raise JobProblemError(trouble_code(error)) from error


@job("intake.forget-marked")
def forget(running: RunningJob) -> dict[str, Any]:
    """Remove marked workbooks and templates with workers that were made more than a day ago."""
    removed = forget_marked(acting_user=running.acting_user, clock=running.clock)
    templates = forget_templates(acting_user=running.acting_user, clock=running.clock)
    return {"removed": removed, "templates": templates}


@job("intake.take-up")
def take_up(running: RunningJob) -> dict[str, Any]:
    """Have lists read that came in and were left lying (the power went), by the rights of their senders."""
    lists = _left_lying(running.clock)
    for upload, sender in lists:
        enqueue("intake.stage", {"upload_id": str(upload.public_id)}, acting_user=sender, clock=running.clock)
    return {"lists": len(lists)}


@job("intake.release-offers")
def release_offers(running: RunningJob) -> dict[str, Any]:
    """Free the workers of offers whose days are over."""
    return {"ended": release_ended_offers(clock=running.clock)}


def trouble_code(error: Exception) -> str:
    """The code by which doors tell what kept a list from its next step."""
    if isinstance(error, IntakeError | EnrolmentError):
        return error.code
    if isinstance(error, FileGoneError):
        return "intake:file-gone"
    return "intake:same-person" if isinstance(error, SamePersonError) else "intake:not-permitted"


def _upload(public_id: str) -> Upload:
    return Upload.objects.select_related("sponsor", "pledge", "replaces").get(public_id=UUID(public_id))


def _left_lying(clock: Clock) -> list[tuple[Upload, Viewer]]:
    """Lists that nobody reads, with their senders; those of a sender who has left wait for somebody at their page."""
    lists = lists_left_lying(before=clock.now() - LEFT_LYING)
    senders = {each: viewer_with_id(each) for each in {upload.uploaded_by for upload in lists}}
    return [(upload, sender) for upload in lists if (sender := senders[upload.uploaded_by]).is_signed_in]


def _is_any_left() -> bool:
    return bool(_left_lying(SystemClock()))


every("intake.take-up", timedelta(minutes=1), when=_is_any_left)
daily("intake.release-offers", at=time(0, 10))
daily("intake.forget-marked", at=time(0, 20))
