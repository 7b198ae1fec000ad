"""Entering into the journal, and reversing: the only place that writes entries and postings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from payung.access.viewer import Viewer
from payung.contributions.errors import (
    AlreadyReversedError,
    MonthClosedError,
    SameKeyOtherContentError,
    UnbalancedError,
)
from payung.contributions.models import Account, ClosedMonth, JournalEntry, Notice, Payment, Posting
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor
from payung.store.bulk import among, bulk_insert, in_slices, reserve_ids

# One number for the whole ledger: entries share it, closing a month takes it alone (PostgreSQL; SQLite has one writer).
_MONTHS_LOCK = 7_202_411
_ENTRY = ("id", "natural_key", "kind", "effective_on", "recorded_at", "actor_id", "actor_label", "params")


@dataclass(frozen=True, slots=True)
class Side:
    """One posting to be: an account of a payer, whole rupiah, and the notice or payment it is about."""

    kind: Account.Kind
    sponsor_id: int
    amount_rp: int
    notice_id: int | None = None
    payment_id: int | None = None


def lock_sponsor(sponsor_id: int) -> Sponsor:
    """Lock a payer's row: the first lock of everything that touches their money."""
    return Sponsor.objects.select_for_update(no_key=True).get(pk=sponsor_id)


def lock_sponsors(sponsor_ids: Iterable[int]) -> None:
    """Lock many payers, by ascending id."""
    payers = Sponsor.objects.filter(pk__in=set(sponsor_ids)).order_by("pk")
    list(payers.select_for_update(no_key=True).values_list("pk"))


def lock_notice(notice_id: int) -> Notice:
    """Lock a notice, after its payer."""
    return Notice.objects.select_for_update(no_key=True).get(pk=notice_id)


def lock_workers(worker_ids: Iterable[int]) -> None:
    """Lock workers, by ascending id, after their payers and notices. SQLite has one writer and nothing to lock."""
    if not connection.features.has_select_for_update:
        return
    for part in in_slices(sorted(set(worker_ids))):
        list(among(Worker.objects.order_by("pk"), "id", part).select_for_update(no_key=True).values_list("pk"))


def hold_months_open() -> None:
    """Keep months from being closed until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_MONTHS_LOCK])


def hold_months_alone() -> None:
    """Keep everybody else from entering anything until this transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MONTHS_LOCK])


def entry_day(wanted: date, *, clock: Clock) -> date:
    """The day an entry takes effect: the wanted one, or today where that one's month is closed."""
    hold_months_open()
    return clock.today() if ClosedMonth.objects.filter(month=Month.of(wanted)).exists() else wanted


def post_entry(
    natural_key: str,
    *,
    kind: JournalEntry.Kind,
    sides: Iterable[Side],
    effective_on: date,
    acting_user: Viewer,
    clock: Clock,
    reverses: JournalEntry | None = None,
    corrects: JournalEntry | None = None,
    params: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Enter one thing that happened. The same key with the same postings gives the entry that stands there already."""
    wanted = _netted(sides)
    if len(wanted) < 2 or sum(side.amount_rp for side in wanted) != 0:
        raise UnbalancedError(natural_key)
    standing = JournalEntry.objects.filter(natural_key=natural_key).first()
    if standing is not None:
        return _same(standing, wanted)
    _check_open(effective_on)
    entry = JournalEntry.objects.create(
        natural_key=natural_key,
        kind=kind,
        effective_on=effective_on,
        recorded_at=clock.now(),
        reverses=reverses,
        corrects=corrects,
        actor_id=acting_user.actor.id,
        actor_label=acting_user.actor.label,
        params=dict(params or {}),
    )
    accounts = _accounts(wanted)
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account=accounts[side.kind, side.sponsor_id],
            amount_rp=side.amount_rp,
            notice_id=side.notice_id,
            payment_id=side.payment_id,
        )
        for side in wanted
    )
    return entry


def post_entries(
    entries: Sequence[tuple[str, Sequence[Side]]],
    *,
    kind: JournalEntry.Kind,
    effective_on: date,
    acting_user: Viewer,
    clock: Clock,
) -> None:
    """Enter many new things of one kind and day at once, each with its natural key: as many statements as for one.

    A key that stands already is refused by the database.
    """
    wanted = [(key, _netted(sides)) for key, sides in entries]
    for key, sides in wanted:
        if len(sides) < 2 or sum(side.amount_rp for side in sides) != 0:
            raise UnbalancedError(key)
    _check_open(effective_on)
    ids = reserve_ids(JournalEntry, len(wanted))
    by_whom: tuple[Any, ...] = (kind, effective_on, clock.now(), acting_user.actor.id, acting_user.actor.label, {})
    bulk_insert(JournalEntry, _ENTRY, ((pk, key, *by_whom) for pk, (key, _) in zip(ids, wanted, strict=True)))
    accounts = _accounts([side for _, sides in wanted for side in sides])
    bulk_insert(
        Posting,
        ("entry_id", "account_id", "amount_rp", "notice_id", "payment_id"),
        (
            (pk, accounts[side.kind, side.sponsor_id].pk, side.amount_rp, side.notice_id, side.payment_id)
            for pk, (_, sides) in zip(ids, wanted, strict=True)
            for side in sides
        ),
    )


def reverse_entry(
    entry: JournalEntry, *, reason: str, effective_on: date, acting_user: Viewer, clock: Clock
) -> JournalEntry:
    """Mirror an entry and give its worker-months back. An entry is reversed once; a reversal never.

    What corrected the entry in part must be reversed before it, or its months would be given back twice.
    """
    if entry.kind == JournalEntry.Kind.REVERSAL or JournalEntry.objects.filter(reverses=entry).exists():
        raise AlreadyReversedError(entry.natural_key)
    sides = [
        Side(Account.Kind(kind), sponsor_id, -amount_rp, notice_id, payment_id)
        for kind, sponsor_id, amount_rp, notice_id, payment_id in entry.postings.values_list(
            "account__kind", "account__sponsor_id", "amount_rp", "notice_id", "payment_id"
        )
    ]
    mirrored = post_entry(
        f"reversal:{entry.natural_key}",
        kind=JournalEntry.Kind.REVERSAL,
        sides=sides,
        effective_on=effective_on,
        acting_user=acting_user,
        clock=clock,
        reverses=entry,
        params={"reason": reason},
    )
    _mirror_cover_lines(entry, mirrored)
    return mirrored


def live_entries(**about: Any) -> list[JournalEntry]:
    """Entries with a posting about something (`payment=`, `notice=`) that are neither reversed nor reversals."""
    found = JournalEntry.objects.filter(reverses__isnull=True, reversed_by__isnull=True)
    return list(found.filter(pk__in=Posting.objects.filter(**about).values("entry_id")).order_by("pk"))


def remainders(payments: Iterable[Payment]) -> dict[int, int]:
    """What is left of each payment: recorded and not yet allocated (its balance in suspense)."""
    left = {payment.pk: 0 for payment in payments}
    # Looked for by payment: asked for the kind, SQLite may begin with what every payer has in suspense.
    rows = Posting.objects.filter(payment_id__in=left)
    for payment_id, amount_rp, kind in rows.values_list("payment_id", "amount_rp", "account__kind"):
        left[payment_id] -= amount_rp if kind == Account.Kind.SUSPENS else 0
    return left


def _netted(sides: Iterable[Side]) -> list[Side]:
    """Add up sides of one account and object; those that come to nothing are left out."""
    total: dict[tuple[Account.Kind, int, int | None, int | None], int] = defaultdict(int)
    for side in sides:
        total[side.kind, side.sponsor_id, side.notice_id, side.payment_id] += side.amount_rp
    return [
        Side(kind, sponsor, amount, notice, pay) for (kind, sponsor, notice, pay), amount in total.items() if amount
    ]


def _same(standing: JournalEntry, wanted: list[Side]) -> JournalEntry:
    there = standing.postings.values_list(
        "account__kind", "account__sponsor_id", "amount_rp", "notice_id", "payment_id"
    )
    ours = [(str(side.kind), side.sponsor_id, side.amount_rp, side.notice_id, side.payment_id) for side in wanted]
    if sorted(map(repr, there)) != sorted(map(repr, ours)):
        raise SameKeyOtherContentError(standing.natural_key)
    return standing


def _check_open(effective_on: date) -> None:
    hold_months_open()
    if ClosedMonth.objects.filter(month=Month.of(effective_on)).exists():
        raise MonthClosedError(Month.of(effective_on))


def _accounts(sides: list[Side]) -> dict[tuple[str, int], Account]:
    wanted = {(str(side.kind), side.sponsor_id) for side in sides}
    sponsors = {sponsor_id for _, sponsor_id in wanted}
    found = {(a.kind, a.sponsor_id): a for a in Account.objects.filter(sponsor_id__in=sponsors)}
    missing = sorted(wanted - found.keys())
    if missing:
        Account.objects.bulk_create([Account(kind=kind, sponsor_id=pk) for kind, pk in missing], ignore_conflicts=True)
        found = {(a.kind, a.sponsor_id): a for a in Account.objects.filter(sponsor_id__in=sponsors)}
    return found


def _mirror_cover_lines(entry: JournalEntry, mirrored: JournalEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MIRROR, [mirrored.pk, entry.pk])


_MIRROR = """
INSERT INTO contributions_coverline
    (entry_id, notice_line_id, worker_id, month, sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears)
SELECT %s, notice_line_id, worker_id, month, -sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears
FROM contributions_coverline WHERE entry_id = %s
"""
