"""What matching answers: two records, how sure, in which band, and the evidence field by field.

Plain data: nothing here needs an engine. Ids are opaque text (a worker's public id, or a row's id of any table).
"""

from dataclasses import dataclass
from enum import StrEnum

CERTAIN_PPM = 1_000_000


class Band(StrEnum):
    """What is done with a pair: linked by the program where the office allows it, shown to a person, or left apart."""

    AUTO = "auto"
    REVIEW = "review"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says about a pair.

    `weight_millibits` is a thousandth of log2 of the odds: +3000 makes the same person eight times as likely, -3000
    eight times less. `left` and `right` are the values compared, None where one is missing or must not be shown.
    """

    field: str
    level: str
    left: str | None
    right: str | None
    weight_millibits: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person's, with the model (name and version) that says so."""

    left: str
    right: str
    probability_ppm: int
    band: Band
    evidence: tuple[Evidence, ...]
    model: str

    def __post_init__(self) -> None:
        """Refuse a pair of one record with itself, and a probability outside 0 to 1,000,000 millionths.

        >>> Pair("a", "a", 1, Band.AUTO, (), "worker 1")
        Traceback (most recent call last):
        ...
        ValueError: a pair needs two records
        """
        if self.left == self.right:
            raise ValueError("a pair needs two records")
        if not 0 <= self.probability_ppm <= CERTAIN_PPM:
            raise ValueError("probability_ppm lies between 0 and 1,000,000")
