"""What the program knows while a file is judged: the day, the villages, the registry's people, other payers' months."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from lokal import wilayah

from payung.intake.cells.places import Area
from payung.intake.checks import KnownPerson
from payung.intake.terms import Terms
from payung.kernel.month import Month
from payung.matching.villages import VillageIndex

TODAY = date(2026, 11, 22)
AREA = Area("33.24", "Kabupaten Kendal")
NO_TERMS = Terms()


@dataclass(frozen=True)
class World:
    """An empty registry unless something is said. `known` is keyed by NIK, `covered` by the worker's number.

    `rates` are what a month may cost in rupiah, `terms` those on which the list comes in.
    """

    known: Mapping[str, KnownPerson] = field(default_factory=dict)
    covered: Mapping[int, Month] = field(default_factory=dict)
    closed: frozenset[Month] = frozenset()
    rates: frozenset[int] = frozenset()
    terms: Terms = NO_TERMS


EMPTY = World()


@cache
def kendal() -> VillageIndex:
    """The 286 villages of Kabupaten Kendal."""
    return VillageIndex.of(
        (village.code, village.name, kecamatan.name)
        for kecamatan in wilayah.list_wilayah("33.24")
        for village in wilayah.list_wilayah(kecamatan.code)
    )
