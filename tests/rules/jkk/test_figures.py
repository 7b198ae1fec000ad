"""Cards of JKK that hold words and not numbers."""

import pytest

from payung.rules.jkk import figures


@pytest.mark.parametrize(
    ("card", "says"),
    [
        (figures.PERAWATAN, "sesuai kebutuhan medis"),
        (figures.BEBERAPA_ANGKUTAN, "masing-masing sampai batasnya"),
        (figures.CACAT_FUNGSI, "persen hilangnya fungsi x persen tabel"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_card_of_a_way_says_it_in_words(card, says):
    assert {value.value for value in card.values} == {says}
