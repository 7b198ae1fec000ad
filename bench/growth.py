"""How the cost of an intake grows with its rows: the lines that `python -m bench` printed, as a table and a chart.

    python -m bench --only intake --only intake-large > RESULTS.jsonl
    python -m bench.growth RESULTS.jsonl docs/intake-growth.svg

prints the table for docs/performance.md and draws CPU seconds over rows, beside the floor of the same run.
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    found = intakes_in(given.results.read_text(encoding="utf-8").splitlines())
    print(table(found))
    title = f"Intake against {found[0]['registry']:,} registered: CPU seconds by rows"
    drawn = chart(lines_of(found), title=title, x="rows of the list", y="CPU seconds", log=True)
    given.out.write_text(drawn, encoding="utf-8")
