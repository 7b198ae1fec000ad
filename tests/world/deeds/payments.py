"""Payments, and all that can be wrong with them."""

from datetime import date, timedelta

from payung.access.errors import SamePersonError
from payung.contributions.errors import (
    NoticeWithdrawnError,
    NotTheirNoticeError,
    PaidInFutureError,
    PaymentReversedError,
    SameKeyOtherContentError,
)
from payung.contributions.models import Payment
from payung.contributions.services import confirm_payment, identify_payment, record_payment, reverse_payment
from payung.kernel.funds import SumberDana
from tests.world import sizes
from tests.world.deeds import notices
from tests.world.office import expect
from tests.world.shapes import Asked, Paid, Payer

PUBLIC = (SumberDana.APBD, SumberDana.DBHCHT, SumberDana.APBDES)


def plan(world, notice: Asked) -> None:
    """How this notice is going to be paid: its code, its payment, and what goes wrong with either."""
    code = f"K{next(world.numbers):09d}"
    if world.chance(sizes.EARLY):
        world.office.faults["paid before the code"] += 1
        world.later(0, 1, lambda: pay(world, notice, notice.open_rp, code=code))
        world.later(2, 20, lambda: notices.give_code(world, notice, code))
        return
    if world.dice.random() < 0.8:
        world.later(1, 4, lambda: notices.give_code(world, notice, code))
    if world.chance(sizes.WITHDRAWN):
        world.later(1, 20, lambda: notices.withdraw(world, notice))
    if world.chance(sizes.NEVER):
        world.office.faults["never paid"] += 1
        world.later(30, 90, lambda: notices.withdraw(world, notice))
        return
    late = world.chance(sizes.LATE)
    world.office.faults["late"] += late
    first, last = (30, 100) if late else (5, 16)
    world.later(first, last, lambda: _pay_what_is_open(world, notice))


def _pay_what_is_open(world, notice: Asked) -> None:
    if notice.withdrawn:
        _pay_on_withdrawn(world, notice)
        return
    asked, price = notice.open_rp, notice.dues[0].jkk_rp + notice.dues[0].jkm_rp
    if asked <= 0:
        return
    ours = sum(due.jkk_rp + due.jkm_rp for due in notice.dues if due.live and not due.paid)
    if asked < ours and world.chance(sizes.PAID_AS_WE_ASKED):
        world.office.faults["paid as we asked"] += 1
        pay(world, notice, ours)
    elif world.chance(sizes.PARTIAL):
        world.office.faults["partial"] += 1
        pay(world, notice, max(1, int(asked * world.dice.uniform(0.2, 0.95))))
        if world.dice.random() < 0.8:
            world.later(5, 60, lambda: _pay_what_is_open(world, notice))
    elif world.chance(sizes.EXCESS):
        world.office.faults["excess"] += 1
        pay(world, notice, asked + world.dice.choice((1, price, 3 * price, asked)))
    elif world.chance(sizes.TWICE):
        world.office.faults["paid twice"] += 1
        pay(world, notice, asked)
        pay(world, notice, asked)
    elif world.chance(sizes.WRONG_CODE):
        world.office.faults["wrong code"] += 1
        paid = pay(world, notice, asked, code=f"X{next(world.numbers):09d}")
        world.later(3, 70, lambda: _identify(world, paid))
    else:
        pay(world, notice, asked)


def pay(world, notice: Asked, amount: int, *, code: str | None = None) -> Paid:
    """Record a payment on a notice (by its pay code where it has one), or under some other code."""
    payer, clock = notice.promise.payer, world.clock
    known = notice.codes[-1][0] if notice.codes else ""
    on = clock.today() - timedelta(days=world.dice.choice((0, 0, 0, 1, 2, 5, 40)))
    key, by = f"bayar-{next(world.numbers)}", world.office.bagus if payer.funds in PUBLIC else world.office.rina
    text = known if code is None else code

    def record(rp: int = amount, on: date = on, text: str = text, payer: Payer = payer) -> Payment:
        return record_payment(
            payer.handle,
            amount_rp=rp,
            paid_on=on,
            proof=b"bukti",
            proof_name="bukti.pdf",
            client_key=key,
            pay_code=text,
            notice=notice.handle if not text else None,
            acting_user=by,
            clock=clock,
        )

    if world.chance(sizes.SAME_KEY):
        ahead = clock.today() + timedelta(days=1)
        world.office.refused("paid tomorrow", PaidInFutureError, lambda: record(on=ahead))
    stranger = world.dice.choice(list(world.books.payers.values()))
    if text == known != "" and stranger is not payer and world.chance(sizes.SAME_KEY):
        world.office.refused("another's pay code", NotTheirNoticeError, lambda: record(payer=stranger))
    payment = world.office.do("payment", record)
    paid = Paid(key, payer, amount, on, len(world.books.payments), text, payment)
    paid.notice = notice if code is None else None
    world.books.pay(paid)
    _again(world, payment, record, amount)
    _after(world, paid, by)
    return paid


def _again(world, payment: Payment, record, amount: int) -> None:
    if world.chance(sizes.AGAIN):
        world.office.faults["payment sent again"] += 1
        expect("the same payment again", record().pk, payment.pk)
    if world.chance(sizes.SAME_KEY):
        world.office.refused("same key, other content", SameKeyOtherContentError, lambda: record(amount + 1))


def _after(world, paid: Paid, recorder) -> None:
    """Confirmed by another, some late, some never; some turn out to be none."""
    slow = world.chance(sizes.SLOW)
    world.office.faults["confirmed late"] += slow
    world.later(*((40, 120) if slow else (1, 9)), lambda: _confirm(world, paid, recorder))
    if world.chance(sizes.REVERSED):
        world.later(0, 90, lambda: reverse(world, paid))


def _confirm(world, paid: Paid, recorder) -> None:

    def confirm(by) -> Payment:
        return confirm_payment(paid.handle, acting_user=by, clock=world.clock)

    if paid.reversed:
        world.office.refused("confirming what was reversed", PaymentReversedError, lambda: confirm(world.office.dewi))
        return
    if recorder is world.office.rina and not paid.confirmed and world.chance(sizes.OWN_HAND):
        world.office.refused("confirmed by who recorded", SamePersonError, lambda: confirm(recorder))
    world.office.do("confirm", lambda: confirm(world.office.dewi))
    paid.confirmed = True


def reverse(world, paid: Paid) -> None:
    if paid.reversed:
        return
    world.office.faults["reversed"] += 1
    world.office.do(
        "reverse",
        lambda: reverse_payment(paid.handle, reason="salah", acting_user=world.office.wulan, clock=world.clock),
    )
    world.books.reverse(paid)


def _identify(world, paid: Paid) -> None:
    """Say what money under a wrong code was for; where nothing of the payer's is open it is taken back."""
    if paid.reversed or paid.notice:
        return
    mine = [one for one in world.books.notices.values() if one.promise.payer is paid.payer and not one.withdrawn]
    waiting = [one for one in mine if one.open_rp > 0]
    if not waiting:
        reverse(world, paid)
        return
    notice = world.dice.choice(waiting)
    world.office.do(
        "identify",
        lambda: identify_payment(paid.handle, notice=notice.handle, acting_user=world.office.dewi, clock=world.clock),
    )
    paid.notice = notice
    notice.payments.append(paid)
    world.books.spend(notice)


def _pay_on_withdrawn(world, notice: Asked) -> None:
    world.office.refused(
        "paying on a withdrawn notice",
        NoticeWithdrawnError,
        lambda: record_payment(
            notice.promise.payer.handle,
            amount_rp=1,
            paid_on=world.clock.today(),
            proof=b"bukti",
            proof_name="bukti.pdf",
            client_key=f"bayar-{next(world.numbers)}",
            notice=notice.handle,
            acting_user=world.office.rina,
            clock=world.clock,
        ),
    )
