"""Writing: a list comes in, is staged, approved, applied, undone; workers of the office are reserved."""

from payung.intake.services.apply import Applied, apply_upload, submit_upload, undo_upload, ways_begun_by
from payung.intake.services.receive import Received, receive_upload
from payung.intake.services.reserve import (
    accept_offer,
    offer_workers,
    places_of,
    release_ended_offers,
    request_workers,
    unprotected_workers,
    withdraw_reservation,
)
from payung.intake.services.stage import stage_upload

__all__ = [
    "Applied",
    "Received",
    "accept_offer",
    "apply_upload",
    "offer_workers",
    "places_of",
    "receive_upload",
    "release_ended_offers",
    "request_workers",
    "stage_upload",
    "submit_upload",
    "undo_upload",
    "unprotected_workers",
    "ways_begun_by",
    "withdraw_reservation",
]
