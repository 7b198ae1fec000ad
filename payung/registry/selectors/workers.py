"""Reading workers: each viewer gets those within its reach, and nobody gets a NIK unmasked from here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.kernel.funds import Program
from payung.kernel.nik import mask
from payung.kernel.public_id import public_id_of
from payung.registry.errors import UnknownWorkerError
from payung.registry.models import Worker
from payung.registry.sealed import open_fact
from payung.store.bulk import among, in_slices

_FACTS = ("id", "public_id", "name", "birth_date", "sex", "village_id", "occupation_id", "died_on")


@dataclass(frozen=True, slots=True)
class KnownWorker:
    """As much of a registered person as a list is compared with."""

    id: int
    public_id: UUID
    name: str
    birth_date: date
    sex: str
    village_code: str
    occupation_code: str | None
    died_on: date | None


def workers_visible_to(viewer: Viewer, *, permission: Permission = Permission.WORKER_READ) -> QuerySet[Worker]:
    """The live records that a viewer's permission reaches; nothing for a stranger.

    The regency sees everybody, a kecamatan and a village their own people, a company those who were ever enrolled under
    it. Enrolment stands above the registry: the reverse relation is named as a string, which imports nothing.
    """
    live = Worker.objects.filter(merged_into__isnull=True)
    scope = viewer.scope_of(permission)
    if scope.everything:
        return live
    reach = Q(village_id__in=scope.villages) | Q(village__parent_id__in=scope.kecamatan)
    if scope.sponsors:
        ways = _known_to(scope.sponsors)
        merged = list(ways.filter(worker__merged_into__isnull=False).values_list("worker_id", flat=True))
        reach |= Q(pk__in=ways.values("worker_id")) | Q(pk__in=set(current_ids(merged).values()))
    return live.filter(reach)


def _known_to(sponsors: Collection[UUID]) -> QuerySet[Any, Any]:
    """The ways of those whom a company named itself. Whom the office chose for it it knows once it has paid."""
    enrolments = Worker._meta.get_field("enrolments").related_model._base_manager
    own = enrolments.filter(sponsor__public_id__in=sponsors)
    chosen = Q(source__startswith="reservation:")
    # The programme is named so that a month is looked for by its worker: both are always paid together.
    paid = own.filter(chosen, worker__covered_months__sponsor=F("sponsor"), worker__covered_months__program=Program.JKK)
    return own.filter(~chosen | Q(pk__in=paid.values("pk")))


def worker_for(viewer: Viewer, public_id: UUID | str) -> Worker:
    """One worker with village, kecamatan and occupation; raise `UnknownWorkerError` for none or another's.

    An address of a record that was merged gives the record that stands for the person now.
    """
    visible = workers_visible_to(viewer).select_related("village__parent", "occupation")
    known = public_id_of(public_id)
    found = visible.filter(public_id=known).first() if known else None
    if found is None and known:
        merged = Worker.objects.filter(public_id=known, merged_into__isnull=False).first()
        found = visible.filter(pk=current_worker(merged).pk).first() if merged else None
    if found is None:
        raise UnknownWorkerError
    return found


def workers_by_nik_index(indexes: Iterable[bytes]) -> dict[bytes, KnownWorker]:
    """Those of many NIKs (by blind index) that are registered: two queries a slice of 5,000. For services, not doors.

    A NIK of a merged record finds the record that stands for the person now.
    """
    found: dict[bytes, KnownWorker] = {}
    live, merged = (Worker.objects.filter(merged_into__isnull=is_live) for is_live in (True, False))
    for part in in_slices(indexes):
        rows = among(live, "nik_index", part).values_list("nik_index", *_FACTS)
        here = {bytes(index): KnownWorker(*facts) for index, *facts in rows}
        others = among(merged, "nik_index", [index for index in part if index not in here])
        missing = {bytes(index): pk for index, pk in others.values_list("nik_index", "pk")}
        found |= here | _standing_for(missing)
    return found


def _standing_for(merged: Mapping[bytes, int]) -> dict[bytes, KnownWorker]:
    """The records that stand now for records that were merged, by what they were asked for."""
    if not merged:
        return {}
    now = current_ids(list(merged.values()))
    known = {row[0]: KnownWorker(*row) for row in Worker.objects.filter(pk__in=now.values()).values_list(*_FACTS)}
    return {index: known[now[pk]] for index, pk in merged.items()}


def masked_niks(workers: Iterable[Worker]) -> dict[int, str]:
    """The masked NIK (`3324••••••••0003`) of each worker of a page, by id, for workers that a selector gave out."""
    return {worker.pk: mask(open_fact(worker.nik_sealed, fact="nik", public_id=worker.public_id)) for worker in workers}


def current_worker(worker: Worker) -> Worker:
    """The record that stands for this person now: where duplicates were merged, the one that was kept."""
    while worker.merged_into_id is not None:
        worker = Worker.objects.get(pk=worker.merged_into_id)
    return worker


def current_ids(worker_ids: Sequence[int]) -> dict[int, int]:
    """For many ids the id of the record that stands for the person now; a chain of mergers costs a query a link."""
    now = {worker_id: worker_id for worker_id in worker_ids}
    links = _links(worker_ids)
    while links:
        now = {old: links.get(current, current) for old, current in now.items()}
        links = _links(links.values())
    return now


def merged_records() -> dict[int, int]:
    """Every record that was merged, with the one that stands for its person now: few beside the registry."""
    return current_ids(list(Worker.objects.filter(merged_into__isnull=False).values_list("pk", flat=True)))


def _links(worker_ids: Iterable[int]) -> dict[int, int]:
    merged = Worker.objects.filter(pk__in=list(worker_ids), merged_into__isnull=False)
    return dict(merged.values_list("pk", "merged_into_id"))


def public_ids_in(workers: QuerySet[Worker]) -> list[str]:
    """The public ids of many workers as texts, in the order of the query.

    The record of deeds takes texts: made by the database, or cut out of its hexadecimal digits, they cost a third.
    """
    texts = workers.values_list(Cast("public_id", CharField()), flat=True)
    if connection.vendor == "postgresql":
        return list(texts)
    return [f"{id_[:8]}-{id_[8:12]}-{id_[12:16]}-{id_[16:20]}-{id_[20:]}" for id_ in texts]


def records_of(worker_ids: Iterable[int]) -> dict[int, int]:
    """All records of many persons: each id asked for and each record merged into it, with the id asked for.

    Ways and months stay at the record they were written for: whoever asks what a person has asks for all of these.
    """
    found = {worker_id: worker_id for worker_id in worker_ids}
    links = _merged_under(found)
    while links:
        found |= {old: found[into] for old, into in links.items()}
        links = {old: into for old, into in _merged_under(links).items() if old not in found}
    return found


def _merged_under(worker_ids: Iterable[int]) -> dict[int, int]:
    merged = Worker.objects.filter(merged_into__isnull=False)
    return dict(
        pair
        for part in in_slices(worker_ids)
        for pair in among(merged, "merged_into_id", part).values_list("pk", "merged_into_id")
    )
