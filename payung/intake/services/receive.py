"""A file comes in: kept as it is, sealed, known by its hash. The same file again is the same upload."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.intake.errors import UploadTooLargeError, WrongStateError
from payung.intake.models import LIVE, Upload
from payung.kernel.clock import Clock
from payung.sponsors.models import Pledge, Sponsor
from payung.vault import files

_CLOSED = (Upload.State.UNDONE, Upload.State.REPLACED)
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Received:
    """The upload, and whether the same file had come in before: then nothing has changed."""

    upload: Upload
    is_repeat: bool


@transaction.atomic
def receive_upload(
    content: bytes,
    *,
    file_name: str,
    sponsor: Sponsor | None,
    acting_user: Viewer,
    clock: Clock,
    pledge: Pledge | None = None,
    legal_basis: str = "",
    replaces: Upload | None = None,
) -> Received:
    """Keep a file that a sponsor's clerk or the office hands in; without a sponsor it is the office's own data.

    `replaces` is the earlier upload that this file mends: that one is closed once this one has been read, and what it
    had staged is compared.
    """
    acting_user.require(Permission.LIST_UPLOAD, sponsor=sponsor.public_id if sponsor else "")
    if replaces is not None and replaces.state in _CLOSED:
        raise WrongStateError(replaces.state)
    if len(content) > settings.PAYUNG_MAX_UPLOAD_BYTES:
        raise UploadTooLargeError
    stored = files.keep(content)
    # Whoever uploads for a sponsor waits for whoever else does: two of the same file make one upload.
    if sponsor is not None:
        Sponsor.objects.select_for_update().get(pk=sponsor.pk)
    earlier = Upload.objects.filter(LIVE, sponsor=sponsor, file_sha256=stored.sha256).first()
    if earlier is not None:
        return Received(earlier, is_repeat=True)
    with recording(acting_user.actor, "intake.upload.receive") as event:
        upload = Upload.objects.create(
            sponsor=sponsor,
            pledge=pledge,
            file_name=_shown_name(file_name),
            file_sha256=stored.sha256,
            file_size=stored.size,
            state=Upload.State.RECEIVED,
            content_hash=b"",
            replaces=replaces,
            legal_basis=legal_basis.strip(),
            uploaded_by=acting_user.actor.id,
            uploaded_at=clock.now(),
        )
        event.touch("intake.upload", upload.public_id, after=bytes.fromhex(stored.sha256))
    return Received(upload, is_repeat=False)


def _shown_name(file_name: str) -> str:
    """The name for people to read: no folders, no control or direction characters, not too long."""
    return (_NOT_IN_NAMES.sub(" ", file_name).strip() or "daftar")[-150:]
