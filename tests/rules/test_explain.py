"""Asking a rule by name."""

import json

import pytest

from payung.rules.book import RULES
from payung.rules.errors import Expected, GivenError, UnknownRuleError
from payung.rules.explain import explain

GIVEN = {"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}


def test_explanation_is_plain_data_with_articles():
    explained = json.loads(json.dumps(explain("iuran_bpu", GIVEN).as_dict()))
    assert explained["answer"]["total_rp"] == 8400
    assert explained["given"]["bulan"] == "2026-11"
    articles = {figure["article"] for step in explained["steps"] for figure in step["figures"]}
    assert {"PP 44/2015 Lampiran II", "PP 44/2015", "PP 50/2025 Ps 3-4", "PP 50/2025 Ps 3"} == articles


def test_every_figure_of_a_step_says_since_when_and_how_sure():
    for step in explain("iuran_bpu", GIVEN).as_dict()["steps"]:
        for figure in step["figures"]:
            assert figure["since"]
            assert figure["confidence"] in ("tinggi", "belum dicek", "perlu konfirmasi")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"bulan": "2026-13"}, "bulan"),
        ({"bulan": 2026}, "bulan"),
        ({"sektor": "BECAK"}, "sektor"),
        ({"penghasilan_rp": 1.5}, "penghasilan_rp"),
        ({"penghasilan_rp": True}, "penghasilan_rp"),
        ({"penghasilan_rp": "1000000"}, "penghasilan_rp"),
        ({"jht": 1}, "jht"),
        ({"upah": 1}, "upah"),
    ],
)
def test_what_is_given_wrongly_is_refused_by_its_key(change, key):
    with pytest.raises(GivenError) as refusal:
        explain("iuran_bpu", GIVEN | change)
    assert refusal.value.key == key


def test_a_wrong_choice_is_refused_with_the_choices():
    with pytest.raises(GivenError) as refusal:
        explain("iuran_bpu", GIVEN | {"sektor": "BECAK"})
    assert (refusal.value.expected, refusal.value.choices) == (Expected.CHOICE, ("TRANSPORTASI", "LAINNYA"))


@pytest.mark.parametrize("key", GIVEN)
def test_what_is_not_given_is_asked_for(key):
    with pytest.raises(GivenError) as refusal:
        explain("iuran_bpu", {name: value for name, value in GIVEN.items() if name != key})
    assert refusal.value.key == key


def test_an_unknown_rule_is_refused_with_those_that_exist():
    with pytest.raises(UnknownRuleError) as refusal:
        explain("iuran_pu", GIVEN)
    assert refusal.value.known == tuple(RULES)


def test_every_public_rule_has_a_title_in_indonesian_and_its_own_name():
    assert {name: rule.title for name, rule in RULES.items()} == {
        "ahli_waris": "Urutan ahli waris.",
        "aktif_kembali": "Aktif kembali setelah menunggak.",
        "beasiswa": "Beasiswa anak pekerja yang meninggal atau cacat total tetap.",
        "denda_keterlambatan": "Ganti rugi keterlambatan pembayaran manfaat.",
        "iuran_bpu": "Iuran sebulan seorang peserta BPU.",
        "jkk_alat_bantu": "Penggantian gigi tiruan, alat bantu dengar dan kacamata.",
        "jkk_cacat_sebagian_anatomis": "Manfaat JKK bila peserta kehilangan bagian badan.",
        "jkk_cacat_sebagian_fungsi": "Manfaat JKK bila fungsi bagian badan berkurang.",
        "jkk_cacat_total_tetap": "Manfaat JKK bila peserta cacat total tetap.",
        "jkk_homecare": "Perawatan di rumah bagi korban kecelakaan kerja.",
        "jkk_meninggal": "Manfaat JKK bila peserta meninggal karena kecelakaan kerja.",
        "jkk_perawatan": "Perawatan dan pengobatan korban kecelakaan kerja.",
        "jkk_rehabilitasi": "Penggantian orthese, prothese dan rehabilitasi medik.",
        "jkk_stmb": "Manfaat JKK selama peserta sementara tidak mampu bekerja.",
        "jkk_transportasi": "Penggantian biaya angkutan korban kecelakaan kerja.",
        "jkm_manfaat": "Manfaat JKM: meninggal bukan karena kecelakaan kerja.",
        "kedaluwarsa_jkk": "Kedaluwarsa hak atas manfaat JKK.",
        "kedaluwarsa_jkm": "Kedaluwarsa hak atas manfaat JKM.",
        "kelayakan_usia": "Kelayakan usia saat mendaftar.",
        "masa_iuran": "Lama iuran dan peringatan masa tunggu JKM.",
        "nik": "Arti NIK.",
        "status_kepesertaan": "Status kepesertaan BPU.",
        "tenggat_bayar_jkk": "Tenggat pembayaran manfaat JKK.",
        "tenggat_bayar_jkm": "Tenggat pembayaran manfaat JKM.",
        "tenggat_keputusan_jkk": "Tenggat kesimpulan kecelakaan kerja oleh BPJS.",
        "tenggat_lapor_jkk": "Tenggat laporan kecelakaan kerja (tahap I).",
        "tenggat_lapor_tahap_dua": "Tenggat laporan kecelakaan kerja tahap II.",
    }


def test_an_unknown_key_is_refused_with_the_keys_there_are():
    with pytest.raises(GivenError) as refusal:
        explain("iuran_bpu", GIVEN | {"upah": 1})
    assert refusal.value.choices == ("penghasilan_rp", "bulan", "sektor", "sumber_dana", "jht")


def test_a_secret_is_explained_masked():
    assert "5512900003" not in str(explain("nik", {"nik": "3324155512900003", "pada": "2026-11-22"}).given)
