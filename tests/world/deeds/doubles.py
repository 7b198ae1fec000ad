"""One person under two records: found, merged by one or two people, and taken apart again."""

from payung.access.errors import SamePersonError
from payung.contributions.errors import SameMonthsError, TwoWaysError
from payung.contributions.services import settle_pair
from payung.matching.pairs import Band, Pair
from payung.registry.models import SuspectedPair, Worker
from payung.registry.services import suspect_pairs, unmerge_workers
from tests.world import sizes
from tests.world.deeds import people
from tests.world.office import expect
from tests.world.shapes import Record


def appear(world) -> None:
    """Some people are registered once more, some of these proposed by another payer; later somebody notices."""
    live = [record for record in world.books.records if record.into is None and not record.died_on]
    for record in world.dice.sample(live, people._some(world, len(live), sizes.DOUBLES)):
        world.office.faults["double"] += 1
        again = people.copy_of(world, record)
        running = world.running()
        if running and people.is_free(world, again) and world.chance(60):
            promise = world.dice.choice(running)
            people.propose(world, promise.payer, 1, promise, [again])
        world.later(10, 300, lambda one=record, other=again: settle(world, one, other))


def settle(world, one: Record, other: Record) -> None:
    """Two people say that it is one person; what forbids it is said at once."""
    if one.into or other.into or one.died_on != other.died_on:
        return
    left, right = sorted((one, other), key=lambda record: record.pk)
    pair = _suspected(world, left, right)
    months = _months(world, left) & _months(world, right)
    on_the_way = [record for record in (left, right) if world.books.way_of(record)]

    def say(by):
        pair.refresh_from_db()
        return settle_pair(
            pair, answer="same", reason="orang sama", seen_state=pair.state, acting_user=by, clock=world.clock
        )

    if months or len(on_the_way) == 2:
        error = SameMonthsError if months else TwoWaysError
        world.office.refused("merger of two who were paid for", error, lambda: say(world.office.rina))
        return
    last = [max(_paid(world, record), default=0) for record in (left, right)]
    kept = on_the_way[0] if on_the_way else right if last[1] > last[0] else left
    settled = world.office.do("same person", lambda: say(world.office.rina))
    if any(last):
        expect("a first answer", settled.decision.is_final, False)
        world.office.refused("second answer by the first", SamePersonError, lambda: say(world.office.rina))
        settled = world.office.do("same person", lambda: say(world.office.wulan))
    expect("who is kept", settled.merger and settled.merger.into_id, kept.pk)
    old = left if kept is right else right
    world.books.merge(old, kept)
    world.office.faults["merger"] += 1
    if world.chance(40):
        world.later(10, 300, lambda: _take_apart(world, settled.merger, old, kept))


def _suspected(world, left: Record, right: Record) -> SuspectedPair:
    names = [str(Worker.objects.get(pk=record.pk).public_id) for record in (left, right)]
    found = [Pair(*names, 970_000, Band.REVIEW, (), "worker 1")]
    world.office.do(
        "suspect", lambda: suspect_pairs(found, source="dunia", acting_user=world.office.rina, clock=world.clock)
    )
    return SuspectedPair.objects.get(left=left.pk, right=right.pk)


def _take_apart(world, merger, old: Record, kept: Record) -> None:
    if old.into is not kept:
        return
    world.office.faults["un-merger"] += 1
    world.office.do(
        "take apart",
        lambda: unmerge_workers(merger, reason="dua orang", acting_user=world.office.wulan, clock=world.clock),
    )
    world.books.merge(old, None)


def _paid(world, record: Record) -> set[int]:
    return {month for one in world.books.records_of(record) for month in world.books.months_of(one)}


def _months(world, record: Record) -> set[int]:
    asked = {month for one in world.books.records_of(record) for month in world.books.months_of(one, asked=True)}
    return asked | _paid(world, record)
