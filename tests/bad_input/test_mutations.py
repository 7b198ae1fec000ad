"""A few of each seed's mutants get the seed's answer; `make soak` reads all of them."""

import pytest

from tests.bad_input.answering import differences, given, in_fork, in_process
from tests.bad_input.mutations import mutants_of
from tests.bad_input.seeds import Seed, all_seeds

OF_GRIDS = [seed for seed in all_seeds() if seed.grid]
# A file as it lies: whole under another name, and damaged. Those that take long by themselves are left to `make soak`.
OF_BYTES = [seed for seed in all_seeds() if not seed.grid and len(seed.content) < 100_000]


@pytest.mark.parametrize("seed", OF_GRIDS, ids=lambda each: each.label)
def test_a_list_in_another_shape_gets_the_same_answer(seed: Seed):
    wrong = []
    for mutant in mutants_of(seed, 2):
        got = given(mutant.content, mutant.file_name, world=seed.world, reader=in_process, choices=seed.choices)
        wrong += [f"{mutant.label}: {difference}" for difference in differences(mutant.answer, got)]
    assert wrong == []


@pytest.mark.parametrize("seed", OF_BYTES, ids=lambda each: each.label)
def test_a_damaged_file_gets_some_answer_and_a_whole_one_its_own(seed: Seed):
    wrong = []
    for mutant in mutants_of(seed, 6):
        reader = in_process if mutant.answer else in_fork
        got = given(mutant.content, mutant.file_name, world=seed.world, reader=reader, choices=seed.choices)
        wrong += [f"{mutant.label}: {difference}" for difference in differences(mutant.answer, got)]
    assert wrong == []


def test_a_mutant_is_the_same_tomorrow_and_another_than_its_seed():
    seed = OF_GRIDS[0]
    once, again = [[each.content for each in mutants_of(seed, 20)] for _ in range(2)]
    assert once == again
    assert len({*once, seed.content}) > 15
