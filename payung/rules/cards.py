"""Figures of the law as cards: read once from a folder's `parameters.yaml` into frozen, typed objects.

A card has a name, a unit and dated values; each value has its article, its source and how sure it is:

    iuran_jkm_bpu:
      name: {id: Iuran JKM peserta BPU, en: JKM contribution of a BPU participant}
      unit: rupiah
      last_checked_on: 2026-11-22
      values:
        - {since: 2015-07-01, value: 6800, article: ..., source: ..., confidence: tinggi}

`since` and `until` are days (2015-07-01) or months (2026-04: its first and its last day). A value without `until` holds
until the next one begins. `since_exact: false` marks a day that nobody has read in the text. `note` (id, en) is for
people.
"""

import dataclasses
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month
from payung.rules.errors import AfterTheLawError, BeforeTheLawError, CardError
from payung.rules.steps import Figure

ValueT = TypeVar("ValueT")

# The C parser reads the same YAML some eight times quicker; not every build of PyYAML brings it.
_SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclasses.dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands, and how sure it is."""

    article: str
    source: str
    confidence: Keyakinan

    def narrowed(self, row: Mapping[str, Any]) -> "Origin":
        """The origin of one row of a table: the table's own, but for what the row says itself."""
        own = {key: row[key] for key in ("article", "source") if key in row}
        if "confidence" in row:
            own["confidence"] = Keyakinan(row["confidence"])
        return dataclasses.replace(self, **own)


Reader = Callable[[Any, Origin], ValueT]

SCENARIO: ContextVar[Mapping[str, tuple["DatedValue[Any]", ...]] | None] = ContextVar("scenario", default=None)
"""The values that a scenario sets in place of the law's, by the name of their card; None is the law itself.

Set by `overlay.py` alone, around one answer. Whatever keeps values between answers must not keep a scenario's.
"""


@dataclasses.dataclass(frozen=True, slots=True)
class DatedValue(Generic[ValueT]):
    """One value of a card with the days on which it holds; `until` None means until further notice."""

    card: str
    unit: str
    value: ValueT
    origin: Origin
    since: date
    until: date | None
    since_exact: bool
    _whole: Figure = dataclasses.field(init=False, repr=False, compare=False)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def figure(self, value: Any = None, *, origin: Origin | None = None) -> Figure:
        """What a step notes down; of a table, the one row's value and origin that were used."""
        if value is None and origin is None:
            return self._whole
        return self._noted(self.value if value is None else value, origin or self.origin)

    def __post_init__(self) -> None:
        # Made once: the same figure is noted down by every step that rests on it.
        object.__setattr__(self, "_whole", self._noted(self.value, self.origin))

    def _noted(self, value: Any, origin: Origin) -> Figure:
        return Figure(
            card=self.card,
            value=value,
            unit=self.unit,
            article=origin.article,
            source=origin.source,
            since=self.since,
            until=self.until,
            since_exact=self.since_exact,
            confidence=origin.confidence,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Card(Generic[ValueT]):
    """A figure of the law through time. `law` holds what the law says; `values` what is reckoned with."""

    name: str
    name_id: str
    name_en: str
    unit: str
    last_checked_on: date
    law: tuple[DatedValue[ValueT], ...]
    read: Reader[ValueT] = dataclasses.field(repr=False, compare=False)
    note_id: str = ""
    note_en: str = ""

    @property
    def values(self) -> tuple[DatedValue[ValueT], ...]:
        """The dated values, in order: those of the law, or of the scenario that is in force."""
        scenario = SCENARIO.get()
        return self.law if scenario is None else scenario.get(self.name, self.law)

    @property
    def first_day(self) -> date:
        """The day from which on there is a law."""
        return self.values[0].since

    @property
    def last_day(self) -> date | None:
        """The last day of the last value; None where it holds until further notice."""
        return self.values[-1].until

    def find(self, day: date | Month) -> DatedValue[ValueT] | None:
        """The value in force on the day (of a month: on its first day); None where no law gives one."""
        if isinstance(day, Month):
            day = day.first_day
        # Asked ten times an answer: newest first, and without a call where no scenario is in force.
        for value in reversed(self.law if SCENARIO.get() is None else self.values):
            if value.since <= day:
                return value if value.until is None or day <= value.until else None
        return None

    def on(self, day: date | Month) -> DatedValue[ValueT]:
        """The value in force; raise `BeforeTheLawError` or `AfterTheLawError` where there is none."""
        found = self.find(day)
        if found is not None:
            return found
        day = _first_day(day)
        if day < self.first_day:
            raise BeforeTheLawError(self.name, day, self.first_day)
        raise AfterTheLawError(self.name, day)


def _first_day(day: date | Month) -> date:
    return day.first_day if isinstance(day, Month) else day


def whole(raw: Any, origin: Origin) -> int:  # noqa: ARG001 - a reader is given the origin; a bare figure needs none
    """Read a whole number."""
    if type(raw) is not int:
        raise ValueError(f"{raw!r} is no whole number")
    return raw


def wholes(raw: Any, origin: Origin) -> tuple[int, ...]:
    """Read a list of whole numbers."""
    return tuple(whole(item, origin) for item in raw)


class CardFile:
    """A folder's `parameters.yaml`, from which the folder's `figures.py` takes each card by name and kind."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(encoding="utf-8") as stream:
            self._raw: dict[str, Any] = yaml.load(stream, Loader=StrictLoader)  # noqa: S506 - a SafeLoader, stricter

    @classmethod
    def beside(cls, module_file: str) -> "CardFile":
        """The file beside a module: pass `__file__`."""
        return cls(Path(module_file).with_name("parameters.yaml"))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its cards, as they stand."""
        return tuple(self._raw)

    def card(self, name: str, read: Reader[ValueT]) -> Card[ValueT]:
        """Take one card; raise `CardError` saying what is wrong with it."""
        try:
            return self._card(name, self._raw[name], read)
        except (KeyError, TypeError, ValueError) as error:
            raise CardError(f"{self.path.parent.name}/{self.path.name}: {name}: {error!r}") from error

    def _card(self, name: str, raw: Mapping[str, Any], read: Reader[ValueT]) -> Card[ValueT]:
        values = tuple(_dated_value(name, raw["unit"], entry, read) for entry in raw["values"])
        return Card(
            name=name,
            name_id=_text(raw["name"]["id"]),
            name_en=_text(raw["name"]["en"]),
            unit=_text(raw["unit"]),
            last_checked_on=day_of(raw["last_checked_on"]),
            law=in_order(values),
            read=read,
            note_id=_text(raw["note"]["id"]) if "note" in raw else "",
            note_en=_text(raw["note"]["en"]) if "note" in raw else "",
        )


def _dated_value(name: str, unit: str, raw: Mapping[str, Any], read: Reader[ValueT]) -> DatedValue[ValueT]:
    origin = Origin(_text(raw["article"]), _text(raw["source"]), Keyakinan(raw["confidence"]))
    return DatedValue(
        card=name,
        unit=unit,
        value=read(raw["value"], origin),
        origin=origin,
        since=day_of(raw["since"]),
        until=day_of(raw["until"], last=True) if "until" in raw else None,
        since_exact=raw.get("since_exact", True),
    )


def in_order(values: tuple[DatedValue[ValueT], ...]) -> tuple[DatedValue[ValueT], ...]:
    """Close each open value on the eve of the next; refuse values out of order or over one another."""
    if not values:
        raise ValueError("no values")
    closed = []
    for value, following in pairwise(values):
        eve = following.since - timedelta(days=1)
        until = eve if value.until is None else value.until
        if not value.since <= until <= eve:
            raise ValueError(f"the values of {value.since} and {following.since} overlap")
        closed.append(dataclasses.replace(value, until=until))
    return (*closed, values[-1])


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("an empty text")
    return raw.strip()


def day_of(raw: Any, *, last: bool = False) -> date:
    """Read a day, or a month as its first or last day."""
    if type(raw) is date:
        return raw
    month = Month.from_text(_text(raw))
    return month.last_day if last else month.first_day


class StrictLoader(_SAFE_LOADER):
    """YAML's safe loader that refuses a key that stands twice: of two figures the last would win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping, or say where a key stands a second time."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)  # type: ignore[no-untyped-call]
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep=deep)
