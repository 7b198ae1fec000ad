"""A child of the worker, as the scholarship looks at it: which school, which year of it."""

from dataclasses import dataclass
from enum import StrEnum


class Jenjang(StrEnum):
    """The levels of schooling, in their order; PELATIHAN (a course of training) stands in the place of PT."""

    BELUM_SEKOLAH = "BELUM_SEKOLAH"
    TK = "TK"
    SD = "SD"
    SMP = "SMP"
    SMA = "SMA"
    PT = "PT"
    PELATIHAN = "PELATIHAN"


@dataclass(frozen=True, slots=True)
class Anak:
    """A child: its level and the year of it that the child is in now (1 is the first; before school it is not read)."""

    jenjang: Jenjang
    tahun_ke: int = 1
