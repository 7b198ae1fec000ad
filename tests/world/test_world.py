"""Small worlds agree with their account, are the same each time and on either database, and see what is planted."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from payung.contributions.selectors import due
from payung.contributions.services import allocation, months, payments
from payung.kernel.funds import Sektor, SumberDana
from payung.sponsors.models import Sponsor
from tests.world import office as offices
from tests.world.books import Books
from tests.world.office import Office, WorldBrokenError
from tests.world.shapes import Due, Paid, Payer, Promise, Record, Way
from tests.world.sizes import BEGIN, SMALL, Size
from tests.world.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TINY = Size(24, 3, 9)


def lived(seed: int, size: Size) -> World:
    world = World(seed, size)
    world.live()
    return world


def hash_of(seed: int, size: Size) -> str:
    """The end of a world that is gone afterwards."""
    with transaction.atomic():
        lived(seed, size)
        found = World.state_hash()
        transaction.set_rollback(True)
    return found


def test_a_world_agrees_with_its_own_account_to_its_last_month(kendal):
    world = lived(1, SMALL)
    assert world.books.worker_months > 400
    assert {"payment", "notice", "renewal", "confirm"} <= set(world.office.deeds)


def test_the_same_seed_ends_in_the_same_state_and_another_does_not(kendal):
    assert hash_of(3, TINY) == hash_of(3, TINY) != hash_of(4, TINY)


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="holds PostgreSQL against SQLite")
def test_a_world_ends_in_the_same_state_on_sqlite(kendal):
    ask = [sys.executable, "-m", "tests.world.replay", "3", *map(str, (TINY.workers, TINY.sponsors, TINY.months))]
    told = subprocess.run(ask, cwd=Path(__file__).parents[2], env=_without_server(), check=True, capture_output=True)
    assert told.stdout.decode().split()[-1] == hash_of(3, TINY)


def _without_server() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}


def test_the_account_spends_what_was_paid_first_also_of_money_that_was_for_another_notice():
    books, payer = Books(), Payer("A", SumberDana.CSR, None)
    month, way = int(BEGIN), Way(Record(0, 1, Sektor.LAINNYA, date(1990, 1, 1)), payer, 1)
    promise = Promise(payer, 1, month, 1, 1_000_000, None)
    notice = books.ask("PI/A/1", promise, range(month, month + 1), [Due(way, month, 10_000, 6_800)], None)
    late, early = (Paid(key, payer, rp, date(2026, 1, day), 0, "", None, left_rp=rp) for key, rp, day in
                   (("late", 16_799, 20), ("early", 9_000, 10)))  # fmt: skip
    notice.payments.append(late)
    assert books.spend(notice) == 0
    assert (books.spend(notice, early), early.left_rp, late.left_rp) == (1, 0, 8_999)
    assert books.covered[month][way.record].since == late.paid_on


def spends_money_twice(patch):
    patch.setattr(allocation, "remainders", lambda purses: {purse.pk: purse.amount_rp for purse in purses})


def leaves_the_months_of_what_was_reversed(patch):
    patch.setattr(payments, "_with_corrections", lambda payment: [])


def covers_the_dead(patch):
    patch.setattr(months, "_release", lambda *args, **more: 0)


def pays_the_newest_month_first(patch):
    straight = allocation.judged_lines
    patch.setattr(allocation, "judged_lines", lambda notice: straight(notice)[::-1])


def puts_in_force_what_nobody_confirmed(patch):
    patch.setattr(payments, "_put_in_force", lambda payment: None)


def asks_beyond_the_quota(patch):
    patch.setattr(due, "places_taken", lambda *_: Counter())


# Each with a world in whose months it shows.
PLANTED = (
    (spends_money_twice, 4, TINY),
    (leaves_the_months_of_what_was_reversed, 15, TINY),
    (covers_the_dead, 21, TINY),
    (pays_the_newest_month_first, 3, TINY),
    (puts_in_force_what_nobody_confirmed, 0, TINY),
    (asks_beyond_the_quota, 3, SMALL),
)


@pytest.mark.parametrize(("plant", "seed", "size"), PLANTED)
def test_a_planted_bug_breaks_the_world(kendal, monkeypatch, plant, seed, size):
    plant(monkeypatch)
    with pytest.raises(WorldBrokenError, match=rf"seed {seed}, 20\d\d-\d\d: "):
        lived(seed, size)


def test_what_a_process_leaves_half_done_breaks_the_world(kendal, monkeypatch, clock):
    monkeypatch.setattr(offices, "CUT_OFF", 1)
    monkeypatch.setattr(offices, "STATEMENTS", 2)
    office = Office(Random(2), Random(3), _Ticking(clock))

    def half(code):
        Sponsor.objects.create(code=code, name=code, funds="CSR", recorded_at=clock.now())
        Sponsor.objects.create(code=code * 2, name=code, funds="CSR", recorded_at=clock.now())

    office.do("whole", lambda: transaction.atomic(half)("A"))
    with pytest.raises(WorldBrokenError, match="cut off"):
        for number in range(10):
            office.do("half", lambda number=number: half(f"B{number}"))


class _Ticking:
    def __init__(self, clock):
        self.now, self.today = clock.now, clock.today

    def tick(self):
        """It stands."""
