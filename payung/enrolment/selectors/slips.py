"""The way that a slip's code opens: the public page asks here, and gets the same nothing for every wrong code."""

from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import Enrolment, ProtectionSlip
from payung.enrolment.selectors.visibility import within
from payung.enrolment.slip_codes import SLIP_STATES, folded_code
from payung.sponsors.models import Pledge
from payung.vault.seal import blind_index


def slip_by_code(code: str) -> ProtectionSlip | None:
    """Find the live slip of a code, with worker and sponsor; None for a wrong, unknown, malformed or ended one.

    Every question costs one fingerprint and one look into the index, whatever was asked, so that time tells nothing.
    """
    index = blind_index(folded_code(code), purpose="slip")
    rows = ProtectionSlip.objects.select_related("enrolment__worker", "enrolment__sponsor", "enrolment__wadah")
    return rows.filter(code_index=index, revoked_at__isnull=True).first()


def slips_due(viewer: Viewer, *, village: str = "", pledge: Pledge | None = None) -> QuerySet[Enrolment]:
    """Who may hold a slip, within the viewer's reach: of a village, of a pledge, or both; by village and name."""
    rows = within(Enrolment.objects.filter(state__in=SLIP_STATES), viewer.scope_of(Permission.SLIP_PRINT))
    if village:
        rows = rows.filter(worker__village=village)
    if pledge:
        rows = rows.filter(pledge=pledge)
    rows = rows.select_related("worker__village__parent", "worker__occupation", "sponsor")
    return rows.order_by("worker__village", "worker__name_folded", "pk")
