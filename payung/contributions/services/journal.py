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
from payung.contributions.models import Account, JournalEntry, Notice, Payment, Posting
from payung.contributions.selectors.due import closed_months
from payung.kernel.clock import Clock
from payung.kernel.month import Month
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor
from payung.store.bulk import among, bulk_insert, in_slices, insert_one, reserve_ids
from payung.store.prepared import Prepared

# One number for the whole ledger: entries share it, closing a month takes it alone (PostgreSQL; SQLite has one writer).
_MONTHS_LOCK = 7_202_411
_ENTRY = ("id", "natural_key", "kind", "effective_on", "recorded_at", "actor_id", "actor_label", "params")
_POSTING = ("entry_id", "account_id", "amount_rp", "notice_id", "payment_id")


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day whose month is open and stays so until this transaction ends: `entry_day` gives it, nobody asks again."""

    day: date


@dataclass(frozen=True, slots=True)
class Side:
    """One posting to be: an account of a payer, whole rupiah, and the notice or payment it is about."""

    kind: Account.Kind
    sponsor_id: int
    amount_rp: int
    notice_id: int | None = None
    payment_id: int | None = None


def locks_rows() -> bool:
    """Whether the database locks rows: SQLite has one writer and nothing to lock."""
    return connection.features.has_select_for_update


def lock_sponsor(sponsor_id: int) -> None:
    """Lock a payer's row: the first lock of everything that touches their money."""
    lock_sponsors([sponsor_id])


def lock_sponsors(sponsor_ids: Iterable[int]) -> None:
    """Lock many payers, by ascending id."""
    if not locks_rows():
        return
    _LOCK_PAYERS(set(sponsor_ids))


def lock_notice(notice_id: int) -> Notice:
    """Lock a notice, after its payer."""
    (notice,) = _LOCK_NOTICE(notice_id)
    return notice


def lock_workers(worker_ids: Iterable[int]) -> None:
    """Lock workers, by ascending id, after their payers and notices."""
    if not locks_rows():
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


def entry_day(wanted: date, *, clock: Clock) -> OpenDay:
    """The day an entry takes effect: the wanted one, or today where that one's month is closed."""
    hold_months_open()
    today = clock.today()
    closed = closed_months({Month.of(wanted), Month.of(today)})
    if Month.of(wanted) not in closed:
        return OpenDay(wanted)
    if Month.of(today) in closed:
        raise MonthClosedError(Month.of(today))
    return OpenDay(today)


def _open(day: date | OpenDay) -> date:
    if isinstance(day, OpenDay):
        return day.day
    hold_months_open()
    if closed_months([Month.of(day)]):
        raise MonthClosedError(Month.of(day))
    return day


def post_entry(
    natural_key: str,
    *,
    kind: JournalEntry.Kind,
    sides: Iterable[Side],
    effective_on: date | OpenDay,
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
    standing = _STANDING.first(natural_key)
    if standing is not None:
        return _same(standing, wanted)
    entry = JournalEntry(
        natural_key=natural_key,
        kind=kind,
        effective_on=_open(effective_on),
        recorded_at=clock.now(),
        reverses=reverses,
        corrects=corrects,
        actor_id=acting_user.actor.id,
        actor_label=acting_user.actor.label,
        params=dict(params or {}),
    )
    insert_one(entry)
    _write_postings([(entry.pk, wanted)])
    return entry


def post_entries(
    entries: Sequence[tuple[str, Sequence[Side]]],
    *,
    kind: JournalEntry.Kind,
    effective_on: date | OpenDay,
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
    ids = reserve_ids(JournalEntry, len(wanted))
    by_whom: tuple[Any, ...] = (
        kind,
        _open(effective_on),
        clock.now(),
        acting_user.actor.id,
        acting_user.actor.label,
        {},
    )
    bulk_insert(JournalEntry, _ENTRY, ((pk, key, *by_whom) for pk, (key, _) in zip(ids, wanted, strict=True)))
    _write_postings([(pk, sides) for pk, (_, sides) in zip(ids, wanted, strict=True)])


def reverse_entry(
    entry: JournalEntry, *, reason: str, effective_on: date | OpenDay, acting_user: Viewer, clock: Clock
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
    for payment_id, amount_rp, kind in _OF_PAYMENTS(left):
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


def _write_postings(entries: Sequence[tuple[int, list[Side]]]) -> None:
    """The postings of entries, by the entries' ids."""
    accounts = _accounts({(str(side.kind), side.sponsor_id) for _, sides in entries for side in sides})
    bulk_insert(
        Posting,
        _POSTING,
        (
            (pk, accounts[side.kind, side.sponsor_id], side.amount_rp, side.notice_id, side.payment_id)
            for pk, sides in entries
            for side in sides
        ),
    )


def _accounts(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The ids of accounts by kind and payer; those that nobody used yet are opened."""
    payers = {sponsor_id for _, sponsor_id in wanted}
    found = {(kind, sponsor_id): pk for kind, sponsor_id, pk in _ACCOUNTS(payers)}
    missing = sorted(wanted - found.keys())
    if missing:
        Account.objects.bulk_create([Account(kind=kind, sponsor_id=pk) for kind, pk in missing], ignore_conflicts=True)
        found = {(kind, sponsor_id): pk for kind, sponsor_id, pk in _ACCOUNTS(payers)}
    return found


def _mirror_cover_lines(entry: JournalEntry, mirrored: JournalEntry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MIRROR, [mirrored.pk, entry.pk])


_LOCK_PAYERS: Prepared[int] = Prepared(
    lambda ids: (
        Sponsor.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
    )
)
_LOCK_NOTICE: Prepared[Notice] = Prepared(lambda pk: Notice.objects.select_for_update(no_key=True).filter(pk=pk))
_STANDING: Prepared[JournalEntry] = Prepared(lambda key: JournalEntry.objects.filter(natural_key=key))
_OF_PAYMENTS: Prepared[tuple[int, int, str]] = Prepared(
    lambda payments: Posting.objects.filter(payment_id__in=payments).values_list(
        "payment_id", "amount_rp", "account__kind"
    )
)
_ACCOUNTS: Prepared[tuple[str, int, int]] = Prepared(
    lambda payers: Account.objects.filter(sponsor_id__in=payers).order_by().values_list("kind", "sponsor_id", "pk")
)
_MIRROR = """
INSERT INTO contributions_coverline
    (entry_id, notice_line_id, worker_id, month, sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears)
SELECT %s, notice_line_id, worker_id, month, -sign, payment_id, jkk_rp, jkm_rp, covered_from, is_arrears
FROM contributions_coverline WHERE entry_id = %s
"""
