"""Payments: recorded with their proof, confirmed by another person, reversed with a reason."""

import hashlib
import json
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.contributions.errors import (
    AlreadyIdentifiedError,
    NoticeWithdrawnError,
    NotTheirNoticeError,
    PaidInFutureError,
    PaymentReversedError,
    SameKeyOtherContentError,
)
from payung.contributions.models import Account, CoveredMonth, JournalEntry, LineUse, Notice, PayCode, Payment, Posting
from payung.contributions.selectors.prices import code_of_day
from payung.contributions.services.allocation import allocate_notice
from payung.contributions.services.journal import (
    Side,
    entry_day,
    live_entries,
    lock_notice,
    lock_sponsor,
    lock_workers,
    post_entry,
    reverse_entry,
)
from payung.kernel.clock import Clock
from payung.kernel.public_id import new_public_id
from payung.sponsors.models import Sponsor
from payung.store.prepared import Prepared
from payung.vault.files import keep

Kind = JournalEntry.Kind


@transaction.atomic
def record_payment(
    sponsor: Sponsor,
    *,
    amount_rp: int,
    paid_on: date,
    proof: bytes,
    proof_name: str,
    client_key: str,
    pay_code: str = "",
    notice: Notice | None = None,
    acting_user: Viewer,
    clock: Clock,
) -> Payment:
    """Record that a payer paid, keep the proof, and allocate it where its notice is known.

    Too much or too little is recorded as it is. A pay code that we do not know waits in suspense for its notice. The
    same `client_key` with the same content gives the same payment; with other content it is refused.
    """
    acting_user.require(Permission.PAYMENT_RECORD, sponsor=sponsor.public_id)
    kept = keep(proof)
    lock_sponsor(sponsor.pk)
    pay_code = pay_code.strip()
    body = _body_hash(sponsor, amount_rp, paid_on, kept.sha256, pay_code, notice)
    standing = _SENT_BEFORE.first(client_key)
    if standing is not None:
        return _same(standing, body)
    if paid_on > clock.today():
        raise PaidInFutureError(paid_on)
    code, notice = _whose(sponsor, pay_code, notice, paid_on)
    with recording(acting_user.actor, "contributions.payment.record") as event:
        payment = _insert(
            Payment(
                public_id=new_public_id(),
                sponsor=sponsor,
                notice=notice,
                pay_code=code,
                code_text=pay_code,
                amount_rp=amount_rp,
                paid_on=paid_on,
                client_key=client_key,
                body_hash=body,
                proof_sha256=kept.sha256,
                proof_name=proof_name,
                recorded_by=acting_user.actor.id,
                recorded_at=clock.now(),
            )
        )
        post_entry(
            f"payment:{payment.public_id}",
            kind=Kind.PAYMENT,
            sides=[
                Side(Account.Kind.KLIRING, sponsor.pk, amount_rp, payment_id=payment.pk),
                Side(Account.Kind.SUSPENS, sponsor.pk, -amount_rp, payment_id=payment.pk),
            ],
            effective_on=entry_day(paid_on, clock=clock),
            acting_user=acting_user,
            clock=clock,
        )
        event.touch("contributions.payment", payment.public_id, after=payment_hash(payment))
        if notice is not None:
            allocate_notice(notice, acting_user=acting_user, clock=clock)
    return payment


@transaction.atomic
def identify_payment(payment: Payment, *, notice: Notice, acting_user: Viewer, clock: Clock) -> Payment:
    """Say which notice a payment in suspense was for, and allocate it."""
    acting_user.require(Permission.PAYMENT_CONFIRM)
    lock_sponsor(payment.sponsor_id)
    payment = _live(payment)
    if payment.notice_id is not None:
        raise AlreadyIdentifiedError
    _, notice = _checked(payment.sponsor, None, notice)
    with recording(acting_user.actor, "contributions.payment.identify") as event:
        payment.notice = notice
        if not payment.code_text:
            payment.pay_code = code_of_day(notice, payment.paid_on)
        payment.save(update_fields=["notice", "pay_code"])
        event.touch("contributions.payment", payment.public_id, after=payment_hash(payment))
        allocate_notice(notice, acting_user=acting_user, clock=clock)
    return payment


@transaction.atomic
def confirm_payment(payment: Payment, *, acting_user: Viewer, clock: Clock) -> Payment:
    """Confirm that BPJS has the money: what it covers is in force. Never by whoever recorded it; again is harmless."""
    acting_user.require(Permission.PAYMENT_CONFIRM)
    lock_sponsor(payment.sponsor_id)
    payment = _live(payment)
    acting_user.require_other_than(payment.recorded_by)
    if payment.confirmed_at is not None:
        return payment
    with recording(acting_user.actor, "contributions.payment.confirm") as event:
        payment.confirmed_by, payment.confirmed_at = acting_user.actor.id, clock.now()
        payment.operator_played_both = acting_user.actor.id == payment.recorded_by
        payment.save(update_fields=["confirmed_by", "confirmed_at", "operator_played_both"])
        post_entry(
            f"confirmation:{payment.public_id}",
            kind=Kind.CONFIRMATION,
            sides=[
                Side(Account.Kind.IURAN, payment.sponsor_id, payment.amount_rp, payment_id=payment.pk),
                Side(Account.Kind.KLIRING, payment.sponsor_id, -payment.amount_rp, payment_id=payment.pk),
            ],
            effective_on=entry_day(clock.today(), clock=clock),
            acting_user=acting_user,
            clock=clock,
        )
        _put_in_force(payment)
        event.touch("contributions.payment", payment.public_id, after=payment_hash(payment))
    return payment


@transaction.atomic
def reverse_payment(payment: Payment, *, reason: str, acting_user: Viewer, clock: Clock) -> Payment:
    """Undo a payment that was none: its months are given back, and money of other payments takes their place."""
    acting_user.require(Permission.PAYMENT_REVERSE)
    lock_sponsor(payment.sponsor_id)
    payment = _live(payment)
    with recording(acting_user.actor, "contributions.payment.reverse", reason=reason) as event:
        notices = _notices_paid_by(payment)
        for notice_id in notices:
            lock_notice(notice_id)
        entries = _with_corrections(payment)
        lock_workers(CoveredMonth.objects.filter(entry__in=entries).values_list("worker_id", flat=True))
        day = entry_day(clock.today(), clock=clock)
        for entry in entries:
            CoveredMonth.objects.filter(entry=entry).delete()
            reverse_entry(entry, reason=reason, effective_on=day, acting_user=acting_user, clock=clock)
        payment.reversed_at = clock.now()
        payment.save(update_fields=["reversed_at"])
        LineUse.objects.filter(payment=payment, undone_at__isnull=True).update(undone_at=clock.now())
        event.touch("contributions.payment", payment.public_id, after=payment_hash(payment))
        for notice_id in notices:
            allocate_notice(Notice.objects.get(pk=notice_id), acting_user=acting_user, clock=clock)
    return payment


def payment_hash(payment: Payment) -> bytes:
    """The content of a payment, for the record of deeds."""
    return content_hash(
        {
            "amount_rp": payment.amount_rp,
            "paid_on": payment.paid_on,
            "notice": payment.notice_id,
            "proof": payment.proof_sha256,
            "confirmed_by": payment.confirmed_by,
            "reversed": payment.reversed_at is not None,
        }
    )


def _live(payment: Payment) -> Payment:
    """The payment as it stands now that its payer is locked."""
    fresh = Payment.objects.select_related("sponsor").get(pk=payment.pk)
    if fresh.reversed_at is not None:
        raise PaymentReversedError
    return fresh


def _whose(
    sponsor: Sponsor, pay_code: str, notice: Notice | None, paid_on: date
) -> tuple[PayCode | None, Notice | None]:
    """The pay code and the notice that were paid, from the one that was told."""
    if pay_code:
        code = PayCode.objects.select_related("notice").filter(code=pay_code).first()
    else:  # BPJS is paid by a pay code alone: the one that stood on that day
        code = code_of_day(notice, paid_on) if notice else None
    if code is None and notice is None:
        return None, None
    return _checked(sponsor, code, notice or code.notice)  # type: ignore[union-attr]


def _checked(sponsor: Sponsor, code: PayCode | None, notice: Notice) -> tuple[PayCode | None, Notice]:
    """Refuse another payer's notice, one that its pay code does not belong to, and one that was withdrawn."""
    if notice.sponsor_id != sponsor.pk or (code is not None and code.notice_id != notice.pk):
        raise NotTheirNoticeError
    if Notice.objects.filter(pk=notice.pk, withdrawn_at__isnull=False).exists():
        raise NoticeWithdrawnError(notice.number)
    return code, notice


def _insert(payment: Payment) -> Payment:
    """Write it; whoever used the key for another payer in the same moment is told as if they had come later."""
    try:
        with transaction.atomic():
            payment.save(force_insert=True)
    except IntegrityError as error:
        if not _SENT_BEFORE(payment.client_key):
            raise
        raise SameKeyOtherContentError(payment.client_key) from error
    return payment


def _same(standing: Payment, body: bytes) -> Payment:
    if bytes(standing.body_hash) != body:
        raise SameKeyOtherContentError(standing.client_key)
    return standing


def _body_hash(
    sponsor: Sponsor, amount_rp: int, paid_on: date, proof_sha256: str, pay_code: str, notice: Notice | None
) -> bytes:
    body = [sponsor.pk, amount_rp, paid_on.isoformat(), proof_sha256, pay_code, notice.pk if notice else None]
    return hashlib.sha256(json.dumps(body).encode()).digest()


def _put_in_force(payment: Payment) -> None:
    """Months out of several purses are in force when all of those are confirmed."""
    mine = set(_SPENDING(payment.sponsor_id, payment.pk))
    settled = mine - set(_WAITING(payment.sponsor_id, mine))
    CoveredMonth.objects.filter(entry_id__in=settled).update(state=CoveredMonth.State.BERLAKU)


def _notices_paid_by(payment: Payment) -> list[int]:
    mine = Posting.objects.filter(payment=payment).values("entry_id")
    found = Posting.objects.filter(entry_id__in=mine, notice__isnull=False).values_list("notice_id", flat=True)
    return sorted(set(found))


def _with_corrections(payment: Payment) -> list[JournalEntry]:
    """The payment's live entries, newest first, so that what corrected an entry is reversed before it."""
    return live_entries(payment=payment)[::-1]


def _suspense(sponsor_id: int) -> QuerySet[Posting]:
    # Of one payer alone: asked for the kind, SQLite would begin with what every payer has in suspense.
    return Posting.objects.filter(account__kind=Account.Kind.SUSPENS, account__sponsor_id=sponsor_id)


_SENT_BEFORE: Prepared[Payment] = Prepared(lambda key: Payment.objects.filter(client_key=key))
_SPENDING: Prepared[int] = Prepared(
    lambda sponsor_id, payment_id: (
        _suspense(sponsor_id).filter(payment_id=payment_id).values_list("entry_id", flat=True)
    )
)
_WAITING: Prepared[int] = Prepared(
    lambda sponsor_id, entries: (
        _suspense(sponsor_id)
        .filter(entry_id__in=entries, payment__confirmed_at__isnull=True)
        .values_list("entry_id", flat=True)
    )
)
