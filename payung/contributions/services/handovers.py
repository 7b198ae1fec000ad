"""Handing workers over to another payer, or to paying for themselves: the KPJ stays, the wadah changes.

Prepared by one person, approved by another on the very list that was prepared. At the approval the last payer's unpaid
dues from the first month on end in the same transaction in which the next payer's ways begin, so that no month is ever
asked of two. Months that were paid stay; months before the first that were asked for stay due. Undone by handing the
people back, as long as the next payer has paid nothing; nothing is deleted.
"""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.contributions.errors import HandoverGapError, HandoverRefusedError
from payung.contributions.selectors.handovers import Judged, can_go_on, judged_handover, open_lines
from payung.contributions.services.dues import release_dues
from payung.contributions.services.journal import lock_notice, lock_sponsor, lock_workers
from payung.enrolment.errors import (
    HandoverDecidedError,
    HandoverPartiesError,
    ListChangedError,
    NothingToDoError,
    PledgeFullError,
)
from payung.enrolment.models import Enrolment, Handover, HandoverLine, Wadah
from payung.enrolment.selectors.places import place_holders
from payung.enrolment.services.handovers import hand_ways_on
from payung.enrolment.transitions import locked
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.papers.services import Series, next_number
from payung.registry.selectors import records_of
from payung.sponsors.models import Pledge, Sponsor
from payung.store.bulk import bulk_insert, bulk_update


@transaction.atomic
def prepare_handover(
    sponsor: Sponsor,
    *,
    first_month: Month,
    giving_letter: str,
    taking_letter: str,
    client_key: str,
    acting_user: Viewer,
    clock: Clock,
    to_pledge: Pledge | None = None,
    to_wadah: Wadah | None = None,
    enrolment_ids: Sequence[int] | None = None,
    with_gap: bool = False,
) -> Handover:
    """Put a payer's active workers (all who can go on, unless named) on a list for the next payer.

    Without `to_pledge` they go on by themselves, and `taking_letter` names their statements. The same `client_key`
    again gives the list that it made. Who is named and cannot go on refuses the whole (`HandoverRefusedError`); a month
    that nobody would be asked for is refused (`HandoverGapError`) unless `with_gap` says that it is known.
    """
    acting_user.require(Permission.ENROLMENT_REGISTER)
    lock_sponsor(sponsor.pk)
    standing = Handover.objects.filter(client_key=client_key).first()
    if standing is not None:
        return standing
    letters = (giving_letter.strip()[:120], taking_letter.strip()[:120])
    _check_parties(sponsor, to_pledge, to_wadah, first_month, letters, client_key)
    people = _candidates(sponsor, enrolment_ids, first_month, with_gap=with_gap, clock=clock)
    if to_pledge is not None:
        free = to_pledge.quota - place_holders(to_pledge).count()
        if len(people) > free:
            raise PledgeFullError(free=max(0, free), wanted=len(people))
    made = Handover(
        client_key=client_key,
        from_sponsor=sponsor,
        to_pledge=to_pledge,
        to_wadah=to_wadah,
        first_month=int(first_month),
        giving_letter=letters[0],
        taking_letter=letters[1],
        with_gap=with_gap,
        row_count=len(people),
        prepared_by=acting_user.actor.id,
        prepared_label=acting_user.actor.label,
        prepared_at=clock.now(),
        approved_label="",
        number="",
    )
    made.content_hash = handover_hash(made, [each.enrolment_id for each in people])
    with recording(acting_user.actor, "contributions.handover.prepare") as event:
        made.save(force_insert=True)
        rows = (
            (made.pk, each.enrolment_id, place, each.paid_until, True) for place, each in enumerate(people, start=1)
        )
        bulk_insert(HandoverLine, ("handover_id", "enrolment_id", "position", "paid_until", "is_open"), rows)
        event.touch("enrolment.handover", made.public_id, after=bytes(made.content_hash))
    return made


@transaction.atomic
def approve_handover(handover: Handover, *, seen_hash: bytes, acting_user: Viewer, clock: Clock) -> Handover:
    """Hand over the list that the approver saw. Another person than prepared it; again it changes nothing.

    `ListChangedError` where somebody on it was paid for beyond the first month, died or left meanwhile.
    """
    acting_user.require(Permission.ENROLMENT_APPROVE)
    ids = list(handover.lines.order_by("position").values_list("enrolment_id", flat=True))
    workers = _lock_all(handover, ids)
    found = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if found.approved_at is not None and found.approved_by == acting_user.actor.id:
        return found
    _check_undecided(found)
    acting_user.require_other_than(found.prepared_by)
    locked(ids)
    first = Month(found.first_month)
    view = judged_handover(ids, first_month=first, today=clock.today(), handover=found)
    now_hash = handover_hash(found, ids)
    unsound = view.hindered or now_hash != bytes(found.content_hash) or now_hash != bytes(seen_hash)
    if unsound or not _may_take(found, first):
        raise ListChangedError(number=found.giving_letter)
    with recording(acting_user.actor, "contributions.handover.approve") as event:
        release_dues(open_lines(workers, since=first), reason="handed_over", acting_user=acting_user, clock=clock)
        taken = hand_ways_on(found, ids, event=event, acting_user=acting_user, clock=clock)
        _close(found, view.people, taken, acting_user=acting_user, clock=clock, released_rp=view.released_rp)
        event.touch("enrolment.handover", found.public_id, before=now_hash, after=now_hash)
    return found


@transaction.atomic
def withdraw_handover(handover: Handover, *, reason: str, acting_user: Viewer, clock: Clock) -> None:
    """Take back a list that was not approved: everybody stays with their payer."""
    acting_user.require(Permission.ENROLMENT_REGISTER)
    found = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    _check_undecided(found)
    with recording(acting_user.actor, "contributions.handover.withdraw", reason=reason) as event:
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        found.lines.update(is_open=False)
        event.touch("enrolment.handover", found.public_id)


def handover_hash(handover: Handover, enrolment_ids: Sequence[int]) -> bytes:
    """Hash what is approved: the parties, their letters, the first month, and who goes, in order, with which KPJ."""
    to = handover.to_pledge
    facts = {
        "from": str(handover.from_sponsor.public_id),
        "to": str(to.public_id) if to else "",
        "wadah": handover.to_wadah.number if handover.to_wadah else "",
        "month": handover.first_month,
        "letters": [handover.giving_letter, handover.taking_letter],
    }
    digest = hashlib.sha256(content_hash(facts))
    live = Enrolment.objects.filter(pk__in=enrolment_ids, state=Enrolment.State.ACTIVE)
    people = {
        pk: (public_id, name, kpj)
        for pk, public_id, name, kpj in live.values_list("pk", "worker__public_id", "worker__name", "kpj")
    }
    for pk in enrolment_ids:
        if person := people.get(pk):
            digest.update("\x1f".join(str(part) for part in person).encode() + b"\n")
    return digest.digest()


def _candidates(
    sponsor: Sponsor, enrolment_ids: Sequence[int] | None, first: Month, *, with_gap: bool, clock: Clock
) -> tuple[Judged, ...]:
    ids = list(can_go_on(sponsor).values_list("pk", flat=True))
    if enrolment_ids is not None:
        known = set(ids)
        unknown = sum(1 for pk in set(enrolment_ids) if pk not in known)
        if unknown:
            raise HandoverRefusedError({"not_active": unknown})
        named = set(enrolment_ids)
        ids = [pk for pk in ids if pk in named]
    view = judged_handover(ids, first_month=first, today=clock.today())
    if enrolment_ids is not None and view.hindered:
        raise HandoverRefusedError(view.hindered)
    if not view.free:
        raise NothingToDoError
    if view.with_gap and not with_gap:
        gaps = {month for each in view.free for month in each.gap}
        raise HandoverGapError(workers=view.with_gap, months=tuple(sorted(gaps)))
    return view.free


def _check_parties(
    sponsor: Sponsor,
    pledge: Pledge | None,
    wadah: Wadah | None,
    first: Month,
    letters: tuple[str, str],
    client_key: str,
) -> None:
    if not all(letters) or not client_key or len(client_key) > 64:
        raise HandoverPartiesError(part="letters")
    if pledge is None:
        if wadah is not None:
            raise HandoverPartiesError(part="wadah")
        return
    if pledge.sponsor_id == sponsor.pk or not pledge.sponsor.is_active:
        raise HandoverPartiesError(part="sponsor")
    if not _runs_in(pledge, first):
        raise HandoverPartiesError(part="pledge")
    if wadah is None or wadah.funder_id not in {None, pledge.sponsor_id}:
        raise HandoverPartiesError(part="wadah")


def _runs_in(pledge: Pledge, month: Month) -> bool:
    return pledge.state == Pledge.State.LIVE and pledge.first_month <= month < pledge.first_month + pledge.months


def _may_take(handover: Handover, first: Month) -> bool:
    """Whether the next payer's pledge stands as it did, read under its payer's lock."""
    if handover.to_pledge_id is None:
        return True
    pledge = Pledge.objects.select_related("sponsor").get(pk=handover.to_pledge_id)
    return _runs_in(pledge, first) and pledge.sponsor.is_active


def _lock_all(handover: Handover, enrolment_ids: Sequence[int]) -> list[int]:
    """Lock payers by ascending id, then the notices that ask for the people, then the people; give their ids."""
    ways = Enrolment.objects.filter(pk__in=enrolment_ids)
    workers = sorted(set(ways.values_list("worker_id", flat=True)))
    lines = open_lines(workers, since=Month(0))
    payers = {handover.from_sponsor_id, *(line.notice.sponsor_id for line in lines)}
    if handover.to_pledge is not None:
        payers.add(handover.to_pledge.sponsor_id)
    for sponsor_id in sorted(payers):
        lock_sponsor(sponsor_id)
    for notice_id in sorted({line.notice_id for line in lines}):
        lock_notice(notice_id)
    lock_workers(records_of(workers))
    return workers


def _check_undecided(handover: Handover) -> None:
    if handover.approved_at is not None or handover.withdrawn_at is not None:
        raise HandoverDecidedError(number=handover.giving_letter)


def _close(
    found: Handover,
    people: Sequence[Judged],
    taken: dict[int, int],
    *,
    acting_user: Viewer,
    clock: Clock,
    released_rp: int,
) -> None:
    found.approved_by, found.approved_label = acting_user.actor.id, acting_user.actor.label
    found.approved_at, found.released_rp = clock.now(), released_rp
    found.operator_played_both = found.approved_by == found.prepared_by
    found.number = next_number(
        Series.SERAH_TERIMA, clock.today(), subject_type="enrolment.handover", subject_id=found.public_id
    )
    names = ["approved_by", "approved_label", "approved_at", "released_rp", "operator_played_both", "number"]
    found.save(update_fields=names)
    lines = dict(found.lines.values_list("enrolment_id", "pk"))
    rows = ((lines[each.enrolment_id], taken.get(each.enrolment_id), each.paid_until, False) for each in people)
    bulk_update(HandoverLine, ("taken_by_id", "paid_until", "is_open"), rows)
