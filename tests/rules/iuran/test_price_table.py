"""The table of prices says what the one-person rule says, for all that can occur."""

from itertools import product

import pytest

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.iuran.price_table import PriceKey, price_table

YEAR = tuple(months_from(Month.from_text("2026-06"), 12))
BASES = (1_000_000, 2_950_000)


@pytest.fixture(scope="module")
def table():
    return price_table(YEAR, dasar_rp=BASES)


def test_table_covers_the_whole_domain(table):
    assert len(table) == len(YEAR) * len(Sektor) * len(SumberDana) * len(BASES)


def test_every_price_is_the_one_person_rule(table):
    for month, sector, fund, base in product(YEAR, Sektor, SumberDana, BASES):
        alone = iuran_bpu(base, bulan=month, sektor=sector, sumber_dana=fund)
        assert table[PriceKey(month, sector, fund, base)] == alone


def test_ten_thousand_workers_are_priced_by_lookup(table):
    workers = [(Sektor.LAINNYA, SumberDana.CSR, 1_000_000)] * 9_000 + [
        (Sektor.TRANSPORTASI, SumberDana.CSR, 1_000_000)
    ] * 1_000
    january = Month.from_text("2027-01")
    total = sum(table[january, *worker].total_rp for worker in workers)
    assert total == 9_000 * 16_800 + 1_000 * 8_400


def test_a_table_may_be_narrowed():
    table = price_table(YEAR[:1], dasar_rp=[1_000_000], sektor=[Sektor.LAINNYA], sumber_dana=[SumberDana.CSR], jht=True)
    assert [price.total_rp for price in table.values()] == [28_400]
