"""Whether a list is cut out of the population administration: an export of SIAK or OpenSID, a Buku Induk Penduduk.

Such a file names each person's place in the family, and parents, papers or codes beside it. No company gathers these
from the people whom it wants to protect: whoever hands it in has it from somebody else.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from payung.tabular.columns import ColumnMap, RawRow
from payung.tabular.headings import fold_heading

_PLACE_IN_FAMILY = frozenset(
    {"shdk", "stathbkel", "hubkel", "hubkeluarga", "hubungankeluarga", "kedudukandalamkeluarga", "kklevel"}
)
# Each set is one kind of fact; two of the kinds beside the place in the family are no chance.
_BESIDE_IT = (
    frozenset({"namaayah", "ayah", "namalgkpayah", "namalengkapayah", "nikayah", "nikibu", "ayahnik", "ibunik"}),
    frozenset({"statkwn", "statuskawin", "statkawin", "statusperkawinan", "kawin"}),
    frozenset({"agama", "agamaid"}),
    frozenset({"golongandarah", "golongandarahid", "goldrh", "gdrh", "goldarah"}),
    frozenset({"aktalahir", "aktalhr", "noaktalahir", "noaktalhr", "statusrekam", "statrkm", "wjbktp", "wajibktp"}),
    frozenset(
        {"pendidikan", "pendidikanterakhir", "pendidikandlmkk", "pendidikankkid", "pendidikansedangid", "pddkakh"}
    ),
)
_FEWEST = 2
_PLACES = ("village", "village_code", "kecamatan")
_VILLAGE_IN_ADDRESS = re.compile(r"\b(?:ds|desa|kel|kelurahan)\b", re.IGNORECASE)
OF_EACH_ROW = "rows"  # the answer that each row is to say its village itself


def is_population_register(column_map: ColumnMap) -> bool:
    """Whether the headings are those of a register of residents, under the names that its programs write."""
    headings = {fold_heading(each.heading.split("(", maxsplit=1)[0]) for each in column_map.columns}
    headings |= {fold_heading(each.heading) for each in column_map.columns}
    if not headings & _PLACE_IN_FAMILY:
        return False
    return sum(bool(headings & facts) for facts in _BESIDE_IT) >= _FEWEST


def names_no_village(rows: Iterable[RawRow]) -> bool:
    """Whether nothing in the rows says where anybody lives: an export of one village's own register leaves that out."""
    return not any(
        any(name in row.cells for name in _PLACES)
        or ((address := row.cells.get("address")) and _VILLAGE_IN_ADDRESS.search(address.text))
        for row in rows
    )


def with_village(column_map: ColumnMap, code: str) -> ColumnMap:
    """The columns with the village that somebody gave for all rows, as a letterhead would."""
    if not code or code == OF_EACH_ROW:
        return column_map
    return replace(column_map, letterhead={**column_map.letterhead, "village_code": code})
