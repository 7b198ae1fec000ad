"""Every back end gives the totals of the one-person rules, asked person by person, to the rupiah."""

import numpy as np
import pytest

from payung.kernel.month import Month
from payung.rules.errors import BeforeTheLawError
from payung.rules.overlay import overlay_of
from payung.rules.population.columns import COLUMNS, FUNDS, SECTORS, Event
from payung.rules.population.errors import BandsChangeError, PopulationError
from payung.rules.population.files import read_columns, refuse_outsiders, write_columns, write_parquet
from payung.rules.population.measures import MEASURES, Measure
from payung.rules.population.on_duckdb import sum_on_duckdb
from payung.rules.population.on_numba import sum_on_numba
from payung.rules.population.on_polars import sum_on_polars
from payung.rules.population.one_by_one import OneByOne
from payung.rules.population.synthetic import invented_chunks, invented_people, shuffled
from payung.rules.population.tabulate import tabulate
from payung.rules.population.window import Window

THIS_YEAR = Window(Month.from_text("2026-01"))
WINDOWS = [
    pytest.param(THIS_YEAR, id="2026: relief begins, at another month for each sector"),
    pytest.param(Window(Month.from_text("2026-06")), id="2026-06: relief ends, for each sector at another month"),
    pytest.param(Window(Month.from_text("2020-05")), id="2020-05: the relief of the pandemic"),
    pytest.param(Window(Month.from_text("2024-09")), id="2024-09: waiting begins"),
    pytest.param(Window(Month.from_text("2019-06")), id="2019-06: the benefits change within a month"),
    pytest.param(Window(Month.from_text("2016-01")), id="2016: the first year of which all figures are known"),
]


def people_of(window: Window, count: int = 4000, **kinds: int):
    return invented_people(count, window=window, villages=40, seed=7, deaths_per_mille=300, **kinds)


@pytest.fixture(scope="module", params=WINDOWS)
def asked(request, tmp_path_factory):
    """A window with its tables, its people, their Parquet file, and what the one-person rules say."""
    window = request.param
    people = people_of(window)
    parquet = tmp_path_factory.mktemp("people") / "people.parquet"
    write_parquet([people], parquet)
    return tabulate(window), people, parquet, OneByOne(window).sum(people)


def test_the_compiled_pass_gives_what_the_rules_give(asked):
    tables, people, _, expected = asked
    assert sum_on_numba(tables, [people]) == expected


def test_people_in_no_order_give_the_same(asked):
    tables, people, _, expected = asked
    assert sum_on_numba(tables, [shuffled(people, seed=1)]) == expected


def test_polars_gives_what_the_rules_give(asked):
    tables, _, parquet, expected = asked
    assert sum_on_polars(tables, parquet) == expected


def test_duckdb_gives_what_the_rules_give(asked):
    tables, _, parquet, expected = asked
    assert sum_on_duckdb(tables, parquet, memory="200MB", threads=1) == expected


def test_every_branch_is_hit_by_the_invented_people():
    people = people_of(THIS_YEAR, 40_000)
    totals = OneByOne(THIS_YEAR).sum(people).over_all()
    assert all(totals[measure] > 0 for measure in MEASURES)
    assert totals[Measure.IURAN_RP] < totals[Measure.UNRELIEVED_RP]
    assert totals[Measure.JKM_REDUCED] < totals[Measure.JKM_DEATHS]
    assert set(people["sector"]) == set(range(len(SECTORS)))
    assert set(people["funds"]) == set(range(len(FUNDS)))
    assert set(people["event"]) == set(Event)
    assert set(people["band"]) >= set(range(1, 20))
    assert len(set(people["coverage"])) > 2000


def test_chunks_from_mapped_columns_give_the_same(tmp_path):
    chunks = list(invented_chunks(3000, window=THIS_YEAR, villages=12, seed=3, size=700))
    assert write_columns(chunks, tmp_path) == 3000
    tables = tabulate(THIS_YEAR)
    assert sum_on_numba(tables, read_columns(tmp_path, size=512)) == sum_on_numba(tables, chunks)


def test_sums_beyond_32_bits_do_not_wrap(tmp_path):
    """Thirty thousand of the highest wage in one village: far more than 2 ** 32 in every sum of rupiah."""
    people = {name: np.repeat(column[:1], 30_000) for name, column in people_of(THIS_YEAR, 10).items()}
    people |= {
        name: np.full(30_000, value, COLUMNS[name])
        for name, value in {"band": 33, "coverage": 4095, "wage": 2**32 - 1, "event": Event.DEATH_AT_WORK}.items()
    }
    write_parquet([people], tmp_path / "people.parquet")
    tables = tabulate(THIS_YEAR)
    found = sum_on_numba(tables, [people])
    assert found.over_all()[Measure.COVERED_WAGE_RP] == 30_000 * 12 * (2**32 - 1)
    assert found == sum_on_polars(tables, tmp_path / "people.parquet")
    assert found == sum_on_duckdb(tables, tmp_path / "people.parquet")


def test_a_scenario_is_tabulated_like_the_law():
    window = Window(Month.from_text("2027-01"))
    scenario = overlay_of(
        """
        name: JKM tujuh puluh juta, iuran separuh sampai Maret
        cards:
          santunan_sekaligus_jkm: [{since: 2027-03-10, value: 48000000}]
          keringanan_pp_50_2025_lainnya: [{since: 2027-01, until: 2027-03, value: 50}]
        """
    )
    people = people_of(window)
    plain = sum_on_numba(tabulate(window), [people])
    with scenario.in_force():
        tables, expected = tabulate(window), OneByOne(window).sum(people)
    assert sum_on_numba(tables, [people]) == expected
    assert expected.over_all()[Measure.JKM_RP] > plain.over_all()[Measure.JKM_RP]
    assert expected.over_all()[Measure.IURAN_RP] < plain.over_all()[Measure.IURAN_RP]
    assert plain == sum_on_numba(tabulate(window), [people])


@pytest.mark.parametrize(
    ("name", "value"),
    [("sector", 2), ("funds", 9), ("band", 0), ("band", 34), ("coverage", 4096), ("event", 3), ("event_day", 365)],
)
def test_a_person_outside_the_tables_is_refused(tmp_path, name, value):
    people = people_of(THIS_YEAR, 50)
    people["event"][20] = Event.DEATH
    people[name][20] = value
    tables = tabulate(THIS_YEAR)
    with pytest.raises(PopulationError, match="person 20"):
        sum_on_numba(tables, [people])
    write_parquet([people], tmp_path / "people.parquet")
    with pytest.raises(PopulationError, match=name):
        refuse_outsiders(tmp_path / "people.parquet", tables)


def test_columns_of_different_lengths_are_refused(tmp_path):
    write_columns([people_of(THIS_YEAR, 50)], tmp_path)
    (tmp_path / "wage").write_bytes(b"")
    with pytest.raises(PopulationError, match="differ in length"):
        next(read_columns(tmp_path))


def test_bands_that_change_within_the_window_are_refused():
    scenario = overlay_of(
        """
        name: golongan baru
        cards: {lampiran_ii: [{since: 2026-05, value: [{baris: 1, dari_rp: 0, dasar_rp: 2000000}]}]}
        """
    )
    with scenario.in_force(), pytest.raises(BandsChangeError):
        tabulate(THIS_YEAR)


def test_a_window_before_the_law_is_refused():
    with pytest.raises(BeforeTheLawError):
        tabulate(Window(Month.from_text("2015-06")))
