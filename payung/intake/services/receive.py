"""A file comes in: kept as it is, sealed, known by its hash. The same file again is the same upload.

So is a file that was found to say what an earlier list says (`same.py`): it leads to that list at once.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.intake.errors import UploadTooLargeError, WrongStateError
from payung.intake.models import LIVE, Upload
from payung.intake.reach import require_reach
from payung.kernel.clock import Clock
from payung.registry.models import Region
from payung.sponsors.models import Pledge, Sponsor
from payung.vault import files

_CLOSED = (Upload.State.UNDONE, Upload.State.REPLACED, Upload.State.REPEATED)
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
    village: Region | None = None,
    legal_basis: str = "",
    replaces: Upload | None = None,
) -> Received:
    """Keep a file that a sponsor's clerk, a village (of its own people) or the office hands in.

    With neither sponsor nor village it is the office's own data. `replaces` is the earlier upload that this file mends:
    that one is closed once this one has been read, and what it had staged is compared.
    """
    require_reach(acting_user, Permission.LIST_UPLOAD, sponsor=sponsor, village=village)
    if replaces is not None and replaces.state in _CLOSED:
        raise WrongStateError(replaces.state)
    if len(content) > settings.PAYUNG_MAX_UPLOAD_BYTES:
        raise UploadTooLargeError
    stored = files.keep(content)
    # Whoever uploads for a sponsor waits for whoever else does: two of the same file make one upload.
    if sponsor is not None:
        Sponsor.objects.select_for_update().get(pk=sponsor.pk)
    earlier = _earlier(stored.sha256, sponsor, village)
    if earlier is not None:
        return Received(earlier, is_repeat=True)
    upload = Upload(
        sponsor=sponsor,
        pledge=pledge,
        village=village,
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
    return _kept(upload, acting_user)


def _kept(upload: Upload, acting_user: Viewer) -> Received:
    try:
        with transaction.atomic(), recording(acting_user.actor, "intake.upload.receive") as event:
            upload.save()
            event.touch("intake.upload", upload.public_id, after=bytes.fromhex(upload.file_sha256))
    except IntegrityError:
        # The office has no row to wait at: of two of the same file at the same moment the second finds the first.
        earlier = _earlier(upload.file_sha256, upload.sponsor, upload.village)
        if earlier is None:
            raise
        return Received(earlier, is_repeat=True)
    return Received(upload, is_repeat=False)


def _earlier(sha256: str, sponsor: Sponsor | None, village: Region | None) -> Upload | None:
    """The live list that this very file became, or whose rows it was found to repeat."""
    whose = Upload.objects.filter(sponsor=sponsor, village=village)
    found = whose.filter(LIVE, file_sha256=sha256).first()
    if found is not None:
        return found
    repeated = whose.filter(file_sha256=sha256, state=Upload.State.REPEATED).values("repeats")
    return whose.filter(LIVE & Q(pk__in=repeated)).first()


def _shown_name(file_name: str) -> str:
    """The name for people to read: no folders, no control or direction characters, not too long."""
    return (_NOT_IN_NAMES.sub(" ", file_name).strip() or "daftar")[-150:]
