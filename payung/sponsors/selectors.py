"""Reading sponsors and pledges: the regency sees all, a company its own, nobody else any."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Max, Min, Q, QuerySet, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Scope, Viewer
from payung.kernel.month import Month
from payung.kernel.public_id import public_id_of
from payung.sponsors.errors import UnknownPledgeError, UnknownSponsorError
from payung.sponsors.models import CivilServant, Pledge, Sponsor
from payung.store.prepared import Prepared
from payung.vault.seal import unseal

NIP_PLACE = {"table": "sponsors_civilservant", "column": "nip_sealed"}


@dataclass(frozen=True, slots=True)
class SponsorLine:
    """What sponsors know of "Janji 250 · Daftar 250 · Dibayar 250 · ..."; the modules above add the rest.

    `pledged` counts the workers of live pledges that run in the month or begin later.
    """

    pledged: int
    first_month: Month | None
    last_month: Month | None


def sponsors_visible_to(viewer: Viewer) -> QuerySet[Sponsor]:
    """The sponsors that this viewer may see."""
    return _within(Sponsor.objects.all(), viewer.scope_of(Permission.SPONSOR_READ), "public_id__in")


def pledges_visible_to(viewer: Viewer) -> QuerySet[Pledge]:
    """The pledges that this viewer may see, each with its sponsor."""
    pledges = Pledge.objects.select_related("sponsor")
    return _within(pledges, viewer.scope_of(Permission.PLEDGE_READ), "sponsor__public_id__in")


def civil_servants_visible_to(viewer: Viewer) -> QuerySet[CivilServant]:
    """The civil servants of the offices that this viewer may see."""
    people = CivilServant.objects.select_related("sponsor")
    return _within(people, viewer.scope_of(Permission.SPONSOR_READ), "sponsor__public_id__in")


def sponsor_by_code(code: str, *, viewer: Viewer | None = None) -> Sponsor:
    """The sponsor of a code, in whatever case; raise `UnknownSponsorError`.

    With a viewer only one that it may see. Without, for a service or command that asks for the permission itself.
    """
    among = Sponsor.objects.all() if viewer is None else sponsors_visible_to(viewer)
    found = among.filter(code__iexact=code.strip()).first()
    if found is None:
        raise UnknownSponsorError(code)
    return found


def sponsor_for(viewer: Viewer, public_id: UUID | str) -> Sponsor:
    """One sponsor by its public id; raise `UnknownSponsorError` for none or another's."""
    known = public_id_of(public_id)
    found = sponsors_visible_to(viewer).filter(public_id=known).first() if known else None
    if found is None:
        raise UnknownSponsorError(str(public_id))
    return found


def pledge_for(viewer: Viewer, public_id: UUID | str) -> Pledge:
    """One pledge by its public id; raise `UnknownPledgeError` for none or another's."""
    known = public_id_of(public_id)
    found = pledges_visible_to(viewer).filter(public_id=known).first() if known else None
    if found is None:
        raise UnknownPledgeError(str(public_id))
    return found


def search_sponsors(viewer: Viewer, text: str) -> QuerySet[Sponsor]:
    """Those whose code this is, or whose name has each of the words; in the order of names."""
    named = Q()
    for word in text.split():
        named &= Q(name__icontains=word)
    return sponsors_visible_to(viewer).filter(Q(code__iexact=text.strip()) | named).order_by("name", "pk")


def sponsor_line(sponsor: Sponsor, *, month: Month) -> SponsorLine:
    """What a sponsor has promised for a month and after."""
    return sponsor_lines([sponsor.pk], month=month)[sponsor.pk]


def sponsor_lines(sponsor_ids: Iterable[int], *, month: Month) -> dict[int, SponsorLine]:
    """What each of many sponsors has promised for a month and after, by one query."""
    ids = list(sponsor_ids)
    live = Pledge.objects.filter(sponsor__in=ids, state=Pledge.State.LIVE).annotate(end=F("first_month") + F("months"))
    sums = live.filter(end__gt=int(month)).values("sponsor_id")
    rows = sums.annotate(pledged=Sum("quota"), first=Min("first_month"), last=Max("end")).order_by()
    lines = {
        row["sponsor_id"]: SponsorLine(row["pledged"], Month(row["first"]), Month(row["last"] - 1)) for row in rows
    }
    return {sponsor_id: lines.get(sponsor_id, SponsorLine(0, None, None)) for sponsor_id in ids}


def pledges_ending(viewer: Viewer, *, by: Month) -> QuerySet[Pledge]:
    """Live pledges whose last month lies in the two months up to `by`, and that nobody has renewed."""
    live = pledges_visible_to(viewer).filter(state=Pledge.State.LIVE).annotate(end=F("first_month") + F("months") - 1)
    renewed = Pledge.objects.filter(state=Pledge.State.LIVE, renewal_of__isnull=False).values("renewal_of")
    ending = live.filter(end__lte=int(by), end__gte=int(by) - 1).exclude(pk__in=renewed)
    return ending.order_by("end", "pk")


# The live pledges that renew any of these, each with the one that it renews.
RENEWALS: Prepared[tuple[int, int]] = Prepared(
    lambda before: (
        Pledge.objects.filter(renewal_of_id__in=before, state=Pledge.State.LIVE)
        .order_by("pk")
        .values_list("pk", "renewal_of_id")
    )
)


def renewals_of(pledge: Pledge) -> list[int]:
    """The live pledges that renew a pledge, and those that renew them: a query a step, nearly always one or two."""
    found: list[int] = []
    step = [pledge.pk]
    while step:
        step = [pk for pk, _ in RENEWALS(step) if pk not in found]
        found += step
    return found


def masked_nips(people: Iterable[CivilServant]) -> dict[int, str]:
    """The masked NIP (the birth date and the last digits hidden) of each civil servant of a page, by id."""
    return {person.pk: _masked(unseal(person.nip_sealed, public_id=person.public_id, **NIP_PLACE)) for person in people}


def _masked(nip: str) -> str:
    return f"{nip[:4]}{'•' * 11}{nip[-3:]}"


def _within(rows: QuerySet, scope: Scope, path: str) -> QuerySet:  # type: ignore[type-arg]
    if scope.everything:
        return rows
    return rows.filter(**{path: scope.sponsors})
