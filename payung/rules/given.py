"""What is given to a rule from outside (YAML, JSON, a form), read into the types that the rule's function names."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from payung.kernel.month import Month
from payung.kernel.nik import mask
from payung.rules.errors import Expected, GivenError

NEVER_SHOWN = "never shown"

SecretText = Annotated[str, NEVER_SHOWN]
"""A text that never shows itself again: a NIK. Where it is shown, it is masked."""


def _whole(raw: Any) -> int:
    if type(raw) is not int:
        raise TypeError
    return raw


def _truth(raw: Any) -> bool:
    if type(raw) is not bool:
        raise TypeError
    return raw


def _text(raw: Any) -> str:
    if type(raw) is not str:
        raise TypeError
    return raw


def _day(raw: Any) -> date:
    return raw if type(raw) is date else date.fromisoformat(_text(raw))


def _moment(raw: Any) -> datetime:
    moment = raw if type(raw) is datetime else datetime.fromisoformat(_text(raw))
    if moment.tzinfo is None:
        raise ValueError  # a deadline of so many hours cannot be told from a time without its zone
    return moment


def _month(raw: Any) -> Month:
    return Month.from_text(_text(raw))


_READERS: Mapping[Any, tuple[Callable[[Any], Any], Expected]] = {
    int: (_whole, Expected.WHOLE_NUMBER),
    bool: (_truth, Expected.TRUTH),
    str: (_text, Expected.TEXT),
    date: (_day, Expected.DAY),
    datetime: (_moment, Expected.MOMENT),
    Month: (_month, Expected.MONTH),
}


def read_given(rule: str, key: str, kind: Any, raw: Any) -> Any:
    """Read one value as the kind that the rule expects; raise `GivenError` naming the key, never the value.

    A kind is a type of `_READERS`, a closed list (`StrEnum`), a frozen dataclass (given as a mapping of its fields), a
    `tuple[kind, ...]` (given as a list), or one of these `| None`.
    """
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if isinstance(kind, UnionType):
        if raw is None:
            return None
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple:
        if not isinstance(raw, (list, tuple)):
            raise GivenError(rule, key, Expected.LIST)
        inner = get_args(kind)[0]
        return tuple(read_given(rule, f"{key}[{place}]", inner, item) for place, item in enumerate(raw, start=1))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(rule, key, kind, raw)
    is_choice = isinstance(kind, type) and issubclass(kind, StrEnum)
    read, expected = (kind, Expected.CHOICE) if is_choice else _READERS[kind]
    try:
        return read(raw)
    except (TypeError, ValueError) as error:
        raise GivenError(rule, key, expected, choices=tuple(kind) if is_choice else ()) from error


def _read_fields(rule: str, key: str, kind: type, raw: Any) -> Any:
    hints = get_type_hints(kind, include_extras=True)
    if not isinstance(raw, Mapping):
        raise GivenError(rule, key, Expected.FIELDS, choices=tuple(hints))
    for name in raw:
        if name not in hints:
            raise GivenError(rule, f"{key}.{name}", Expected.KNOWN_KEY, choices=tuple(hints))
    for field in dataclasses.fields(kind):
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if field.name not in raw and not optional:
            raise GivenError(rule, f"{key}.{field.name}", Expected.TO_BE_GIVEN)
    return kind(**{name: read_given(rule, f"{key}.{name}", hints[name], item) for name, item in raw.items()})


def shown(kind: Any, value: Any) -> Any:
    """The value as it may be shown: a secret masked, all else as it is."""
    return mask(value) if is_secret(kind) else value


def is_secret(kind: Any) -> bool:
    """Whether a parameter's type says that its value is a secret."""
    return get_origin(kind) is Annotated and NEVER_SHOWN in get_args(kind)
