"""Charts as plain figures for an SVG that the server draws: no script, prints well, and always beside its table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 700, 16, 222
MOST_MARKS = 12


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of columns; a None is a month without a figure."""

    label: str
    values: Sequence[int | float | None]
    tone: str = "1"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the drawing. Coordinates are text: a template would write a number with the language's comma."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of the drawing."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class DrawnSeries:
    """A series with its points."""

    label: str
    tone: str
    dashed: bool
    points: str
    last: Spot | None
    bars: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across, with its figure."""

    y: str
    text_y: str
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word under the drawing; some are left out where there are many."""

    x: str
    label: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table beside."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the template draws."""

    title: str
    axis_label: str
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    series: tuple[DrawnSeries, ...]
    rows: tuple[Row, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    label_x: int = LEFT - 8
    marks_y: int = field(default=BOTTOM + 22)


def line_chart(
    title: str, *, axis_label: str, labels: Sequence[str], series: Sequence[Series], words: Callable[..., str] = str
) -> Chart:
    """Draw lines over labels (mostly months); `words` writes a value."""
    return _chart(title, axis_label, labels, series, words, columns=False)


def column_chart(
    title: str, *, axis_label: str, labels: Sequence[str], series: Sequence[Series], words: Callable[..., str] = str
) -> Chart:
    """Draw columns side by side."""
    return _chart(title, axis_label, labels, series, words, columns=True)


def _chart(
    title: str,
    axis_label: str,
    labels: Sequence[str],
    series: Sequence[Series],
    words: Callable[..., str],
    *,
    columns: bool,
) -> Chart:
    top = nice_ceiling(max((value for one in series for value in one.values if value is not None), default=0))
    step = (RIGHT - LEFT) / max(1, len(labels) - (0 if columns else 1))
    begin = LEFT + step / 2 if columns else LEFT
    spots = [begin + at * step for at in range(len(labels))]
    every = -(-len(labels) // MOST_MARKS) or 1
    drawn = [_columns(one, at, len(series), spots, step, top) for at, one in enumerate(series)] if columns else None
    return Chart(
        title=title,
        axis_label=axis_label,
        ticks=tuple(_tick(part * top / 4, top, words) for part in range(5)),
        marks=tuple(
            Mark(_at(x), label, at % every == 0) for at, (x, label) in enumerate(zip(spots, labels, strict=True))
        ),
        series=tuple(drawn if drawn is not None else [_line(one, spots, top) for one in series]),
        rows=tuple(
            Row(label, tuple("–" if one.values[at] is None else words(one.values[at]) for one in series))
            for at, label in enumerate(labels)
        ),
    )


def nice_ceiling(value: float) -> float:
    """The next 1, 2, 4, 5 or 8 times a power of ten, so that quarters are round; 4 for nothing at all."""
    if value <= 4:
        return 4
    power = 10 ** (len(str(int(value))) - 1)
    return next(float(times * power) for times in (1, 2, 4, 5, 8, 10) if times * power >= value)


def _y(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _at(coordinate: float) -> str:
    return f"{coordinate:.1f}"


def _tick(value: float, top: float, words: Callable[..., str]) -> Tick:
    y = _y(value, top)
    return Tick(_at(y), _at(y + 4), words(int(value) if value == int(value) else value))


def _line(one: Series, spots: Sequence[float], top: float) -> DrawnSeries:
    known = [Spot(_at(x), _at(_y(value, top))) for x, value in zip(spots, one.values, strict=True) if value is not None]
    points = " ".join(f"{spot.x},{spot.y}" for spot in known)
    return DrawnSeries(one.label, one.tone, one.dashed, points, known[-1] if known else None)


def _columns(one: Series, at: int, count: int, spots: Sequence[float], step: float, top: float) -> DrawnSeries:
    width = step * 0.7 / count
    bars = tuple(
        Column(_at(x - step * 0.35 + at * width), _at(_y(value, top)), _at(width), _at(BOTTOM - _y(value, top)))
        for x, value in zip(spots, one.values, strict=True)
        if value is not None
    )
    return DrawnSeries(one.label, one.tone, one.dashed, "", None, bars)
