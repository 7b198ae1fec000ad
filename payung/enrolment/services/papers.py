"""Files that were kept, opened again: each opening stands in the record with the file's hash, for they hold NIKs."""

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.enrolment.models import BpjsBatch, Determination, DukcapilExport
from payung.vault.files import read


@transaction.atomic
def reopen_dukcapil_export(record: DukcapilExport, *, acting_user: Viewer) -> bytes:
    """Give a list for Dukcapil out once more: a download can fail after the list was made."""
    acting_user.require(Permission.ENROLMENT_MATCH)
    with recording(acting_user.actor, "enrolment.dukcapil.reopen", reason=f"{record.row_count} orang") as event:
        event.touch("enrolment.dukcapil_export", record.public_id, after=bytes.fromhex(record.file_sha256))
    return read(record.file_sha256)


@transaction.atomic
def reopen_batch(batch: BpjsBatch, *, acting_user: Viewer) -> bytes:
    """Give a list for BPJS out once more."""
    acting_user.require(Permission.BPJS_SEND)
    with recording(acting_user.actor, "enrolment.bpjs.reopen", reason=f"{batch.row_count} orang") as event:
        event.touch("enrolment.bpjs_batch", batch.public_id, after=bytes.fromhex(batch.file_sha256))
    return read(batch.file_sha256)


@transaction.atomic
def open_basis(determination: Determination, *, acting_user: Viewer) -> bytes:
    """Show the paper on which a determination rests to whoever prepares or approves one."""
    if not acting_user.may(Permission.ENROLMENT_DETERMINE):
        acting_user.require(Permission.ENROLMENT_APPROVE)
    with recording(acting_user.actor, "enrolment.determination.open_basis") as event:
        event.touch("enrolment.determination", determination.public_id, after=bytes.fromhex(determination.file_sha256))
    return read(determination.file_sha256)
