"""The law's steps are told in words, with the figures behind them, their articles and their doubts."""

from datetime import date

from django.utils import translation

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.iuran.masa_iuran import masa_iuran
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.rules.steps import Step
from payung.web.frame.traces import tell_steps

NOVEMBER, JANUARY = Month.from_text("2026-11"), Month.from_text("2027-01")


def price(bulan, sumber_dana):
    return iuran_bpu(1_000_000, bulan=bulan, sektor=Sektor.LAINNYA, sumber_dana=sumber_dana)


def test_a_companys_price_is_told_with_its_relief():
    told = [step.label for step in tell_steps(price(NOVEMBER, SumberDana.CSR).steps)]
    assert any("1 % dari Rp1.000.000: Rp10.000" in each for each in told)
    assert any("Keringanan untuk November 2026" in each and "50 %" in each for each in told)
    assert told[-1].endswith("Rp8.400.")


def test_public_money_is_told_that_it_pays_in_full():
    told = [step.label for step in tell_steps(price(NOVEMBER, SumberDana.APBD).steps)]
    assert "Tidak ada keringanan: iuran yang dibayar dari APBD tidak berhak." in told


def test_each_step_of_the_law_has_a_sentence_and_none_has_a_gap():
    rulings = [
        *(price(month, funds) for month in (NOVEMBER, JANUARY, Month.from_text("2020-09")) for funds in SumberDana),
        masa_iuran(3, mulai=NOVEMBER),
        masa_iuran(6, mulai=NOVEMBER),
        kelayakan_usia(date(1990, 12, 15), mendaftar=date(2026, 11, 22)),
    ]
    for step, told in (
        (s, t) for ruling in rulings for s, t in zip(ruling.steps, tell_steps(ruling.steps), strict=True)
    ):
        assert told.label not in (step.code, step.formula)
        assert "–" not in told.label, told
        assert "{" not in told.label


def test_a_short_term_is_warned_of():
    told = [step.label for step in tell_steps(masa_iuran(3, mulai=NOVEMBER).steps)]
    assert any("3 bulan" in each and "Rp10.000.000" in each for each in told)


def test_figures_articles_and_doubts_stand_beside_the_step():
    steps = tell_steps(masa_iuran(6, mulai=NOVEMBER).steps)
    waiting = next(step for step in steps if "Permenaker 1/2025" in step.article)
    assert waiting.confidence_note == "perlu konfirmasi BPJS Ketenagakerjaan"
    figure = waiting.figures[0]
    assert (figure.name, figure.value) == ("Masa tunggu JKM peserta BPU", "3 bulan penuh sejak kepesertaan")
    assert (figure.days, figure.href) == ("sejak sekitar 1 Februari 2025", "/dasar-hukum/masa_tunggu_jkm/")


def test_english_is_told_in_english():
    with translation.override("en"):
        told = tell_steps(price(NOVEMBER, SumberDana.CSR).steps)
    assert told[-1].label == "Contribution for the month: Rp8,400."


def test_a_step_without_a_sentence_shows_its_formula_or_its_code():
    told = tell_steps([Step(code="baru.langkah", result=3, formula="a + b"), Step(code="baru.langkah", result=3)])
    assert [step.label for step in told] == ["a + b", "baru.langkah"]
