"""The way in as a row of steps: how many stand at each, and whose list or village they come from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.enrolment.models import Enrolment, Wadah
from payung.enrolment.selectors.visibility import enrolments_visible_to, within
from payung.enrolment.transitions import AT_DUKCAPIL, PREPARED
from payung.registry.models import Region
from payung.sponsors.models import Pledge, Sponsor

State = Enrolment.State

# A step is a state, or one half of it where a remark changes who must act. The names stand in addresses.
STEPS: Mapping[str, Q] = {
    "usulan": Q(state=State.PROPOSED),
    "terverifikasi": Q(state=State.VERIFIED) & ~Q(reason=AT_DUKCAPIL),
    "di-dukcapil": Q(state=State.VERIFIED, reason=AT_DUKCAPIL),
    "padan": Q(state=State.MATCHED),
    "diperiksa": Q(state=State.CHECKED) & ~Q(reason=PREPARED),
    "dalam-penetapan": Q(state=State.CHECKED, reason=PREPARED),
    "ditetapkan": Q(state=State.DETERMINED),
    "wadah": Q(state=State.REGISTERED),
    "dikirim": Q(state=State.SENT),
    "diterima": Q(state=State.ACCEPTED),
    "aktif": Q(state=State.ACTIVE),
    "ditolak": Q(state=State.REJECTED),
    "keluar": Q(state=State.LEFT),
}
_OF_STATE: Mapping[str, str] = {
    State.PROPOSED: "usulan",
    State.VERIFIED: "terverifikasi",
    State.MATCHED: "padan",
    State.CHECKED: "diperiksa",
    State.DETERMINED: "ditetapkan",
    State.REGISTERED: "wadah",
    State.SENT: "dikirim",
    State.ACCEPTED: "diterima",
    State.ACTIVE: "aktif",
    State.REJECTED: "ditolak",
    State.LEFT: "keluar",
}
_REMARKED: Mapping[tuple[str, str], str] = {
    (State.VERIFIED, AT_DUKCAPIL): "di-dukcapil",
    (State.CHECKED, PREPARED): "dalam-penetapan",
}


@dataclass(frozen=True, slots=True)
class SponsorAtStep:
    """A sponsor with people at a step: how many, and since when the longest of them wait."""

    sponsor: Sponsor
    count: int
    oldest: date


@dataclass(frozen=True, slots=True)
class VillageAtStep:
    """A village with people at a step."""

    village: Region
    count: int


def step_counts(viewer: Viewer, *, sponsor: Sponsor | None = None) -> dict[str, int]:
    """How many people stand at each step, as far as the viewer sees; every step is named. One query."""
    rows = enrolments_visible_to(viewer).select_related(None)
    if sponsor is not None:
        rows = rows.filter(sponsor=sponsor)
    counts: Counter[str] = Counter()
    for state, reason, count in rows.values_list("state", "reason").annotate(n=Count("pk")).order_by():
        counts[_REMARKED.get((state, reason), _OF_STATE[state])] += count
    return {step: counts[step] for step in STEPS}


def people_at(viewer: Viewer, step: str) -> QuerySet[Enrolment]:
    """The people at a step, as far as the viewer sees."""
    return enrolments_visible_to(viewer).filter(STEPS[step])


def sponsors_at(
    viewer: Viewer, step: str, *, permission: Permission = Permission.ENROLMENT_READ
) -> list[SponsorAtStep]:
    """Whose people stand at a step, within a permission's reach; the longest waiting first. Two queries."""
    rows = within(Enrolment.objects.filter(STEPS[step]), viewer.scope_of(permission))
    found = list(rows.values_list("sponsor_id").annotate(n=Count("pk"), oldest=Min("since")).order_by("oldest"))
    sponsors = Sponsor.objects.in_bulk([pk for pk, _, _ in found])
    return [SponsorAtStep(sponsors[pk], count, oldest) for pk, count, oldest in found]


def villages_at(viewer: Viewer, step: str, *, permission: Permission) -> list[VillageAtStep]:
    """Where people at a step live, within a permission's reach, by code. Two queries."""
    rows = within(Enrolment.objects.filter(STEPS[step]), viewer.scope_of(permission))
    return _villages(rows)


def slip_villages(viewer: Viewer) -> list[VillageAtStep]:
    """Where those live who may hold a slip, within the viewer's reach."""
    rows = Enrolment.objects.filter(STEPS["diterima"] | STEPS["aktif"])
    return _villages(within(rows, viewer.scope_of(Permission.SLIP_PRINT)))


def placeless(viewer: Viewer, *, sponsor: Sponsor | None = None) -> QuerySet[Enrolment]:
    """Live ways without a place in a pledge, of sponsors whose pledges the viewer may write, in the list's order."""
    rows = Enrolment.objects.filter(pledge__isnull=True).exclude(state__in=Enrolment.ENDED)
    rows = within(rows, viewer.scope_of(Permission.PLEDGE_WRITE))
    return (rows.filter(sponsor=sponsor) if sponsor else rows).order_by("position", "pk")


def sponsors_placeless(viewer: Viewer) -> list[SponsorAtStep]:
    """Whose people have no place in a pledge yet, though the sponsor has one that stands. Two queries."""
    rows = placeless(viewer).filter(sponsor__pledges__state=Pledge.State.LIVE).order_by()
    found = rows.values_list("sponsor_id").annotate(n=Count("pk", distinct=True), oldest=Min("since"))
    counted = list(found.order_by("oldest"))
    sponsors = Sponsor.objects.in_bulk([pk for pk, _, _ in counted])
    return [SponsorAtStep(sponsors[pk], count, oldest) for pk, count, oldest in counted]


def wadah_waiting() -> list[tuple[Wadah, int, int]]:
    """Each wadah with how many of its people wait to be sent to BPJS, and how many of these have no pledge yet."""
    waiting = Q(enrolments__state=State.REGISTERED)
    rows = Wadah.objects.annotate(
        waiting=Count("enrolments", filter=waiting),
        placeless=Count("enrolments", filter=waiting & Q(enrolments__pledge__isnull=True)),
    )
    return [(wadah, wadah.waiting, wadah.placeless) for wadah in rows.order_by("number")]


def _villages(rows: QuerySet[Enrolment]) -> list[VillageAtStep]:
    found = dict(rows.values_list("worker__village").annotate(n=Count("pk")).order_by())
    regions = Region.objects.select_related("parent").filter(pk__in=found).order_by("pk")
    return [VillageAtStep(region, found[region.pk]) for region in regions]
