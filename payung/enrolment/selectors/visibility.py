"""What a viewer may see: the regency everything, a company its own, a village and a kecamatan their people."""

from django.db.models import F, Q, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Scope, Viewer
from payung.enrolment.models import BpjsBatch, Determination, Enrolment, VerificationRound
from payung.kernel.funds import Program


def within(enrolments: QuerySet[Enrolment], scope: Scope) -> QuerySet[Enrolment]:
    """Narrow enrolments to a scope."""
    if scope.everything:
        return enrolments
    # Whom the office chose for a company (a reservation) the company sees by initials until it has paid for them.
    own = Q(sponsor__public_id__in=scope.sponsors)
    chosen = Q(source__startswith="reservation:")
    month = {"worker__covered_months__sponsor": F("sponsor"), "worker__covered_months__program": Program.JKK}
    months = Enrolment.objects.filter(own, chosen, **month)
    reach = own & (~chosen | Q(pk__in=months.values("pk"))) | Q(worker__village__in=scope.villages)
    for kecamatan in scope.kecamatan:
        reach |= Q(worker__village__code__startswith=f"{kecamatan}.")
    return enrolments.filter(reach)


def enrolments_visible_to(viewer: Viewer) -> QuerySet[Enrolment]:
    """The ways that this person may see, with worker and sponsor."""
    if not viewer.may(Permission.ENROLMENT_READ):
        return Enrolment.objects.none()
    rows = Enrolment.objects.select_related("worker", "sponsor", "pledge", "wadah")
    return within(rows, viewer.scope_of(Permission.ENROLMENT_READ))


def rounds_visible_to(viewer: Viewer) -> QuerySet[VerificationRound]:
    """The verification rounds that this person may see: those of their villages, or all."""
    scope = viewer.scope_of(Permission.ENROLMENT_VERIFY)
    rows = VerificationRound.objects.select_related("village", "sponsor")
    if scope.everything or viewer.scope_of(Permission.ENROLMENT_READ).everything:
        return rows
    reach = Q(village__in=scope.villages) | Q(verifier_id=viewer.actor.id)
    for kecamatan in scope.kecamatan:
        reach |= Q(village__code__startswith=f"{kecamatan}.")
    return rows.filter(reach) if not scope.is_empty else rows.none()


def determinations_visible_to(viewer: Viewer) -> QuerySet[Determination]:
    """The determinations that this person may see: all of them, or those of their own company."""
    scope = viewer.scope_of(Permission.ENROLMENT_READ)
    rows = Determination.objects.select_related("sponsor")
    return rows if scope.everything else rows.filter(sponsor__public_id__in=scope.sponsors)


def batches_visible_to(viewer: Viewer) -> QuerySet[BpjsBatch]:
    """The lists sent to BPJS: they hold people of every company, so the regency's readers alone."""
    rows = BpjsBatch.objects.select_related("wadah")
    return rows if viewer.scope_of(Permission.ENROLMENT_READ).everything else rows.none()
