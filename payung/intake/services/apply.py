"""A staged list is sent for approval, approved by another than the uploader, and becomes workers on their way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.contributions.models import CoveredMonth
from payung.contributions.selectors import covered_until
from payung.enrolment.models import Enrolment, LeaveReason
from payung.enrolment.services import Proposal, leave, propose_workers
from payung.intake.checks import Person
from payung.intake.errors import ListChangedError, ListPaidError, NothingToApplyError, WrongStateError
from payung.intake.guard import asks_about_doubles, require_explained
from payung.intake.models import AppliedRow, Upload
from payung.intake.reach import require_list
from payung.intake.sealed import open_person
from payung.intake.services.stage import Report, content_hash
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.matching.names import names_agree
from payung.registry.selectors import KnownWorker, workers_by_nik_index
from payung.registry.services import NewWorker, register_workers, suspect_near_niks
from payung.store.bulk import SLICE, bulk_insert

ACCEPTED = "accepted"
_TO_APPROVE = (Upload.State.STAGED, Upload.State.SUBMITTED)
_DESIL = re.compile(r"(10|[1-9])")
_NOT_YET = 0  # stands where a worker is being registered; no row has this id


@dataclass(frozen=True, slots=True)
class Applied:
    """What an approved list did: people registered anew, ways begun, ways that stood already.

    `refused` are accepted rows that could not go after all, by row number with a code: somebody of another name got
    that NIK meanwhile (`repair:nik-belongs-to-another-name`), another payer protects the worker (`covered:2026-12`) or
    has begun to (`elsewhere`), the worker died (`dead`).
    """

    registered: int
    enrolled: int
    standing: int
    refused: dict[int, str]


@dataclass(slots=True)
class _Taken:
    """The rows that go, with the worker of each; by number the keys of all, and why some do not go."""

    keys: dict[int, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    worker_ids: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    registered: int = 0


@transaction.atomic
def submit_upload(upload: Upload, *, acting_user: Viewer, clock: Clock, doubles_reason: str = "") -> Upload:
    """Send a staged list for approval; one with too many doubles goes with `doubles_reason` only."""
    require_list(acting_user, Permission.LIST_UPLOAD, upload)
    upload = Upload.objects.select_for_update(of=("self",)).select_related("sponsor").get(pk=upload.pk)
    if upload.state != Upload.State.STAGED:
        raise WrongStateError(upload.state)
    if not upload.counts.get(ACCEPTED):
        raise NothingToApplyError
    if asks_about_doubles(upload):
        upload.doubles_reason = doubles_reason.strip()[:500]
    require_explained(upload)
    with recording(acting_user.actor, "intake.upload.submit", reason=upload.doubles_reason) as event:
        upload.state, upload.submitted_at = Upload.State.SUBMITTED, clock.now()
        upload.save(update_fields=["state", "submitted_at", "doubles_reason"])
        event.touch("intake.upload", upload.public_id, after=bytes(upload.content_hash))
    return upload


@transaction.atomic
def return_upload(upload: Upload, *, reason: str, acting_user: Viewer) -> Upload:
    """Give a list that waits for approval back to whoever handed it in, with the reason; nothing else changes."""
    acting_user.require(Permission.LIST_APPROVE)
    upload = Upload.objects.select_for_update(of=("self",)).select_related("sponsor").get(pk=upload.pk)
    if upload.state != Upload.State.SUBMITTED:
        raise WrongStateError(upload.state)
    with recording(acting_user.actor, "intake.upload.return", reason=reason) as event:
        upload.state, upload.submitted_at = Upload.State.STAGED, None
        upload.notes = [*upload.notes, Problem(code="note:returned", params={"reason": reason[:250]}).as_dict()]
        upload.save(update_fields=["state", "submitted_at", "notes"])
        event.touch("intake.upload", upload.public_id)
    return upload


@transaction.atomic
def apply_upload(
    upload: Upload, *, approved_hash: bytes, acting_user: Viewer, clock: Clock, report: Report | None = None
) -> Applied:
    """Approve a list by the hash of what was shown, and take its accepted rows in; the rest stays for repair.

    Raises `ListChangedError` if the list is not what was shown, `SamePersonError` for the uploader. Rows whose people
    were registered under another name, enrolled or paid for elsewhere meanwhile are left out and reported.
    """
    acting_user.require(Permission.LIST_APPROVE)
    acting_user.require_other_than(upload.uploaded_by)
    upload = Upload.objects.select_for_update(of=("self",)).select_related("sponsor", "pledge").get(pk=upload.pk)
    _check_approvable(upload, approved_hash)
    with recording(acting_user.actor, "intake.upload.apply") as event:
        event.touch("intake.upload", upload.public_id, after=approved_hash)
        taken = _take_rows(upload, acting_user, clock, report)
        proposal = _propose(upload, taken, acting_user, clock)
        _write_applied(taken)
        upload.state, upload.approved_by, upload.approved_at = Upload.State.APPLIED, acting_user.actor.id, clock.now()
        upload.approved_hash = approved_hash
        upload.operator_played_both = acting_user.actor.id == upload.uploaded_by
        upload.save()
    created, standing = (len(proposal.created), len(proposal.standing)) if proposal else (0, 0)
    return Applied(taken.registered, created, standing, taken.refused)


@transaction.atomic
def undo_upload(upload: Upload, *, reason: str, acting_user: Viewer, clock: Clock) -> int:
    """Take an applied list back while nothing is paid; return how many ways ended.

    Nothing is deleted: the ways that the list began end with the reason that it was undone, its people stay registered.
    """
    acting_user.require(Permission.LIST_UNDO)
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.state != Upload.State.APPLIED:
        raise WrongStateError(upload.state)
    begun = ways_begun_by(upload)
    if CoveredMonth.objects.filter(enrolment__in=begun).exists():
        raise ListPaidError
    with recording(acting_user.actor, "intake.upload.undo", reason=reason) as event:
        event.touch("intake.upload", upload.public_id)
        ended = leave(
            list(begun.exclude(state__in=Enrolment.ENDED).values_list("pk", flat=True)),
            reason=LeaveReason.DAFTAR_DIBATALKAN,
            note_text=reason,
            acting_user=acting_user,
            clock=clock,
        )
        upload.state, upload.undone_reason = Upload.State.UNDONE, reason[:500]
        upload.undone_by, upload.undone_at = acting_user.actor.id, clock.now()
        upload.save(update_fields=["state", "undone_reason", "undone_by", "undone_at"])
    return ended


def ways_begun_by(upload: Upload) -> QuerySet[Enrolment]:
    """The enrolments that a list began."""
    return Enrolment.objects.filter(source=_source(upload))


def _source(upload: Upload) -> str:
    return f"upload:{upload.public_id}"


def _check_approvable(upload: Upload, approved_hash: bytes) -> None:
    if upload.state not in _TO_APPROVE:
        raise WrongStateError(upload.state)
    rows = upload.rows.order_by("row_number").values_list("row_number", "row_hash", "fate")
    now = content_hash((number, bytes(fingerprint), fate) for number, fingerprint, fate in rows.iterator(2_000))
    # What stands in the table is hashed again: neither the stored hash nor the shown one is taken on trust.
    if not bytes(upload.content_hash) == now == approved_hash:
        raise ListChangedError
    if not upload.counts.get(ACCEPTED):
        raise NothingToApplyError
    require_explained(upload)


def _take_rows(upload: Upload, acting_user: Viewer, clock: Clock, report: Report | None) -> _Taken:
    """Compare the accepted rows with the registry as it is now, and register whoever is new: slice by slice.

    Of what a slice holds only keys stay: a list of a hundred thousand people is never in memory as people.
    """
    taken = _Taken()
    total = upload.rows.filter(fate=ACCEPTED).count() if report else None
    for part in _accepted_rows(upload):
        known = workers_by_nik_index([bytes(row[0]) for row in part])
        covered = _covered_elsewhere(upload, [worker.id for worker in known.values()])
        new: list[NewWorker] = []
        places: list[int] = []
        for index, key, number, public_id, sealed, name, occupation in part:
            taken.keys[number] = key
            worker = known.get(bytes(index))
            if code := _obstacle(worker, name, covered):
                taken.refused[number] = code
                continue
            if worker is None:
                places.append(len(taken.numbers))
                new.append(_new_worker(open_person(sealed, public_id=public_id), occupation, upload, clock))
            taken.numbers.append(number)
            taken.worker_ids.append(worker.id if worker else _NOT_YET)
        for place, worker_id in zip(places, _register(upload, new, acting_user, clock), strict=True):
            taken.worker_ids[place] = worker_id
        taken.registered += len(new)
        if report:
            report(len(taken.keys), total)
    return taken


def _accepted_rows(upload: Upload) -> Iterator[list[tuple[Any, ...]]]:
    """The accepted rows in their order, so many at a time; no cursor stays open while others are written."""
    columns = ("nik_index", "pk", "row_number", "public_id", "cells_sealed", "name", "occupation_id")
    rows = upload.rows.filter(fate=ACCEPTED).order_by("row_number").values_list(*columns)
    last = -1
    while part := list(rows.filter(row_number__gt=last)[:SLICE]):
        yield part
        last = part[-1][2]


def _covered_elsewhere(upload: Upload, worker_ids: Sequence[int]) -> dict[int, Month]:
    if upload.sponsor_id is None:
        return {}
    others = covered_until(worker_ids, other_than_sponsor=upload.sponsor_id)
    first = Month.of(upload.uploaded_at.date())
    return {worker_id: until.month for worker_id, until in others.items() if until.month >= first}


def _obstacle(worker: KnownWorker | None, name: str, covered: dict[int, Month]) -> str:
    if worker is None:
        return ""
    if not names_agree(worker.name, name):
        return "repair:nik-belongs-to-another-name"
    if worker.died_on:
        return "dead"
    return f"covered:{covered[worker.id]}" if worker.id in covered else ""


def _register(upload: Upload, new: Sequence[NewWorker], acting_user: Viewer, clock: Clock) -> list[int]:
    """Register whoever is new; give their ids in the order of the rows."""
    if not new:
        return []
    ids = register_workers(new, acting_user=acting_user, clock=clock, source=_source(upload))
    suspect_near_niks(ids, source=_source(upload), acting_user=acting_user, clock=clock)
    return ids


def _new_worker(person: Person, occupation: str | None, upload: Upload, clock: Clock) -> NewWorker:
    if person.nik is None or person.birth_date is None or person.village_code is None:
        raise ListChangedError  # an accepted row has all three; one without was altered
    desil = int(person.decile) if _DESIL.fullmatch(person.decile) else None
    return NewWorker(
        nik=person.nik,
        name=person.name,
        birth_date=person.birth_date,
        sex=person.sex,
        village_code=person.village_code,
        birth_place=person.birth_place,
        address=person.address,
        occupation_code=occupation,
        income_rp=person.income_rp,
        kk=person.kk,
        phone=person.phone,
        mother=person.mother_name,
        desil=desil,
        desil_version=upload.file_name[:40] if desil else "",
        desil_on=clock.today() if desil else None,
        consent_basis=upload.legal_basis[:100],
    )


def _propose(upload: Upload, taken: _Taken, acting_user: Viewer, clock: Clock) -> Proposal | None:
    """Begin the ways under the sponsor, in the order of the list; the office's own data begin none."""
    if upload.sponsor is None:
        return None
    proposal = propose_workers(
        taken.worker_ids,
        sponsor=upload.sponsor,
        pledge=upload.pledge,
        source=_source(upload),
        acting_user=acting_user,
        clock=clock,
    )
    codes = {refusal.worker_id: refusal.code for refusal in proposal.refused}
    for number, worker_id in zip(taken.numbers, taken.worker_ids, strict=True):
        if worker_id in codes:
            taken.refused[number] = codes[worker_id]
    return proposal


def _write_applied(taken: _Taken) -> None:
    """Write down what became of each accepted row: its worker, or why it could not go."""
    workers = dict(zip(taken.numbers, taken.worker_ids, strict=True))
    rows = (
        (key, None, code) if (code := taken.refused.get(number)) else (key, workers[number], "")
        for number, key in taken.keys.items()
    )
    bulk_insert(AppliedRow, ("row_id", "worker_id", "outcome"), rows)
