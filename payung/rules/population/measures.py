"""What is summed for each village and sector, and the sums."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from payung.rules.population.columns import SECTORS, VILLAGES
from payung.rules.population.errors import PopulationError


class Measure(StrEnum):
    """A sum over people. Those in rupiah end in `_rp`."""

    PEOPLE = "people"
    COVERED_PEOPLE = "covered_people"
    """With at least one covered month in the window."""
    COVERED_MONTHS = "covered_months"
    COVERED_WAGE_RP = "covered_wage_rp"
    """What they earn in their covered months."""
    IURAN_RP = "iuran_rp"
    """Due for the covered months."""
    UNRELIEVED_RP = "unrelieved_rp"
    """The same without relief."""
    WAITED_PEOPLE = "waited_people"
    """Covered on the window's last day, and past the waiting period of JKM."""
    TO_ENROL = "to_enrol"
    """Without a covered month, and of an age to register on the window's first day."""
    JKM_DEATHS = "jkm_deaths"
    """Deaths not caused by work in a covered month."""
    JKM_REDUCED = "jkm_reduced"
    """Of these, within the waiting period."""
    JKM_RP = "jkm_rp"
    """Their benefits, without scholarships: nothing is known of children."""
    JKK_DEATHS = "jkk_deaths"
    """Deaths at work in a covered month."""
    JKK_RP = "jkk_rp"
    """Their benefits, without scholarships."""
    UNCOVERED_DEATHS = "uncovered_deaths"
    """Deaths of either kind in a month that is not covered."""


MEASURES: tuple[Measure, ...] = tuple(Measure)


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """The sums: village x sector x measure, whole numbers of 64 bits."""

    values: NDArray[np.int64]

    @classmethod
    def empty(cls) -> "Totals":
        """All sums nought."""
        return cls(np.zeros((VILLAGES, len(SECTORS), len(MEASURES)), np.int64))

    @classmethod
    def of_rows(cls, village: NDArray[np.int64], sector: NDArray[np.int64], sums: NDArray[np.int64]) -> "Totals":
        """Put the rows of a query in their places; `sums` has a column a measure, in their order."""
        if sums.dtype != np.int64:
            raise PopulationError(f"sums came back as {sums.dtype}, not as whole numbers of 64 bits")
        totals = cls.empty()
        totals.values[village, sector] = sums
        return totals

    def __eq__(self, other: object) -> bool:
        """The same in every village and sector."""
        return isinstance(other, Totals) and np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        return hash(self.values.tobytes())

    def over_all(self) -> dict[Measure, int]:
        """Each measure summed over villages and sectors."""
        return {measure: int(total) for measure, total in zip(MEASURES, self.values.sum(axis=(0, 1)), strict=True)}

    def of(self, measure: Measure) -> NDArray[np.int64]:
        """One measure: village x sector."""
        return self.values[:, :, MEASURES.index(measure)]
