"""The entries of the journal behind a balance, and months closed."""

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.contributions.models import ClosedMonth, Posting
from payung.kernel.month import Month
from payung.sponsors.models import Sponsor


def postings_visible_to(viewer: Viewer, sponsor: Sponsor, *, account: str = "") -> QuerySet[Posting]:
    """The postings of one payer, newest last read first; of one account where it is named."""
    scope = viewer.scope_of(Permission.NOTICE_READ)
    if not (scope.everything or sponsor.public_id in scope.sponsors):
        return Posting.objects.none()
    found = Posting.objects.filter(account__sponsor=sponsor)
    found = found.filter(account__kind=account) if account else found
    return found.select_related("entry", "account", "notice", "payment")


def closed_since(first: Month) -> dict[int, ClosedMonth]:
    """The months closed from one on, by number."""
    return {closed.month: closed for closed in ClosedMonth.objects.filter(month__gte=first)}
