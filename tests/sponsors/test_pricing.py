"""What a pledge costs, month by month, by the law of each month."""

import doctest

import pytest

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.sponsors import pricing
from payung.sponsors.pricing import PledgeFacts, price_facts


def priced(funds=SumberDana.CSR, first="2026-11", months=3, workers=1, **more):
    facts = {"funds": funds, "workers": workers, "first_month": Month.from_text(first), "months": months}
    return price_facts(PledgeFacts(**facts, **more))


def sums(result):
    return {str(month): int(total) for month, total in result.by_month().items()}


def test_a_csr_worker_costs_half_until_december_and_the_whole_from_january():
    assert sums(priced()) == {"2026-11": 8_400, "2026-12": 8_400, "2027-01": 16_800}


def test_apbd_pays_the_whole_in_both():
    assert sums(priced(SumberDana.APBD)) == {"2026-11": 16_800, "2026-12": 16_800, "2027-01": 16_800}


def test_transport_has_its_relief_until_march():
    result = priced(first="2027-03", months=3, sectors={Sektor.TRANSPORTASI: 1})
    assert sums(result) == {"2027-03": 8_400, "2027-04": 16_800, "2027-05": 16_800}


def test_sectors_are_priced_apart_and_the_unknown_are_assumed_to_be_lainnya():
    result = priced(first="2027-01", months=1, workers=10, sectors={Sektor.TRANSPORTASI: 3})
    assert {(month.sector, month.workers, int(month.total_rp)) for month in result.months} == {
        (Sektor.TRANSPORTASI, 3, 25_200),
        (Sektor.LAINNYA, 7, 117_600),
    }
    assert (result.assumed_sector, int(result.total_rp)) == (7, 142_800)


def test_the_sum_is_the_sum_of_its_months_and_a_month_of_its_parts():
    result = priced(months=12, workers=250)
    assert result.total_rp == sum(sums(result).values()) == 250 * (2 * 8_400 + 10 * 16_800)
    assert all(month.per_worker_rp == month.jkk_rp + month.jkm_rp for month in result.months)


def test_every_month_says_by_which_articles():
    articles = {figure.article for month in priced().months for figure in month.ruling.figures}
    assert any("PP 50/2025" in article for article in articles)
    assert any("PP 44/2015" in article for article in articles)


@pytest.mark.parametrize(("months", "warned"), [(1, True), (3, True), (6, False), (12, False)])
def test_three_months_or_fewer_carry_the_warning_about_jkm(months, warned):
    assert priced(months=months).has_warning is warned


def test_the_examples_hold():
    assert doctest.testmod(pricing).failed == 0
