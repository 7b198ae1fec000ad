"""What if: a scenario sets figures of the law anew, for some days, and the same rules answer.

A scenario is a YAML file of dated values by the names of their cards, in the shape of `parameters.yaml`:

    name: Iuran separuh sepanjang 2027
    cards:
      keringanan_pp_50_2025_lainnya:
        - {since: 2027-01, until: 2027-12, value: 50}

On its days a value stands in place of the law's; before and after them the law's holds as it was. A value without
`until` holds until the scenario's next one of that card, or for good. A figure that comes from a scenario has the
article `skenario: NAME`, and is to be confirmed always: nobody enacted it.
"""

import dataclasses
import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from payung.kernel.funds import Keyakinan
from payung.rules.cards import SCENARIO, Card, DatedValue, Origin, StrictLoader, day_of, in_order
from payung.rules.errors import OverlayError, OverlayFault
from payung.rules.legal_basis import CARDS

LONGEST_NAME = 80
MOST_BYTES = 100_000
MOST_PERCENT = 100
_DAY = timedelta(days=1)
_KEYS = {"since", "until", "value"}
_KEYS_OF_THE_LAW = {"article", "source", "confidence"}


@dataclasses.dataclass(frozen=True, slots=True)
class Overlay:
    """A scenario: its name, and the dated values of each card that it changes, the law's days around them included."""

    name: str
    values: Mapping[str, tuple[DatedValue[Any], ...]]

    @property
    def article(self) -> str:
        """What stands in place of an article at each of its figures."""
        return f"skenario: {self.name}"

    @property
    def cards(self) -> tuple[str, ...]:
        """The names of the cards that it changes."""
        return tuple(self.values)

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Answer with this scenario inside the `with`. A ruling's steps must be asked for inside too."""
        token = SCENARIO.set(self.values)
        try:
            yield
        finally:
            SCENARIO.reset(token)


def read_overlay(path: Path) -> Overlay:
    """Read a scenario file; raise `OverlayError` saying what is wrong, and where."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OverlayError(OverlayFault.NOT_YAML, detail=type(error).__name__) from error
    return overlay_of(text)


def overlay_of(text: str) -> Overlay:
    """Read a scenario from its text."""
    if len(text) > MOST_BYTES:
        raise OverlayError(OverlayFault.SHAPE, detail=f"> {MOST_BYTES}")
    try:
        raw = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a SafeLoader, stricter
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise OverlayError(OverlayFault.NOT_YAML, detail=" ".join(str(error).split())) from error
    if not isinstance(raw, Mapping) or set(raw) != {"name", "cards"}:
        raise OverlayError(OverlayFault.SHAPE)
    name = raw["name"]
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise OverlayError(OverlayFault.NAME)
    if not isinstance(raw["cards"], Mapping) or not raw["cards"]:
        raise OverlayError(OverlayFault.SHAPE)
    return _overlay(name.strip(), raw["cards"])


def _overlay(name: str, raw: Mapping[Any, Any]) -> Overlay:
    bare = Overlay(name, {})
    return Overlay(name, {str(card): _values(bare, _card(str(card)), values) for card, values in raw.items()})


def _card(name: str) -> Card[Any]:
    if name not in CARDS:
        raise OverlayError(
            OverlayFault.UNKNOWN_CARD, card=name, known=tuple(difflib.get_close_matches(name, CARDS)) or tuple(CARDS)
        )
    return CARDS[name]


def _values(overlay: Overlay, card: Card[Any], raw: Any) -> tuple[DatedValue[Any], ...]:
    if not isinstance(raw, list) or not raw:
        raise OverlayError(OverlayFault.NO_VALUES, card=card.name)
    origin = Origin(overlay.article, overlay.article, Keyakinan.PERLU_KONFIRMASI)
    own = tuple(_value(card, origin, number, entry) for number, entry in enumerate(raw, start=1))
    try:
        own = in_order(own)
    except ValueError as error:
        raise OverlayError(OverlayFault.ORDER, card=card.name, detail=str(error)) from error
    return _spliced(card.law, own)


def _value(card: Card[Any], origin: Origin, number: int, raw: Any) -> DatedValue[Any]:
    if not isinstance(raw, Mapping) or not {"since", "value"} <= set(raw) <= _KEYS:
        raise OverlayError(OverlayFault.KEYS, card=card.name, number=number)
    since, until = _days(card, number, raw)
    _refuse_what_no_scenario_says(card, number, raw["value"])
    try:
        value = card.read(raw["value"], origin)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        detail = str(error) if isinstance(error, ValueError) else repr(error)
        raise OverlayError(OverlayFault.VALUE, card=card.name, number=number, detail=detail) from error
    return DatedValue(card.name, card.unit, value, origin, since, until, since_exact=True)


def _days(card: Card[Any], number: int, raw: Mapping[str, Any]) -> tuple[date, date | None]:
    try:
        since = day_of(raw["since"])
        until = day_of(raw["until"], last=True) if "until" in raw else None
    except ValueError as error:
        raise OverlayError(OverlayFault.DAYS, card=card.name, number=number) from error
    if until is not None and until < since:
        raise OverlayError(OverlayFault.DAYS, card=card.name, number=number)
    return since, until


def _refuse_what_no_scenario_says(card: Card[Any], number: int, value: Any) -> None:
    """A scenario has no article of its own to name, no figure below zero, and no share above the whole."""
    most = MOST_PERCENT if card.unit.startswith("persen") else None
    for item in _leaves(value):
        if item in _KEYS_OF_THE_LAW:
            raise OverlayError(OverlayFault.KEYS, card=card.name, number=number, detail=str(item))
        if isinstance(item, (int, float)) and (item < 0 or (most is not None and item > most)):
            raise OverlayError(OverlayFault.VALUE, card=card.name, number=number, detail=str(item))


def _leaves(value: Any) -> Iterator[Any]:
    """Every key and every bare value in a nest of lists and mappings."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _spliced(law: tuple[DatedValue[Any], ...], own: tuple[DatedValue[Any], ...]) -> tuple[DatedValue[Any], ...]:
    """The scenario's values with what is left of the law's around them, in order."""
    pieces = list(law)
    for value in own:
        pieces = [left for piece in pieces for left in _without(piece, value)]
    return tuple(sorted([*pieces, *own], key=lambda piece: piece.since))


def _without(piece: DatedValue[Any], taken: DatedValue[Any]) -> Iterator[DatedValue[Any]]:
    """What is left of a value outside the days of another: its beginning, its end, both or neither."""
    if piece.since < taken.since:
        eve = taken.since - _DAY
        yield dataclasses.replace(piece, until=eve if piece.until is None else min(piece.until, eve))
    if taken.until is not None and (piece.until is None or piece.until > taken.until):
        yield dataclasses.replace(piece, since=max(piece.since, taken.until + _DAY))
