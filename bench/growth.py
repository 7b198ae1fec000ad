"""How the cost of an intake, a month or a page grows with size: the lines of `python -m bench` as a table and a chart.

    python -m bench --only intake --only intake-large > RESULTS.jsonl
    python -m bench.growth RESULTS.jsonl docs/intake-growth.svg
    python -m bench --only month > RESULTS.jsonl
    python -m bench.growth RESULTS.jsonl docs/month-growth.svg --measure month
    python -m bench --only years > RESULTS.jsonl
    python -m bench.growth RESULTS.jsonl docs/years-growth.svg --measure years

prints the table for docs/performance.md and draws CPU seconds (a month: seconds) over rows, beside the floor of the
same run; of pages the 95th percentile of the CPU of one answer.
"""

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.charts import Points, chart

HEAD = (
    "| Rows | CPU | a thousand rows | Floor, CPU | Against it, CPU | Wall, all | Against it, wall | Peak memory |",
    "|---|---|---|---|---|---|---|---|",
)


def intakes_in(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The intakes among the lines of a run that have a floor beside them, by their rows."""
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return sorted(
        (each for each in told if each.get("measure") == "intake" and "floor" in each), key=lambda each: each["rows"]
    )


def own_cpu(each: dict[str, Any]) -> float:
    """The seconds that are compared with the floor: without the probable matching and the child's start."""
    return float(each["cpu_s"] - each["likeness_cpu_s"] - each["child_start_cpu_s"])


def table(intakes: Sequence[dict[str, Any]]) -> str:
    """A row a size, in Markdown."""
    rows = [
        f"| {each['rows']:,} | {own_cpu(each):.2f} s | {own_cpu(each) / each['rows'] * 1000:.2f} s "
        f"| {each['floor']['cpu_s']:.2f} s | {each['times_floor']['cpu']:.1f} times "
        f"| {each['wall_s']:.2f} s | {each['times_floor']['wall']:.1f} times "
        f"| {each['peak_mb']} MB, child {each['peak_child_mb']} MB |"
        for each in intakes
    ]
    return "\n".join([*HEAD, *rows])


def lines_of(intakes: Sequence[dict[str, Any]]) -> dict[str, Points]:
    """What is drawn: the intake, its probable matching, and the floor."""
    return {
        "intake": [(each["rows"], own_cpu(each)) for each in intakes],
        "floor": [(each["rows"], each["floor"]["cpu_s"]) for each in intakes],
        "probable matching": [(each["rows"], each["likeness_cpu_s"]) for each in intakes],
    }


MONTH_HEAD = (
    "| Workers | Notices | Codes | Payments | Confirmations | All, wall | All, CPU | Floor, wall | Floor, CPU "
    "| Against it, wall | Against it, CPU | Peak memory |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|",
)
MONTH_STEPS = ("notices", "codes", "payments", "confirmations")


def months_in(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The months among the lines of a run, by their workers."""
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return sorted((each for each in told if each.get("measure") == "month"), key=lambda each: each["workers"])


def month_table(months: Sequence[dict[str, Any]]) -> str:
    """A row a size, in Markdown."""
    rows = []
    for each in months:
        steps = " | ".join(f"{each[f'{step}_wall_s']:.2f} s" for step in MONTH_STEPS)
        rows.append(
            f"| {each['workers']:,} | {steps} | {each['wall_s']:.2f} s | {each['cpu_s']:.2f} s "
            f"| {each['floor']['wall_s']:.2f} s | {each['floor']['cpu_s']:.2f} s "
            f"| {each['times_floor']['wall']:.1f} times | {each['times_floor']['cpu']:.1f} times "
            f"| {each['peak_mb']} MB |"
        )
    return "\n".join([*MONTH_HEAD, *rows])


def lines_of_months(months: Sequence[dict[str, Any]]) -> dict[str, Points]:
    """What is drawn: the whole month, its notices alone, the floor. On PostgreSQL CPU is the program's alone: wall."""
    return {
        "month": [(each["workers"], each["wall_s"]) for each in months],
        "notices": [(each["workers"], each["notices_wall_s"]) for each in months],
        "floor": [(each["workers"], each["floor"]["wall_s"]) for each in months],
    }


def draw_months(lines: Sequence[str]) -> str:
    """Print the table; the chart as SVG text."""
    months = months_in(lines)
    print(month_table(months))
    title = "A month of all workers, notices to confirmations: seconds by workers"
    return chart(lines_of_months(months), title=title, x="workers", y="seconds", log=True)


PAGES = {
    "grid": "grid of a worker",
    "worker_page": "worker's page",
    "sponsor_page": "sponsor's page",
    "large_sponsor_page": "largest sponsor's page",
}
YEARS_HEAD = (
    "| Workers | What | CPU | Wall | Cold: CPU | Cold: wall | A loop of 4.0 ms took |",
    "|---|---|---|---|---|---|---|",
)


def years_in(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The measures of pages over three years among the lines of a run, by their workers."""
    told = [json.loads(line) for line in lines if line.startswith("{")]
    return sorted((each for each in told if each.get("measure") == "years"), key=lambda each: each["workers"])


def years_table(years: Sequence[dict[str, Any]]) -> str:
    """A row a size and page, median and 95th percentile, in Markdown."""
    rows = []
    for each in years:
        for name in (name for name, spent in each.items() if isinstance(spent, dict) and not name.endswith("_cold")):
            cold = each.get(f"{name}_cold", {})
            cells = [_both(where.get(clock)) for where in (each[name], cold) for clock in ("cpu_ms", "wall_ms")]
            loop = each[name]["loop_ms"]["median"]
            rows.append(f"| {each['workers']:,} | {name.replace('_', ' ')} | {' | '.join(cells)} | {loop} ms |")
    return "\n".join([*YEARS_HEAD, *rows])


def _both(spent: dict[str, float] | None) -> str:
    return f"{spent['median']:.0f}, {spent['p95']:.0f} ms" if spent else ""


def lines_of_years(years: Sequence[dict[str, Any]]) -> dict[str, Points]:
    """What is drawn: each page's 95th percentile over the worker-months."""
    return {
        words: [(each["worker_months"], each[name]["cpu_ms"]["p95"]) for each in years if name in each]
        for name, words in PAGES.items()
    }


def draw_years(lines: Sequence[str]) -> str:
    """Print the table; the chart as SVG text."""
    years = years_in(lines)
    print(years_table(years))
    title = "Pages over three years: CPU of one answer, 95th percentile"
    return chart(lines_of_years(years), title=title, x="worker-months", y="milliseconds", log=True)


def draw_intakes(lines: Sequence[str]) -> str:
    """Print the table; the chart as SVG text."""
    found = intakes_in(lines)
    print(table(found))
    title = f"Intake against {found[0]['registry']:,} registered: CPU seconds by rows"
    return chart(lines_of(found), title=title, x="rows of the list", y="CPU seconds", log=True)


DRAWN = {"intake": draw_intakes, "month": draw_months, "years": draw_years}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--measure", choices=tuple(DRAWN), default="intake")
    given = parser.parse_args()
    given.out.write_text(DRAWN[given.measure](given.results.read_text(encoding="utf-8").splitlines()), encoding="utf-8")
