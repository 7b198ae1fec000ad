"""The races run: from a barrier, and with the first stopped before each of its steps in turn.

`run` is the ring `races`: `amount` repeats of each case. The first of every eight repeats starts all deeds on a
barrier; the others stop one of the first two before its next step (turning to the other when all its steps were had)
while the other runs. After each: no exception but a refusal, and what the case allows. After every eighth all
invariants: they hold of the whole journal, so that a breach stays to be found, and looking cost as much as the races.
"""

import gc
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.soak.database import fresh_database, set_up

set_up()

import tests.races.handover_cases  # noqa: E402, F401 - its cases put themselves on the list
from payung.contributions.invariants import check_all  # noqa: E402 - Django must stand before the program is imported
from tests.races.cases import CASES, Case, Race  # noqa: E402
from tests.races.scene import Scene, clear, set_up_scene  # noqa: E402
from tests.races.stepping import at_once, stopped_at  # noqa: E402
from tests.soak.outcome import Outcome  # noqa: E402

BARRIER_EACH = 8
CHECKED_EACH = 8
RACES_A_DATABASE = 40
FIRST_STEPS = 12


@dataclass(slots=True)
class Course:
    """How far a case is: which of the first two is stopped, before which step."""

    case: Case
    repeat: int = 0
    swapped: bool = False
    step: int = 0
    counted: Counter[str] = field(default_factory=Counter)

    def go(self, scene: Scene) -> list[str]:
        """One repeat; what is wrong after it."""
        race = self.case.prepare(scene)
        self.repeat += 1
        if self.repeat % BARRIER_EACH == 1:
            self.counted["from a barrier"] += 1
            return self._judged(race, at_once(race.deeds), f"repeat {self.repeat}, from a barrier")
        self.step += 1
        swapped, step = self.swapped, self.step
        pair = race.deeds[1::-1] if swapped else race.deeds[:2]
        done = stopped_at(step, *pair)
        self.counted["stopped at a step"] += done.was_stopped
        self.counted["the other waited"] += done.other_waited
        if not done.was_stopped:
            self.counted["all steps of a deed"] += 1
            self.swapped, self.step = not swapped, 0
        outcomes = done.outcomes[::-1] if swapped else done.outcomes
        return self._judged(race, outcomes, f"{'second' if swapped else 'first'} stopped at step {step}")

    def _judged(self, race: Race, outcomes: list[object], how: str) -> list[str]:
        where = f"{self.case.name}: {how}"
        odd = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, race.refusals)]
        if odd:
            return [f"{where}: {type(odd[0]).__name__}: {odd[0]}"]
        try:
            race.judge(outcomes)
        except AssertionError as error:
            return [f"{where}: not allowed: {str(error)[:300]} {[type(one).__name__ for one in outcomes]}"]
        return []


def broken(since: Iterable[str]) -> list[str]:
    """The invariants that do not hold, with the races since they did."""
    names = ", ".join(since)
    return [f"after {names}: {one.invariant} {one.object_type} {one.object_id} {one.found}" for one in check_all()]


def races(cases: Iterable[Case], repeats: int, rng: random.Random) -> Iterator[tuple[Course, list[str]]]:
    """So many repeats of each case, in an order of the dice, on a database that is emptied now and then."""
    courses = [Course(case, swapped=rng.random() < 0.5, step=rng.randrange(FIRST_STEPS)) for case in cases]
    turns = [course for course in courses for _ in range(repeats)]
    rng.shuffle(turns)
    since: list[str] = []
    for number, course in enumerate(turns, start=1):
        if number % RACES_A_DATABASE == 1:
            clear()
            scene = set_up_scene()
        wrong = course.go(scene)
        since.append(f"{course.case.name} ({course.repeat})")
        if wrong or number % CHECKED_EACH == 0 or number == len(turns):
            wrong += broken(since)
            since.clear()
        yield course, wrong


def run(seed: int, amount: int) -> Outcome:
    """So many repeats of each case."""
    counted, outcome = Counter({"races": 0, "cases": len(CASES)}), Outcome()
    with fresh_database():
        gc.freeze()
        gc.set_threshold(100_000)
        found = list(races(CASES, amount, random.Random(seed)))
    counted["races"] = len(found)
    for course in {id(course): course for course, _ in found}.values():
        counted.update(course.counted)
    outcome.counted = dict(counted)
    outcome.failures = [f"seed {seed}: {wrong}" for _, several in found for wrong in several]
    return outcome
