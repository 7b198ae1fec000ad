"""Changing what is known of a worker: named facts, the NIK itself, a death."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import recording
from payung.kernel.clock import Clock
from payung.kernel.nik import Nik
from payung.matching.names import fold_name
from payung.registry.blocks import rewrite_blocks
from payung.registry.errors import AlreadyRegisteredError, UnknownOccupationError, WorkerDataError
from payung.registry.models import Occupation, Worker
from payung.registry.sealed import COLUMNS, open_fact, seal_fact, seal_or_nothing
from payung.registry.selectors.workers import workers_by_nik_index
from payung.registry.services.registration import check_agrees_with_nik, check_villages
from payung.vault.seal import blind_index

_PLAIN: Final = {
    **{name: name for name in ("name", "birth_place", "birth_date", "sex", "address", "income_rp")},
    **{name: name for name in ("desil", "desil_version", "desil_on", "consent_basis")},
    "village_code": "village_id",
    "occupation_code": "occupation_id",
}
_SEALED: Final = ("kk", "phone", "mother")
CHANGEABLE: Final = frozenset((*_PLAIN, *_SEALED))


@transaction.atomic
def update_worker(
    worker: Worker, *, changes: Mapping[str, Any], reason: str, acting_user: Viewer, clock: Clock
) -> Worker:
    """Change the named facts and no other; the record keeps a keyed hash of what stood there and of what stands now.

    `changes` names facts as `NewWorker` does: name, birth_place, birth_date, sex, village_code, address,
    occupation_code, income_rp, kk, phone, mother, desil, desil_version, desil_on, consent_basis.
    """
    unknown = sorted(set(changes) - CHANGEABLE)
    if unknown:
        raise WorkerDataError(unknown[0], "unchangeable")
    worker = _locked(worker, acting_user)
    if "village_code" in changes:
        acting_user.require(Permission.WORKER_WRITE, village=changes["village_code"])
        check_villages({changes["village_code"]})
    if code := changes.get("occupation_code"):
        _check_occupation(code)
    before = fingerprint(worker)
    _apply(worker, changes)
    _check(worker, changes, clock.today())
    after = fingerprint(worker)
    if before != after:
        with recording(acting_user.actor, "registry.worker.update", reason=reason) as event:
            event.touch("registry.worker", worker.public_id, before=before, after=after)
            worker.save()
            rewrite_blocks(worker)
    return worker


@transaction.atomic
def correct_nik(worker: Worker, *, nik: Nik, reason: str, acting_user: Viewer, clock: Clock) -> Worker:
    """Give a worker the NIK that is really theirs. The person, and what was paid for them, stays the same record."""
    worker = _locked(worker, acting_user)
    index = blind_index(nik.digits)
    if index == bytes(worker.nik_index):
        return worker
    known = workers_by_nik_index([index])
    if known and known[index].id != worker.pk:  # the NIK of a record merged into this one is this person's own
        raise AlreadyRegisteredError([0])
    check_agrees_with_nik(nik, worker.birth_date, worker.sex)
    before = fingerprint(worker)
    worker.nik_index = index
    worker.nik_sealed = seal_fact(nik.digits, fact="nik", public_id=worker.public_id)
    worker.nik_birth_date = nik.birth_date(clock.today())
    with recording(acting_user.actor, "registry.worker.correct_nik", reason=reason) as event:
        event.touch("registry.worker", worker.public_id, before=before, after=fingerprint(worker))
        worker.save(update_fields=["nik_index", "nik_sealed", "nik_birth_date"])
        rewrite_blocks(worker)
    return worker


@transaction.atomic
def record_death(worker: Worker, *, died_on: date, reason: str, acting_user: Viewer, clock: Clock) -> Worker:
    """Write down the day a worker died; `reason` names the source (a certificate, the village's list of deaths).

    The same day again changes nothing; another day corrects it. Months paid beyond it are the ledger's business, in
    the same transaction, by whoever calls this.
    """
    worker = _locked(worker, acting_user)
    if died_on > clock.today():
        raise WorkerDataError("died_on", "future")
    if died_on < worker.birth_date:
        raise WorkerDataError("died_on", "before-birth")
    if worker.died_on == died_on:
        return worker
    before = fingerprint(worker)
    worker.died_on = died_on
    with recording(acting_user.actor, "registry.worker.record_death", reason=reason) as event:
        event.touch("registry.worker", worker.public_id, before=before, after=fingerprint(worker))
        worker.save(update_fields=["died_on"])
    return worker


def fingerprint(worker: Worker) -> bytes:
    """The keyed hash of everything known of a worker: tells a change without telling the facts."""
    facts = [str(getattr(worker, column)) for column in (*_PLAIN.values(), "died_on")]
    facts += [_opened(worker, fact) for fact in ("nik", *_SEALED)]
    return blind_index(json.dumps(facts), purpose="audit.worker")


def _locked(worker: Worker, acting_user: Viewer) -> Worker:
    locked = Worker.objects.select_for_update().get(pk=worker.pk)
    acting_user.require(Permission.WORKER_WRITE, village=locked.village_id)
    return locked


def _apply(worker: Worker, changes: Mapping[str, Any]) -> None:
    for fact, value in changes.items():
        if fact in _SEALED:
            if value != _opened(worker, fact):
                sealed = seal_or_nothing(value, fact=fact, public_id=worker.public_id)
                setattr(worker, COLUMNS[fact], sealed)
        else:
            setattr(worker, _PLAIN[fact], value)
    worker.name_folded = fold_name(worker.name)


def _check(worker: Worker, changes: Mapping[str, Any], today: date) -> None:
    if not worker.name.strip():
        raise WorkerDataError("name", "missing")
    if worker.birth_date > today:
        raise WorkerDataError("birth_date", "future")
    if "birth_date" in changes or "sex" in changes:
        check_agrees_with_nik(Nik.parse(_opened(worker, "nik")), worker.birth_date, worker.sex)


def _check_occupation(code: str) -> None:
    if not Occupation.objects.filter(pk=code).exists():
        raise UnknownOccupationError({code})


def _opened(worker: Worker, fact: str) -> str:
    return open_fact(getattr(worker, COLUMNS[fact]), fact=fact, public_id=worker.public_id)
