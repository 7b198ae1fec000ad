"""Shares of rupiah: whole always, and never a rupiah too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.rules.arithmetic import basis_points_of, percent_of, rounded_down
from payung.rules.errors import FractionOfRupiahError

amounts, shares = st.integers(0, 10**12), st.integers(0, 10_000)


@given(amounts, shares)
def test_what_rounding_down_loses_is_less_than_a_rupiah(amount, share):
    assert 0 <= amount * share - basis_points_of(amount, share) * 10_000 < 10_000


@given(amounts, st.integers(1, 5_000), st.integers(1, 5_000))
def test_a_share_of_whole_multiples_is_exact(amount, times, by):
    assert rounded_down(amount * by, times=times, by=by) == amount * times


@given(amounts, shares, shares)
def test_a_greater_share_is_never_less(amount, one, other):
    low, high = sorted((one, other))
    assert basis_points_of(amount, low) <= basis_points_of(amount, high)


@given(amounts, st.integers(0, 100))
def test_per_cent_and_basis_points_agree_where_both_are_whole(amount, percent):
    assert percent_of(amount * 100, percent) == basis_points_of(amount * 100, percent * 100)


def test_a_fraction_of_a_contribution_is_refused_with_its_amount():
    with pytest.raises(FractionOfRupiahError, match="50 % of 3 is no whole rupiah"):
        percent_of(3, 50)


def test_a_known_pair():
    assert (basis_points_of(6_543_211 * 80, 6_000), rounded_down(1_000_000, times=7, by=30)) == (314_074_128, 233_333)
