"""Steps in any order, each done by the model and by the program, every number compared after each."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from payung.kernel.clock import FixedClock
from tests.oracle import comparing
from tests.oracle.model import Model, RefusedError
from tests.oracle.prices import month_of
from tests.oracle.program import FUNDS, Cast, Program, refused

START = date(2026, 3, 20)
MOST_WORKERS = 9

pick = st.integers(0, 59)
payers = st.sampled_from(sorted(FUNDS))
sectors = st.sampled_from(["LAINNYA", "TRANSPORTASI"])


def of(things: Any, number: int) -> Any:
    """One of some, by a number that shrinks to the last made."""
    found = list(things)
    return found[-1 - number % len(found)]


def _told(kind: str, step: Callable[[], Any]) -> str:
    """A step with what it was given, for whoever reads why it went wrong."""
    given = dict(zip(step.__code__.co_freevars, (cell.cell_contents for cell in step.__closure__ or ()), strict=True))
    return f"{kind} {', '.join(f'{name}={value}' for name, value in given.items() if name != 'self')}"


class LedgerMachine(RuleBasedStateMachine):
    """Each rule is one kind of step. `cast` is set by whoever prepared the database."""

    cast: ClassVar[Cast]
    done: ClassVar[Counter[str]] = Counter()
    last: ClassVar[list[str]] = []

    def __init__(self) -> None:
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()
        self.model = Model(START)
        self.program = Program(self.cast, FixedClock.on(START))
        self.steps = self.names = 0
        self.told: list[str] = []
        self.differs = False

    def teardown(self) -> None:
        LedgerMachine.last = self.told
        try:
            # After a step that differed everything would: it is the step that is told.
            if self.steps and not self.differs:
                comparing.now_and_then(self.model, self.program)
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        finally:
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    # -- how a step is done
    def name(self, kind: str) -> str:
        self.names += 1
        return f"{kind}{self.names}"

    def both(self, kind: str, expected: Callable[[], Any], done: Callable[[], Any]) -> Any:
        """Do the step in both; where one refuses so must the other. Gives what the program gave, None if refused."""
        self.told.append(_told(kind, expected))
        try:
            wanted, model_refused = expected(), False
        except RefusedError:
            wanted, model_refused = None, True
        self.differs = True
        program_refused, given = refused(done)
        comparing.same(f"{kind} is refused ({given!r})", program_refused, model_refused)
        self.check(kind)
        if isinstance(given, str):
            comparing.same(f"{kind} gives", given, wanted)
        return None if program_refused else given if given is not None else True

    def check(self, kind: str) -> None:
        self.steps += 1
        self.differs = True
        LedgerMachine.done[kind] += 1
        comparing.after_each_step(self.model, self.program, self.steps)
        self.differs = False

    # -- people and pledges
    @initialize(quota=st.integers(1, 4), months=st.integers(0, 3))
    def begin(self, quota: int, months: int) -> None:
        """A pledge with three workers and, mostly, a notice: what most steps need."""
        self.make_pledge("A", quota, 0, 12, 1_000_000)
        for _ in range(3):
            self.add_worker("LAINNYA", False, 0)
        if months:
            self.ask(0, 0, months)

    @rule(payer=payers, quota=st.integers(1, 4), ahead=st.integers(-2, 2), months=st.sampled_from([12, 6, 3, 2, 1]))
    def pledge(self, payer: str, quota: int, ahead: int, months: int) -> None:
        self.make_pledge(payer, quota, ahead, months, 1_000_000)

    @rule(payer=payers, quota=st.integers(1, 4))
    def pledge_of_a_higher_band(self, payer: str, quota: int) -> None:
        self.make_pledge(payer, quota, 0, 6, 2_950_000)

    def make_pledge(self, payer: str, quota: int, ahead: int, months: int, dasar: int, **more: str) -> None:
        name, first = self.name("pledge"), month_of(self.model.today) + ahead
        self.both(
            "pledge",
            lambda: self.model.pledge(name, payer, FUNDS[payer], quota, first, months, dasar, **more),
            lambda: self.program.pledge(name, payer, quota, first, months, dasar, **more),
        )

    @precondition(lambda self: self.model.pledges)
    @rule(which=pick)
    def renew(self, which: int) -> None:
        old = of(self.model.pledges, which)
        facts = self.model.pledges[old]
        ahead = facts["first"] + facts["months"] - month_of(self.model.today)
        self.make_pledge(facts["payer"], facts["quota"], ahead, 6, facts["dasar"], renews=old)

    @precondition(lambda self: len(self.model.pledges) > 2)
    @rule(which=pick)
    def end_pledge(self, which: int) -> None:
        """One without a renewal: whom a renewal carried on would go back, which is another module's story."""
        renewed = {each["renews"] for each in self.model.pledges.values()}
        alone = [n for n, each in self.model.pledges.items() if not each["renews"] and n not in renewed]
        if not alone:
            return
        name = of(alone, which)
        self.both("end pledge", lambda: self.model.end_pledge(name), lambda: self.program.end_pledge(name))

    @precondition(lambda self: self.model.pledges and len(self.model.workers) < MOST_WORKERS)
    @rule(sector=sectors, proposed=st.booleans(), which=pick)
    def register(self, sector: str, proposed: bool, which: int) -> None:
        self.add_worker(sector, proposed, which)

    def add_worker(self, sector: str, proposed: bool, which: int) -> None:
        worker = self.new_worker(sector)
        pledge = of(self.model.pledges, which)
        self.join(worker, self.model.pledges[pledge]["payer"], pledge, "proposed" if proposed else "determined")
        self.check("register")

    def new_worker(self, sector: str) -> str:
        worker = self.name("worker")
        self.model.workers[worker] = {"sector": sector, "died": None, "merged": None}
        self.program.register(worker, sector)
        return worker

    def join(self, worker: str, payer: str, pledge: str | None, state: str) -> str:
        way = self.name("way")
        self.model.join(way, worker, payer, pledge, state=state)
        self.program.join(way, worker, payer, pledge, self.model.ways[way]["place"], state)
        return way

    @precondition(lambda self: any(w["state"] in ("proposed", "determined") for w in self.model.ways.values()))
    @rule(which=pick)
    def go_on(self, which: int) -> None:
        """Proposed becomes determined, determined becomes active."""
        way = of([n for n, w in self.model.ways.items() if w["state"] in ("proposed", "determined")], which)
        state = "determined" if self.model.ways[way]["state"] == "proposed" else "active"
        self.model.ways[way]["state"] = state
        self.program.stand(way, state)
        self.check(state)

    @precondition(lambda self: self.model.ways)
    @rule(which=pick, days=st.integers(0, 40))
    def leave(self, which: int, days: int) -> None:
        way, on = of(self.model.ways, which), self.model.today - timedelta(days)
        self.both("leave", lambda: self.model.leave(way, on), lambda: self.program.leave(way, on))

    @precondition(lambda self: self.free_people() and self.model.pledges)
    @rule(which=pick, pledge=pick)
    def come_again(self, which: int, pledge: int) -> None:
        """Somebody who left comes back under whichever payer: two payers for one worker, one after the other."""
        name = of(self.model.pledges, pledge)
        self.join(of(self.free_people(), which), self.model.pledges[name]["payer"], name, "determined")
        self.check("come again")

    def free_people(self) -> list[str]:
        on_a_way = {self.model.who(way["worker"]) for way in self.model.live_ways()}
        return [
            name for name, each in self.model.workers.items()
            if name not in on_a_way and not each["merged"] and not each["died"]
        ]  # fmt: skip

    @precondition(lambda self: self.model.ways and len(self.model.workers) < MOST_WORKERS)
    @rule(which=pick, sector=sectors, ahead=st.integers(-1, 2))
    def substitute(self, which: int, sector: str, ahead: int) -> None:
        old, begins = of(self.model.ways, which), month_of(self.model.today) + ahead
        new = self.join(self.new_worker(sector), self.model.ways[old]["payer"], None, "determined")
        self.both(
            "substitute",
            lambda: self.model.substitute(old, new, begins),
            lambda: self.program.substitute(old, new, begins),
        )

    @precondition(lambda self: sum(1 for each in self.model.workers.values() if not each["died"]) > 3)
    @rule(which=pick, days=st.integers(-1, 70))
    def die(self, which: int, days: int) -> None:
        worker = self.model.who(of(self.model.workers, which))
        on = self.model.today - timedelta(days)
        self.both("death", lambda: self.model.die(worker, on), lambda: self.program.die(worker, on))

    @precondition(lambda self: self.model.cover)
    @rule(which=pick)
    def void(self, which: int) -> None:
        worker, month = of(self.model.cover, which)
        person = self.model.who(worker)
        self.both(
            "void months",
            lambda: self.model.void_after(person, month - 1),
            lambda: self.program.void_after(person, month - 1),
        )

    @precondition(lambda self: len(self.model.workers) > 1)
    @rule(one=pick, other=pick)
    def merge(self, one: int, other: int) -> None:
        names = [n for n, each in self.model.workers.items() if not each["merged"]]
        if len(names) < 2:
            return
        left, right = sorted({of(names, one), of(names, other)} | set(names[:2]), key=names.index)[-2:]
        self.both("merge", lambda: self.model.merge(left, right), lambda: self.program.merge(left, right))

    @precondition(lambda self: any(each["merged"] for each in self.model.workers.values()))
    @rule(which=pick)
    def unmerge(self, which: int) -> None:
        worker = of([n for n, each in self.model.workers.items() if each["merged"]], which)
        self.model.workers[worker]["merged"] = None
        self.both("unmerge", lambda: None, lambda: self.program.unmerge(worker))

    # -- asking
    @precondition(lambda self: self.model.pledges)
    @rule(which=pick, ahead=st.integers(-1, 2), months=st.sampled_from([1, 1, 2, 3]))
    def issue(self, which: int, ahead: int, months: int) -> None:
        self.ask(which, ahead, months)

    def ask(self, which: int, ahead: int, months: int) -> None:
        pledge, first, name = of(self.model.pledges, which), month_of(self.model.today) + ahead, self.name("notice")
        self.both(
            "issue notice",
            lambda: self.model.issue(name, pledge, first, months),
            lambda: self.program.issue(name, pledge, first, months),
        )

    @precondition(lambda self: self.model.notices)
    @rule(
        which=pick,
        kind=st.sampled_from(["equal", "price", "count", "strange", "again", "another's"]),
        by=st.integers(1, 3),
    )
    def pay_code(self, which: int, kind: str, by: int) -> None:
        name = of(self.model.notices, which)
        notice, code, months = self.model.notices[name], self.name("code"), None
        lines = (
            [line for line in notice["lines"] if line["live"]] if notice["code"] is None else self.model.unpaid(notice)
        )
        amount = sum(line["jkk"] + line["jkm"] for line in lines) or 8_400
        if kind == "price":
            amount, months = amount * (by + 1) // 2, len(lines)
        elif kind == "count":
            amount = max(amount - by * 8_400, 8_400)
        elif kind == "strange":
            amount += 7 * by
        elif kind in ("again", "another's") and self.model.codes:
            code = of([c for c, each in self.model.codes.items()], by)
            amount = self.model.codes[code]["amount"]
            name = self.model.codes[code]["notice"] if kind == "again" else name
        self.both(
            "pay code",
            lambda: self.model.pay_code(name, code, amount, months),
            lambda: self.program.pay_code(name, code, amount, months),
        )

    @precondition(lambda self: self.model.notices)
    @rule(which=pick)
    def withdraw_notice(self, which: int) -> None:
        name = of(self.model.notices, which)
        self.both(
            "withdraw notice",
            lambda: self.model.withdraw_notice(name),
            lambda: self.program.withdraw_notice(name),
        )

    # -- money
    @precondition(lambda self: self.model.notices)
    @rule(
        which=pick,
        share=st.sampled_from(["all", "one", "less", "half", "more", "double"]),
        by_code=st.booleans(),
        days=st.sampled_from([0, 0, 1, 9, 24, 45, -1]),
    )
    def pay(self, which: int, share: str, by_code: bool, days: int) -> None:
        name = of(self.model.notices, which)
        notice, owing = self.model.notices[name], max(self.model.owing(name), 8_400)
        amount = {
            "all": owing,
            "one": 8_400,
            "less": owing - 100,
            "half": owing // 2,
            "more": owing + 9_000,
            "double": owing * 2,
        }
        code = notice["code"] if by_code and notice["code"] else ""
        self.record(notice["payer"], amount[share], days, code, None if code else name)

    @rule(payer=payers, amount=st.sampled_from([8_400, 16_800, 25_200]), number=st.integers(1, 60))
    def pay_unknown(self, payer: str, amount: int, number: int) -> None:
        """A code that nobody knows yet, perhaps one that BPJS gives later, perhaps another payer's."""
        self.record(payer, amount, 0, f"code{number}", None)

    def record(self, payer: str, amount: int, days: int, code: str, notice: str | None) -> None:
        name, paid_on = self.name("payment"), self.model.today - timedelta(days)
        self.both(
            "payment",
            lambda: self.model.pay(name, payer, amount, paid_on, code, notice),
            lambda: self.program.pay(name, payer, amount, paid_on, code, notice),
        )

    @precondition(lambda self: self.model.payments)
    @rule(which=pick, other=st.booleans())
    def pay_again_with_the_same_key(self, which: int, other: bool) -> None:
        name = of(self.model.payments, which)
        payer, amount, paid_on, code, notice = self.model.payments[name]["body"]
        self.both(
            "the same key",
            lambda: self.model.pay(name, payer, amount + other, paid_on, code, notice),
            lambda: self.program.pay(name, payer, amount + other, paid_on, code, notice),
        )

    @precondition(lambda self: self.model.payments and self.model.notices)
    @rule(which=pick, notice=pick)
    def identify(self, which: int, notice: int) -> None:
        waiting = [n for n, each in self.model.payments.items() if each["notice"] is None] or self.model.payments
        name, to = of(waiting, which), of(self.model.notices, notice)
        self.both("identify", lambda: self.model.identify(name, to), lambda: self.program.identify(name, to))

    @precondition(lambda self: self.model.payments and self.model.notices)
    @rule(which=pick, notice=pick)
    def allocate_to_another(self, which: int, notice: int) -> None:
        left = [n for n in self.model.payments if self.model.rest(n) > 0] or self.model.payments
        name, to = of(left, which), of(self.model.notices, notice)
        self.both("allocate", lambda: self.model.allocate_to(name, to), lambda: self.program.allocate_to(name, to))

    @precondition(lambda self: self.model.payments)
    @rule(which=pick, same_person=st.sampled_from([False, False, False, True]))
    def confirm(self, which: int, same_person: bool) -> None:
        name = of(self.model.payments, which)
        self.both(
            "confirm",
            lambda: self.model.confirm(name, same_person=same_person),
            lambda: self.program.confirm(name, same_person=same_person),
        )

    @precondition(lambda self: self.model.payments)
    @rule(which=pick)
    def reverse(self, which: int) -> None:
        name = of(self.model.payments, which)
        self.both("reverse", lambda: self.model.reverse(name), lambda: self.program.reverse(name))

    # -- time
    @rule(back=st.integers(0, 2))
    def close_month(self, back: int) -> None:
        month = month_of(self.model.today) - back
        self.both("close month", lambda: self.model.close(month), lambda: self.program.close(month))

    @rule(days=st.sampled_from([1, 7, 30, 45]))
    def advance(self, days: int) -> None:
        self.model.today += timedelta(days)
        self.program.clock = FixedClock.on(self.model.today)
        self.check("advance")
