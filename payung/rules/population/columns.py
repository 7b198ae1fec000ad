"""What is known of a person of a population: ten columns, 17 bytes, ordered by village.

A person is a row. Months of coverage are bits, never rows: a month as a row costs five times the CPU.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from payung.kernel.funds import Sektor, SumberDana

People = Mapping[str, NDArray[Any]]
"""Arrays of one length by the names of `COLUMNS`."""

VILLAGES = 1 << 16
"""How many villages one file can tell apart. A nation has more: it goes province by province."""

SECTORS: tuple[Sektor, ...] = tuple(Sektor)
FUNDS: tuple[SumberDana, ...] = tuple(SumberDana)


class Event(IntEnum):
    """What happened to a person within the window: nothing, or one of the events whose benefit is tabulated."""

    NONE = 0
    DEATH = 1
    DEATH_AT_WORK = 2


COLUMNS: Mapping[str, np.dtype[Any]] = {
    "village": np.dtype(np.uint16),  # its number in this file
    "sector": np.dtype(np.uint8),  # its place in SECTORS
    "funds": np.dtype(np.uint8),  # its place in FUNDS
    "band": np.dtype(np.uint8),  # the row of Lampiran II that is paid for, from 1
    "birth": np.dtype(np.uint16),  # the month of birth, a Month's whole number
    "coverage": np.dtype(np.uint16),  # bit m: month m of the window is covered
    "earlier": np.dtype(np.uint8),  # covered months in a row up to the eve of the window
    "event": np.dtype(np.uint8),  # an Event
    "event_day": np.dtype(np.uint16),  # its day, counted from the window's first, which is 0
    "wage": np.dtype(np.uint32),  # what the person earns a month, in rupiah
}
BYTES_A_PERSON = sum(kind.itemsize for kind in COLUMNS.values())
