"""The ledger as dictionaries: what each step does to who owes, who paid and whose months are covered.

Written from the invariants and decisions, before its author had read a service; what the reading changed stands in the
README. No database, no journal: what a page shows is worked out from the facts each time, so nothing here can be stale.
"""

from datetime import date

from tests.oracle.facts import LIVE, Facts
from tests.oracle.prices import month_of, price


class RefusedError(Exception):
    """The step may not be done; nothing has changed."""


def refuse_if(condition: object) -> None:
    if condition:
        raise RefusedError


class Model(Facts):
    """The steps. Each refuses before it changes anything."""

    # -- people and pledges
    def pledge(
        self, name: str, payer: str, funds: str, quota: int, first: int, months: int, dasar: int, renews: str = ""
    ) -> None:
        this = month_of(self.today)
        refuse_if(months not in (1, 3, 6, 12) or not this - 3 <= first <= this + 24)
        facts = {"payer": payer, "funds": funds, "quota": quota, "first": first, "months": months}
        self.pledges[name] = {**facts, "dasar": dasar, "live": True, "renews": renews}

    def join(self, way: str, worker: str, payer: str, pledge: str | None, *, state: str) -> None:
        place = sum(1 for each in self.ways.values() if pledge and each["pledge"] == pledge) + 1
        self.ways[way] = {
            "worker": worker, "payer": payer, "pledge": pledge, "place": place, "state": state, "since": self.today,
            "begins": 0, "vacant": False, "name": way,
        }  # fmt: skip

    def end_pledge(self, name: str) -> None:
        """Its notices without money and its ways end; paid months stay."""
        for notice, facts in self.notices.items():
            if facts["pledge"] == name and not facts["withdrawn"] and not self.in_use(facts):
                self.withdraw_notice(notice)
        for way in self.ways.values():
            if way["pledge"] == name and way["state"] in LIVE:
                way.update(state="left", since=self.today, vacant=False)
        self.pledges[name]["live"] = False

    def leave(self, way: str, on: date) -> None:
        facts = self.ways[way]
        refuse_if(facts["state"] not in LIVE)
        facts.update(state="left", since=on, vacant=True)

    def substitute(self, old: str, new: str, begins: int) -> None:
        """The place of who left goes to somebody new from a month on; paid months stay with who had them."""
        leaving, coming = self.ways[old], self.ways[new]
        refuse_if(leaving["worker"] == coming["worker"] or leaving["payer"] != coming["payer"])
        refuse_if(leaving["pledge"] is None or coming["pledge"] is not None or coming["state"] not in LIVE)
        refuse_if(leaving["state"] == "left" and not leaving["vacant"])
        if leaving["state"] != "left":
            leaving.update(state="left", since=self.today)
        leaving["vacant"] = False
        coming.update(pledge=leaving["pledge"], place=leaving["place"], begins=begins)

    def die(self, worker: str, on: date) -> None:
        """Months after the month of death are given back and asked for no more; the way ends."""
        refuse_if(on > self.today)
        self.workers[worker]["died"] = on
        self.void_after(worker, month_of(on))
        for way in self.ways.values():
            if self.who(way["worker"]) == worker and way["state"] in LIVE:
                way.update(state="left", since=on, vacant=True)

    def void_after(self, worker: str, month: int) -> None:
        """Frees exactly these months and exactly their rupiah (I-13): the payer's credit, and asked for no more."""
        for key, covered in list(self.cover.items()):
            if self.who(key[0]) == worker and key[1] > month:
                del self.cover[key]
                if len(covered["purses"]) > 1:
                    self.notices[covered["notice"]]["runs"].pop(covered["run"])
        self._release([line for line in self.lines_of(worker) if line["month"] > month])

    def merge(self, one: str, other: str) -> None:
        """Both records stand for one person: who is on the way is kept, else who was paid for last."""
        refuse_if(self.workers[one]["merged"] or self.workers[other]["merged"] or one == other)
        paid = [self.paid_months(each) for each in (one, other)]
        asked = [{line["month"] for line in self.lines_of(each)} for each in (one, other)]
        ways = [each for each in (one, other) if any(self.who(w["worker"]) == each for w in self.live_ways())]
        refuse_if((paid[0] | asked[0]) & (paid[1] | asked[1]) or len(ways) == 2)
        refuse_if(self.workers[one]["died"] != self.workers[other]["died"])
        last = other if max(paid[1], default=0) > max(paid[0], default=0) else one
        kept = ways[0] if ways else last
        self.workers[other if kept == one else one]["merged"] = kept

    # -- asking
    def issue(self, name: str, pledge: str, first: int, months: int) -> str:
        """Ask for everybody of the list, in its order, within the quota; with nobody new the notice that stands."""
        facts, wanted = self.pledges[pledge], range(first, first + months)
        refuse_if(not facts["live"] or first < facts["first"] or wanted[-1] >= facts["first"] + facts["months"])
        refuse_if(self.closed & set(wanted))
        here = [way for way in self.ways.values() if way["pledge"] in self.terms(pledge)]
        due = [way for way in here if way["state"] in ("determined", "active")]
        refuse_if(not due)
        records, people = {way["worker"] for way in here}, {self.who(way["worker"]) for way in due}
        stale = [
            line for line in self.live_lines()
            if line["month"] in wanted and (line["worker"] in records or self.who(line["worker"]) in people)
            and line["way"]["state"] == "left" and (line["worker"], line["month"]) not in self.cover
        ]  # fmt: skip
        asking = [line for line in self.live_lines() if line not in stale]
        taken = {(self.who(worker), month) for worker, month in self.cover}
        taken |= {(self.who(line["worker"]), line["month"]) for line in asking}
        lines = []
        for month in wanted:
            free = facts["quota"] - sum(line["pledge"] == pledge and line["month"] == month for line in asking)
            for way in sorted(due, key=lambda each: each["place"]):
                worker, died = way["worker"], self.workers[self.who(way["worker"])]["died"]
                if way["begins"] > month or (died and month > month_of(died)) or (self.who(worker), month) in taken:
                    continue
                if free > 0:
                    free -= 1
                    sector = self.workers[worker]["sector"]
                    jkk, jkm = price(month, sector, facts["funds"], facts["dasar"])
                    lines.append({
                        "worker": worker, "month": month, "pledge": pledge, "way": way, "place": way["place"],
                        "sector": sector, "jkk": jkk, "jkm": jkm, "live": True, "notice": name,
                    })  # fmt: skip
        same = [n for n, each in self.notices.items() if (each["pledge"], each["first"], each["months"]) ==
                (pledge, first, months) and not each["withdrawn"]]  # fmt: skip
        refuse_if(not lines and not same)
        self._release(stale)
        if not lines:
            return same[0]
        self.notices[name] = {
            "pledge": pledge, "payer": facts["payer"], "first": first, "months": months, "lines": lines, "rate": (1, 1),
            "estimate": sum(line["jkk"] + line["jkm"] for line in lines), "code": None, "runs": {}, "withdrawn": False,
            "asked": sum(line["jkk"] + line["jkm"] for line in lines), "issued": self.today,
        }  # fmt: skip
        return name

    def _release(self, lines: list[dict]) -> None:
        """Dues end: the payer is asked for as much less, unless BPJS asked for less already."""
        for name, notice in self.notices.items():
            mine = [line for line in lines if line["notice"] == name]
            for line in mine:
                line["live"] = False
            rest = sum(self.cost(line) for line in self.unpaid(notice))
            notice["asked"] -= max(0, min(sum(map(self.cost, mine)), self.owing(name) - rest))

    def pay_code(self, name: str, code: str, amount: int, months: int | None) -> None:
        """BPJS's figure wins: the first code is for the whole notice, a later one for what is still open."""
        notice = self.notices[name]
        refuse_if(notice["withdrawn"])
        if code in self.codes:
            refuse_if(self.codes[code] != {"notice": name, "amount": amount})
            return
        first = notice["code"] is None
        lines = [line for line in notice["lines"] if line["live"]] if first else self.unpaid(notice)
        ours = sum(line["jkk"] + line["jkm"] for line in lines)
        whole = all(line[each] * amount % ours == 0 for line in lines for each in ("jkk", "jkm"))
        notice["rate"] = (amount, ours) if lines and amount != ours and months == len(lines) and whole else (1, 1)
        notice["asked"] = amount if first else self.allocated(name) + amount
        notice["code"], self.codes[code] = code, {"notice": name, "amount": amount}
        for payment in self.payments.values():
            waits = payment["notice"] is None and not payment["reversed"] and payment["code"] == code
            if waits and payment["payer"] == notice["payer"]:
                payment["notice"] = name
        self.allocate(name)

    def withdraw_notice(self, name: str) -> None:
        notice = self.notices[name]
        refuse_if(notice["withdrawn"] or self.in_use(notice))
        notice.update(withdrawn=True, asked=0)
        for line in notice["lines"]:
            line["live"] = False

    # -- money
    def pay(self, name: str, payer: str, amount: int, paid_on: date, code: str = "", notice: str | None = None) -> None:
        """Recorded whatever its amount; the same key again changes nothing, with other content it is refused."""
        body = (payer, amount, paid_on, code, notice)
        if name in self.payments:
            refuse_if(self.payments[name]["body"] != body)
            return
        known = self.codes[code]["notice"] if code in self.codes else None
        refuse_if(paid_on > self.today or (known and notice and known != notice))
        notice = notice or known
        self._check_theirs(payer, notice)
        facts = {"payer": payer, "amount": amount, "paid_on": paid_on, "code": code, "notice": notice}
        self.payments[name] = {**facts, "body": body, "confirmed": False, "reversed": False, "touched": []}
        if notice:
            self.allocate(notice)

    def _check_theirs(self, payer: str, notice: str | None) -> None:
        refuse_if(notice and (self.notices[notice]["payer"] != payer or self.notices[notice]["withdrawn"]))

    def identify(self, name: str, notice: str) -> None:
        payment = self.payments[name]
        refuse_if(payment["reversed"] or payment["notice"])
        self._check_theirs(payment["payer"], notice)
        payment["notice"] = notice
        self.allocate(notice)

    def allocate_to(self, name: str, notice: str) -> None:
        refuse_if(self.payments[name]["reversed"])
        self._check_theirs(self.payments[name]["payer"], notice)
        self.allocate(notice, also=name)

    def allocate(self, name: str, also: str | None = None) -> None:
        """First paid, first spent; whole worker-months; the first that cannot be paid ends it; no more than asked."""
        notice, room, run = self.notices[name], self.owing(name), next(self.run)
        own = [p for p, each in self.payments.items() if not each["reversed"] and (each["notice"] == name or p == also)]
        left = {p: self.rest(p) for p in sorted(own, key=lambda p: self.payments[p]["paid_on"]) if self.rest(p) > 0}
        for line, obstacle in self.judged(notice):
            cost = self.cost(line)
            if obstacle:
                continue
            if cost > min(room, sum(left.values())):
                return
            room, purses = room - cost, {}
            for purse in list(left):
                purses[purse] = min(left[purse], cost - sum(purses.values()))
                left[purse] -= purses[purse]
                if not left[purse]:
                    del left[purse]
                if sum(purses.values()) == cost:
                    break
            self._cover(name, line, purses, run)

    def _cover(self, name: str, line: dict, purses: dict[str, int], run: int) -> None:
        asked, ours = self.notices[name]["rate"]
        key, paid_on = (line["worker"], line["month"]), max(self.payments[p]["paid_on"] for p in purses)
        before = [c["from"] for (w, m), c in self.cover.items() if self.who(w) == self.who(key[0]) and m == key[1] - 1]
        first = date(key[1] // 12, key[1] % 12 + 1, 1)
        self.cover[key] = {
            "notice": name, "payer": self.notices[name]["payer"], "line": line, "purses": purses,
            "by": list(purses)[-1], "jkk": line["jkk"] * asked // ours, "jkm": line["jkm"] * asked // ours,
            "from": max([first, *(before or [paid_on])]), "run": (run, frozenset(purses)),
            "arrears": key[1] < month_of(paid_on) or key[1] in self.closed,
        }  # fmt: skip
        self.notices[name]["runs"][run, frozenset(purses)] = set(purses)
        for purse in purses:
            self.payments[purse]["touched"].append(name)

    def confirm(self, name: str, *, same_person: bool) -> None:
        refuse_if(same_person or self.payments[name]["reversed"])
        self.payments[name]["confirmed"] = True

    def reverse(self, name: str) -> None:
        """Its months are given back; other payments of the same notices take its place where they can."""
        refuse_if(self.payments[name]["reversed"])
        self.payments[name]["reversed"] = True
        self.cover = {key: each for key, each in self.cover.items() if name not in each["purses"]}
        for notice in self.notices.values():
            notice["runs"] = {run: purses for run, purses in notice["runs"].items() if name not in purses}
        for notice in sorted(set(self.payments[name]["touched"]), key=list(self.notices).index):
            self.allocate(notice)

    def close(self, month: int) -> None:
        refuse_if(month not in self.closed and month >= month_of(self.today))
        self.closed.add(month)
