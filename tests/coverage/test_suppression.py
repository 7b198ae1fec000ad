"""Differencing: an attacker who knows every public number and the rules must not pin a small count down."""

from hypothesis import given
from hypothesis import strategies as st

from payung.coverage.suppression import SMALL, suppress_table

COUNTS = st.integers(0, 40) | st.integers(0, 6)
TABLES = st.dictionaries(st.sampled_from("abcdefghij"), COUNTS, min_size=1, max_size=10)
REGENCIES = st.dictionaries(st.sampled_from("ABCDE"), TABLES, min_size=1, max_size=5)


def possible(total: int | None, shown: dict[str, int | None]) -> dict[str, tuple[int, int | None]]:
    """The least and the most that each hidden cell can be, as anybody can work out from a table and its total."""
    hidden = [key for key, count in shown.items() if count is None]
    if total is None:
        return dict.fromkeys(hidden, (0, None))
    left = total - sum(count for count in shown.values() if count is not None)
    return {key: (left if len(hidden) == 1 else 0, left) for key in hidden}


@given(TABLES)
def test_no_small_count_is_shown(counts):
    shown = suppress_table(counts)
    assert all(count is None or count >= SMALL for count in shown.values())


@given(TABLES)
def test_what_is_shown_is_true(counts):
    assert all(count is None or count == counts[key] for key, count in suppress_table(counts).items())


@given(TABLES)
def test_a_hidden_cell_could_be_any_small_number(counts):
    total = sum(counts.values())
    shown = suppress_table(counts, total_is_public=total >= SMALL)
    for least, most in possible(total if total >= SMALL else None, shown).values():
        if len(counts) > 1:
            assert least == 0
            assert most is None or most >= SMALL - 1


@given(TABLES.filter(lambda counts: min(counts.values()) >= SMALL))
def test_nothing_is_hidden_without_need(counts):
    assert suppress_table(counts) == counts


@given(REGENCIES)
def test_the_villages_of_hidden_kecamatan_do_not_give_them_away(regency):
    sums = {name: sum(villages.values()) for name, villages in regency.items()}
    total = sum(sums.values())
    outer = suppress_table(sums, total_is_public=total >= SMALL)
    for name, villages in regency.items():
        inner = suppress_table(villages, total_is_public=outer[name] is not None)
        if outer[name] is None:
            assert set(inner.values()) == {None}
        for least, most in possible(outer[name], inner).values():
            assert len(villages) == 1 or (least == 0 and (most is None or most >= SMALL - 1))


def test_a_lone_small_cell_takes_a_neighbour_with_it():
    assert suppress_table({"a": 60, "b": 37, "c": 3}) == {"a": 60, "b": None, "c": None}


def test_two_empty_cells_alone_would_be_known_so_a_third_goes():
    assert suppress_table({"a": 0, "b": 0, "c": 9, "d": 30}) == {"a": None, "b": None, "c": None, "d": 30}
