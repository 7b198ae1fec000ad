"""A history from a seed without Hypothesis: the machine's own steps, drawn by `random.Random`, and its hashes."""

import json
from pathlib import Path
from random import Random
from typing import Any

from tests.oracle.database import prepared  # isort: skip

from payung.coverage.recomputed import Part, recompute
from payung.kernel.clock import FixedClock
from tests.oracle import comparing
from tests.oracle.machine import START, LedgerMachine
from tests.oracle.program import FUNDS, make_cast

# The hashes of balances, covered months and dashboards at the end of these histories, on SQLite and on PostgreSQL.
# `python -m tests.oracle.history` writes them anew: a difference is a history that ends otherwise than it did.
KNOWN = Path(__file__).with_name("histories.json")
HISTORIES = range(2)
STEPS = 40

SHARES = ["all", "all", "one", "less", "half", "more", "double"]
SECTORS = ["LAINNYA", "TRANSPORTASI"]
CODES = ["equal", "equal", "price", "count", "strange", "again", "another's"]


class History(LedgerMachine):
    """One walk through the steps; `hold` keeps it in a transaction of its own, as an example of Hypothesis is."""

    def walk(self, seed: int, steps: int) -> list[Part]:
        """Do so many steps, compare everything at the end, and give the hashes of balances, cover and dashboards."""
        draw = Random(seed)
        self.begin(quota=draw.randint(1, 4), months=draw.randint(0, 3))
        self.before()
        for _ in range(steps):
            kind, given = self.drawn(draw)
            if self.may(kind):
                getattr(self, kind)(**given)
        self.after()
        comparing.now_and_then(self.model, self.program)
        return recompute()

    def before(self) -> None:
        """Whoever plants a bug in the database does it here."""

    def after(self) -> None:
        """Or here."""

    def abandon(self) -> None:
        """Roll everything back without another look."""
        self.steps = 0
        self.teardown()

    def may(self, kind: str) -> bool:
        """Whether the rule's preconditions hold, as Hypothesis asks them."""
        rule = next(each for each in self.rules if each.function.__name__ == kind)
        return all(each(self) for each in rule.preconditions)

    def drawn(self, draw: Random) -> tuple[str, dict[str, Any]]:
        """A kind of step and what it is given."""

        def pick() -> int:
            return draw.randint(0, 59)

        payer = draw.choice(sorted(FUNDS))
        kinds: dict[str, dict[str, Any]] = {
            "pledge": {"payer": payer, "quota": draw.randint(1, 4), "ahead": draw.randint(-2, 2), "months": 6},
            "pledge_of_a_higher_band": {"payer": payer, "quota": draw.randint(1, 4)},
            "renew": {"which": pick()},
            "end_pledge": {"which": pick()},
            "register": {"sector": draw.choice(SECTORS), "proposed": draw.random() < 0.2, "which": pick()},
            "go_on": {"which": pick()},
            "leave": {"which": pick(), "days": draw.randint(0, 40)},
            "come_again": {"which": pick(), "pledge": pick()},
            "substitute": {"which": pick(), "sector": draw.choice(SECTORS), "ahead": draw.randint(-1, 2)},
            "die": {"which": pick(), "days": draw.randint(-1, 70)},
            "void": {"which": pick()},
            "merge": {"one": pick(), "other": pick()},
            "unmerge": {"which": pick()},
            "issue": {"which": pick(), "ahead": draw.randint(-1, 2), "months": draw.choice([1, 1, 2, 3])},
            "pay_code": {"which": pick(), "kind": draw.choice(CODES), "by": draw.randint(1, 3)},
            "withdraw_notice": {"which": pick()},
            "pay": {
                "which": pick(),
                "share": draw.choice(SHARES),
                "by_code": draw.random() < 0.5,
                "days": draw.choice([0, 0, 1, 9, 24, 45, -1]),
            },
            "pay_unknown": {"payer": payer, "amount": draw.choice([8_400, 25_200]), "number": draw.randint(1, 60)},
            "pay_again_with_the_same_key": {"which": pick(), "other": draw.random() < 0.5},
            "identify": {"which": pick(), "notice": pick()},
            "allocate_to_another": {"which": pick(), "notice": pick()},
            "confirm": {"which": pick(), "same_person": draw.random() < 0.2},
            "reverse": {"which": pick()},
            "close_month": {"back": draw.randint(0, 2)},
            "advance": {"days": draw.choice([1, 7, 30])},
        }
        often = ["issue", "pay", "pay", "confirm", "register"]
        kind = draw.choice([*kinds, *often * 4])
        return kind, kinds[kind]


def told(seed: int, steps: int) -> list[Part]:
    """A whole history, rolled back at its end."""
    history = History()
    try:
        return history.walk(seed, steps)
    finally:
        history.abandon()


def main() -> None:
    """Write down how the known histories end, on a database of its own."""
    with prepared():
        LedgerMachine.cast = make_cast(FixedClock.on(START))
        ends = {str(seed): {part.name: part.from_journal for part in told(seed, STEPS)} for seed in HISTORIES}
    KNOWN.write_text(json.dumps(ends, indent=1) + "\n")


if __name__ == "__main__":
    main()
