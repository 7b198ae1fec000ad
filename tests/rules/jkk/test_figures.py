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


def test_a_body_loses_no_more_than_it_has():
    """Three other fingers and their first joints on each hand, two big toes and two second ones, six others."""
    table = figures.TABEL_CACAT.values[0].value
    several = {part.value: row.paling_banyak for part, row in table.items() if row.paling_banyak != 1}
    assert several == {
        "jari_lain_kanan": 3,
        "jari_lain_kiri": 3,
        "ruas_pertama_jari_lain_kanan": 3,
        "ruas_pertama_jari_lain_kiri": 3,
        "ibu_jari_kaki": 2,
        "telunjuk_kaki": 2,
        "jari_kaki_lain": 6,
        "efisiensi_penglihatan_10_persen": 10,
        "lapang_pandang_10_persen": 10,
        "penurunan_dengar_kedua_telinga_10_db": None,
        "penurunan_dengar_satu_telinga_10_db": None,
    }


def test_a_doctor_sets_the_share_of_the_scalp_alone_between_ten_and_thirty_per_cent():
    table = figures.TABEL_CACAT.values[0].value
    spans = {part.value: (row.terendah_bp, row.tertinggi_bp) for part, row in table.items()
             if row.terendah_bp != row.tertinggi_bp}  # fmt: skip
    assert spans == {"kulit_kepala": (1000, 3000)}
