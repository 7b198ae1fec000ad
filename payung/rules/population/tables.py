"""The small tables into which the law is tabulated. All that a back end knows of the law is in here."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from payung.rules.population.window import Window

Rupiahs = NDArray[np.int64]
Flags = NDArray[np.uint8]
Counts = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """What the rules answered for a window, under the cards that were active when they were asked.

    Axes: `regime` is a group of months of one price; `stretch` a stretch of days without any change; `waited` counts
    full months up to `cap`, the longest waiting of the window, since more never matters.
    """

    window: Window
    month_masks: NDArray[np.uint16]  # regime -> its months as bits
    iuran_rp: Rupiahs  # sector, funds, band - 1, regime -> due for a covered month
    unrelieved_rp: Rupiahs  # the same without relief
    of_age: Flags  # month of birth -> may register on the window's first day
    waited: Counts  # history, earlier up to cap -> full months waited
    waited_through: Flags  # coverage, earlier up to cap -> covered on the last day, and waits no more
    month_of_day: Counts  # day -> its month's place
    stretch_of_day: Counts  # day -> its stretch
    benefit_rp: Rupiahs  # event, stretch, waited, band - 1
    reduced: Flags  # event, stretch, waited -> the waiting period reduced the benefit

    @property
    def cap(self) -> int:
        """The longest waiting, in full months: where `waited` and `earlier` stop counting."""
        return int(self.waited.shape[1]) - 1

    @property
    def bands(self) -> int:
        """How many rows Lampiran II has."""
        return int(self.iuran_rp.shape[2])

    @property
    def size(self) -> int:
        """Bytes of all tables together."""
        return sum(getattr(self, name).nbytes for name in self.__slots__ if _is_array(getattr(self, name)))


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray)
