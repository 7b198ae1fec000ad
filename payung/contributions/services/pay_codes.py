"""BPJS's kode iuran: recorded, issued anew, and its difference from our figure named."""

from datetime import date

from django.db import transaction
from django.db.models import Count, F, QuerySet, Sum

from payung.access.permissions import Permission
from payung.access.viewer import Viewer
from payung.audit.services import content_hash, recording
from payung.contributions.errors import NoticeWithdrawnError, SameKeyOtherContentError
from payung.contributions.models import JournalEntry, Notice, NoticeLine, PayCode, Payment
from payung.contributions.selectors.prices import (
    PriceRate,
    allocated_rp,
    live_pay_code,
    outstanding_rp,
    uncovered_lines,
)
from payung.contributions.services.allocation import allocate_notice
from payung.contributions.services.dues import due_sides
from payung.contributions.services.journal import entry_day, lock_notice, lock_sponsor, post_entry
from payung.kernel.clock import Clock
from payung.store.prepared import Prepared

Difference = PayCode.Difference


@transaction.atomic
def record_pay_code(
    notice: Notice,
    *,
    code: str,
    amount_rp: int,
    due_on: date,
    worker_months: int | None = None,
    acting_user: Viewer,
    clock: Clock,
) -> PayCode:
    """Record BPJS's pay code for a notice, in place of an earlier one. BPJS's amount is what is owed from now on.

    `worker_months` is how many BPJS counts: where it counts as many as we do, a difference lies in the price, else in
    the number. The first code is for the whole notice, a later one for what is still open. Payments that waited in
    suspense under this code find their notice. The same code again is harmless.
    """
    acting_user.require(Permission.BPJS_ANSWER)
    lock_sponsor(notice.sponsor_id)
    notice = lock_notice(notice.pk)
    if notice.withdrawn_at is not None:
        raise NoticeWithdrawnError(notice.number)
    code = code.strip()
    standing = _RECORDED.first(code)
    if standing is not None:
        return _same(standing, notice, amount_rp, due_on)
    with recording(acting_user.actor, "contributions.pay_code.record") as event:
        made = _write(notice, code, amount_rp, due_on, worker_months, clock=clock)
        _enter_difference(notice, made, acting_user=acting_user, clock=clock)
        event.touch("contributions.pay_code", made.public_id, after=_hash(made))
        waiting = Payment.objects.filter(
            sponsor_id=notice.sponsor_id, code_text=code, notice__isnull=True, reversed_at__isnull=True
        )
        waiting.update(notice=notice, pay_code=made)
        # Paid on the notice before its code was known here: BPJS will report them under the code.
        notice.payments.filter(code_text="", pay_code=None, reversed_at__isnull=True).update(pay_code=made)
        allocate_notice(notice, acting_user=acting_user, clock=clock)
    return made


def _same(standing: PayCode, notice: Notice, amount_rp: int, due_on: date) -> PayCode:
    if (standing.notice_id, standing.amount_rp, standing.due_on) != (notice.pk, amount_rp, due_on):
        raise SameKeyOtherContentError(standing.code)
    return standing


def _write(
    notice: Notice, code: str, amount_rp: int, due_on: date, worker_months: int | None, *, clock: Clock
) -> PayCode:
    lines = _lines_asked(notice)
    ours = lines.aggregate(count=Count("pk"), total=Sum(F("jkk_rp") + F("jkm_rp")))
    prices = set(lines.values_list("jkk_rp", "jkm_rp").distinct())
    notice.pay_codes.filter(replaced_at__isnull=True).update(replaced_at=clock.now())
    made = PayCode(
        notice=notice,
        code=code,
        amount_rp=amount_rp,
        worker_months=worker_months,
        our_amount_rp=int(ours["total"] or 0),
        our_worker_months=int(ours["count"]),
        due_on=due_on,
        recorded_at=clock.now(),
    )
    made.difference = _why(made, prices)
    made.save()
    return made


def _lines_asked(notice: Notice) -> QuerySet[NoticeLine]:
    """What a new code is for: the first one for the whole notice, a later one for what nobody paid on the earlier."""
    lines = uncovered_lines(notice) if live_pay_code(notice) else notice.lines.filter(is_live=True)
    return lines.order_by()


def _why(code: PayCode, prices: set[tuple[int, int]]) -> Difference:
    """Name the difference. As many worker-months at another price is the price; else a count that our prices give."""
    if code.amount_rp == code.our_amount_rp:
        return Difference.NONE
    if not prices:
        return Difference.UNEXPLAINED
    if code.worker_months == code.our_worker_months:
        rate = PriceRate(code.amount_rp, code.our_amount_rp)
        whole = all(rate.is_whole(jkk) and rate.is_whole(jkm) for jkk, jkm in prices)
        return Difference.PRICE if whole else Difference.UNEXPLAINED
    one_price = {jkk + jkm for jkk, jkm in prices}
    if code.worker_months is None:
        fits = len(one_price) == 1 and code.amount_rp % min(one_price) == 0
    else:
        low, high = min(one_price), max(one_price)
        fits = code.worker_months * low <= code.amount_rp <= code.worker_months * high
    return Difference.COUNT if fits else Difference.UNEXPLAINED


def _enter_difference(notice: Notice, made: PayCode, *, acting_user: Viewer, clock: Clock) -> None:
    """Bring the receivable to BPJS's figure: the whole notice's by its first code, what is open by a later one."""
    first = len(_CODES(notice.pk)) == 1
    asked_rp = outstanding_rp(notice) + (allocated_rp(notice) if first else 0)
    difference_rp = made.amount_rp - asked_rp
    if difference_rp == 0:
        return
    post_entry(
        f"pay_code:{made.code}",
        kind=JournalEntry.Kind.PAY_CODE,
        sides=due_sides(notice, difference_rp),
        effective_on=entry_day(clock.today(), clock=clock),
        acting_user=acting_user,
        clock=clock,
        params={"difference": made.difference, "ours_rp": made.our_amount_rp, "bpjs_rp": made.amount_rp},
    )


def _hash(code: PayCode) -> bytes:
    return content_hash({"code": code.code, "amount_rp": code.amount_rp, "due_on": code.due_on})


_RECORDED: Prepared[PayCode] = Prepared(lambda code: PayCode.objects.filter(code=code))
_CODES: Prepared[int] = Prepared(
    lambda notice_id: PayCode.objects.filter(notice_id=notice_id).values_list("pk", flat=True)
)
