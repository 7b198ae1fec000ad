"""The ledger as dictionaries: what each step does to who owes, who paid and whose months are covered.

Written from the invariants and decisions alone, before its author had read a service. No database, no Django, no journal:
what a page shows is worked out from the facts each time, so that nothing here can be stale.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date

PUBLIC_BUDGETS = {"APBN", "APBD", "DBHCHT"}
RELIEF = {"TRANSPORTASI": ((2026, 1), (2027, 3)), "LAINNYA": ((2026, 4), (2026, 12))}
ACCOUNTS = ("piutang", "iuran", "kliring", "suspens")


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    first = first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def price(month: int, sector: str, funds: str, dasar: int) -> tuple[int, int]:
    """JKK and JKM of one month in rupiah."""
    low, high = ((y * 12 + m - 1) for y, m in RELIEF[sector])
    half = funds not in PUBLIC_BUDGETS and low <= month <= high
    jkk, jkm = dasar // 100, 6800
    return (jkk // 2, jkm // 2) if half else (jkk, jkm)


class RefusedError(Exception):
    """The step may not be done; its argument says why."""


@dataclass
class Model:
    """Everything that happened, by name."""

    today: date
    workers: dict[str, dict] = field(default_factory=dict)  # sector, died, merged
    pledges: dict[str, dict] = field(default_factory=dict)  # payer, funds, quota, first, months, dasar, withdrawn
    ways: dict[str, dict] = field(default_factory=dict)  # worker, pledge, order, determined, ended, since
    notices: dict[str, dict] = field(default_factory=dict)  # pledge, lines, code, withdrawn
    codes: dict[str, str] = field(default_factory=dict)  # pay code -> notice
    payments: dict[str, dict] = field(default_factory=dict)  # payer, amount, paid_on, notice, confirmed, reversed
    cover: dict[tuple[str, int], dict] = field(default_factory=dict)  # (worker, month) -> payer, line, parts, from
    closed: int = 0  # the last month that is closed

    # -- people and pledges
    def register(self, worker: str, sector: str, way: str, pledge: str, *, determined: bool = True) -> None:
        self.workers[worker] = {"sector": sector, "died": None, "merged": None}
        self.join(worker, way, pledge, determined=determined)

    def join(self, worker: str, way: str, pledge: str, *, determined: bool = True, since: int = 0) -> None:
        if any(self.who(w["worker"]) == self.who(worker) and not w["ended"] for w in self.ways.values()):
            raise RefusedError("on a way already")
        self.ways[way] = {
            "worker": worker, "pledge": pledge, "order": len(self.ways), "determined": determined, "ended": None,
            "since": since,
        }  # fmt: skip

    def pledge(self, name: str, payer: str, funds: str, quota: int, first: int, months: int, dasar: int) -> None:
        if months not in (1, 3, 6, 12):
            raise RefusedError("no such term")
        self.pledges[name] = {
            "payer": payer, "funds": funds, "quota": quota, "first": first, "months": months, "dasar": dasar,
            "withdrawn": False,
        }  # fmt: skip

    def withdraw_pledge(self, name: str) -> None:
        """Its unpaid notices and its ways end; paid months stay."""
        self.pledges[name]["withdrawn"] = True
        for notice, facts in self.notices.items():
            if facts["pledge"] == name and not facts["withdrawn"] and not self.money_on(notice):
                facts["withdrawn"] = True
        for way in self.ways.values():
            if way["pledge"] == name and not way["ended"]:
                way["ended"] = self.today

    def leave(self, way: str, on: date) -> None:
        if self.ways[way]["ended"]:
            raise RefusedError("left already")
        self.ways[way]["ended"] = on

    def substitute(self, old: str, worker: str, sector: str, way: str, since: int) -> None:
        """The place of who left goes to somebody new from a month on; paid months stay with who had them."""
        self.workers.setdefault(worker, {"sector": sector, "died": None, "merged": None})
        self.join(worker, way, self.ways[old]["pledge"], since=since)

    def die(self, worker: str, on: date) -> None:
        """Months after the month of death are freed, in the ledger and on every notice; the way ends."""
        if on > self.today:
            raise RefusedError("in the future")
        self.workers[worker]["died"] = on
        for name, month in [key for key in self.cover if key[0] == worker and key[1] > month_of(on)]:
            self.void(name, month)
        for way in self.ways.values():
            if way["worker"] == worker and not way["ended"]:
                way["ended"] = on

    def merge(self, duplicate: str, kept: str) -> None:
        if any((kept, month) in self.cover for name, month in self.cover if name == duplicate):
            raise RefusedError("the same month twice")
        self.workers[duplicate]["merged"] = kept

    def unmerge(self, duplicate: str) -> None:
        self.workers[duplicate]["merged"] = None

    def who(self, worker: str) -> str:
        return self.workers[worker]["merged"] or worker

    # -- asking
    def issue(self, name: str, pledge: str, month: int) -> None:
        """Ask for everybody of the list, in its order, who can be asked for in that month."""
        facts = self.pledges[pledge]
        if facts["withdrawn"]:
            raise RefusedError("withdrawn")
        if month <= self.closed:
            raise RefusedError("closed")
        if not facts["first"] <= month < facts["first"] + facts["months"]:
            raise RefusedError("outside")
        places = [w for w in self.ways.values() if w["pledge"] == pledge]
        if not any(w["determined"] and not w["ended"] for w in places):
            raise RefusedError("no basis")
        free = facts["quota"] - sum(
            1 for each in self.live_lines() if each["pledge"] == pledge and each["month"] == month
        )
        taken = {(self.who(each["worker"]), each["month"]) for each in self.live_lines()}
        lines = []
        for way in sorted(places, key=lambda each: each["order"]):
            worker = way["worker"]
            if len(lines) < free and self.askable(way, month) and (self.who(worker), month) not in taken:
                jkk, jkm = price(month, self.workers[worker]["sector"], facts["funds"], facts["dasar"])
                lines.append({
                    "worker": worker, "month": month, "pledge": pledge, "order": way["order"], "way": way,
                    "jkk": jkk, "jkm": jkm, "ended": False,
                })  # fmt: skip
        if not lines:
            raise RefusedError("nothing to ask")
        self.notices[name] = {"pledge": pledge, "lines": lines, "asked": None, "withdrawn": False}

    def askable(self, way: dict, month: int) -> bool:
        died = self.workers[way["worker"]]["died"]
        if not way["determined"] or month < way["since"] or (died and month > month_of(died)):
            return False
        if way["ended"] and month > month_of(way["ended"]):
            return False
        return not self.covered(way["worker"], month)

    def covered(self, worker: str, month: int) -> dict | None:
        return next((c for (w, m), c in self.cover.items() if m == month and self.who(w) == self.who(worker)), None)

    def live_lines(self) -> list[dict]:
        return [
            each for notice in self.notices.values() if not notice["withdrawn"] for each in notice["lines"]
            if not each["ended"]
        ]  # fmt: skip

    def estimate(self, notice: str) -> int:
        return sum(each["jkk"] + each["jkm"] for each in self.notices[notice]["lines"] if not each["ended"])

    def asked(self, notice: str) -> int:
        """What is owed on it: BPJS's figure where there is one."""
        facts = self.notices[notice]
        if facts["withdrawn"]:
            return 0
        return self.estimate(notice) if facts["asked"] is None else facts["asked"]

    def pay_code(self, notice: str, code: str, amount: int) -> None:
        """BPJS's figure wins over ours; a code issued anew takes the place of the one before."""
        if self.notices[notice]["withdrawn"]:
            raise RefusedError("withdrawn")
        if self.codes.get(code, notice) != notice:
            raise RefusedError("another's code")
        self.codes[code] = notice
        self.notices[notice]["asked"] = amount

    def withdraw_notice(self, notice: str) -> None:
        if self.money_on(notice):
            raise RefusedError("money on it")
        self.notices[notice]["withdrawn"] = True

    def money_on(self, notice: str) -> bool:
        held = any(p["notice"] == notice and not p["reversed"] for p in self.payments.values())
        return held or any(c["notice"] == notice for c in self.cover.values())

    # -- money
    def pay(self, name: str, payer: str, code: str, amount: int, paid_on: date) -> None:
        """Recorded whatever its amount; allocated where its code is known. The same key again changes nothing."""
        body = (payer, code, amount, paid_on)
        if name in self.payments:
            if self.payments[name]["body"] != body:
                raise RefusedError("same key, other content")
            return
        if paid_on > self.today:
            raise RefusedError("in the future")
        notice = self.codes.get(code)
        if notice and self.pledges[self.notices[notice]["pledge"]]["payer"] != payer:
            raise RefusedError("another's code")
        self.payments[name] = {
            "body": body, "payer": payer, "amount": amount, "paid_on": paid_on, "notice": notice, "confirmed": False,
            "reversed": False,
        }  # fmt: skip
        if notice:
            self.allocate(name, notice)

    def identify(self, payment: str, notice: str) -> None:
        facts = self.payments[payment]
        if facts["reversed"] or facts["notice"]:
            raise RefusedError("reversed or identified")
        if self.pledges[self.notices[notice]["pledge"]]["payer"] != facts["payer"]:
            raise RefusedError("another's notice")
        facts["notice"] = notice
        self.allocate(payment, notice)

    def allocate(self, payment: str, notice: str) -> None:
        """Oldest month first, then the order of the list; whole worker-months; the first unpayable one ends it."""
        money = self.rest(payment)
        room = self.asked(notice) - self.allocated_on(notice)
        for line, cost in self.payable(notice):
            if cost > min(money, room):
                return
            money, room = money - cost, room - cost
            key = (line["worker"], line["month"])
            self.cover[key] = {
                "payment": payment, "payer": self.payments[payment]["payer"], "notice": notice, "amount": cost,
                "from": self.start(key, self.payments[payment]["paid_on"]),
            }  # fmt: skip

    def payable(self, notice: str) -> list[tuple[dict, int]]:
        """The lines that wait for money, each with what it costs."""
        facts = self.notices[notice]
        if facts["withdrawn"]:
            return []
        lines = sorted(facts["lines"], key=lambda each: (each["month"], each["order"]))
        waiting = [each for each in lines if not each["ended"] and self.askable(each["way"], each["month"])]
        return [(each, self.cost(notice, each)) for each in waiting]

    def cost(self, notice: str, line: dict) -> int:
        """Our price; BPJS's where it asks for the same months at another price each."""
        facts, ours = self.notices[notice], line["jkk"] + line["jkm"]
        prices = {each["jkk"] + each["jkm"] for each in facts["lines"]}
        asked, count = facts["asked"], len(facts["lines"])
        if asked is None or len(prices) != 1 or asked % ours == 0 or asked % count:
            return ours
        return asked // count

    def start(self, key: tuple[str, int], paid_on: date) -> date:
        """A first month starts on the payment's value date, a further one with the month."""
        worker, month = key
        first = month == month_of(paid_on) and not self.covered(worker, month - 1)
        return paid_on if first else first_day(month)

    def confirm(self, payment: str, by: str, recorder: str) -> None:
        if by == recorder:
            raise RefusedError("the same person")
        if self.payments[payment]["reversed"]:
            raise RefusedError("reversed")
        self.payments[payment]["confirmed"] = True

    def reverse(self, payment: str) -> None:
        if self.payments[payment]["reversed"]:
            raise RefusedError("reversed")
        self.payments[payment]["reversed"] = True
        for key in [key for key, each in self.cover.items() if each["payment"] == payment]:
            del self.cover[key]

    def void(self, worker: str, month: int) -> None:
        """Frees exactly one slot and exactly its rupiah (I-13)."""
        if (worker, month) not in self.cover:
            raise RefusedError("not covered")
        notice = self.notices[self.cover.pop((worker, month))["notice"]]
        for line in notice["lines"]:
            if (line["worker"], line["month"]) == (worker, month):
                line["ended"] = True

    def close(self, month: int) -> None:
        if month >= month_of(self.today):
            raise RefusedError("not over")
        self.closed = max(self.closed, month)

    # -- what pages show
    def allocated_on(self, notice: str) -> int:
        return sum(each["amount"] for each in self.cover.values() if each["notice"] == notice)

    def rest(self, payment: str) -> int:
        """Paid and not yet allocated: the payer's credit."""
        facts = self.payments[payment]
        used = sum(each["amount"] for each in self.cover.values() if each["payment"] == payment)
        return 0 if facts["reversed"] else facts["amount"] - used

    def balances(self, payer: str) -> dict[str, int]:
        """Each account of a payer, debit positive."""
        mine = [n for n, facts in self.notices.items() if self.pledges[facts["pledge"]]["payer"] == payer]
        paid = [p for p, facts in self.payments.items() if facts["payer"] == payer and not facts["reversed"]]
        asked, allocated = sum(map(self.asked, mine)), sum(map(self.allocated_on, mine))
        unconfirmed = sum(self.payments[p]["amount"] for p in paid if not self.payments[p]["confirmed"])
        received = sum(self.payments[p]["amount"] for p in paid)
        return {
            "piutang": asked - allocated,
            "suspens": -sum(map(self.rest, paid)),
            "kliring": unconfirmed,
            "iuran": received - unconfirmed - asked,
        }

    def months_of(self, worker: str) -> dict[int, tuple[str, str, date]]:
        """Each covered month of a person: payer, state, from."""
        return {
            month: (each["payer"], self.state(each), each["from"])
            for (name, month), each in self.cover.items() if self.who(name) == self.who(worker)
        }  # fmt: skip

    def state(self, each: dict) -> str:
        return "berlaku" if self.payments[each["payment"]]["confirmed"] else "sementara"

    def covered_count(self, month: int, *, berlaku: bool = False) -> int:
        return sum(1 for (_, m), c in self.cover.items() if m == month and (not berlaku or self.state(c) == "berlaku"))

    def story(self, payer: str) -> tuple[int, int, int, int]:
        """Janji, Daftar, Dibayar, Aktif of this month: promised places, on the list, paid for, in force."""
        month = month_of(self.today)
        live = {
            name: p for name, p in self.pledges.items()
            if p["payer"] == payer and not p["withdrawn"] and p["first"] <= month < p["first"] + p["months"]
        }  # fmt: skip
        listed = sum(1 for w in self.ways.values() if w["pledge"] in live and not w["ended"])
        paid = [c for (_, m), c in self.cover.items() if m == month and c["payer"] == payer]
        active = sum(1 for c in paid if self.state(c) == "berlaku")
        return sum(p["quota"] for p in live.values()), listed, len(paid), active
