"""The village of a row: by its code, by its name with the kecamatan, or out of the address."""

import re
from dataclasses import dataclass
from typing import Protocol

from payung.intake.cells.faults import Faults
from payung.intake.cells.text import is_nothing
from payung.kernel.edits import edits_within
from payung.matching.villages import VillageMatch

_CODE = re.compile(r"([0-9]{2})\.?([0-9]{2})\.?([0-9]{2})\.?([0-9]{4})")
_WITH_KECAMATAN = re.compile(r"(.+?)[\s,;/(-]+(?:kec|kecamatan)\b[.\s:]*(.+?)\)?", re.IGNORECASE)
_IN_ADDRESS = re.compile(
    r".*?\b(?:ds|desa|kel|kelurahan)\b[.\s:]+(.+?)(?:\s*[,;]\s*|\s+)(?:kec|kecamatan)\b[.\s:]*([^,;]+).*", re.IGNORECASE
)


_KIND = re.compile(r"\b(?:kabupaten|kab|kota|regency|city)\b\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Area:
    """The kabupaten whose people the programme protects: `33.24`, `Kendal`."""

    code: str
    name: str


class Villages(Protocol):
    """Whoever knows the villages: `matching.villages.VillageIndex` does."""

    def has_code(self, code: str) -> bool:
        """Whether there is a village of this code."""
        ...

    def find(self, village: str, kecamatan: str = "") -> VillageMatch:
        """The village of this name, or its candidates."""
        ...


def read_village(
    *,
    code: str,
    village: str,
    kecamatan: str,
    address: str,
    villages: Villages,
    faults: Faults,
    kabupaten: str = "",
    area: Area | None = None,
) -> str | None:
    """Find the village's code, or add the fault with the villages that may have been meant.

    Who lives in another kabupaten is not looked for here: the same names of villages stand in many of them.
    """
    if area and (elsewhere := _elsewhere(code, kabupaten, area)):
        faults.fault("village-unknown", "village", found=elsewhere, expected=area.name, reason="outside", candidates=[])
        return None
    if code and (written := _CODE.fullmatch(code)) and villages.has_code(dotted := ".".join(written.groups())):
        return dotted
    found, village, kecamatan = _by_name(village, kecamatan, address, villages)
    if found.code is None:
        reason = "missing" if not (village or code) else "ambiguous" if found.is_ambiguous else "unknown"
        written_as = ", ".join(part for part in (village or code, kecamatan) if part)
        faults.fault("village-unknown", "village", found=written_as, reason=reason, candidates=list(found.candidates))
    elif not found.is_exact:
        faults.note("village-spelling", "village", found=village, village_code=found.code)
    return found.code


def _elsewhere(code: str, kabupaten: str, area: Area) -> str:
    """The kabupaten that a row names, if it is another one than ours; a slip of the finger is forgiven."""
    if (written := _CODE.fullmatch(code)) and (of_code := f"{written[1]}.{written[2]}") != area.code:
        return of_code
    named = _KIND.sub("", kabupaten).strip(" .,-").casefold()
    if is_nothing(named) or edits_within(named, _KIND.sub("", area.name).strip().casefold(), 2) is not None:
        return ""
    return kabupaten


def _by_name(village: str, kecamatan: str, address: str, villages: Villages) -> tuple[VillageMatch, str, str]:
    if village and not kecamatan and (both := _WITH_KECAMATAN.fullmatch(village)):
        village, kecamatan = both[1], both[2]
    if not village and (both := _IN_ADDRESS.fullmatch(address)):
        village, kecamatan = both[1], kecamatan or both[2].strip()
    if not village:
        return VillageMatch(None), village, kecamatan
    return villages.find(village, kecamatan), village, kecamatan
