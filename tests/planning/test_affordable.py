from hypothesis import given
from hypothesis import strategies as st

from payung.planning.affordable import affordable_months, affordable_terms

PRICES = [8_400, 8_400, 16_800, 16_800, 16_800, 16_800]


def test_a_sum_protects_whole_workers_for_whole_terms():
    (one, three, six) = affordable_terms(1_000_000, prices_rp=PRICES, terms=[1, 3, 6])
    assert (one.workers, one.total_rp, one.remainder_rp) == (119, 999_600, 400)
    assert (three.per_worker_rp, three.workers) == (33_600, 29)
    assert (six.per_worker_rp, six.workers, six.worker_months) == (84_000, 11, 66)


def test_a_term_beyond_the_known_prices_is_left_out():
    assert [term.months for term in affordable_terms(1_000_000, prices_rp=PRICES, terms=[6, 12])] == [6]


def test_too_little_for_anybody_protects_nobody_and_stays():
    (term,) = affordable_terms(8_399, prices_rp=PRICES, terms=[1])
    assert (term.workers, term.remainder_rp) == (0, 8_399)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 500_000), min_size=1, max_size=12))
def test_nothing_is_lost_and_one_worker_more_would_not_fit(budget, prices):
    for term in affordable_terms(budget, prices_rp=prices, terms=range(1, 13)):
        assert term.total_rp + term.remainder_rp == budget
        assert (term.workers + 1) * term.per_worker_rp > budget
        assert term.workers == 0 or affordable_months(budget, workers=term.workers, prices_rp=prices) >= term.months
