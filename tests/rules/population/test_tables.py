"""The tables hold what the one-person rules answer, for every month, day and history, not just where asked."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.overlay import overlay_of
from payung.rules.population.benefits import BENEFITS
from payung.rules.population.columns import BYTES_A_PERSON, FUNDS, SECTORS, Event
from payung.rules.population.history import history_code, months_waited
from payung.rules.population.stretches import stretches
from payung.rules.population.tabulate import tabulate
from payung.rules.population.window import WINDOW_MONTHS, Window
from payung.rules.time_words import full_months

BASES = (1_000_000, 2_950_000, 20_700_000)
BANDS = (1, 10, 33)


def window(text: str) -> Window:
    return Window(Month.from_text(text))


@pytest.mark.parametrize("first", ["2026-01", "2026-10", "2020-06"])
def test_each_month_has_the_price_that_the_rule_asks_for_it(first):
    tables = tabulate(window(first))
    for (place, month), (s, sector), (f, funds), (band, base) in product(
        enumerate(tables.window.months),
        enumerate(SECTORS),
        enumerate(FUNDS),
        zip(BANDS, BASES, strict=True),
    ):
        (regime,) = (at for at, mask in enumerate(tables.month_masks) if mask >> place & 1)
        answer = iuran_bpu(base, bulan=month, sektor=sector, sumber_dana=funds)
        assert tables.iuran_rp[s, f, band - 1, regime] == answer.total_rp
        assert tables.unrelieved_rp[s, f, band - 1, regime] == answer.tanpa_keringanan_rp


@pytest.mark.parametrize("first", ["2026-01", "2024-09", "2019-06", "2025-01"])
def test_each_day_has_the_benefit_that_the_rule_gives_on_it(first):
    """A stretch is asked on its first day alone: here every day of it is."""
    tables = tabulate(window(first))
    for (place, day), (event, ask), waited, (band, base) in product(
        enumerate(tables.window.days), BENEFITS.items(), range(tables.cap + 1), zip(BANDS, BASES, strict=True)
    ):
        answer = ask(day, waited, base)
        at = event, tables.stretch_of_day[place], waited
        assert (tables.benefit_rp[(*at, band - 1)], tables.reduced[at]) == (answer.rp, answer.reduced)


def test_a_stretch_ends_on_the_eve_of_a_change():
    days = [first for first, _ in stretches(window("2019-06"))]
    assert date(2019, 12, 2) in days


def test_a_scenarios_days_cut_and_the_laws_hold_again_after_it():
    scenario = overlay_of("{name: coba, cards: {iuran_jkm_bpu: [{since: 2016-05, until: 2016-06, value: 7000}]}}")
    plain = [first for first, _ in stretches(window("2016-01"))]
    with scenario.in_force():
        days = [first for first, _ in stretches(window("2016-01"))]
        masks = [f"{mask:012b}" for mask in tabulate(window("2016-01")).month_masks]
    assert {date(2016, 5, 1), date(2016, 7, 1)} <= set(days) - set(plain)
    assert masks == ["111111001111", "000000110000"]


@given(
    coverage=st.integers(0, 4095), month=st.integers(0, WINDOW_MONTHS - 1), earlier=st.integers(0, 60), day=st.data()
)
def test_months_waited_are_the_full_months_since_the_run_began(coverage, month, earlier, day):
    waited = months_waited(history_code(coverage, month), earlier)
    here = Month.from_text("2026-01") + month
    start = (here + -waited).first_day
    on = start if waited == 0 else here.first_day + timedelta(days=day.draw(st.integers(0, 27)))
    assert full_months(start, on) == waited
    covered = [place for place in range(month - 1, -1, -1) if coverage >> place & 1]
    assert waited <= month + earlier
    assert (waited == 0) == (covered[:1] != [month - 1]) or month == 0


def test_the_tables_are_small():
    assert tabulate(window("2026-10")).size < 200_000


def test_a_person_takes_seventeen_bytes():
    assert BYTES_A_PERSON == 17


def test_only_the_window_of_the_relief_divides_the_year_by_price():
    assert [f"{mask:012b}" for mask in tabulate(window("2026-01")).month_masks] == ["000000000111", "111111111000"]
    assert len(tabulate(window("2023-01")).month_masks) == 1


def test_the_tables_keep_rupiah_in_64_bits():
    tables = tabulate(window("2026-01"))
    assert {tables.iuran_rp.dtype.str, tables.unrelieved_rp.dtype.str, tables.benefit_rp.dtype.str} == {"<i8"}
    assert tables.benefit_rp[Event.NONE].sum() == 0
    sector, funds = SECTORS.index(Sektor.LAINNYA), FUNDS.index(SumberDana.CSR)
    assert tables.iuran_rp[sector, funds, 0].tolist() == [16_800, 8_400]
