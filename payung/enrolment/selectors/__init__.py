"""Reads of the way in. What returns persons takes a viewer and gives only what that person may see."""

from payung.enrolment.selectors.answers import answers_visible_to, differences_waiting, pledges_of, unanswered
from payung.enrolment.selectors.minutes import Minutes, MinutesLine, minutes_of
from payung.enrolment.selectors.places import GoingOn, going_on, in_pledge, names_staying, place_holders
from payung.enrolment.selectors.slips import slip_by_code, slips_due
from payung.enrolment.selectors.standing import STANDING_CODES, Standing, standing_of, steps_of
from payung.enrolment.selectors.steps import (
    STEPS,
    SponsorAtStep,
    VillageAtStep,
    people_at,
    placeless,
    slip_villages,
    sponsors_at,
    sponsors_placeless,
    step_counts,
    villages_at,
    wadah_waiting,
)
from payung.enrolment.selectors.visibility import (
    batches_visible_to,
    determinations_visible_to,
    enrolments_visible_to,
    rounds_visible_to,
)
from payung.enrolment.selectors.waiting import (
    WaitingStep,
    pipeline_counts,
    places_to_fill,
    pledge_counts,
    sectors_of,
    work_waiting,
)

__all__ = (
    "STANDING_CODES",
    "STEPS",
    "GoingOn",
    "Minutes",
    "MinutesLine",
    "SponsorAtStep",
    "Standing",
    "VillageAtStep",
    "WaitingStep",
    "answers_visible_to",
    "batches_visible_to",
    "determinations_visible_to",
    "differences_waiting",
    "enrolments_visible_to",
    "going_on",
    "in_pledge",
    "minutes_of",
    "names_staying",
    "people_at",
    "pipeline_counts",
    "place_holders",
    "placeless",
    "places_to_fill",
    "pledge_counts",
    "pledges_of",
    "rounds_visible_to",
    "sectors_of",
    "slip_by_code",
    "slip_villages",
    "slips_due",
    "sponsors_at",
    "sponsors_placeless",
    "standing_of",
    "step_counts",
    "steps_of",
    "unanswered",
    "villages_at",
    "wadah_waiting",
    "work_waiting",
)
