"""Finding a village by its written name: `DESA PURWOKERTO` in `Kec. Brangsong` is 33.24.13.2003, or it is nothing.

A spelling variant is accepted only where exactly one village is nearest; a name that stands in two kecamatan is
ambiguous without its kecamatan. What is not found is never guessed: the candidates go back with the question.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from payung.kernel.edits import edits_within

_PREFIX = re.compile(r"^(?:desa|ds|kelurahan|kel|kalurahan|lurah|kecamatan|kec|kabupaten|kab)(?:\s*/\s*\w+)?[\s.:]+")
_MOST_REMEMBERED = 50_000
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class VillageMatch:
    """The one village meant, or None with the villages that it may have been (at most five, as `name, kecamatan`)."""

    code: str | None
    candidates: tuple[str, ...] = ()
    is_ambiguous: bool = False
    is_exact: bool = False


@dataclass(slots=True)
class VillageIndex:
    """The villages of a regency, by code and by name. Build one with `VillageIndex.of`."""

    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    _by_kecamatan: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _asked: dict[tuple[str, str], VillageMatch] = field(default_factory=dict)

    @classmethod
    def of(cls, villages: Iterable[tuple[str, str, str]]) -> "VillageIndex":
        """Build the index from (village's code, village, kecamatan)."""
        index = cls()
        for code, village, kecamatan in villages:
            index.names[code] = (village, kecamatan)
            of_kecamatan = index._by_kecamatan.setdefault(fold_place(kecamatan), {})
            of_kecamatan.setdefault(fold_place(village), []).append(code)
        return index

    def has_code(self, code: str) -> bool:
        """Whether the regency has a village of this code (`33.24.19.2009`)."""
        return code in self.names

    def find(self, village: str, kecamatan: str = "") -> VillageMatch:
        """Find the village that is meant; without a kecamatan, in the whole regency."""
        key = (village, kecamatan)
        found = self._asked.get(key)
        if found is None:
            if len(self._asked) > _MOST_REMEMBERED:
                self._asked.clear()
            found = self._asked[key] = self._look_up(fold_place(village), fold_place(kecamatan))
        return found

    def _look_up(self, village: str, kecamatan: str) -> VillageMatch:
        if not village:
            return VillageMatch(None)
        if kecamatan:
            nearest = _nearest(kecamatan, self._by_kecamatan)
            if len(nearest) != 1:
                return VillageMatch(None, self._elsewhere(village))
            found = self._within(village, [nearest[0]])
            return found if found.code or found.candidates else VillageMatch(None, self._elsewhere(village))
        return self._within(village, list(self._by_kecamatan))

    def _within(self, village: str, kecamatan: list[str]) -> VillageMatch:
        exact = [code for name in kecamatan for code in self._by_kecamatan[name].get(village, ())]
        if len(exact) == 1:
            return VillageMatch(exact[0], is_exact=True)
        if exact:
            return VillageMatch(None, self._shown(exact), is_ambiguous=True)
        every = {name: None for one in kecamatan for name in self._by_kecamatan[one]}
        near = [
            code
            for name in _nearest(village, every)
            for one in kecamatan
            for code in self._by_kecamatan[one].get(name, ())
        ]
        if len(near) == 1:
            return VillageMatch(near[0])
        return VillageMatch(None, self._shown(near), is_ambiguous=bool(near))

    def _elsewhere(self, village: str) -> tuple[str, ...]:
        return self._shown([code for by_name in self._by_kecamatan.values() for code in by_name.get(village, ())])

    def _shown(self, codes: list[str]) -> tuple[str, ...]:
        return tuple(", ".join(self.names[code]) for code in codes[:5])


def fold_place(name: str) -> str:
    """Write a place the way it is compared: small letters and digits only, without `Desa`, `Kel.`, `Kec.`.

    >>> fold_place("Kel. Kalibuntu  Wetan")
    'kalibuntuwetan'
    """
    text = unicodedata.normalize("NFKC", name).casefold().strip()
    return _NOT_LETTERS.sub("", _PREFIX.sub("", text))


def _nearest(name: str, among: Iterable[str]) -> list[str]:
    """Names that lie nearest within a small edit: none under five letters, one to seven, two beyond."""
    names = list(among)
    if name in names:
        return [name]
    limit = 0 if len(name) < 5 else 1 if len(name) < 8 else 2
    near: list[tuple[int, str]] = []
    for other in names:
        distance = edits_within(name, other, limit)
        if distance is not None:
            near.append((distance, other))
    least = min((distance for distance, _ in near), default=0)
    return [other for distance, other in near if distance == least]
