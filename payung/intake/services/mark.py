"""The list goes back to its sender with its faults marked. A list's NIKs leave by this way alone, so it is recorded.

A short list is marked while its sender waits. A long one is marked behind the scenes and kept, sealed, for a day
(`keep_marked`); taking it along (`hand_out_kept`) is what is recorded as handing back.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.intake.errors import WrongStateError
from payung.intake.models import Upload
from payung.intake.reach import require_list
from payung.intake.selectors import marks_of
from payung.kernel.clock import Clock
from payung.kernel.problem import Problem
from payung.tabular.columns import ColumnMap
from payung.tabular.marking import mark_workbook
from payung.tabular.table import Choices
from payung.vault import files

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def hand_back_marked(upload: Upload, *, sentence: Callable[[Problem], str], acting_user: Viewer) -> bytes:
    """Give the list as a workbook with its faulty cells marked and explained in the reader's language."""
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    if not upload.column_map:
        raise WrongStateError(upload.state)
    with recording(acting_user.actor, "intake.upload.hand-back") as event:
        event.touch("intake.upload", upload.public_id)
        return _marked(upload, sentence)


def keep_marked(
    upload: Upload, *, sentence: Callable[[Problem], str], language: str, acting_user: Viewer, clock: Clock
) -> None:
    """Make the marked workbook of a list in the language of `sentence`, and keep it for whoever asked."""
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    if not upload.column_map:
        raise WrongStateError(upload.state)
    content = _marked(upload, sentence)
    with transaction.atomic(), recording(acting_user.actor, "intake.upload.mark") as event:
        row = Upload.objects.select_for_update().get(pk=upload.pk)
        _forget(row)
        made = {
            "file": files.keep(content, copy=True).sha256,
            "language": language,
            "rows": bytes(upload.content_hash).hex(),
        }
        row.marked, row.marked_at = made, clock.now()
        row.save(update_fields=["marked", "marked_at"])
        event.touch("intake.upload", upload.public_id)


@transaction.atomic
def hand_out_kept(upload: Upload, *, acting_user: Viewer) -> bytes:
    """Give the marked workbook that lies ready; raise `FileGoneError` where it does no longer."""
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    with recording(acting_user.actor, "intake.upload.hand-back") as event:
        event.touch("intake.upload", upload.public_id)
        return files.read((upload.marked or {}).get("file", ""), copy=True)


@transaction.atomic
def forget_marked(*, acting_user: Viewer, clock: Clock) -> int:
    """Remove the marked workbooks of more than a day ago: they hold NIKs, and can be made again. Return how many."""
    old = list(Upload.objects.select_for_update().filter(marked_at__lt=clock.now() - KEPT_FOR))
    if old:
        with recording(acting_user.actor, "intake.upload.forget-marked") as event:
            for upload in old:
                _forget(upload)
                event.touch("intake.upload", upload.public_id)
            Upload.objects.filter(pk__in=[each.pk for each in old]).update(marked=None, marked_at=None)
    return len(old)


def _marked(upload: Upload, sentence: Callable[[Problem], str]) -> bytes:
    return mark_workbook(
        files.read(upload.file_sha256),
        marks_of(upload, sentence),
        ColumnMap.from_dict(upload.column_map),
        choices=Choices.from_dict(upload.choices or {}),
    )


def _forget(upload: Upload) -> None:
    if upload.marked:
        files.forget_copy(upload.marked["file"])
