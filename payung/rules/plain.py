"""Values of the rules as plain data: what JSON and YAML hold."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from payung.kernel.month import Month


def plain(value: Any) -> Any:
    """Turn months, days, closed lists, dataclasses and tuples into texts, mappings and lists.

    >>> plain({"bulan": Month.from_text("2026-11"), "mulai": date(2026, 11, 1)})
    {'bulan': '2026-11', 'mulai': '2026-11-01'}
    """
    if isinstance(value, (Month, date)):
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value
