"""Notices, BPJS's pay codes, months closed, credit used elsewhere."""

from payung.contributions.errors import MonthClosedError, NoBasisError, NothingToAskError, NoticeInUseError
from payung.contributions.models import Notice
from payung.contributions.services import (
    allocate_payment,
    close_month,
    issue_notice,
    record_pay_code,
    withdraw_notice,
)
from payung.kernel.month import Month
from tests.world import sizes
from tests.world.deeds import payments
from tests.world.office import expect
from tests.world.shapes import Asked, Promise


def ask_all(world) -> None:
    """Each promise in its rhythm; between, those who came since."""
    for promise in world.running():
        step, months = _rest_of_its_time(world, promise)
        asked = step == 0 or bool(world.books.wanted(promise, months))
        if asked or world.chance(sizes.ASKED_FULL):
            world.office.faults["asked although full"] += not asked
            ask(world, promise, months)


def ask_for_newcomer(world, promise: Promise) -> None:
    """Somebody new is on the list: ask for them, whether the quota has room in months that are paid or not."""
    if promise in world.running():
        ask(world, promise, _rest_of_its_time(world, promise)[1])


def _rest_of_its_time(world, promise: Promise) -> tuple[int, range]:
    """How far a promise is in what its payer pays at once, and the months from this one to the end of that."""
    rhythm = world.habits[promise.payer].rhythm
    step = (int(world.month) - promise.first) % rhythm
    end = min(int(world.month) - step + rhythm - 1, promise.last)
    return step, range(int(world.month), end + 1)


def ask(world, promise: Promise, months: range) -> Asked | None:
    books, office = world.books, world.office

    def issue() -> Notice:
        return issue_notice(
            promise.handle,
            first_month=Month(months.start),
            months=len(months),
            acting_user=office.rina,
            clock=world.clock,
        )

    if not any(way.due and not way.ended_on for way in promise.ways):
        office.refused("notice without basis", NoBasisError, issue)
        return None
    stale = books.stale(promise, months)
    dues = books.wanted(promise, months, ending=stale)
    standing = [one for one in books.notices.values() if one.promise is promise and not one.withdrawn
                and (one.first, one.months) == (months.start, len(months))]  # fmt: skip
    if not dues and not standing:
        office.refused("notice with nothing to ask", NothingToAskError, issue)
        return None
    books.release(stale)
    notice = office.do("notice", issue)
    if not dues:
        expect("the notice that stands", notice.number, standing[0].number)
        return None
    stem = f"PI/{promise.payer.code}/{Month(months.start)}/"
    number = f"{stem}{sum(known.startswith(stem) for known in books.notices) + 1}"
    made = books.ask(number, promise, months, dues, notice)
    expect("a notice", (notice.number, notice.line_count, notice.total_rp), (number, len(dues), made.due_rp))
    if world.chance(sizes.AGAIN):
        office.faults["notice asked again"] += 1
        again = issue()
        first = min((*standing, made), key=lambda one: one.order)
        expect("the same notice again", again.number, first.number)
    payments.plan(world, made)
    return made


def give_code(world, notice: Asked, code: str) -> None:
    """BPJS answers with its pay code; now and then with another amount, and again."""
    lines = [due for due in notice.dues if due.live and not (notice.codes and due.paid)]
    if notice.withdrawn or not lines:
        return
    ours = sum(due.jkk_rp + due.jkm_rp for due in lines)
    amount, counted = _figure(world, lines, ours)
    made = world.office.do(
        "pay code",
        lambda: record_pay_code(
            notice.handle,
            code=code,
            amount_rp=amount,
            worker_months=counted,
            due_on=world.clock.today(),
            acting_user=world.office.dewi,
            clock=world.clock,
        ),
    )
    is_price = counted == len(lines) and amount != ours
    expect("our figure beside BPJS's", (made.our_amount_rp, made.our_worker_months), (ours, len(lines)))
    expect("a difference in price", made.difference == "price", is_price)
    world.books.code(notice, code, amount, is_price=is_price)
    if world.chance(sizes.CODE_ANEW):
        world.office.faults["pay code anew"] += 1
        world.later(3, 40, lambda: give_code(world, notice, f"K{next(world.numbers):09d}"))


def _figure(world, lines, ours: int) -> tuple[int, int | None]:
    """What BPJS asks for, and for how many worker-months it says."""
    count, price = len(lines), lines[0].jkk_rp + lines[0].jkm_rp
    if world.chance(sizes.OTHER_PRICE) and not any((due.jkk_rp % 2 or due.jkm_rp % 2) for due in lines):
        world.office.faults["other price"] += 1
        return ours * 3 // 2, count
    if world.chance(sizes.OTHER_COUNT):
        world.office.faults["other count"] += 1
        more = world.dice.choice((-1, 1, 2)) if count > 1 else 1
        return ours + more * price, count + more
    if world.chance(sizes.UNEXPLAINED):
        world.office.faults["unexplained"] += 1
        return ours + 137, None
    return ours, world.dice.choice((count, None))


def withdraw(world, notice: Asked) -> None:
    """Take a notice back; one on which there is money is not."""

    def take_back() -> None:
        withdraw_notice(notice.handle, reason="salah", acting_user=world.office.rina, clock=world.clock)

    if notice.withdrawn:
        return
    if notice.in_use:
        world.office.refused("withdrawing a notice in use", NoticeInUseError, take_back)
        return
    world.office.faults["notice withdrawn"] += 1
    world.office.do("withdraw notice", take_back)
    world.books.withdraw(notice)


def sweep(world) -> None:
    """Close a month, and use what was paid too much for what is open elsewhere."""
    month = int(world.month) - world.dice.randint(1, 3)
    if month not in world.books.closed and world.chance(sizes.CLOSED):
        closed = Month(month)
        world.office.do("close month", lambda: close_month(closed, acting_user=world.office.wulan, clock=world.clock))
        world.books.closed.add(month)
        _ask_in_closed(world, month)
    for paid in [one for one in world.books.payments.values() if one.left_rp and one.notice and not one.reversed]:
        if world.chance(sizes.CREDIT):
            _use_credit(world, paid)


def _ask_in_closed(world, month: int) -> None:
    over = [one for one in world.books.promises if not one.withdrawn and one.first <= month <= one.last]
    if over:
        pledge = world.dice.choice(over).handle
        world.office.refused(
            "notice for a closed month",
            MonthClosedError,
            lambda: issue_notice(
                pledge, first_month=Month(month), months=1, acting_user=world.office.rina, clock=world.clock
            ),
        )


def _use_credit(world, paid) -> None:
    mine = [one for one in world.books.notices.values() if one.promise.payer is paid.payer and not one.withdrawn]
    waiting = [one for one in mine if one.open_rp > 0]
    if not waiting:
        return
    notice = world.dice.choice(waiting)
    world.office.faults["credit used"] += 1
    made = world.office.do(
        "allocate",
        lambda: allocate_payment(
            paid.handle, to_notice=notice.handle, acting_user=world.office.rina, clock=world.clock
        ),
    )
    expect("worker-months out of credit", made.worker_months, world.books.spend(notice, paid))
