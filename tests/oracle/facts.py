"""What the model remembers, and what follows from it at once: who is one person, what waits for money, what is open."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tests.oracle.prices import month_of

LIVE = ("proposed", "determined", "active")


@dataclass
class Facts:
    """Everything that happened, by name, in dictionaries."""

    today: date
    workers: dict[str, dict] = field(default_factory=dict)  # sector, died, merged (into whom)
    pledges: dict[str, dict] = field(default_factory=dict)  # payer, funds, quota, first, months, dasar, live
    ways: dict[str, dict] = field(default_factory=dict)  # worker, payer, pledge, place, state, since, begins, vacant
    notices: dict[str, dict] = field(default_factory=dict)  # pledge, first, months, lines, asked, rate, runs, withdrawn
    codes: dict[str, dict] = field(default_factory=dict)  # notice, amount
    payments: dict[str, dict] = field(default_factory=dict)  # payer, amount, paid_on, notice, confirmed, reversed
    cover: dict[tuple[str, int], dict] = field(default_factory=dict)  # worker, month: notice, line, purses, from
    closed: set[int] = field(default_factory=set)
    run: count = field(default_factory=count)

    def who(self, worker: str) -> str:
        while self.workers[worker]["merged"]:
            worker = self.workers[worker]["merged"]
        return worker

    def stands_under(self, record: str, worker: str) -> bool:
        merged = self.workers[record]["merged"]
        return record == worker or (merged is not None and self.stands_under(merged, worker))

    def paid_months(self, worker: str) -> set[int]:
        return {month for name, month in self.cover if self.who(name) == self.who(worker)}

    def live_ways(self) -> list[dict]:
        return [way for way in self.ways.values() if way["state"] in LIVE]

    def terms(self, pledge: str) -> set[str]:
        """A pledge and what renews it: whom a renewal carried on is still asked for the months before."""
        found = {pledge}
        for name, each in self.pledges.items():
            found |= {name} if each["renews"] in found and each["live"] else set()
        return found

    def live_lines(self) -> list[dict]:
        return [line for notice in self.notices.values() for line in notice["lines"] if line["live"]]

    def lines_of(self, worker: str) -> list[dict]:
        return [line for line in self.live_lines() if self.who(line["worker"]) == worker]

    def cost(self, line: dict) -> int:
        """Our price, or BPJS's where it asks for the same months at another price."""
        asked, ours = self.notices[line["notice"]]["rate"]
        return line["jkk"] * asked // ours + line["jkm"] * asked // ours

    def unpaid(self, notice: dict, *, ended: bool = False) -> list[dict]:
        """Oldest month first, then the order of the list."""
        lines = sorted(notice["lines"], key=lambda line: (line["month"], line["place"]))
        return [line for line in lines if (line["live"] or ended) and not self.is_paid(line)]

    def is_paid(self, line: dict) -> bool:
        """The month is covered on this way in, be it by another notice."""
        covered = self.cover.get((line["worker"], line["month"]))
        return covered is not None and covered["line"]["way"] is line["way"]

    def in_use(self, notice: dict) -> bool:
        paid = any(self.notices.get(p["notice"]) is notice and not p["reversed"] for p in self.payments.values())
        return paid or bool(notice["runs"])

    def judged(self, notice: dict, *, ended: bool = False) -> list[tuple[dict, str]]:
        """The unpaid lines with what stands in their way; nothing does where it says nothing."""
        places, found = Counter(), []
        for line in self.unpaid(notice, ended=ended):
            way, died = line["way"], self.workers[line["worker"]]["died"]
            covered = sum(
                c["line"]["pledge"] == notice["pledge"] and m == line["month"] for (_, m), c in self.cover.items()
            )
            why = "no_longer_asked" if not line["live"] else ""
            why = "left" if way["state"] == "left" and line["month"] > month_of(way["since"]) else why
            why = "died" if died and line["month"] > month_of(died) else why
            taken = any(m == line["month"] and self.stands_under(w, line["worker"]) for w, m in self.cover)
            why = "covered_by_other" if taken else why
            if not why:
                places[line["month"]] += 1
                why = "quota" if places[line["month"]] + covered > self.pledges[notice["pledge"]]["quota"] else ""
            found.append((line, why))
        return found

    def allocated(self, name: str) -> int:
        return sum(each["jkk"] + each["jkm"] for each in self.cover.values() if each["notice"] == name)

    def owing(self, name: str) -> int:
        return self.notices[name]["asked"] - self.allocated(name)

    def rest(self, name: str) -> int:
        """Paid and not yet allocated: the payer's credit."""
        used = sum(each["purses"].get(name, 0) for each in self.cover.values())
        return 0 if self.payments[name]["reversed"] else self.payments[name]["amount"] - used
