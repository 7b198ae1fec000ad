"""Why a rule did not answer: every refusal has its text in both languages, and none repeats what was given."""

from datetime import date

import pytest

from payung.rules.errors import (
    AfterTheLawError,
    BeforeTheLawError,
    BeyondTheCalendarError,
    Expected,
    FractionOfRupiahError,
    GivenError,
    OverlayError,
    OverlayFault,
    RuleError,
    TwoFormulasError,
    UnknownRuleError,
)
from payung.rules.refusals import EXPECTED, OVERLAY, refusal
from payung.rules.writing import Language

DAY = date(2026, 11, 22)
ERRORS = [
    UnknownRuleError("x", ("iuran_bpu",)),
    BeforeTheLawError("iuran_jkm_bpu", DAY, DAY),
    BeforeTheLawError("keringanan", DAY, DAY),
    AfterTheLawError("iuran_jkm_bpu", DAY),
    FractionOfRupiahError("33 % of 6800 is no whole rupiah"),
    TwoFormulasError("keringanan", DAY),
    OverlayError(OverlayFault.UNKNOWN_CARD, card="x", known=("iuran_jkm_bpu",)),
    OverlayError(OverlayFault.VALUE, card="x", number=2, detail="-1"),
    GivenError("masa_iuran", "bulan", Expected.ONE_OR_MORE),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_each_refusal_is_said_in_both_languages(error):
    indonesian, english = (refusal(error, language) for language in Language)
    assert indonesian != english
    assert indonesian.endswith((".", "]"))


def test_everything_that_may_be_expected_has_its_text():
    assert set(EXPECTED) == set(Expected)
    assert set(OVERLAY) == set(OverlayFault)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OverlayError(OverlayFault.VALUE, card="upah", number=2, detail="-1"),
         "Nilainya harus berbentuk seperti dalam parameters.yaml dan tidak di bawah nol; pada angka upah (nilai ke-2)."
         " [-1]"),
        (OverlayError(OverlayFault.UNKNOWN_CARD, card="upa", known=("upah", "umur")),
         "Tidak ada angka bernama upa. Mungkin: upah, umur."),
        (OverlayError(OverlayFault.SHAPE),
         "Berkas skenario harus berisi name dan cards saja, dengan sedikitnya satu angka."),
        (BeyondTheCalendarError(DAY),
         "Tenggat yang dihitung dari 2026-11-22 melewati tahun 9999. Isi tanggal yang lebih awal."),
        (AfterTheLawError("keringanan", DAY), "Tidak ada hukum yang berlaku pada 22 November 2026 (keringanan)."),
        (RuleError("x"), "x"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_and_where_and_nothing_it_does_not_know(error, text):
    assert refusal(error) == text


def test_a_figure_is_named_as_people_know_it():
    assert "Iuran JKM peserta BPU" in refusal(AfterTheLawError("iuran_jkm_bpu", DAY))
