import pytest

from payung.coverage.protectable import protectable
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month

NOVEMBER = Month.of_year(2026, 11)


def answer(budget_rp=10_000_000, **facts):
    given = {"funds": SumberDana.CSR, "sector": Sektor.LAINNYA, "first_month": NOVEMBER}
    return protectable(budget_rp, **(given | facts))


def test_a_companys_money_buys_the_law_month_by_month():
    six = next(term for term in answer().terms if term.affordable.months == 6)
    assert [month.price.total_rp for month in six.months] == [8_400, 8_400, 16_800, 16_800, 16_800, 16_800]
    assert (six.affordable.workers, six.affordable.total_rp, six.affordable.remainder_rp) == (119, 9_996_000, 4_000)
    assert six.is_default


def test_public_money_pays_the_full_price_throughout():
    assert {month.price.total_rp for month in answer(funds=SumberDana.APBD).terms[-1].months} == {16_800}


def test_work_on_the_road_keeps_its_relief_until_march():
    prices = [month.price.total_rp for month in answer(sector=Sektor.TRANSPORTASI).terms[-1].months]
    assert prices == [8_400] * 5 + [16_800] * 7


@pytest.mark.parametrize(("months", "warns"), [(1, True), (3, True), (6, False), (12, False)])
def test_three_months_or_fewer_carry_the_warning(months, warns):
    term = next(term for term in answer().terms if term.affordable.months == months)
    assert term.jkm.peringatan is warns


def test_every_month_can_be_explained_with_its_articles():
    month = answer().terms[0].months[0]
    assert any("PP 50/2025" in figure.article for figure in month.price.figures)


def test_a_sum_too_small_protects_nobody_and_says_what_is_left():
    assert {(term.affordable.workers, term.affordable.remainder_rp) for term in answer(5_000).terms} == {(0, 5_000)}
