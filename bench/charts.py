"""Small SVG charts of what was measured, for docs/: lines with points, two axes, nothing to install.

    python -m bench.charts docs/FILE.svg --title T --x LABEL --y LABEL [--log] NAME=FILE.json ...

A file holds a list of points [x, y].
"""

import argparse
import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 40, 50
COLOURS = ("#0b5c4a", "#b3541e", "#3b5ba5", "#8a2d6b")
Points = Sequence[tuple[float, float]]


def chart(lines: Mapping[str, Points], *, title: str, x: str, y: str, log: bool = False) -> str:
    """The chart as SVG text; `log` makes both axes logarithmic."""
    every = [point for points in lines.values() for point in points]
    across = axis([point[0] for point in every], LEFT, WIDTH - RIGHT, log)
    up = axis([point[1] for point in every], HEIGHT - BOTTOM, TOP, log)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" font-size="12" text-anchor="middle">',
        f"{escape(x)}</text>",
        f'<text x="14" y="{(TOP + HEIGHT - BOTTOM) / 2}" font-size="12" text-anchor="middle" '
        f'transform="rotate(-90 14 {(TOP + HEIGHT - BOTTOM) / 2})">{escape(y)}</text>',
        *ticks([point[0] for point in every], [point[1] for point in every], across, up, log),
    ]
    drawn = {name: [(across(a), up(b)) for a, b in points] for name, points in lines.items()}
    names_at = legend_at(drawn.values())
    for number, (name, places) in enumerate(drawn.items()):
        parts += line(name, places, COLOURS[number % len(COLOURS)], names_at + 18 * number)
    return "\n".join([*parts, "</svg>", ""])


def axis(values: Sequence[float], start: float, end: float, log: bool) -> Callable[[float], float]:
    """From a value to its place in the picture."""
    scale: Callable[[float], float] = math.log10 if log else float
    low, high = scale(min(values)), scale(max(values))
    room = (high - low) * 0.04 or 1.0
    low, high = low - room, high + room
    return lambda value: round(start + (scale(value) - low) / (high - low) * (end - start), 1)


def ticks(
    xs: Sequence[float],
    ys: Sequence[float],
    across: Callable[[float], float],
    up: Callable[[float], float],
    log: bool,
) -> list[str]:
    parts = []
    for value in marks(min(xs), max(xs), log):
        parts.append(f'<path d="M{across(value)} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        label = f'<text x="{across(value)}" y="{HEIGHT - BOTTOM + 16}" font-size="11" text-anchor="middle">'
        parts.append(f"{label}{value:,.10g}</text>")
    for value in marks(min(ys), max(ys), log):
        parts.append(f'<path d="M{LEFT} {up(value)}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{up(value) + 4}" font-size="11" text-anchor="end">{value:,.6g}</text>')
    return parts


def marks(low: float, high: float, log: bool) -> list[float]:
    """Round values inside the range."""
    if log:
        steps = [digit * 10.0**power for power in range(-3, 9) for digit in (1, 3)]
        return [step for step in steps if low * 0.95 <= step <= high * 1.05]
    rough = (high - low) / 5 or 1.0
    unit = 10 ** math.floor(math.log10(rough))
    step = min((unit * factor for factor in (1, 2, 5, 10)), key=lambda size: abs(size - rough))
    first = math.ceil(low / step)
    return [round(number * step, 10) for number in range(first, math.floor(high / step) + 1)]


def legend_at(lines: Collection[Points]) -> int:
    """Where the lines' names begin: on the left, at the top, or at the bottom where lines run through the top."""
    crowded = any(place[0] < WIDTH / 2 and place[1] < HEIGHT / 3 for places in lines for place in places)
    return HEIGHT - BOTTOM - 18 * len(lines) if crowded else TOP + 16


def line(name: str, places: Points, colour: str, y: int) -> list[str]:
    path = "M" + "L".join(f"{a} {b}" for a, b in places)
    dots = [f'<circle cx="{a}" cy="{b}" r="3" fill="{colour}"/>' for a, b in places] if len(places) < 20 else []
    return [
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *dots,
        f'<path d="M{LEFT + 10} {y}h24" stroke="{colour}" stroke-width="2"/>',
        f'<text x="{LEFT + 40}" y="{y + 4}" font-size="12">{escape(name)}</text>',
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("lines", nargs="+", metavar="NAME=FILE")
    parser.add_argument("--title", required=True)
    parser.add_argument("--x", required=True)
    parser.add_argument("--y", required=True)
    parser.add_argument("--log", action="store_true")
    given = parser.parse_args()
    read = {
        name: [(point[0], point[1]) for point in json.loads(Path(path).read_text(encoding="utf-8"))]
        for name, _, path in (text.partition("=") for text in given.lines)
    }
    given.out.write_text(chart(read, title=given.title, x=given.x, y=given.y, log=given.log), encoding="utf-8")
