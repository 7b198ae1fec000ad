"""`World(seed)`: the months one after another, each with what was planned for it and what goes wrong in it."""

import heapq
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from random import Random

from payung.contributions.invariants import check_all
from tests.world import comparing
from tests.world.books import Books
from tests.world.chance import WorldClock, from_seed
from tests.world.deeds import notices, people, promises
from tests.world.office import Office, WorldBrokenError
from tests.world.shapes import Payer, Promise, Way
from tests.world.sizes import BEGIN, Size
from tests.world.state import state_hash


class World:
    """One history. Everything in it follows from the seed and the size."""

    def __init__(self, seed: int, size: Size) -> None:
        self.seed, self.size = seed, size
        self.dice = Random(f"world {seed}")
        self.ids = Random(f"ids {seed}")
        self.clock = WorldClock((BEGIN - 1).first_day)
        self.books = Books()
        self.month, self.lived = BEGIN, 0
        self.numbers = count(1)
        self.vacant: list[tuple[Way, str]] = []
        self.habits: dict[Payer, promises.Habit] = {}
        self._agenda: list[tuple[date, int, Callable[[], None]]] = []
        self._order = count()
        self.office: Office

    def live(self) -> None:
        """All its months, held against the account month by month; raises `WorldBrokenError` with seed and month."""
        with from_seed(self.ids, self.clock):
            try:
                self._begin()
                for step in range(self.size.months):
                    self.month = BEGIN + step
                    self._live_month(step)
                    self.lived += 1
                if self.size.months % self.size.check_each:
                    self._check()
                comparing.everything(self)
            except Exception as error:
                what = str(error) if isinstance(error, WorldBrokenError) else repr(error)
                raise WorldBrokenError(f"seed {self.seed}, {self.month}: {what}") from error

    @staticmethod
    def state_hash() -> str:
        return state_hash()

    @property
    def counted(self) -> dict[str, int]:
        return {
            "simulated months": self.lived,
            "worker-months": self.books.worker_months,
            "deeds": self.office.deeds.total(),
            "faults": self.office.faults.total(),
        }

    def chance(self, of_a_hundred: float) -> bool:
        return self.dice.random() * 100 < of_a_hundred

    def at(self, day: date, step: Callable[[], None]) -> None:
        """Plan something for a day; what is planned for a day that is over happens today."""
        heapq.heappush(self._agenda, (day, next(self._order), step))

    def later(self, low: int, high: int, step: Callable[[], None]) -> None:
        """Plan something for some day in so many days."""
        self.at(self.clock.today() + timedelta(days=self.dice.randint(low, high)), step)

    def day(self, number: int) -> date:
        return self.month.first_day.replace(day=number)

    def _begin(self) -> None:
        self.office = Office(self.dice, self.ids, self.clock)
        people.register(self, self.size.workers * self.size.at_first // 100)
        promises.add_payers(self)

    def _live_month(self, step: int) -> None:
        self.at(self.day(1), lambda: promises.turn(self))
        self.at(self.day(2), lambda: people.walk(self))
        self.at(self.day(3), lambda: notices.ask_all(self))
        self.at(self.day(24), lambda: people.fates(self))
        self.at(self.day(27), lambda: notices.sweep(self))
        while self._agenda and self._agenda[0][0] <= self.month.last_day:
            day, _, act = heapq.heappop(self._agenda)
            self.clock.go_to(day)
            act()
        self.clock.go_to(self.month.last_day)
        comparing.month(self)
        if step % self.size.check_each == self.size.check_each - 1:
            self._check()

    def _check(self) -> None:
        if wrong := check_all():
            raise WorldBrokenError(f"{len(wrong)} violations, the first {wrong[0].as_dict()}")

    def running(self) -> list[Promise]:
        """The promises that stand in this month."""
        return [one for one in self.books.promises if not one.withdrawn and one.first <= self.month <= one.last]
