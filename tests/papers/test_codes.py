"""The code on a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.papers.codes import ALPHABET, grouped, new_check_code, normal_code
from payung.papers.errors import NotACheckCodeError


def test_a_code_has_128_random_bits_in_groups_that_can_be_read_out() -> None:
    code = new_check_code()
    assert [len(part) for part in code.split("-")] == [4, 4, 4, 4, 4, 6]
    assert len({new_check_code() for _ in range(1_000)}) == 1_000


@given(st.text(ALPHABET, min_size=26, max_size=26), st.sampled_from([" ", "-", "  ", ""]))
def test_a_code_is_understood_however_it_is_typed(signs: str, between: str) -> None:
    typed = between.join(grouped(signs).split("-")).lower().replace("0", "o").replace("1", "l")
    assert normal_code(typed) == signs


@pytest.mark.parametrize("text", ["", "7K2M", "U" * 26, "7" * 27, "²" * 26, "3324010203040506"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotACheckCodeError):
        normal_code(text)
