"""Weights are found again from counts alone, without being told who is who."""

import numpy as np

from payung.matching.learning import Patterns, belief_of, learn


def test_the_shares_behind_the_counts_are_found_again():
    same, different = np.array([0.9, 0.1]), np.array([0.01, 0.99])
    levels = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    chance_same, chance_other = (np.prod(each[levels], axis=1) for each in (same, different))
    counts = 1_000_000 * (0.001 * chance_same + 0.999 * chance_other)
    belief = belief_of(["same", "different"], same="same", different="different")
    found = learn(Patterns(levels, counts, 1_000_000), [different] * 3, [belief] * 3, first=100)
    assert abs(found.expected - 1000) < 20
    assert all(abs(each[0] - 0.9) < 0.02 for each in found.among_same)
