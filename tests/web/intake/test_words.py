"""Rows, faults and persons in few words."""

import pytest

from payung.intake.selectors import FaultGroup, masked_name, masked_sample
from payung.web.intake.words import row_ranges, told_group


def test_rows_are_written_the_short_way():
    assert row_ranges([16, 14, 15, 20]) == "14–16, 20"
    assert row_ranges(range(1, 60, 2)).endswith(", dan 18 lagi")


def test_a_fault_of_many_rows_names_no_example():
    example = {"code": "repair:nik-typed-as-number", "row": 44, "field": "nik", "found": "3324••••••••0852"}
    told = told_group(FaultGroup("repair:nik-typed-as-number", "nik", (44, 60), example))
    assert told.text.found.startswith("NIK diketik sebagai angka. Excel")
    assert told.field == ""


def test_a_fault_of_one_row_says_what_was_found():
    example = {"code": "repair:village-unknown", "row": 9, "field": "village", "found": "Negeri Awan"}
    assert "Negeri Awan" in told_group(FaultGroup("repair:village-unknown", "village", (9,), example)).text.found


@pytest.mark.parametrize(
    ("text", "field", "shown"),
    [
        ("3324 0942 0385 0001", "nik", "3324••••••••0001"),
        ("'3324094203850001", "nik", "'3324••••••••0001"),
        ("0812-3456-7890", None, "0812••••••••"),
        ("Aminah", "mother_name", "A•••••"),
        ("Brangsong", "village", "Brangsong"),
    ],
)
def test_samples_give_nobody_away(text, field, shown):
    assert masked_sample(text, field=field) == shown


def test_a_name_is_masked_to_its_initials():
    assert masked_name("siti aminah binti Slamet") == "S. A. B. S."
    assert masked_name("") == "…"
