"""The open order of workers."""

import random
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Sektor
from payung.planning.priority import Candidate, in_order


def candidate(number: int, **facts) -> Candidate:
    usual = {"desil": 3, "sector": Sektor.LAINNYA, "birth_date": date(1980, 1, 1), "known_since": date(2026, 1, 1)}
    return Candidate(public_id=UUID(int=number), **(usual | facts))


def order(*candidates: Candidate) -> list[int]:
    return [place.public_id.int for place in in_order(candidates)]


def test_the_poorest_come_first():
    assert order(candidate(1, desil=4), candidate(2, desil=1)) == [2, 1]


def test_a_worker_not_yet_recorded_stands_between_desil_four_and_five():
    assert order(candidate(1, desil=5), candidate(2, desil=None), candidate(3, desil=4)) == [3, 2, 1]


def test_work_on_the_road_comes_before_other_work_of_the_same_desil():
    assert order(candidate(1), candidate(2, sector=Sektor.TRANSPORTASI)) == [2, 1]


def test_the_older_come_before_the_younger():
    assert order(candidate(1), candidate(2, birth_date=date(1962, 5, 1))) == [2, 1]


def test_who_waited_longer_comes_first_among_equals():
    assert order(candidate(1), candidate(2, known_since=date(2025, 6, 1))) == [2, 1]


def test_each_place_says_why():
    (place,) = in_order([candidate(1, desil=None)])
    assert place.reasons == ("desil:belum-terdata", "sektor:LAINNYA", "lahir:1980-01-01", "sejak:2026-01-01")


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(1, 10)), st.sampled_from(Sektor), st.dates(date(1950, 1, 1))),
        max_size=30,
    ),
    st.randoms(),
)
def test_the_order_does_not_depend_on_how_people_came_in(facts, chance: random.Random):
    people = [
        candidate(number, desil=desil, sector=sector, birth_date=born)
        for number, (desil, sector, born) in enumerate(facts)
    ]
    shuffled = people[:]
    chance.shuffle(shuffled)
    assert in_order(people) == in_order(shuffled)
