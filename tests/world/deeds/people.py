"""Workers: registered, proposed, walked to their determination; dying, leaving, replaced, found twice."""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from payung.access.errors import NotPermittedError
from payung.cli.demo.people import People
from payung.contributions.services import settle_death
from payung.enrolment.bases import BASES_OF
from payung.enrolment.models import Enrolment, LeaveReason, Wadah
from payung.enrolment.services import (
    add_wadah,
    approve_determination,
    close_round,
    open_round,
    prepare_determination,
    propose_workers,
    record_for_all,
    record_results,
    register_in_wadah,
    substitute,
)
from payung.kernel.funds import Sektor
from payung.kernel.month import Month
from payung.kernel.nik import Nik
from payung.registry.models import Occupation, Region, Worker
from payung.registry.services import NewWorker, register_workers
from tests.enrolment.people import jump
from tests.world import sizes
from tests.world.deeds import doubles, notices, promises
from tests.world.office import expect
from tests.world.shapes import Payer, Promise, Record, Way

LEAVING = (LeaveReason.PINDAH, LeaveReason.MENJADI_PU, LeaveReason.MENOLAK, LeaveReason.USIA)
PAPER = b"%PDF-1.4 rekaan"
MOVED_OF_A_HUNDRED = 1
TOO_OLD = 64


def register(world, how_many: int) -> list[Record]:
    """So many more people, at once, as a list brings them."""
    if not hasattr(world, "maker"):
        villages = Region.objects.filter(level=4).order_by("code").values_list("code", flat=True)
        world.jobs = dict(Occupation.objects.order_by("code").values_list("code", "sector"))
        on = world.clock.today() - timedelta(days=800)
        world.maker = People(world.seed, villages=list(villages), occupations=sorted(world.jobs), on=on)
        world.people = {}
    return write(world, list(world.maker.many(how_many)))


def write(world, found) -> list[Record]:
    rows = [
        NewWorker(
            nik=Nik(one.nik),
            name=one.name,
            birth_date=one.birth_date,
            sex=one.sex,
            village_code=one.village_code,
            occupation_code=one.occupation_code,
        )
        for one in found
    ]
    ids = world.office.do(
        "register", lambda: register_workers(rows, acting_user=world.office.rina, clock=world.clock, source="dunia")
    )
    first = len(world.books.records)
    made = [
        Record(first + place, pk, Sektor(world.jobs[one.occupation_code] or Sektor.LAINNYA), one.birth_date)
        for place, (pk, one) in enumerate(zip(ids, found, strict=True))
    ]
    world.books.records += made
    world.people |= dict(zip(made, found, strict=True))
    return made


def free_people(world, how_many: int) -> list[Record]:
    """Some who live and are on no way."""
    chosen: dict[Record, None] = {}
    for _ in range(how_many * 15):
        one = world.dice.choice(world.books.records)
        if len(chosen) < how_many and is_free(world, one):
            chosen[one] = None
    return list(chosen)


def is_free(world, record: Record) -> bool:
    """Alive, on no way, and of an age that a list is taken with."""
    stands = record.into is None and not record.died_on and world.books.way_of(record) is None
    return stands and is_young_enough(world, record)


def is_young_enough(world, record: Record) -> bool:
    return world.month.year - record.born.year < TOO_OLD


def somebody_else(world, old: Way) -> list[Record]:
    return [record for record in free_people(world, 2) if record is not old.record][:1]


def propose(
    world, payer: Payer, how_many: int, promise: Promise | None, chosen: list[Record] | None = None
) -> list[Way]:
    """Begin ways; now and then the list names somebody who is on another payer's way, and is told nothing of them."""
    chosen = chosen or free_people(world, how_many)
    others = []
    if world.chance(sizes.ASKED_BY_TWO):
        taken = world.dice.sample(world.books.ways, min(5, len(world.books.ways)))
        taken = [way for way in taken if not way.ended_on and way.payer is not payer]
        others = [way.record for way in taken[:2] if way.record not in chosen and is_young_enough(world, way.record)]
    if not chosen:
        return []
    world.office.faults["asked by two"] += len(others)
    ids = [record.pk for record in [*chosen, *others]]
    pledge = promise.handle if promise else None
    made = world.office.do(
        "propose",
        lambda: propose_workers(
            ids, sponsor=payer.handle, pledge=pledge, source="desa", acting_user=world.office.rina, clock=world.clock
        ),
    )
    expect("refused proposals", sorted((each.worker_id, each.code) for each in made.refused),
           sorted((record.pk, "elsewhere") for record in others))  # fmt: skip
    ways = [Way(record, payer, made.created[record.pk]) for record in chosen]
    places = promise.quota - sum(not way.ended_on for way in promise.ways) if promise else 0
    expect("people without a place", list(made.without_place), [way.pk for way in ways[places:]] if promise else [])
    if promise:
        world.books.place(ways[:places], promise)
    world.books.ways += ways
    world.books.live_way |= {way.record: way for way in ways}
    return ways


def walk(world) -> None:
    """Doubles appear and places are taken; in its rhythm, or when a whole list waits, the office holds its round."""
    in_turn = (int(world.month) - sizes.BEGIN) % world.size.round_each == 0
    newcomers = world.size.workers * (100 - world.size.at_first) * world.size.round_each // 100 // world.size.months
    if newcomers and in_turn:
        register(world, newcomers)
    doubles.appear(world)
    _replace(world)
    waiting = [way for way in world.books.live_way.values() if not way.due]
    if waiting and (in_turn or len(waiting) >= world.size.places // 2):
        _hold_round(world, waiting)


def _hold_round(world, waiting: list[Way]) -> None:
    """Everybody who waits is visited, matched, determined on a paper and registered."""
    books, office = world.books, world.office
    today = {"acting_user": office.rina, "clock": world.clock}
    number = f"BA-{next(world.numbers)}"
    opened = office.do("open round", lambda: open_round(number=number, held_on=world.clock.today(), **today))
    expect("who is on the round", opened.entries.count(), len(waiting))
    moved = [way for way in waiting if world.chance(MOVED_OF_A_HUNDRED)]
    if moved:
        office.do("record", lambda: record_results(opened, {way.pk: ("pindah", "") for way in moved}, **today))
    office.do("record", lambda: record_for_all(opened, "layak", **today))
    office.do("close round", lambda: close_round(opened, **today))
    books.end(moved, world.clock.today())
    going = [way for way in waiting if not way.ended_on]
    for state in ("matched", "checked"):
        with transaction.atomic():
            jump([way.pk for way in going], state, by=office.rina, clock=world.clock)
    for payer in dict.fromkeys(way.payer for way in going):
        _determine(world, payer, [way for way in going if way.payer is payer])
    _register_at_bpjs(world, going)


def _determine(world, payer: Payer, ways: list[Way]) -> None:
    office = world.office
    ids, number = [way.pk for way in ways], f"SK-{next(world.numbers)}"
    made = office.do(
        "prepare",
        lambda: prepare_determination(
            payer.handle,
            basis=min(BASES_OF[payer.funds]),
            number=number,
            dated_on=world.clock.today(),
            file=PAPER,
            file_name="dasar.pdf",
            enrolment_ids=ids,
            acting_user=office.rina,
            clock=world.clock,
        ),
    )
    seen = bytes(made.content_hash)

    def approve(by):
        return approve_determination(made, seen_hash=seen, acting_user=by, clock=world.clock)

    if world.chance(sizes.OWN_HAND):
        office.refused("approved by who prepared", NotPermittedError, lambda: approve(office.rina))
    office.do("approve", lambda: approve(office.wulan))
    for way in ways:
        way.due = True


def _register_at_bpjs(world, ways: list[Way]) -> None:
    wadah = Wadah.objects.first() or add_wadah(
        "NPW1", name="Rentan", branch="Kendal", agreement="PKS/1", acting_user=world.office.rina, clock=world.clock
    )
    ids = [way.pk for way in ways]
    if ids:
        world.office.do(
            "register in wadah",
            lambda: register_in_wadah(wadah, enrolment_ids=ids, acting_user=world.office.rina, clock=world.clock),
        )


def fates(world) -> None:
    """Who dies, learnt late; who leaves; some deaths turn out to be of another day."""
    live = list(world.books.live_way.values())
    for way in world.dice.sample(live, _some(world, len(live), sizes.DEATHS)):
        _die(world, way.record.person, world.clock.today() - timedelta(days=world.dice.randint(0, 150)))
    dead = [record for record in world.books.records if record.died_on and not record.into]
    for record in world.dice.sample(dead, _some(world, len(dead), 2)):
        world.office.faults["death on another day"] += 1
        _die(world, record, record.died_on + timedelta(days=world.dice.randint(-60, 20)))
    for reason in world.dice.sample(LEAVING, 2):
        live = [way for way in world.books.live_way.values() if way.due]
        leaving = world.dice.sample(live, _some(world, len(live), world.size.leaving / 2))
        if leaving:
            world.office.faults["left"] += len(leaving)
            promises.end_ways(world, leaving, reason)
            _leave_places(world, leaving, reason)


def _some(world, among: int, of_a_hundred: float) -> int:
    middle = among * of_a_hundred / 100
    return min(among, int(middle) + (world.dice.random() < middle % 1))


def _die(world, record: Record, on) -> None:
    on = min(max(on, record.born + timedelta(days=1)), world.clock.today())
    ended = [way for one in world.books.records_of(record) if (way := world.books.live_way.get(one))]
    world.office.faults["death"] += 1
    worker = Worker.objects.get(pk=record.pk)
    given_back = world.office.do(
        "death",
        lambda: settle_death(worker, died_on=on, reason="akta", acting_user=world.office.rina, clock=world.clock),
    )
    expect("months given back", given_back, world.books.died(record, on))
    _leave_places(world, [way for way in ended if way.promise], LeaveReason.MENINGGAL)


def _leave_places(world, left: list[Way], reason: str) -> None:
    """Some are replaced by name; for others somebody new comes on the list, if the quota has room for them or not."""
    for way in left:
        if world.chance(sizes.REPLACED):
            world.vacant.append((way, reason))
        elif world.chance(sizes.FILLED):
            world.later(1, 40, lambda promise=way.promise: _fill(world, promise))


def _fill(world, promise: Promise | None) -> None:
    if promise in world.running() and any(not way.ended_on for way in promise.ways):
        world.office.faults["place filled anew"] += 1
        propose(world, promise.payer, 1, promise)
        after = 31 * world.size.round_each  # they have been determined by then
        world.later(after + 1, after + 14, lambda: notices.ask_for_newcomer(world, promise))


def _replace(world) -> None:
    """Others take the places that fell free, from the next month that was not paid for the one before."""
    vacant, world.vacant = world.vacant, []
    running = set(world.running())
    for old, reason in vacant:
        if old.promise not in running:
            continue
        paid = [month for month in range(old.promise.first, old.promise.last + 1) if _is_paid(world, old, month)]
        start = max(int(world.month), max(paid, default=0) + 1)
        if start > old.promise.last:
            continue
        others = somebody_else(world, old)
        for new in propose(world, old.payer, 1, None, others)[:1] if others else ():
            _substitute(world, old, new, start, reason)


def _is_paid(world, way: Way, month: int) -> bool:
    due = world.books.covered[month].get(way.record)
    return due is not None and due.way is way


def _substitute(world, old: Way, new: Way, start: int, reason: str) -> None:
    leaving, coming = Enrolment.objects.get(pk=old.pk), Enrolment.objects.get(pk=new.pk)
    world.office.faults["substitute"] += 1
    world.office.do(
        "substitute",
        lambda: substitute(
            leaving,
            coming,
            from_month=Month(start),
            reason=reason,
            acting_user=world.office.rina,
            clock=world.clock,
        ),
    )
    new.promise, new.position, new.from_month = old.promise, old.position, start
    old.promise.ways.append(new)


def copy_of(world, record: Record) -> Record:
    """The same person once more, under a NIK that was read wrongly."""
    person = world.people[record]
    while person.nik in {one.nik for one in world.people.values()}:
        serial = world.dice.randint(1, 9999)
        person = replace(person, nik=f"{person.nik[:12]}{serial:04d}")
    return write(world, [person])[0]
