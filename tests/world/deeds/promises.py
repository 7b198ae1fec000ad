"""Payers and their promises: made, carried on, left to lapse, taken back."""

from dataclasses import dataclass
from itertools import cycle

from payung.contributions.services import end_pledge
from payung.enrolment.models import LeaveReason
from payung.enrolment.services import assign_to_pledge, leave
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.sponsors.errors import ClientKeyReusedError
from payung.sponsors.models import Pledge
from payung.sponsors.services import add_sponsor, make_pledge
from tests.world import sizes
from tests.world.deeds import people
from tests.world.shapes import Payer, Promise

FUNDS = (SumberDana.CSR, SumberDana.CSR, SumberDana.ASN, SumberDana.APBD, SumberDana.BAZNAS, SumberDana.DBHCHT)
MORE = (SumberDana.CSR, SumberDana.DONASI, SumberDana.CSR, SumberDana.MANDIRI, SumberDana.APBDES, SumberDana.CSR)
TERMS = (*(12,) * 9, 6, 6, 3, 1)
WHOLE_TERM, BY_QUARTER, BY_MONTH = 12, 3, 1


@dataclass(slots=True)
class Habit:
    """How a payer pays: at which rhythm, on which base, for how many."""

    rhythm: int
    base_rp: int
    places: int
    next_from: int = 0


def add_payers(world) -> None:
    world.habits = {}
    for number, funds in zip(range(world.size.sponsors), cycle(FUNDS + MORE)):
        code = f"S{number:03d}"
        sponsor = add_sponsor(
            code, name=f"Penyandang {number}", funds=funds, acting_user=world.office.rina, clock=world.clock
        )
        payer = world.books.payers[code] = Payer(code, funds, sponsor)
        places = max(2, round(world.size.places * world.dice.uniform(0.5, 1.5)))
        rhythm = world.dice.choices((WHOLE_TERM, BY_QUARTER, BY_MONTH), (86, 9, 5))[0]
        base = world.dice.choices((1_000_000, 2_000_000), (85, 15))[0]
        starts = world.month + world.dice.randint(0, 5)
        world.habits[payer] = Habit(rhythm, base, places, int(starts))


def turn(world) -> None:
    """Promises that ended go on or lapse, payers without one begin anew, some take theirs back."""
    for promise in [one for one in world.books.promises if not one.withdrawn and one.last == world.month - 1]:
        _ended(world, promise)
    for payer, habit in world.habits.items():
        if habit.next_from == world.month:
            _begin(world, payer, habit)
    for promise in world.running():
        if promise.months > 1 and promise.first < world.month and world.chance(sizes.TAKEN_BACK / 6):
            world.at(world.day(world.dice.randint(5, 25)), lambda promise=promise: _take_back(world, promise))


def make(world, payer: Payer, *, first: int, months: int, before: Promise | None = None) -> Promise:
    habit = world.habits[payer]
    key = f"janji-{next(world.numbers)}"

    def ask(places: int) -> Pledge:
        return make_pledge(
            payer.handle,
            workers=places,
            first_month=Month(first),
            months=months,
            dasar_upah_rp=habit.base_rp,
            renewal_of=before.handle if before else None,
            client_key=key,
            acting_user=world.office.rina,
            clock=world.clock,
        )

    pledge = world.office.do("pledge", lambda: ask(habit.places))
    if world.chance(sizes.AGAIN):
        world.office.faults["pledge asked again"] += 1
        assert ask(habit.places).pk == pledge.pk
    if world.chance(sizes.SAME_KEY):
        world.office.refused("pledge key with other content", ClientKeyReusedError, lambda: ask(habit.places + 1))
    promise = Promise(payer, habit.places, first, months, habit.base_rp, pledge)
    world.books.promises.append(promise)
    return promise


def _begin(world, payer: Payer, habit: Habit) -> None:
    promise = make(world, payer, first=int(world.month), months=world.dice.choice(TERMS))
    people.propose(world, payer, habit.places, promise)


def _ended(world, promise: Promise) -> None:
    habit, ways = world.habits[promise.payer], [way for way in promise.ways if not way.ended_on]
    lapses = world.chance(sizes.GAP) or world.chance(sizes.NOT_RENEWED) or not ways
    if lapses:
        world.office.faults["gap"] += 1
        if ways:
            end_ways(world, ways, LeaveReason.MASA_BERAKHIR)
        habit.next_from = int(world.month) + world.dice.randint(1, 9)
        return
    after = make(world, promise.payer, first=promise.last + 1, months=world.dice.choice(TERMS), before=promise)
    going = ways[: after.quota]
    ids = [way.pk for way in going]
    world.office.do(
        "renewal",
        lambda: assign_to_pledge(
            ids, pledge=after.handle, renewal=True, acting_user=world.office.rina, clock=world.clock
        ),
    )
    world.books.place(going, after)
    missing = after.quota - len(going)
    if missing > max(1, after.quota // 20):
        people.propose(world, promise.payer, missing, after)


def end_ways(world, ways, reason: str) -> None:
    ids = [way.pk for way in ways]
    world.office.do("leave", lambda: leave(ids, reason=reason, acting_user=world.office.rina, clock=world.clock))
    world.books.end(ways, world.clock.today())


def _take_back(world, promise: Promise) -> None:
    if promise.withdrawn:
        return
    world.office.faults["pledge withdrawn"] += 1
    world.office.do(
        "end pledge",
        lambda: end_pledge(promise.handle, reason="ditarik", acting_user=world.office.rina, clock=world.clock),
    )
    world.books.end_promise(promise, world.clock.today())
    world.habits[promise.payer].next_from = int(world.month) + world.dice.randint(1, 6)
