"""Every case of bad input has a seed, and every seed gets the answer that is listed for it, through the real reader."""

import pytest

from tests.bad_input.answering import differences_of, in_child, in_process
from tests.bad_input.seeds import CASES, Seed, all_seeds


def test_every_case_has_a_seed():
    assert {each.number for each in all_seeds()} == set(CASES)


@pytest.mark.parametrize("seed", all_seeds(), ids=lambda each: each.label)
def test_a_seed_gets_the_answer_that_is_listed(seed: Seed):
    assert differences_of(seed, reader=in_process) == []


@pytest.mark.parametrize("seed", all_seeds()[::12], ids=lambda each: each.label)
def test_a_seed_gets_the_same_answer_from_the_readers_own_process(seed: Seed):
    assert differences_of(seed, reader=in_child) == []


def test_an_answer_of_the_listed_kind_is_one_a_file_could_get():
    for each in all_seeds():
        answer = each.answer
        if answer.kind == "R":
            assert answer.file.startswith("file:"), each.label
            continue
        assert not answer.file, each.label
        assert answer.fates, each.label
        repaired = any(fate.startswith("repair:") for fate in answer.fates.values())
        assert repaired == (answer.kind == "Q"), each.label
        assert answer.kind != "A" or answer.told or answer.fates, each.label
