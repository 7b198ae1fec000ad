"""Values of the rules as plain data: what JSON and YAML hold."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any

from payung.kernel.month import Month

_PLAIN_ALREADY = frozenset({str, int, bool, float, NoneType})


def plain(value: Any) -> Any:  # noqa: PLR0911  one line a kind of value
    """Turn months, days, closed lists, dataclasses and tuples into texts, mappings and lists.

    >>> plain({"bulan": Month.from_text("2026-11"), "mulai": date(2026, 11, 1)})
    {'bulan': '2026-11', 'mulai': '2026-11-01'}
    """
    if type(value) in _PLAIN_ALREADY:
        return value
    if isinstance(value, (Month, date)):
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
