"""Occupations are found the way lists write them."""

import doctest
from collections import Counter

import pytest

from payung.kernel.funds import Sektor
from payung.registry import occupations
from payung.registry.models import Occupation
from payung.registry.occupations import fold_occupation, occupation_cards, occupation_named, sector_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TUKANG BECAK", "tukang-becak"),
        ("Pedagang asongan", "pedagang-asongan"),
        ("marbot", "marbot-masjid"),
        ("Tk. Parkir", "tukang-parkir"),
        ("  Nelayan / Perikanan ", "nelayan"),
        ("ART", "asisten-rumah-tangga"),
        ("Pedagang asngan", "pedagang-asongan"),
        ("Tukang samph", "tukang-sampah"),
    ],
)
def test_an_occupation_is_recognised(written, code):
    assert occupation_named(written) == code


@pytest.mark.parametrize("written", ["", "  ", "Astronot", "xx", "-", "tukang"])
def test_what_is_not_clear_is_not_guessed(written):
    assert occupation_named(written) is None


def test_every_way_of_writing_means_one_occupation():
    written = Counter(
        folded
        for card in occupation_cards()
        for folded in {fold_occupation(text) for text in (card.name, *card.aliases)}
    )
    assert [text for text, count in written.items() if count > 1] == []


def test_the_examples_hold():
    assert doctest.testmod(occupations).failed == 0


def test_only_transport_is_in_the_sector_of_transport():
    sectors = {card.group: card.sector for card in occupation_cards()}
    assert [group for group, sector in sectors.items() if sector is Sektor.TRANSPORTASI] == ["Transportasi"]
    assert len(sectors) == 13


def test_the_sector_of_an_unknown_occupation_is_unknown():
    assert sector_of("tukang-ojek") is Sektor.TRANSPORTASI
    assert sector_of(None) is None


@pytest.mark.django_db
@pytest.mark.database
def test_the_book_stands_in_the_database(kendal):
    assert Occupation.objects.count() == len(occupation_cards())
    assert Occupation.objects.get(pk="kurir").sector == "TRANSPORTASI"
