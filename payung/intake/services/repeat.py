"""Closing a list that says what an earlier one says."""

from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.intake.models import LIVE, StagedRow, Upload


def earlier_same(upload: Upload) -> Upload | None:
    """The live list of the same sponsor, village or office whose rows say the same; None for the first."""
    if upload.rows_hash is None:
        return None
    whose = Upload.objects.filter(sponsor=upload.sponsor_id, village=upload.village_id)
    return whose.filter(LIVE, rows_hash=upload.rows_hash).exclude(pk=upload.pk).order_by("pk").first()


def hold_open_lists(upload: Upload) -> None:
    """Lock the owner's lists that are not sent yet, in the order of their keys, until the transaction ends.

    Those that are being staged at the same moment wait here for each other: of two that say the same, the second finds
    the first.
    """
    whose = Upload.objects.filter(sponsor=upload.sponsor_id, village=upload.village_id)
    is_open = whose.filter(state__in=(Upload.State.RECEIVED, Upload.State.STAGED)).order_by("pk")
    list(is_open.select_for_update(no_key=True).values_list("pk", flat=True))


def close_repeated(upload: Upload, earlier: Upload, *, acting_user: Viewer) -> Upload:
    """Close a list that repeats an earlier one: nothing of it is staged, and it names that list."""
    with recording(acting_user.actor, "intake.upload.repeat") as event:
        StagedRow.objects.filter(upload=upload).delete()
        upload.state, upload.repeats = Upload.State.REPEATED, earlier
        upload.row_count, upload.counts, upload.problems, upload.content_hash = 0, {}, [], b""
        upload.save()
        event.touch("intake.upload", upload.public_id)
    return upload
