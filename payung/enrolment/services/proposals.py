"""The beginning of a way: workers proposed for a sponsor, and their places in a pledge."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from payung.access.errors import NotPermittedError
from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import Recording, recording
from payung.enrolment.errors import PledgeFullError, PledgeMismatchError
from payung.enrolment.models import Enrolment
from payung.enrolment.selectors.places import last_position, place_holders
from payung.enrolment.transitions import ASSIGNED, BEGINNING, RENEWED, locked, note, write_events
from payung.kernel.clock import Clock
from payung.kernel.public_id import new_public_ids
from payung.registry.models import Worker
from payung.registry.selectors import records_of
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import among, bulk_insert, bulk_update, in_slices, reserve_ids

ELSEWHERE, DEAD, MERGED, UNKNOWN, AGE = "elsewhere", "dead", "merged", "unknown", "age"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A worker who was refused, and why: `elsewhere` (a payer, never named), `dead`, `merged`, `age`, `unknown`."""

    worker_id: int
    code: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What became of a proposed list, by worker id: new enrolments, ways that this sponsor had already, refusals.

    `without_place` are the new enrolments beyond the pledge's quota: they wait, without a pledge.
    """

    created: Mapping[int, int]
    standing: Mapping[int, int]
    refused: tuple[Refusal, ...]
    without_place: tuple[int, ...]

    @property
    def enrolments(self) -> dict[int, int]:
        """Enrolment ids by worker id, new and standing."""
        return {**self.standing, **self.created}


@transaction.atomic
def propose_workers(
    worker_ids: Sequence[int],
    *,
    sponsor: Sponsor,
    source: str,
    acting_user: Viewer,
    clock: Clock,
    pledge: Pledge | None = None,
    civil_servants: Mapping[int, int] | None = None,
) -> Proposal:
    """Begin a way for each worker, in the order of the list; who has one under another sponsor is refused as a value.

    `source` says where the list came from (`upload:<public id>`, `reservation:<public id>`, `desa`); `civil_servants`
    gives a worker's civil servant (ASN Peduli). Proposing the same list again changes nothing.
    """
    _check_may_propose(acting_user, sponsor, source)
    _check_pledge(sponsor, pledge)
    wanted = list(dict.fromkeys(worker_ids))
    with recording(acting_user.actor, "enrolment.propose") as event:
        workers = _locked_workers(wanted, on=clock.today())
        standing, refused = _sorted_out(wanted, sponsor, workers)
        settled = {*standing, *(each.worker_id for each in refused)}
        new = [pk for pk in wanted if pk not in settled]
        places = _free_places(pledge) if pledge else 0
        ids = _begin(
            new,
            places,
            sponsor,
            pledge,
            source,
            civil_servants or {},
            acting_user=acting_user,
            clock=clock,
            event=event,
        )
    created = dict(zip(new, ids, strict=True))
    return Proposal(created, standing, refused, tuple(ids[places:]) if pledge else ())


@transaction.atomic
def assign_to_pledge(
    enrolment_ids: Sequence[int], *, pledge: Pledge, acting_user: Viewer, clock: Clock, renewal: bool = False
) -> int:
    """Give live ways of the pledge's sponsor their places in it, in the order given; return how many got one.

    More than the places that are free: `PledgeFullError`, nobody moves. A renewal carries ways on from another pledge.
    """
    acting_user.require(Permission.PLEDGE_WRITE, sponsor=pledge.sponsor.public_id)
    _check_pledge(pledge.sponsor, pledge)
    with recording(acting_user.actor, "enrolment.renew" if renewal else "enrolment.assign") as event:
        Pledge.objects.select_for_update().get(pk=pledge.pk)
        rows = {row.pk: row for row in locked(enrolment_ids)}
        coming = [rows[pk] for pk in dict.fromkeys(enrolment_ids) if rows[pk].pledge_id != pledge.pk]
        if any(row.sponsor_id != pledge.sponsor_id or (row.pledge_id and not renewal) for row in coming):
            raise PledgeMismatchError(pledge=str(pledge.public_id))
        free = _free_places(pledge)
        if len(coming) > free:
            raise PledgeFullError(free=free, wanted=len(coming))
        _place(coming, pledge, own_months=not renewal)
        note(
            coming,
            RENEWED if renewal else ASSIGNED,
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
            params={row.pk: {"pledge": str(pledge.public_id)} for row in coming},
        )
    return len(coming)


def _check_may_propose(acting_user: Viewer, sponsor: Sponsor, source: str) -> None:
    """The office proposes anybody; a sponsor's own clerk those whom the office has reserved for that sponsor."""
    if acting_user.may(Permission.LIST_APPROVE) or acting_user.may(Permission.RESERVATION_OFFER):
        return
    if not source.startswith("reservation:"):
        raise NotPermittedError(Permission.LIST_APPROVE)
    acting_user.require(Permission.RESERVATION_REQUEST, sponsor=sponsor.public_id)


def _check_pledge(sponsor: Sponsor, pledge: Pledge | None) -> None:
    if pledge and (pledge.sponsor_id != sponsor.pk or pledge.state != Pledge.State.LIVE):
        raise PledgeMismatchError(pledge=str(pledge.public_id))


def _locked_workers(worker_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """Lock the workers in ascending order: whoever proposes the same person elsewhere waits, and then sees this way.

    Each comes with what stands against a way of their own: that they died, were merged into another record, are too
    young or too old by now (a list judged their age on its own day), or nothing.
    """
    found: dict[int, str] = {}
    for part in in_slices(sorted(worker_ids)):
        rows = among(Worker.objects.select_for_update(), "id", part).order_by("pk")
        told = rows.values_list("pk", "merged_into_id", "died_on", "birth_date")
        found |= {
            pk: MERGED if merged else DEAD if died else "" if _is_of_age(born, on) else AGE
            for pk, merged, died, born in told
        }
    return found


def _is_of_age(born: date, on: date) -> bool:
    return born <= on and kelayakan_usia(born, mendaftar=on).layak


def _sorted_out(
    wanted: Sequence[int], sponsor: Sponsor, workers: Mapping[int, str]
) -> tuple[dict[int, int], tuple[Refusal, ...]]:
    live: dict[int, tuple[int, int]] = {}
    for part in in_slices(wanted):
        person = records_of(part)
        rows = among(Enrolment.objects.exclude(state__in=Enrolment.ENDED), "worker_id", person)
        live |= {person[worker]: (pk, owner) for worker, pk, owner in rows.values_list("worker_id", "pk", "sponsor_id")}
    standing = {worker: pk for worker, (pk, owner) in live.items() if owner == sponsor.pk}
    refused = (Refusal(pk, code) for pk in wanted if (code := _fault(pk, workers, live, standing)))
    return standing, tuple(refused)


def _fault(
    worker_id: int, workers: Mapping[int, str], live: Mapping[int, tuple[int, int]], standing: Mapping[int, int]
) -> str:
    code = workers.get(worker_id, UNKNOWN)
    if code == AGE and worker_id in standing:
        return ""  # only beginning is judged by age: who reaches the limit on the way stays
    return code or (ELSEWHERE if worker_id in live and worker_id not in standing else "")


def _free_places(pledge: Pledge) -> int:
    """Places not taken by live ways; the pledge is locked first, so that two lists cannot take the same place."""
    quota = Pledge.objects.select_for_update().get(pk=pledge.pk).quota
    return max(0, quota - place_holders(pledge).count())


def _begin(
    worker_ids: Sequence[int],
    places: int,
    sponsor: Sponsor,
    pledge: Pledge | None,
    source: str,
    civil_servants: Mapping[int, int],
    *,
    acting_user: Viewer,
    clock: Clock,
    event: Recording,
) -> list[int]:
    ids = list(reserve_ids(Enrolment, len(worker_ids)))
    names = new_public_ids(len(ids))
    today, now = clock.today(), clock.now()
    after = last_position(pledge) if pledge else 0
    own_month = _first_own_month(pledge)
    bulk_insert(
        Enrolment,
        _COLUMNS,
        (
            (
                ids[place],
                names[place],
                worker,
                sponsor.pk,
                pledge.pk if pledge and place < places else None,
                own_month if place < places else None,
                civil_servants.get(worker),
                after + place + 1,
                source,
                Enrolment.State.PROPOSED,
                today,
                "",
                "",
                now,
            )
            for place, worker in enumerate(worker_ids)
        ),
    )
    no_params: Mapping[str, Any] = {}
    steps = ((pk, BEGINNING, str(Enrolment.State.PROPOSED), "", no_params) for pk in ids)
    write_events(steps, effective_on=today, acting_user=acting_user, clock=clock)
    event.touch_many("enrolment.enrolment", names)
    return ids


def _place(rows: Sequence[Enrolment], pledge: Pledge, *, own_months: bool) -> None:
    """Give places after the last; `own_months` of a renewal begin with it, for those before are of others."""
    after = last_position(pledge)
    for step, row in enumerate(rows, start=1):
        row.pledge_id, row.position = pledge.pk, after + step
        row.from_month = row.from_month or _first_own_month(pledge) if own_months else row.from_month
    told = ((row.pk, row.pledge_id, row.position, row.from_month) for row in rows)
    bulk_update(Enrolment, ("pledge_id", "position", "from_month"), told)


def _first_own_month(pledge: Pledge | None) -> int | None:
    """From which month on somebody new has a place: in a renewal from its first, else from the pledge's first."""
    return pledge.first_month if pledge is not None and pledge.renewal_of_id is not None else None


_COLUMNS = (
    "id",
    "public_id",
    "worker_id",
    "sponsor_id",
    "pledge_id",
    "from_month",
    "civil_servant_id",
    "position",
    "source",
    "state",
    "since",
    "reason",
    "kpj",
    "recorded_at",
)
