"""The map as a page draws it: figures as text, a word for every colour, and a number in every region."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from payung.coverage.picture import ValueClass
from payung.coverage.selectors import MapPicture, MapShape
from payung.web.frame.tags import angka, persen

HUNDREDTHS = 10_000
LINE = 20  # between the lines of a name, in the drawing's own units


@dataclass(frozen=True, slots=True)
class NameLine:
    """One line of a region's name, and where it stands."""

    text: str
    y: str


@dataclass(frozen=True, slots=True)
class ShownShape:
    """A region: what is drawn, what it says (`words` for whoever cannot see it), and where it leads."""

    label: str
    words: str
    text: str
    css: str
    path: str
    x: str
    y: str
    name: tuple[NameLine, ...]
    href: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the legend."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownMap:
    """A whole map."""

    title: str
    view_box: str
    shapes: tuple[ShownShape, ...]
    legend: tuple[ShownStep, ...]
    has_hidden: bool
    has_boundaries: bool
    is_share: bool


def shown_map(picture: MapPicture, *, title: str, href: Callable[[str], str] | None = None) -> ShownMap:
    """Prepare a map; `href(code)` says where a region leads."""
    values = [shape.value for shape in picture.shapes if shape.value is not None]
    used = [step for step in picture.legend if step.rank or any(value == 0 for value in values)]
    return ShownMap(
        title=title,
        view_box=picture.view_box,
        shapes=tuple(_shape(shape, picture, href) for shape in picture.shapes),
        legend=tuple(ShownStep(step.css, _span(step, share=picture.is_share)) for step in used),
        has_hidden=picture.has_hidden,
        has_boundaries=picture.has_boundaries,
        is_share=picture.is_share,
    )


def _shape(shape: MapShape, picture: MapPicture, href: Callable[[str], str] | None) -> ShownShape:
    lines = _two_lines(shape.label)
    top = shape.y - 4 - LINE * (len(lines) - 1)
    return ShownShape(
        label=shape.label,
        words=f"{shape.label}: {_words(shape.value, share=picture.is_share)}",
        text=_short(shape.value, share=picture.is_share),
        css=shape.css,
        path=shape.path,
        x=f"{shape.x:.0f}",
        y=f"{shape.y + 24:.0f}",
        name=tuple(NameLine(text, f"{top + LINE * at:.0f}") for at, text in enumerate(lines)),
        href=href(shape.code) if href else "",
    )


def _two_lines(name: str) -> list[str]:
    first, _space, rest = name.partition(" ")
    return [first, rest] if rest else [first]


def _words(value: int | None, *, share: bool) -> str:
    if value is None:
        return _("tidak ditampilkan")
    return persen(value / HUNDREDTHS) if share else _("{count} pekerja").format(count=angka(value))


def _short(value: int | None, *, share: bool) -> str:
    if value is None:
        return "…"
    return f"{(value + 50) // 100}%" if share else angka(value)


def _span(step: ValueClass, *, share: bool) -> str:
    if not step.rank:
        return _("belum ada")
    if share:
        return f"{max(step.low // 100, 1)}–{step.high // 100}%"
    return angka(step.low) if step.low == step.high else f"{angka(step.low)}–{angka(step.high)}"
