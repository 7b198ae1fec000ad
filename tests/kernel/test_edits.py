"""Counting typing errors."""

import pytest

from payung.kernel.edits import edits_within


@pytest.mark.parametrize(
    ("one", "other", "limit", "edits"),
    [
        ("sari", "sari", 0, 0),
        ("siregar", "sireggar", 2, 1),
        ("susanti", "susaanti", 1, 1),
        ("ani", "uli", 2, 2),
        ("ani", "uli", 1, None),
        ("", "ab", 2, 2),
        ("sari", "sa", 1, None),
        ("kitten", "sitting", 3, 3),
    ],
)
def test_edits_are_counted_up_to_the_limit(one: str, other: str, limit: int, edits: int | None) -> None:
    assert edits_within(one, other, limit) == edits
    assert edits_within(other, one, limit) == edits
