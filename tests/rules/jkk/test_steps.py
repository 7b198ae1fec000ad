"""Each step of JKK, over every worked case: the params that its sentence may name, and the cards that it rests on."""

from pathlib import Path

import pytest

from payung.rules.book import RULES
from payung.rules.cases import read_cases
from payung.rules.jkk import figures

COST = "biaya_rp batas_rp"
ROW = "bagian dihitung_sebagai kali tiap_bp"
EXPECTED = {
    "jkk.alat_bantu_tanpa_biaya": {("", "")},
    "jkk.alat_bantu_total": {("banyaknya", "")},
    "jkk.alat_dengar": {(COST, "batas_alat_dengar_jkk")},
    "jkk.biaya_pemakaman": {("", "biaya_pemakaman_jkk")},
    "jkk.cacat_batas": {("jumlah_bp batas_bp", "batas_cacat_sebagian_jkk")},
    "jkk.cacat_jumlah": {("banyaknya", "")},
    "jkk.cacat_sudah_tercakup": {("bagian tercakup_dalam", "")},
    "jkk.cacat_tidak_ada": {("", "")},
    "jkk.cacat_total_total": {("santunan_rp berkala_rp beasiswa_maks_rp", "")},
    "jkk.fungsi_tidak_berkurang": {("", "")},
    "jkk.gigi_tiruan": {(COST, "batas_gigi_tiruan_jkk")},
    "jkk.homecare": {(COST, "batas_homecare_jkk")},
    "jkk.homecare_belum_ada": {("", "batas_homecare_jkk")},
    "jkk.homecare_lewat_waktu": {("biaya_rp bulan", "bulan_homecare_jkk")},
    "jkk.homecare_tanpa_biaya": {(COST, "batas_homecare_jkk")},
    "jkk.kacamata": {(COST, "batas_kacamata_jkk")},
    "jkk.meninggal_total": {("santunan_rp berkala_rp pemakaman_rp beasiswa_maks_rp", "")},
    "jkk.orthese_prothese": {("biaya_rp acuan_rp tambahan_persen batas_rp", "tambahan_orthese_prothese_jkk")},
    "jkk.perawatan": {("biaya_rp", "perawatan_jkk")},
    "jkk.perawatan_tanpa_biaya": {("biaya_rp", "perawatan_jkk")},
    "jkk.persentase_cacat": {(ROW, "tabel_cacat_jkk")},
    "jkk.persentase_cacat_berulang": {(ROW, "tabel_cacat_jkk")},
    "jkk.persentase_cacat_kidal": {(ROW, "tabel_cacat_jkk")},
    "jkk.rehabilitasi_medik": {("biaya_rp", "perawatan_jkk")},
    "jkk.rehabilitasi_tanpa_biaya": {("", "")},
    "jkk.rehabilitasi_total": {("banyaknya", "")},
    "jkk.santunan_berkala": {("bulan sebulan_rp", "bulan_santunan_berkala_jkk santunan_berkala_sebulan_jkk")},
    "jkk.santunan_cacat_anatomis": {("bp kali upah_rp", "kelipatan_upah_santunan_jkk")},
    "jkk.santunan_cacat_fungsi": {
        ("fungsi_hilang_persen bp kali upah_rp", "cacat_fungsi_jkk kelipatan_upah_santunan_jkk")
    },
    "jkk.santunan_cacat_total": {
        ("upah_rp kali bp", "kelipatan_upah_santunan_jkk bagian_santunan_cacat_total_jkk")
    },
    "jkk.santunan_kematian": {("upah_rp kali bp", "kelipatan_upah_santunan_jkk bagian_santunan_kematian_jkk")},
    "jkk.santunan_kematian_minimum": {
        (
            "upah_rp kali bp dihitung_rp",
            "kelipatan_upah_santunan_jkk bagian_santunan_kematian_jkk santunan_kematian_jkk_minimum",
        )
    },
    "jkk.stmb_tahap": {("dari_hari sampai_hari", "tahap_stmb_jkk hari_sebulan_stmb_jkk")},
    "jkk.stmb_tanpa_hari": {("", "")},
    "jkk.stmb_total": {("upah_rp hari_sebulan hari", "hari_sebulan_stmb_jkk")},
    "jkk.transportasi_darat": {(COST, "batas_transportasi_darat_jkk")},
    "jkk.transportasi_laut": {(COST, "batas_transportasi_laut_jkk")},
    "jkk.transportasi_tanpa_biaya": {("", "")},
    "jkk.transportasi_total": {("banyaknya", ""), ("banyaknya", "beberapa_angkutan_jkk")},
    "jkk.transportasi_udara": {(COST, "batas_transportasi_udara_jkk")},
}  # fmt: skip


def test_every_step_gives_its_params_and_cites_its_cards():
    found: dict[str, set[tuple[str, str]]] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for case in read_cases(path):
            steps = () if "refused" in case.expect else RULES[case.rule](case.given).steps
            for step in steps:
                if step.code in EXPECTED or step.code.startswith("jkk."):
                    cards = " ".join(figure.card for figure in step.figures)
                    found.setdefault(step.code, set()).add((" ".join(step.params), cards))
    assert found == EXPECTED


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
