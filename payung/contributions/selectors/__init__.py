"""Everything that reads money and cover."""

from payung.contributions.selectors.account import closed_since, postings_visible_to
from payung.contributions.selectors.allocation import Obstacle
from payung.contributions.selectors.balances import (
    Balances,
    Difference,
    balances_of,
    notice_balances,
    unexplained_differences,
)
from payung.contributions.selectors.cover import (
    CoverCell,
    CoveredUntil,
    SponsorMonth,
    cover_grid,
    covered_since,
    covered_until,
    sponsor_month_strip,
)
from payung.contributions.selectors.duplicates import MergeView, merge_view, paid_worker_ids
from payung.contributions.selectors.explanation import PaymentExplanation, explain_payment
from payung.contributions.selectors.known import (
    KnownMonth,
    balances_as_known_on,
    cover_grid_as_known_on,
    end_of,
    sponsor_months_as_known_on,
    villages_covered_as_known_on,
)
from payung.contributions.selectors.known_story import sponsor_story_as_known_on
from payung.contributions.selectors.month_standing import (
    Lack,
    MonthStanding,
    PayerMonth,
    latest_run,
    month_standing,
    why_lacking,
)
from payung.contributions.selectors.people import (
    WorkerFilter,
    cover_visible_to,
    last_covered,
    months_beyond,
    workers_matching,
)
from payung.contributions.selectors.prices import live_pay_code
from payung.contributions.selectors.sponsor_story import (
    SponsorStory,
    VacantPlaces,
    months_on_time,
    sponsor_stories,
    vacant_places,
)
from payung.contributions.selectors.standing import (
    OPEN_STANDINGS,
    NoticeMonth,
    NoticeStanding,
    PersonDue,
    notice_months,
    people_due,
    with_standing,
)
from payung.contributions.selectors.visibility import notices_visible_to, pay_codes_visible_to, payments_visible_to

__all__ = [
    "OPEN_STANDINGS",
    "Balances",
    "CoverCell",
    "CoveredUntil",
    "Difference",
    "KnownMonth",
    "Lack",
    "MergeView",
    "MonthStanding",
    "NoticeMonth",
    "NoticeStanding",
    "Obstacle",
    "PayerMonth",
    "PaymentExplanation",
    "PersonDue",
    "SponsorMonth",
    "SponsorStory",
    "VacantPlaces",
    "WorkerFilter",
    "balances_as_known_on",
    "balances_of",
    "closed_since",
    "cover_grid",
    "cover_grid_as_known_on",
    "cover_visible_to",
    "covered_since",
    "covered_until",
    "end_of",
    "explain_payment",
    "last_covered",
    "latest_run",
    "live_pay_code",
    "merge_view",
    "month_standing",
    "months_beyond",
    "months_on_time",
    "notice_balances",
    "notice_months",
    "notices_visible_to",
    "paid_worker_ids",
    "pay_codes_visible_to",
    "payments_visible_to",
    "people_due",
    "postings_visible_to",
    "sponsor_month_strip",
    "sponsor_months_as_known_on",
    "sponsor_stories",
    "sponsor_story_as_known_on",
    "unexplained_differences",
    "vacant_places",
    "villages_covered_as_known_on",
    "why_lacking",
    "with_standing",
    "workers_matching",
]
