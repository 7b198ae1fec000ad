"""Determination (penetapan): a list with its basis, prepared by one person and approved by another.

What is approved is an exact list: its hash is taken when it is prepared, shown to the approver, and taken again at the
approval. A name mended, a person gone, another basis: the hash differs and the list is prepared anew.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.enrolment.bases import BASES_OF
from payung.enrolment.errors import (
    DeterminationDecidedError,
    ListChangedError,
    NothingToDoError,
    StepNotAllowedError,
    WrongBasisError,
)
from payung.enrolment.models import Determination, DeterminationLine, Enrolment
from payung.enrolment.transitions import PREPARED, SET_BACK, locked, move
from payung.kernel.clock import Clock
from payung.sponsors.models import Sponsor
from payung.store.bulk import bulk_insert
from payung.vault.files import keep


@transaction.atomic
def prepare_determination(
    sponsor: Sponsor,
    *,
    basis: str,
    number: str,
    dated_on: date,
    file: bytes,
    file_name: str,
    acting_user: Viewer,
    clock: Clock,
    enrolment_ids: Sequence[int] | None = None,
) -> Determination:
    """Put checked persons of a sponsor (all of them, unless named) on a list that rests on a paper, and hand it on."""
    acting_user.require(Permission.ENROLMENT_DETERMINE)
    _check_basis(sponsor, basis, number, dated_on, file, clock)
    rows = _candidates(sponsor, enrolment_ids)
    stored = keep(file)
    with recording(acting_user.actor, "enrolment.determination.prepare") as event:
        made = Determination(
            sponsor=sponsor,
            basis=basis,
            number=number.strip(),
            dated_on=dated_on,
            file_name=file_name[:150],
            file_sha256=stored.sha256,
            row_count=len(rows),
            prepared_by=acting_user.actor.id,
            prepared_label=acting_user.actor.label,
            prepared_at=clock.now(),
            approved_label="",
        )
        made.content_hash = list_hash(made, [row.pk for row in rows])
        made.save(force_insert=True)
        lines = ((made.pk, row.pk, place, True) for place, row in enumerate(rows, start=1))
        bulk_insert(DeterminationLine, ("determination_id", "enrolment_id", "position", "is_open"), lines)
        about = {row.pk: {"determination": str(made.public_id)} for row in rows}
        move(
            about,
            Enrolment.State.CHECKED,
            reason=PREPARED,
            params=about,
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
        event.touch("enrolment.determination", made.public_id, after=bytes(made.content_hash))
    return made


@transaction.atomic
def approve_determination(
    determination: Determination, *, seen_hash: bytes, acting_user: Viewer, clock: Clock
) -> Determination:
    """Approve the list whose hash the approver saw. Another person than prepared it; nothing changed."""
    acting_user.require(Permission.ENROLMENT_APPROVE)
    found = Determination.objects.select_for_update().get(pk=determination.pk)
    _check_undecided(found)
    acting_user.require_other_than(found.prepared_by)
    ids = list(found.lines.order_by("position").values_list("enrolment_id", flat=True))
    locked(ids)
    now_hash = list_hash(found, ids)
    if now_hash != bytes(found.content_hash) or now_hash != bytes(seen_hash):
        raise ListChangedError(number=found.number)
    with recording(acting_user.actor, "enrolment.determination.approve") as event:
        found.approved_by, found.approved_label = acting_user.actor.id, acting_user.actor.label
        found.approved_at, found.approved_hash = clock.now(), now_hash
        found.operator_played_both = found.approved_by == found.prepared_by
        found.save()
        found.lines.update(is_open=False)
        move(
            ids,
            Enrolment.State.DETERMINED,
            params={pk: {"determination": str(found.public_id), "number": found.number} for pk in ids},
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
        event.touch("enrolment.determination", found.public_id, before=now_hash, after=now_hash)
    return found


@transaction.atomic
def withdraw_determination(determination: Determination, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Take back a list that was not approved: its persons wait for another one."""
    acting_user.require(Permission.ENROLMENT_DETERMINE)
    found = Determination.objects.select_for_update().get(pk=determination.pk)
    _check_undecided(found)
    with recording(acting_user.actor, "enrolment.determination.withdraw", reason=reason) as event:
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        waiting = found.lines.filter(enrolment__state=Enrolment.State.CHECKED).values_list("enrolment_id", flat=True)
        move(
            list(waiting),
            Enrolment.State.CHECKED,
            reason=SET_BACK,
            effective_on=clock.today(),
            event=event,
            acting_user=acting_user,
            clock=clock,
        )
        found.lines.update(is_open=False)
        event.touch("enrolment.determination", found.public_id)


def list_hash(determination: Determination, enrolment_ids: Sequence[int]) -> bytes:
    """Hash what is approved: the basis with its file, and who stands on the list, in order, as they are recorded now.

    Somebody who is no longer at this step is left out, which changes the hash. The NIK goes in by its blind index.
    """
    digest = hashlib.sha256(
        content_hash(
            {
                "sponsor": str(determination.sponsor.public_id),
                "basis": [determination.basis, determination.number, determination.dated_on.isoformat()],
                "file": determination.file_sha256,
            }
        )
    )
    people = {
        pk: (public_id, name, born, sex, village, bytes(nik_index), pledge)
        for pk, public_id, name, born, sex, village, nik_index, pledge in Enrolment.objects.filter(
            pk__in=enrolment_ids, state=Enrolment.State.CHECKED
        ).values_list(
            "pk",
            "worker__public_id",
            "worker__name",
            "worker__birth_date",
            "worker__sex",
            "worker__village_id",
            "worker__nik_index",
            "pledge_id",
        )
    }
    for pk in enrolment_ids:
        if person := people.get(pk):
            digest.update("\x1f".join(str(part) for part in (*person[:5], person[5].hex(), person[6])).encode() + b"\n")
    return digest.digest()


def _check_basis(sponsor: Sponsor, basis: str, number: str, dated_on: date, file: bytes, clock: Clock) -> None:
    fitting = BASES_OF[sponsor.funds]
    if basis not in fitting:
        raise WrongBasisError(part="basis", found=basis, expected=sorted(fitting))
    for part, is_there in (("number", bool(number.strip())), ("file", bool(file))):
        if not is_there:
            raise WrongBasisError(part=part)
    if dated_on > clock.today():
        raise WrongBasisError(part="dated_on", found=dated_on.isoformat())


def _candidates(sponsor: Sponsor, enrolment_ids: Sequence[int] | None) -> list[Enrolment]:
    """Those who may go on a list: checked, of this sponsor, on no other open list; by pledge and place in it."""
    rows = Enrolment.objects.filter(sponsor=sponsor, state=Enrolment.State.CHECKED)
    rows = rows.exclude(determinations__is_open=True)
    if enrolment_ids is not None:
        rows = rows.filter(pk__in=enrolment_ids)
    found = list(rows.order_by("pledge_id", "position", "pk"))
    if enrolment_ids is not None and len(found) != len(set(enrolment_ids)):
        raise StepNotAllowedError(count=len(set(enrolment_ids)) - len(found), to_state=str(Enrolment.State.DETERMINED))
    if not found:
        raise NothingToDoError
    return found


def _check_undecided(determination: Determination) -> None:
    if determination.approved_at is not None or determination.withdrawn_at is not None:
        raise DeterminationDecidedError(number=determination.number)
