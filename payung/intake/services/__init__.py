"""Writing: a list comes in, is staged, approved, applied, undone; workers of the office are reserved."""

from payung.intake.services.apply import (
    Applied,
    apply_upload,
    return_upload,
    submit_upload,
    undo_upload,
    ways_begun_by,
)
from payung.intake.services.choose import keep_choices
from payung.intake.services.mark import forget_marked, hand_back_marked, hand_out_kept, keep_marked
from payung.intake.services.receive import Received, receive_upload
from payung.intake.services.reserve import (
    accept_offer,
    offer_workers,
    release_ended_offers,
    request_workers,
    withdraw_reservation,
)
from payung.intake.services.stage import keep_column_map, stage_upload
from payung.intake.services.template import (
    empty_template,
    forget_templates,
    hand_out_template,
    keep_template,
    kept_template,
    workers_in_template,
)

__all__ = [
    "Applied",
    "Received",
    "accept_offer",
    "apply_upload",
    "empty_template",
    "forget_marked",
    "forget_templates",
    "hand_back_marked",
    "hand_out_kept",
    "hand_out_template",
    "keep_choices",
    "keep_column_map",
    "keep_marked",
    "keep_template",
    "kept_template",
    "offer_workers",
    "receive_upload",
    "release_ended_offers",
    "request_workers",
    "return_upload",
    "stage_upload",
    "submit_upload",
    "undo_upload",
    "ways_begun_by",
    "withdraw_reservation",
    "workers_in_template",
]
