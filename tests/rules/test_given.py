"""What is given to a rule from outside, read into what its function takes; and refused by the name of its key."""

import dataclasses
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import pytest

from payung.rules.errors import Expected, GivenError
from payung.rules.given import SecretText, is_secret, read_given, shown


class Colour(StrEnum):
    RED = "red"


@dataclasses.dataclass(frozen=True)
class Thing:
    colour: Colour
    count: int = 1


def test_a_list_of_things_with_their_fields():
    raw = [{"colour": "red", "count": 2}, {"colour": "red"}]
    assert read_given("rule", "things", tuple[Thing, ...], raw) == (Thing(Colour.RED, 2), Thing(Colour.RED))


def test_a_moment_knows_its_zone():
    assert read_given("rule", "at", datetime, "2026-11-20T08:00+07:00") == datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_nothing_may_stand_where_nothing_is_allowed():
    assert read_given("rule", "count", int | None, None) is None
    assert read_given("rule", "count", int | None, 3) == 3


@pytest.mark.parametrize(
    ("kind", "raw", "key", "expected"),
    [
        (datetime, "2026-11-20T08:00", "x", Expected.MOMENT),
        (tuple[int, ...], 3, "x", Expected.LIST),
        (tuple[int, ...], [1, "2"], "x[2]", Expected.WHOLE_NUMBER),
        (tuple[Thing, ...], [{"colour": "red"}, {"colour": "blue"}], "x[2].colour", Expected.CHOICE),
        (Thing, {"count": 1}, "x.colour", Expected.TO_BE_GIVEN),
        (Thing, {"colour": "red", "size": 1}, "x.size", Expected.KNOWN_KEY),
        (Thing, "red", "x", Expected.FIELDS),
        (int, None, "x", Expected.WHOLE_NUMBER),
    ],
)
def test_what_does_not_fit_is_refused_by_its_key(kind, raw, key, expected):
    with pytest.raises(GivenError) as refusal:
        read_given("rule", "x", kind, raw)
    assert (refusal.value.key, refusal.value.expected) == (key, expected)


@pytest.mark.parametrize(
    ("raw", "expected"), [("red", Expected.FIELDS), ({"colour": "red", "size": 1}, Expected.KNOWN_KEY)]
)
def test_who_gives_fields_wrongly_is_told_which_there_are(raw, expected):
    with pytest.raises(GivenError) as refusal:
        read_given("rule", "x", Thing, raw)
    assert (refusal.value.expected, refusal.value.choices) == (expected, ("colour", "count"))


@pytest.mark.parametrize("kind", [str, Annotated[str, "a note"]])
def test_only_a_secret_is_masked(kind):
    assert (is_secret(kind), shown(kind, "3324155512900003")) == (False, "3324155512900003")
    assert is_secret(SecretText)
    assert "5512900003" not in shown(SecretText, "3324155512900003")
