"""A pair is two records, a probability in millionths, a band and its evidence."""

import pytest

from payung.matching.pairs import Band, Evidence, Pair


def test_a_pair_carries_its_evidence_and_its_model():
    evidence = Evidence("name", "same", "siti aminah", "aminah siti", 9_500)
    pair = Pair("a", "b", 999_000, Band.AUTO, (evidence,), "worker 1")
    assert (pair.evidence[0].field, pair.band.value, pair.model) == ("name", "auto", "worker 1")


def test_a_record_is_no_pair_with_itself():
    with pytest.raises(ValueError, match="two records"):
        Pair("a", "a", 999_000, Band.AUTO, (), "worker 1")


@pytest.mark.parametrize("ppm", [-1, 1_000_001])
def test_a_probability_lies_between_nothing_and_certain(ppm):
    with pytest.raises(ValueError, match="between 0 and"):
        Pair("a", "b", ppm, Band.REVIEW, (), "worker 1")
