"""The growth of an intake, from the lines that a run printed."""

import json

from bench.growth import (
    intakes_in,
    lines_of,
    lines_of_months,
    lines_of_years,
    month_table,
    months_in,
    own_cpu,
    table,
    years_in,
    years_table,
)


def intake(rows, cpu):
    return {
        "measure": "intake",
        "rows": rows,
        "registry": 100_000,
        "cpu_s": cpu,
        "wall_s": cpu + 0.1,
        "likeness_cpu_s": 0.5,
        "child_start_cpu_s": 0.2,
        "peak_mb": 150,
        "peak_child_mb": 90,
        "floor": {"cpu_s": 1.0},
        "times_floor": {"cpu": 3.3, "wall": 3.4},
    }


LINES = [
    '{"machine": "x86_64"}',
    json.dumps(intake(10_000, 4.7)),
    json.dumps(intake(1_000, 1.7)),
    json.dumps({"measure": "intake", "rows": 1_000, "cpu_s": 1.0}),  # only staged, against a million: no floor
    "not a line of ours",
]


def test_the_sizes_come_in_their_order_and_only_those_with_a_floor():
    assert [each["rows"] for each in intakes_in(LINES)] == [1_000, 10_000]


def test_what_is_compared_leaves_out_the_probable_matching_and_the_childs_start():
    assert own_cpu(intake(10_000, 4.7)) == 4.0


def test_the_table_has_a_row_a_size():
    written = table(intakes_in(LINES)).splitlines()
    assert len(written) == 4
    assert written[3].startswith("| 10,000 | 4.00 s | 0.40 s | 1.00 s | 3.3 times | 4.80 s | 3.4 times |")


def test_the_floor_is_drawn_beside_the_intake():
    assert lines_of(intakes_in(LINES))["floor"] == [(1_000, 1.0), (10_000, 1.0)]


def month(workers, wall):
    steps = {f"{step}_wall_s": wall / 4 for step in ("notices", "codes", "payments", "confirmations")}
    told = {"measure": "month", "workers": workers, "wall_s": wall, "cpu_s": wall, "peak_mb": 100, **steps}
    return told | {"floor": {"wall_s": 1.0, "cpu_s": 1.0}, "times_floor": {"wall": wall, "cpu": wall}}


def test_months_are_told_by_their_workers_beside_the_floor():
    months = months_in(json.dumps(each) for each in (month(100_000, 2.0), month(10_000, 1.2), intake(1_000, 1.7)))
    assert [each["workers"] for each in months] == [10_000, 100_000]
    first = "| 10,000 | 0.30 s | 0.30 s | 0.30 s | 0.30 s | 1.20 s | 1.20 s | 1.00 s | 1.00 s | 1.2 times | 1.2 times |"
    assert month_table(months).splitlines()[2].startswith(first)
    assert lines_of_months(months)["floor"] == [(10_000, 1.0), (100_000, 1.0)]


def years(workers, milliseconds):
    spent = {clock: {"median": milliseconds, "p95": 2 * milliseconds} for clock in ("cpu_ms", "wall_ms", "loop_ms")}
    pages = {"grid": spent, "grid_cold": spent, "sponsor_page": spent}
    return {"measure": "years", "workers": workers, "worker_months": 36 * workers, **pages}


def test_pages_over_years_are_told_by_their_workers_warm_beside_cold():
    told = years_in(json.dumps(each) for each in (years(100_000, 30.0), years(10_000, 20.0), month(10_000, 1.2)))
    rows = years_table(told).splitlines()[2:]
    assert rows[0] == "| 10,000 | grid | 20, 40 ms | 20, 40 ms | 20, 40 ms | 20, 40 ms | 20.0 ms |"
    assert rows[1] == "| 10,000 | sponsor page | 20, 40 ms | 20, 40 ms |  |  | 20.0 ms |"
    assert lines_of_years(told)["grid of a worker"] == [(360_000, 40.0), (3_600_000, 60.0)]
