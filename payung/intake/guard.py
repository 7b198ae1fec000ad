"""A list with too many people twice, or protected already, stops and asks before it goes on.

Such a list is mostly a mistake: last month's file, or another payer's. Whoever sends it says why it is right; the
answer stands with the list, where the approver reads it, and in the record.
"""

from django.conf import settings

from payung.intake.errors import DoublesUnexplainedError
from payung.intake.models import Upload

# Fewer are seen with the eye: a share of a handful says nothing.
FEWEST = 5
_DOUBLES = ("duplicate", "covered", "repair:same-nik-different-name")


def doubles_of(upload: Upload) -> int:
    """How many rows name somebody who stands in the list twice, or whom another payer protects."""
    return sum(upload.counts.get(fate, 0) for fate in _DOUBLES)


def doubles_percent(upload: Upload) -> int:
    """Their share of the rows, in whole percent, rounded down."""
    return doubles_of(upload) * 100 // upload.row_count if upload.row_count else 0


def asks_about_doubles(upload: Upload) -> bool:
    """Whether the list must be explained before it is sent or approved, and is not yet."""
    found = doubles_of(upload)
    over = found * 100 > upload.row_count * settings.PAYUNG_LIST_DOUBLES_PERCENT
    return found >= FEWEST and over and not upload.doubles_reason


def require_explained(upload: Upload) -> None:
    """Raise `DoublesUnexplainedError` for a list that must be explained first."""
    if asks_about_doubles(upload):
        raise DoublesUnexplainedError(doubles_percent(upload))
