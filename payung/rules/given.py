"""What is given to a rule from outside (YAML, JSON, a form), read into the types that the rule's function names."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

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


def _month(raw: Any) -> Month:
    return Month.from_text(_text(raw))


_READERS: Mapping[Any, tuple[Callable[[Any], Any], Expected]] = {
    int: (_whole, Expected.WHOLE_NUMBER),
    bool: (_truth, Expected.TRUTH),
    str: (_text, Expected.TEXT),
    date: (_day, Expected.DAY),
    Month: (_month, Expected.MONTH),
}


def read_given(rule: str, key: str, kind: Any, raw: Any) -> Any:
    """Read one value as the kind that the rule expects; raise `GivenError` naming the key, never the value."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    is_choice = isinstance(kind, type) and issubclass(kind, StrEnum)
    read, expected = (kind, Expected.CHOICE) if is_choice else _READERS[kind]
    try:
        return read(raw)
    except (TypeError, ValueError) as error:
        raise GivenError(rule, key, expected, choices=tuple(kind) if is_choice else ()) from error


def shown(kind: Any, value: Any) -> Any:
    """The value as it may be shown: a secret masked, all else as it is."""
    return mask(value) if is_secret(kind) else value


def is_secret(kind: Any) -> bool:
    """Whether a parameter's type says that its value is a secret."""
    return get_origin(kind) is Annotated and NEVER_SHOWN in get_args(kind)
