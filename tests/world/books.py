"""The world's own account: what must be asked, paid, covered and left over, in plain dictionaries.

Money goes to the oldest month first, then in the order of the list, whole worker-months only, never beyond what BPJS
asks for or the quota. Prices come from the law.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.price_table import price_table
from tests.world.shapes import Asked, Due, Paid, Payer, Promise, Record, Way, Ways


class Books:
    """All of it."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.payers: dict[str, Payer] = {}
        self.promises: list[Promise] = []
        self.ways: Ways = []
        self.live_way: dict[Record, Way] = {}
        self.notices: dict[str, Asked] = {}
        self.payments: dict[str, Paid] = {}
        self.covered: dict[int, dict[Record, Due]] = defaultdict(dict)  # by month
        self.asked: dict[int, dict[Record, Due]] = defaultdict(dict)
        self.where: dict[Due, Asked] = {}
        self.closed: set[int] = set()
        self._same: dict[Record, list[Record]] = {}
        self._prices: dict[tuple[int, str, str, int], tuple[int, int]] = {}

    def price(self, month: int, sector: Sektor, funds: SumberDana, base_rp: int) -> tuple[int, int]:
        """Both programmes for one worker's month, by the law of the month."""
        key = (month, str(sector), str(funds), base_rp)
        if key not in self._prices:
            law = price_table([Month(month)], dasar_rp=[base_rp], sektor=[sector], sumber_dana=[funds])
            (one,) = law.values()
            self._prices[key] = (one.jkk_rp, one.jkm_rp)
        return self._prices[key]

    def records_of(self, record: Record) -> list[Record]:
        """Every record of the person behind this one."""
        return self._same.get(record.person) or [record]

    @property
    def worker_months(self) -> int:
        """How many are covered."""
        return sum(map(len, self.covered.values()))

    def merge(self, old: Record, kept: Record | None) -> None:
        """One record stands for another from now on; `kept` None takes it out again."""
        old.into = kept
        same: dict[Record, list[Record]] = defaultdict(list)
        for record in self.records:
            if record.into is not None:
                same[record.person].append(record)
        self._same = {person: [person, *others] for person, others in same.items()}

    def way_of(self, record: Record) -> Way | None:
        """The way that the person is on."""
        return next((way for one in self.records_of(record) if (way := self.live_way.get(one))), None)

    def end(self, ways: Iterable[Way], on: date) -> None:
        for way in ways:
            way.ended_on = on
            del self.live_way[way.record]

    def place(self, ways: Iterable[Way], promise: Promise) -> None:
        """Give ways their places in a promise, behind those who have one."""
        last = max((way.position for way in promise.ways), default=0)
        for position, way in enumerate(ways, start=last + 1):
            if way.promise:
                way.promise.ways.remove(way)
            way.promise, way.position = promise, position
            promise.ways.append(way)

    def wanted(self, promise: Promise, months: range, *, ending: Collection[Due] = ()) -> list[Due]:
        """What a notice would ask for: months of those on the list that nobody asks for and nobody covers.

        `ending` are dues that end with it.
        """
        over = {(due.way.record, due.month) for due in ending}
        freed = Counter(due.month for due in ending if self.where[due].promise is promise)
        due = sorted(
            (way for way in promise.ways if way.due and not way.ended_on), key=lambda way: (way.position, way.pk)
        )
        found = []
        for month in months:
            free = promise.quota - promise.asked[month] + freed[month]
            for way in due:
                if free <= 0:
                    break
                if self._may_ask(way, month, over):
                    prices = self.price(month, way.record.sector, promise.payer.funds, promise.base_rp)
                    found.append(Due(way, month, *prices))
                    free -= 1
        return found

    def _may_ask(self, way: Way, month: int, over: Collection[tuple[Record, int]]) -> bool:
        if way.from_month is not None and month < way.from_month:
            return False
        if way.record.died_on and month > Month.of(way.record.died_on):
            return False
        return not any(
            one in self.covered[month] or (one in self.asked[month] and (one, month) not in over)
            for one in self.records_of(way.record)
        )

    def months_of(self, record: Record, *, asked: bool = False) -> list[int]:
        """The months that a record is covered for, or asked for."""
        return [month for month, those in (self.asked if asked else self.covered).items() if record in those]

    def ask(self, number: str, promise: Promise, months: range, dues: list[Due], handle: Any) -> Asked:
        """A notice goes out."""
        total = sum(due.jkk_rp + due.jkm_rp for due in dues)
        made = Asked(number, promise, months.start, len(months), len(self.notices), dues, total, handle)
        self.notices[number] = made
        for due in dues:
            self.asked[due.month][due.way.record] = due
            self.where[due] = made
            promise.asked[due.month] += 1
        return made

    def stale(self, promise: Promise, months: range) -> list[Due]:
        """Unpaid dues of the people of a promise whose way has ended, whoever asks for them."""
        people = {record for way in promise.ways for record in self.records_of(way.record)}
        found = []
        for record in people:
            for month in months:
                due = self.asked[month].get(record)
                if due and due.way.ended_on and record not in self.covered[month]:
                    found.append(due)
        return found

    def release(self, dues: Iterable[Due]) -> None:
        """Ask for these no more; the payer owes as much less, unless BPJS asks for less already."""
        by_notice: dict[Asked, list[Due]] = defaultdict(list)
        for due in dues:
            by_notice[self.where[due]].append(due)
        for notice, mine in by_notice.items():
            for due in mine:
                self._stop(notice, due)
            freed = sum(self._cost(notice, due) for due in mine)
            waiting = sum(self._cost(notice, due) for due in notice.dues if due.live and not due.paid)
            notice.due_rp -= max(0, min(freed, notice.open_rp - waiting))

    def withdraw(self, notice: Asked) -> None:
        for due in notice.dues:
            if due.live:
                self._stop(notice, due)
        notice.due_rp, notice.withdrawn = 0, True

    def _stop(self, notice: Asked, due: Due) -> None:
        due.live = False
        del self.asked[due.month][due.way.record]
        notice.promise.asked[due.month] -= 1

    @staticmethod
    def _cost(notice: Asked, due: Due) -> int:
        asked, ours = notice.rate
        return due.jkk_rp * asked // ours + due.jkm_rp * asked // ours

    def code(self, notice: Asked, code: str, amount_rp: int, *, is_price: bool) -> None:
        """BPJS's figure is what is owed: the first code's for all of it, a later one's for what is open."""
        before = notice.open_rp if notice.codes else notice.due_rp
        lines = [due for due in notice.dues if due.live and not (notice.codes and due.paid)]
        ours = sum(due.jkk_rp + due.jkm_rp for due in lines)
        notice.rate = (amount_rp, ours) if is_price else (1, 1)
        notice.due_rp += amount_rp - before
        notice.codes.append((code, amount_rp))
        for paid in self.payments.values():
            if paid.code == code and paid.payer is notice.promise.payer and not paid.notice and not paid.reversed:
                paid.notice = notice
                notice.payments.append(paid)
        self.spend(notice)

    def pay(self, paid: Paid) -> None:
        paid.left_rp = paid.amount_rp
        self.payments[paid.key] = paid
        if paid.notice:
            paid.notice.payments.append(paid)
            self.spend(paid.notice)

    def spend(self, notice: Asked, also: Paid | None = None) -> int:
        """Cover what the money left on a notice can cover; the number of worker-months."""
        own = {p for p in (*notice.payments, also) if p and not p.reversed and p.left_rp}
        # Another notice's money too: the last of them to pay a month is the latest, and cover starts with it.
        purses = sorted(own, key=lambda p: (p.paid_on, p.order))
        money, limit, taken, done = sum(purse.left_rp for purse in purses), notice.open_rp, Counter[int](), 0
        if min(money, limit) <= 0 or notice.withdrawn:
            return 0
        months = range(notice.first, notice.first + notice.months)
        free = {month: notice.promise.quota - notice.promise.covered[month] for month in months}
        for due in notice.dues:
            if not due.live or due.paid or not self._may_cover(due):
                continue
            taken[due.month] += 1
            if taken[due.month] > free[due.month]:
                continue
            cost = self._cost(notice, due)
            if cost > min(money, limit):
                break
            self._cover(notice, due, purses)
            money, limit, done = money - cost, limit - cost, done + 1
        return done

    def _may_cover(self, due: Due) -> bool:
        way, month = due.way, due.month
        if any(one in self.covered[month] for one in self.records_of(way.record)):
            return False
        if way.record.died_on and month > Month.of(way.record.died_on):
            return False
        return not (way.ended_on and month > Month.of(way.ended_on))

    def _cover(self, notice: Asked, due: Due, purses: list[Paid]) -> None:
        cost, due.paid, (asked, ours) = self._cost(notice, due), {}, notice.rate
        for purse in purses:
            if part := min(purse.left_rp, cost):
                due.paid[purse], last = part, purse
                purse.left_rp, cost = purse.left_rp - part, cost - part
                purse.reached.add(notice)
        if len(due.paid) == 1:
            notice.single.add(last)
        due.paid_jkk, due.paid_jkm = due.jkk_rp * asked // ours, due.jkm_rp * asked // ours
        before = [self.covered[due.month - 1].get(one) for one in self.records_of(due.way.record)]
        floor = min([last.paid_on, *(one.since for one in before if one)])
        due.since = max(Month(due.month).first_day, floor)
        due.arrears = due.month < Month.of(last.paid_on) or due.month in self.closed
        self.covered[due.month][due.way.record] = due
        notice.promise.covered[due.month] += 1
        notice.spent_rp += due.paid_jkk + due.paid_jkm

    def _uncover(self, due: Due) -> None:
        notice = self.where[due]
        for purse, part in (due.paid or {}).items():
            purse.left_rp += part
        due.paid = None
        del self.covered[due.month][due.way.record]
        notice.promise.covered[due.month] -= 1
        notice.spent_rp -= due.paid_jkk + due.paid_jkm

    def reverse(self, paid: Paid) -> None:
        """The payment was none: its months are given back, and other money of those notices takes its place."""
        reached = sorted(paid.reached, key=lambda notice: notice.order)
        for notice in reached:
            for due in notice.dues:
                if due.paid and paid in due.paid:
                    self._uncover(due)
        paid.left_rp, paid.reversed = 0, True
        for notice in reached:
            self.spend(notice)

    def died(self, record: Record, on: date) -> int:
        """Months after the month of death are given back and asked for no more; ways end. How many were given back."""
        record.died_on, last = on, Month.of(on)
        later = [(one, month) for one in self.records_of(record) for month in range(last + 1, last + 61)]
        given_back = [due for one, month in later if (due := self.covered[month].get(one))]
        for due in given_back:
            self._uncover(due)
        self.release([due for one, month in later if (due := self.asked[month].get(one))])
        self.end([way for one in self.records_of(record) if (way := self.live_way.get(one))], on)
        return len(given_back)

    def end_promise(self, promise: Promise, on: date) -> None:
        """Taken back: notices without money are withdrawn, ways end, paid months stay."""
        for notice in self.notices.values():
            if notice.promise is promise and not notice.withdrawn and not notice.in_use:
                self.withdraw(notice)
        self.end([way for way in promise.ways if not way.ended_on], on)
        promise.withdrawn = True

    def balances(self) -> dict[str, tuple[int, int, int, int]]:
        """By payer: due and not covered, paid and not spent, paid and not confirmed, owed to BPJS."""
        found = {code: [0, 0, 0, 0] for code in self.payers}
        for notice in self.notices.values():
            mine = found[notice.promise.payer.code]
            mine[0] += notice.open_rp
            mine[3] += notice.due_rp
        for paid in self.payments.values():
            if not paid.reversed:
                mine = found[paid.payer.code]
                mine[1] += paid.left_rp
                mine[3 if paid.confirmed else 2] += -paid.amount_rp if paid.confirmed else paid.amount_rp
        return {code: (due, left, waiting, owed) for code, (due, left, waiting, owed) in found.items()}
