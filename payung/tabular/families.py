"""Lists by family, as SIAK prints its Buku Induk Penduduk: the family card and the address stand above its members.

    No. KK : 3324150102030001 |  | Alamat : Krajan, Nama Dusun : Krajan, RT/RW : 001/002        (BIP 2016)
    3324150102030001 |  | SARI WULANDARI | ... | DESA PEKAUMAN RT/RW : 001/002 DUSUN : -        (BIP KTP-el)
    DESA : PEKAUMAN | NO.RT/RW : 001/002         a small letterhead before each family          (BIP of some regencies)

Above a whole list the letterhead may name the village the same way (`Desa : Pekauman Kec. : Kendal`, OpenSID).
"""

import re
from collections.abc import Iterable, Mapping

from payung.tabular.table import Row

# What a family's row or a letterhead may say of the people below it, and the field it fills.
_NEXT = r"\b(?:RT|NO\.?\s*RT|KEC|KECAMATAN|KAB|KABUPATEN|KOTA|PROV|PROVINSI|DUSUN|NAMA|ALAMAT)\b"
_NAME = r"([^\t:,]*?)(?=\s*(?:\t|,|$|" + _NEXT + "))"
_GAP = r"[ .]*:[ \t]*"
_SAID = {
    "kk": re.compile(r"\bNO(?:MOR|\.)?\s*KK" + _GAP + r"([0-9]{16})\b", re.IGNORECASE),
    "village": re.compile(r"\b(?:DESA|KELURAHAN|DESA\s*/\s*KELURAHAN)" + _GAP + _NAME, re.IGNORECASE),
    "kecamatan": re.compile(r"\bKEC(?:AMATAN)?" + _GAP + _NAME, re.IGNORECASE),
    "rt_rw": re.compile(r"\bRT\s*/\s*RW" + _GAP + r"([0-9]{1,3}\s*/\s*[0-9]{1,3})", re.IGNORECASE),
    "address": re.compile(r"\bALAMAT" + _GAP + r"([^\t,:]*)", re.IGNORECASE),
}
_VILLAGE_BEFORE_RT = re.compile(r"\bDESA\s+([^\t:,]+?)\s+RT\s*/\s*RW\b", re.IGNORECASE)
_IS_LABEL = re.compile(
    r"\s*(?:NO(?:MOR|\.)?\s*KK|PROVINSI|KABUPATEN|KECAMATAN|DESA|KELURAHAN|ALAMAT|NO\.?\s*RT/RW|BUKU INDUK)\b.*",
    re.IGNORECASE,
)
_SIXTEEN = re.compile(r"\s*[0-9]{16}\s*")
# A letterhead gives these to every row; the rest it says of the office that wrote it.
OF_LETTERHEAD = ("village", "kecamatan")


def is_of_family(row: Row, nik: int | None) -> bool:
    """Whether a row speaks of the family below it: its first cell is a label, or a card's number with nobody's NIK."""
    if nik is None:
        return False
    first = next((value for value in row.values if value is not None), None)
    if not isinstance(first, str):
        return False
    if nik < len(row.values) and isinstance(row.values[nik], str) and _SIXTEEN.fullmatch(str(row.values[nik])):
        return False
    return _SIXTEEN.fullmatch(first) is not None or (":" in first and _IS_LABEL.match(first) is not None)


def said_of_family(row: Row) -> dict[str, str]:
    """What a family's row says of the people below it, by field."""
    text = _text_of(row)
    found = {field: told[1].strip() for field, pattern in _SAID.items() if (told := pattern.search(text))}
    if told := _VILLAGE_BEFORE_RT.search(text):
        found["village"] = told[1].strip()
    first = text.partition("\t")[0]
    if _SIXTEEN.fullmatch(first):
        found["kk"] = first.strip()
    return {field: value for field, value in found.items() if value.strip(" -")}


def said_by_letterhead(rows: Iterable[Row]) -> Mapping[str, str]:
    """The village and kecamatan that the lines above the headings name; the last word counts."""
    found: dict[str, str] = {}
    for row in rows:
        found |= {field: value for field, value in said_of_family(row).items() if field in OF_LETTERHEAD}
    return found


def _text_of(row: Row) -> str:
    return "\t".join(value.strip() for value in row.values if isinstance(value, str) and value.strip())
