"""Rows that a list may not hold: a village hands in its own people, nobody else's. Pure."""

from collections.abc import Iterable, Mapping

from payung.intake.checks import CleanRow
from payung.kernel.problem import Problem


def tell_people_of_other_villages(
    cleaned: Iterable[CleanRow], *, village_code: str, names: Mapping[str, tuple[str, str]]
) -> None:
    """Add a fault to each row whose village was read and is another one; it goes to repair and nobody is moved.

    `names` are village and kecamatan by code.
    """
    own = ", ".join(names[village_code])
    for row in cleaned:
        person = row.person
        if person.village_code is not None and person.village_code != village_code:
            found = ", ".join(names[person.village_code])
            row.problems.append(Problem("repair:village-elsewhere", row.row, "village", found, own))
