"""Lost parts of the body: each row of the table as a case beside this file, and what holds for all losses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Keyakinan
from payung.rules.cases import check_case
from payung.rules.errors import GivenError
from payung.rules.jkk import figures
from payung.rules.jkk.bagian import Bagian
from payung.rules.jkk.jkk_cacat_sebagian_anatomis import jkk_cacat_sebagian_anatomis
from payung.rules.jkk.jkk_cacat_total_tetap import jkk_cacat_total_tetap
from tests.rules.jkk.days_and_wages import TABLE, TODAY, days, losses, parts, wages
from tests.rules.yaml_cases import cases_beside

RULE = "jkk_cacat_sebagian_anatomis"
CASES = cases_beside(__file__, RULE)


@pytest.mark.parametrize("case", CASES)
def test_worked_case(case):
    assert check_case(case) == []


def test_the_table_has_a_row_for_every_part_and_every_row_a_case():
    asked = {part for case in CASES for part in case.values[0].given["kehilangan"]}
    assert set(TABLE) == set(Bagian)
    assert {part.value for part in Bagian} <= asked


@given(days, wages, losses, st.booleans())
def test_it_is_never_negative_and_never_more_than_total_disability(day, wage, lost, left_handed):
    benefit = jkk_cacat_sebagian_anatomis(day, upah_rp=wage, kehilangan=lost, kidal=left_handed)
    assert 0 <= benefit.total_rp <= jkk_cacat_total_tetap(day, upah_rp=wage).santunan_rp
    assert benefit.total_rp == benefit.steps[-1].result == 80 * wage * benefit.cacat_bp // 10_000


@given(losses, parts, wages)
def test_who_loses_more_never_gets_less(lost, part, wage):
    if part not in lost:
        less = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=wage, kehilangan=lost)
        more = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=wage, kehilangan=(*lost, part))
        held = {part} & {larger for each in lost for larger in TABLE[each].tercakup_dalam}
        assert more.cacat_bp >= less.cacat_bp or held


@given(losses, st.randoms())
def test_the_order_of_the_losses_does_not_matter(lost, random):
    shuffled = random.sample(lost, len(lost))
    bp = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=lost).cacat_bp
    assert jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=tuple(shuffled)).cacat_bp == bp


@given(losses)
def test_a_left_handed_worker_is_a_mirror_of_a_right_handed_one(lost):
    mirrored = tuple(part.other_side for part in lost)
    left = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=lost, kidal=True)
    assert left.total_rp == jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=mirrored).total_rp


@pytest.mark.parametrize("part", Bagian)
def test_the_other_side_of_the_other_side_is_the_same(part):
    assert part.other_side.other_side is part
    assert (part.other_side is part) == ("kanan" not in part and "kiri" not in part)


def test_two_losses_are_the_sum_of_each():
    thumb, eye = (Bagian.IBU_JARI_KANAN,), (Bagian.SATU_MATA,)
    totals = [jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=lost).total_rp for lost in (thumb, eye)]
    assert jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=thumb + eye).total_rp == sum(totals)


def test_doubt_about_the_cap_is_shown_only_above_it():
    arms = (Bagian.LENGAN_KANAN_DARI_BAHU, Bagian.LENGAN_KIRI_DARI_BAHU)
    assert jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=arms[:1]).confidence is Keyakinan.TINGGI
    both = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=arms)
    assert [step.code for step in both.steps if step.confidence is Keyakinan.PERLU_KONFIRMASI] == ["jkk.cacat_batas"]


def test_a_step_says_which_larger_loss_holds_a_smaller_one():
    lost = (Bagian.TELUNJUK_KANAN, Bagian.TANGAN_KANAN_DARI_PERGELANGAN)
    step = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1_000_000, kehilangan=lost).steps[0]
    assert (step.code, step.result) == ("jkk.cacat_sudah_tercakup", 0)
    assert step.params["tercakup_dalam"] is Bagian.TANGAN_KANAN_DARI_PERGELANGAN


def test_a_step_of_a_left_handed_worker_names_both_sides():
    step = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=(Bagian.TELUNJUK_KIRI,), kidal=True).steps[0]
    assert step.code == "jkk.persentase_cacat_kidal"
    assert (step.params["bagian"], step.params["dihitung_sebagai"]) == (Bagian.TELUNJUK_KIRI, Bagian.TELUNJUK_KANAN)


def test_one_loss_has_no_sum_and_several_have():
    codes = [step.code for step in jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=(Bagian.SATU_MATA,)).steps]
    assert codes == ["jkk.persentase_cacat", "jkk.santunan_cacat_anatomis"]
    toes = (Bagian.IBU_JARI_KAKI, Bagian.TELUNJUK_KAKI, Bagian.TELUNJUK_KAKI)
    codes = [step.code for step in jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=toes).steps]
    assert codes == [
        "jkk.persentase_cacat",
        "jkk.persentase_cacat_berulang",
        "jkk.cacat_jumlah",
        "jkk.santunan_cacat_anatomis",
    ]


def test_no_loss_says_so():
    (step,) = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=()).steps
    assert step.code == "jkk.cacat_tidak_ada"


def test_a_loss_named_too_often_says_how_often_it_can_be():
    with pytest.raises(GivenError) as refusal:
        jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=(Bagian.SATU_MATA,) * 2)
    assert refusal.value.choices == ("1", "satu_mata")


@pytest.mark.parametrize("spoil", [lambda rows: rows[1:], lambda rows: [*rows, rows[0]]])
def test_a_table_that_lacks_a_row_or_has_one_twice_is_refused(spoil):
    rows = [{"bagian": part.value, "bp": 100} for part in Bagian]
    origin = figures.TABEL_CACAT.values[0].origin
    assert len(figures._tabel_cacat(rows, origin)) == len(rows)
    with pytest.raises(ValueError, match="one row"):
        figures._tabel_cacat(spoil(rows), origin)


def test_the_sum_says_how_many_kinds_were_counted_and_leaves_out_what_is_held():
    lost = (Bagian.TELUNJUK_KANAN, Bagian.LENGAN_KANAN_DARI_BAHU, Bagian.SATU_MATA)
    steps = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=lost).steps
    assert [step.params["banyaknya"] for step in steps if step.code == "jkk.cacat_jumlah"] == [2]


def test_of_several_larger_losses_the_largest_is_named():
    lost = (Bagian.TELUNJUK_KANAN, Bagian.TANGAN_KANAN_DARI_PERGELANGAN, Bagian.LENGAN_KANAN_DARI_BAHU)
    step = jkk_cacat_sebagian_anatomis(TODAY, upah_rp=1, kehilangan=lost).steps[0]
    assert step.params["tercakup_dalam"] is Bagian.LENGAN_KANAN_DARI_BAHU
