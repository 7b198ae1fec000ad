"""Synthetic people are well-formed, all different, and the same for the same seed."""

from datetime import date

from payung.cli.demo.people import People
from payung.kernel.nik import Nik

TODAY = date(2026, 11, 22)


def people(seed: int, count: int = 500):
    maker = People(seed, villages=["33.24.09.2001", "33.24.15.1001"], occupations=["tukang-becak"], on=TODAY)
    return list(maker.many(count))


def test_the_same_seed_gives_the_same_people():
    assert people(1) == people(1)
    assert people(1) != people(2)


def test_every_nik_agrees_with_its_person_and_none_comes_twice():
    made = people(1)
    for person in made:
        nik = Nik.parse(person.nik)
        assert (nik.birth_date(TODAY), nik.sex) == (person.birth_date, person.sex)
    assert len({person.nik for person in made}) == len(made)
