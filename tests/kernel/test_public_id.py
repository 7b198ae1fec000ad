"""Opaque names."""

import time
from uuid import UUID

from payung.kernel.public_id import new_public_id, new_public_ids


def milliseconds(made: UUID) -> int:
    return made.int >> 80


def test_a_name_is_a_uuid_of_version_7_with_the_time_in_front():
    before = time.time_ns() // 1_000_000
    for made in (new_public_id(), *new_public_ids(50)):
        assert (made.version, made.variant) == (7, "specified in RFC 4122")
        assert before <= milliseconds(made) <= time.time_ns() // 1_000_000


def test_names_made_at_once_are_all_different_in_each_of_their_random_bits():
    made = new_public_ids(2_000)
    assert len(set(made)) == 2_000
    fixed = 0xF << 76 | 0b11 << 62
    for bit in (*range(62), *range(64, 76)):
        ones = sum(each.int >> bit & 1 for each in made)
        assert 800 < ones < 1_200, bit
    assert len({each.int & fixed for each in made}) == 1


def test_none_are_made_where_none_are_asked_for():
    assert new_public_ids(0) == []
