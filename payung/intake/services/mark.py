"""The list goes back to its sender with its faults marked. A list's NIKs leave by this way alone, so it is recorded."""

from collections.abc import Callable

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.intake.errors import WrongStateError
from payung.intake.models import Upload
from payung.intake.reach import require_list
from payung.intake.selectors import marks_of
from payung.kernel.problem import Problem
from payung.tabular.columns import ColumnMap
from payung.tabular.marking import mark_workbook
from payung.tabular.table import Choices
from payung.vault import files


@transaction.atomic
def hand_back_marked(upload: Upload, *, sentence: Callable[[Problem], str], acting_user: Viewer) -> bytes:
    """Give the list as a workbook with its faulty cells marked and explained in the reader's language."""
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    if not upload.column_map:
        raise WrongStateError(upload.state)
    with recording(acting_user.actor, "intake.upload.hand-back") as event:
        event.touch("intake.upload", upload.public_id)
        return mark_workbook(
            files.read(upload.file_sha256),
            marks_of(upload, sentence),
            ColumnMap.from_dict(upload.column_map),
            choices=Choices.from_dict(upload.choices or {}),
        )
