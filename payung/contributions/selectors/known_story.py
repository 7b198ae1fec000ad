"""A sponsor's story as it was known on a day: promises, ways and cover of that evening.

A way stands where its last event recorded by then led. A pledge taken back stood until the record says so.
"""

from collections import Counter
from datetime import date

from django.db.models import Max

from payung.audit.models import AuditLine
from payung.contributions.selectors.known import end_of, workers_paid_as_known_on
from payung.contributions.selectors.sponsor_story import NO_PLACE_LEFT, SponsorStory
from payung.enrolment.models import Enrolment, EnrolmentEvent
from payung.kernel.month import Month
from payung.sponsors.models import Pledge, Sponsor

LIVE, ACTIVE, TO_REPLACE = "live", "active", "to_replace"


def sponsor_story_as_known_on(sponsor: Sponsor, day: date, *, month: Month) -> SponsorStory:
    """Say "Janji · Daftar · Dibayar · Aktif" as a page would have said it on a day, of a month and those after it."""
    standing = _pledges_standing(sponsor, day)
    running = {pk for pk, (_quota, end) in standing.items() if end > int(month)}
    ways = _ways(sponsor, day, running)
    return SponsorStory(
        pledged=sum(standing[pk][0] for pk in running),
        listed=ways[LIVE] + ways[TO_REPLACE],
        paid=workers_paid_as_known_on(sponsor, day, month=month),
        active=ways[ACTIVE],
        to_replace=ways[TO_REPLACE],
    )


def _pledges_standing(sponsor: Sponsor, day: date) -> dict[int, tuple[int, int]]:
    """Quota and end (the month after the last) of the pledges made and not taken back by then."""
    made = list(Pledge.objects.filter(sponsor=sponsor, recorded_at__lt=end_of(day)))
    withdrawn = {str(pledge.public_id) for pledge in made if pledge.state == Pledge.State.WITHDRAWN}
    later = AuditLine.objects.filter(
        object_type="sponsors.pledge",
        object_id__in=withdrawn,
        event__action__in=("sponsors.pledge.withdraw", "contributions.pledge.end"),
        event__at__gte=end_of(day),
    )
    taken_back = withdrawn - set(later.values_list("object_id", flat=True))
    return {
        pledge.pk: (pledge.quota, pledge.first_month + pledge.months)
        for pledge in made
        if str(pledge.public_id) not in taken_back
    }


def _ways(sponsor: Sponsor, day: date, running: set[int]) -> Counter[str]:
    """How many ways were going, were active, or left a place that nobody had taken by then; three queries."""
    known = EnrolmentEvent.objects.filter(enrolment__sponsor=sponsor, recorded_at__lt=end_of(day))
    last = known.order_by().values("enrolment").annotate(last=Max("pk")).values("last")
    replaced = set(
        Enrolment.objects.filter(replaces__sponsor=sponsor, recorded_at__lt=end_of(day)).values_list(
            "replaces_id", flat=True
        )
    )
    counts: Counter[str] = Counter()
    ended = EnrolmentEvent.objects.filter(pk__in=last).values_list(
        "enrolment_id", "enrolment__pledge_id", "to_state", "reason"
    )
    for way, pledge, state, reason in ended.iterator():
        if state not in Enrolment.ENDED:
            counts[LIVE] += 1
            counts[ACTIVE] += state == Enrolment.State.ACTIVE
        elif pledge in running and way not in replaced and reason not in NO_PLACE_LEFT:
            counts[TO_REPLACE] += 1
    return counts
