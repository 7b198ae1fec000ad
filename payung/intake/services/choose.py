"""Somebody answers what had to be asked of a file: which sheet, with or without hidden rows. Kept beside the upload."""

from dataclasses import replace

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.intake.errors import WrongStateError
from payung.intake.models import Upload
from payung.intake.reach import require_list
from payung.tabular.table import Choices


@transaction.atomic
def keep_choices(upload: Upload, *, acting_user: Viewer, **answers: str) -> Upload:
    """Keep answers (as `Choices` names them); the list is then to be staged anew.

    Another sheet, encoding or row of headings has other columns: what was said of them before is let go.
    """
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    upload = Upload.objects.select_for_update(of=("self",)).select_related("sponsor", "replaces").get(pk=upload.pk)
    if upload.state not in (Upload.State.RECEIVED, Upload.State.STAGED):
        raise WrongStateError(upload.state)
    before = Choices.from_dict(upload.choices or {})
    choices = replace(before, **answers)
    with recording(acting_user.actor, "intake.upload.choices") as event:
        upload.choices = choices.as_dict()
        if (choices.sheet, choices.encoding, choices.header) != (before.sheet, before.encoding, before.header):
            upload.column_map = {}
        upload.save(update_fields=["choices", "column_map"])
        event.touch("intake.upload", upload.public_id)
    return upload
