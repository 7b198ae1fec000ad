"""A staged list is sent for approval, approved by another than the uploader, and becomes workers on their way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

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
from payung.intake.sealed import open_row
from payung.intake.services.stage import Report, content_hash
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.matching.names import names_agree
from payung.registry.selectors import KnownWorker, workers_by_nik_index
from payung.registry.services import NewWorker, register_workers, suspect_near_niks
from payung.store.bulk import bulk_insert, in_slices

ACCEPTED = "accepted"
_TO_APPROVE = (Upload.State.STAGED, Upload.State.SUBMITTED)
_DESIL = re.compile(r"(10|[1-9])")


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
    """The rows that go, and the worker of each where one is known; by number the keys of all, and why some do not."""

    keys: dict[int, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    worker_ids: list[int | None] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    occupations: list[str | None] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


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
        taken = _take_rows(upload, report)
        registered = _register(upload, taken, acting_user, clock)
        proposal = _propose(upload, taken, acting_user, clock)
        _write_applied(taken)
        upload.state, upload.approved_by, upload.approved_at = Upload.State.APPLIED, acting_user.actor.id, clock.now()
        upload.approved_hash = approved_hash
        upload.operator_played_both = acting_user.actor.id == upload.uploaded_by
        upload.save()
    created, standing = (len(proposal.created), len(proposal.standing)) if proposal else (0, 0)
    return Applied(registered, created, standing, taken.refused)


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


def _take_rows(upload: Upload, report: Report | None) -> _Taken:
    """Open the accepted rows and compare each with the registry as it is now."""
    taken = _Taken()
    rows = upload.rows.filter(fate=ACCEPTED).order_by("row_number")
    columns = ("nik_index", "pk", "row_number", "public_id", "cells_sealed", "name", "occupation_id")
    total = rows.count() if report else None
    for part in in_slices(rows.values_list(*columns).iterator(5_000)):
        known = workers_by_nik_index([bytes(row[0]) for row in part])
        covered = _covered_elsewhere(upload, [worker.id for worker in known.values()])
        for index, key, number, public_id, sealed, name, occupation in part:
            taken.keys[number] = key
            worker = known.get(bytes(index))
            if code := _obstacle(worker, name, covered):
                taken.refused[number] = code
                continue
            taken.numbers.append(number)
            taken.worker_ids.append(worker.id if worker else None)
            taken.people.append(open_row(sealed, public_id=public_id)[1])
            taken.occupations.append(occupation)
        if report:
            report(len(taken.numbers) + len(taken.refused), total)
    return taken


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


def _register(upload: Upload, taken: _Taken, acting_user: Viewer, clock: Clock) -> int:
    """Register whoever is new, and fill their ids in."""
    places = [place for place, worker_id in enumerate(taken.worker_ids) if worker_id is None]
    new = [_new_worker(taken.people[place], taken.occupations[place], upload, clock) for place in places]
    ids = register_workers(new, acting_user=acting_user, clock=clock, source=_source(upload)) if new else []
    suspect_near_niks(ids, source=_source(upload), acting_user=acting_user, clock=clock)
    for place, worker_id in zip(places, ids, strict=True):
        taken.worker_ids[place] = worker_id
    return len(new)


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
    in_order = [worker_id for worker_id in taken.worker_ids if worker_id is not None]
    proposal = propose_workers(
        in_order,
        sponsor=upload.sponsor,
        pledge=upload.pledge,
        source=_source(upload),
        acting_user=acting_user,
        clock=clock,
    )
    codes = {refusal.worker_id: refusal.code for refusal in proposal.refused}
    for number, worker_id in zip(taken.numbers, in_order, strict=True):
        if worker_id in codes:
            taken.refused[number] = codes[worker_id]
    return proposal


def _write_applied(taken: _Taken) -> None:
    """Write down what became of each accepted row: its worker, or why it could not go."""
    went = zip(taken.numbers, taken.worker_ids, strict=True)
    rows = [(taken.keys[number], worker, "") for number, worker in went if number not in taken.refused]
    rows += [(taken.keys[number], None, code) for number, code in taken.refused.items()]
    bulk_insert(AppliedRow, ("row_id", "worker_id", "outcome"), sorted(rows))
