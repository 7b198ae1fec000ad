"""Who may be one person without a NIK in common, and who is not."""

from dataclasses import replace
from datetime import date

import pytest

from payung.matching.likeness import Facts, is_likely_one_person, shared_facts

SARI = Facts("3324155703900003", "Sari Wulandari", date(1990, 3, 17), "33.24.15.2001", "Siti Aminah", "081234567890")


@pytest.mark.parametrize(
    "changes",
    [
        {"nik": "3324155703900008"},  # a slip of the finger: case 23 of bad-input.md
        {"nik": "3324155703900030"},
        {"nik": "3325015703900001"},  # another NIK, but mother and telephone
        {"nik": "", "phone": "", "mother": ""},  # unreadable: birth date and village
        {"nik": "3324155703900008", "birth_date": date(1990, 7, 3), "name": "SARI WULANDARY"},
    ],
)
def test_one_person_written_twice_is_seen(changes):
    assert is_likely_one_person(SARI, replace(SARI, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Sinta Wulansari", "nik": "3324155703900004"},  # her twin
        {"nik": "3324155703900044", "mother": "", "phone": ""},  # a namesake of the same day and village
        {"nik": "3324156101910003", "birth_date": date(1991, 1, 21), "phone": "085700001111"},  # a sister
        {"nik": "", "birth_date": None, "mother": ""},
    ],
)
def test_twins_namesakes_and_sisters_are_let_be(changes):
    assert not is_likely_one_person(SARI, replace(SARI, **changes))


def test_the_first_of_january_is_no_shared_birthday():
    unknown = replace(SARI, birth_date=date(1990, 1, 1))
    assert "birth" not in shared_facts(unknown, unknown)


def test_facts_print_nothing_of_the_person():
    assert "3324" not in repr(SARI)
