"""Numbers, money, days and months the way people here write them; and English ones in English."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from payung.kernel.month import Month
from payung.kernel.nik import Nik
from payung.web.frame import charts, shapes, tags

CASES = [
    (tags.rupiah, 16800, "Rp16.800", "Rp16,800"),
    (tags.rupiah, -42000000, "-Rp42.000.000", "-Rp42,000,000"),
    (tags.rupiah, None, "–", "–"),
    (tags.angka, 338681, "338.681", "338,681"),
    (tags.persen, 0.0419, "4,19 %", "4.19%"),
    (tags.bulan, Month.from_text("2026-11"), "November 2026", "November 2026"),
    (tags.bulan, "2027-01", "Januari 2027", "January 2027"),
    (tags.bulan, date(2026, 5, 3), "Mei 2026", "May 2026"),
    (tags.bulan_pendek, Month.from_text("2026-08"), "Agu", "Aug"),
    (tags.tanggal, date(2025, 6, 3), "3 Juni 2025", "3 June 2025"),
    (tags.tanggal, datetime(2025, 6, 2, 18, 0, tzinfo=UTC), "3 Juni 2025", "3 June 2025"),
    (tags.waktu, datetime(2025, 6, 3, 7, 5, tzinfo=UTC), "3 Juni 2025 14.05", "3 June 2025 14:05"),
]


@pytest.mark.parametrize(("filter_", "value", "indonesian", "english"), CASES)
def test_filter(filter_, value, indonesian, english):
    assert filter_(value) == indonesian
    with translation.override("en"):
        assert filter_(value) == english


@pytest.mark.parametrize("given", [Nik.parse("3324014107900003"), "3324014107900003", "3324••••••••0003"])
def test_nik_is_masked_whatever_is_given(given):
    assert tags.nik(given) == "3324••••••••0003"


def test_parts_of_a_bar_fill_it_and_a_few_rows_are_still_seen():
    parts = [
        shapes.BarPart("baru", 99_997, "ok"),
        shapes.BarPart("tak ada", 0, "off"),
        shapes.BarPart("rusak", 3, "bad"),
    ]
    bar = shapes.fate_bar(parts)
    assert sum(part.width for part in bar.parts) == shapes.BAR_WIDTH
    assert [part.width for part in bar.parts[1:]] == [0, shapes.SLIVER]
    assert bar.parts[2].x == shapes.BAR_WIDTH - shapes.SLIVER
    assert bar.total == 100_000


def test_an_empty_bar_has_no_parts_to_draw():
    assert [part.width for part in shapes.fate_bar([shapes.BarPart("baru", 0, "ok")]).parts] == [0]


def test_months_break_into_years():
    cells = [shapes.MonthCell(Month.from_text("2026-11") + at, "berlaku") for at in range(4)]
    assert [(year.year, len(year.cells)) for year in shapes.month_grid(cells)] == [(2026, 2), (2027, 2)]


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (3, 4), (7, 8), (14177, 20000), (41000, 50000), (99, 100), (5000, 5000)]
)
def test_axis_ends_at_a_round_number(value, top):
    assert charts.nice_ceiling(value) == top


def test_a_line_leaves_gaps_out_and_ends_at_its_last_figure():
    chart = charts.line_chart(
        "Peserta", axis_label="Bulan", labels=["a", "b", "c"], series=[charts.Series("x", [0, None, 4])]
    )
    drawn = chart.series[0]
    assert drawn.points == "64.0,222.0 700.0,16.0"
    assert (drawn.last.x, drawn.last.y) == ("700.0", "16.0")
    assert [row.values for row in chart.rows] == [("0",), ("–",), ("4",)]


def test_a_chart_without_figures_still_draws():
    chart = charts.column_chart("Peserta", axis_label="Bulan", labels=[], series=[charts.Series("x", [])])
    assert chart.rows == ()
    assert len(chart.ticks) == 5
