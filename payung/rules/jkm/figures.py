"""The figures of JKM and of the scholarship, taken from `parameters.yaml` beside this file and typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from payung.kernel.rupiah import Rupiah
from payung.rules.cards import Card, CardFile, Origin, whole
from payung.rules.jkm.anak import Jenjang


@dataclass(frozen=True, slots=True)
class TarifJenjang:
    """What a year of one level is met with, for how many years, and which level comes after it (None: the last)."""

    jenjang: Jenjang
    tahun: int
    setahun_rp: Rupiah
    lalu: Jenjang | None


@dataclass(frozen=True, slots=True)
class TahunSekolah:
    """One year of school and its scholarship."""

    jenjang: Jenjang
    tahun_ke: int
    setahun_rp: Rupiah


class TarifBeasiswa(tuple[TarifJenjang, ...]):
    """The scholarship's table: a row a level. It knows the years from any year of any level to the last."""

    _years: dict[Jenjang, tuple[TahunSekolah, ...]]

    @classmethod
    def of(cls, rows: Iterable[TarifJenjang]) -> Self:
        """Build it, with the years of each level and of the levels after it ready."""
        table = cls(rows)
        by_level = {row.jenjang: row for row in table}
        table._years = {level: tuple(_years(level, by_level)) for level in by_level}
        return table

    def sejak(self, jenjang: Jenjang, tahun_ke: int) -> tuple[TahunSekolah, ...]:
        """The years from this one on; past the level's last year, those of the next level."""
        return self._years[jenjang][tahun_ke - 1 :]


def _tarif(raw: Any, origin: Origin) -> TarifBeasiswa:  # noqa: ARG001  a reader is given the origin
    return TarifBeasiswa.of(
        TarifJenjang(
            Jenjang(row["jenjang"]),
            row["tahun"],
            Rupiah(row["setahun_rp"]),
            Jenjang(row["lalu"]) if "lalu" in row else None,
        )
        for row in raw
    )


def _years(level: Jenjang | None, rows: Mapping[Jenjang, TarifJenjang]) -> Iterable[TahunSekolah]:
    while level is not None:
        row = rows[level]
        yield from (TahunSekolah(level, number, row.setahun_rp) for number in range(1, row.tahun + 1))
        level = row.lalu


_FILE = CardFile.beside(__file__)

SANTUNAN_SEKALIGUS: Card[int] = _FILE.card("santunan_sekaligus_jkm", whole)
SANTUNAN_BERKALA_SEBULAN: Card[int] = _FILE.card("santunan_berkala_sebulan", whole)
SANTUNAN_BERKALA_BULAN: Card[int] = _FILE.card("santunan_berkala_bulan", whole)
BIAYA_PEMAKAMAN: Card[int] = _FILE.card("biaya_pemakaman", whole)
MASA_TUNGGU: Card[int] = _FILE.card("masa_tunggu_jkm", whole)
MANFAAT_MASA_TUNGGU: Card[int] = _FILE.card("manfaat_masa_tunggu_jkm", whole)
BEASISWA_TARIF: Card[TarifBeasiswa] = _FILE.card("beasiswa_tarif", _tarif)
BEASISWA_PP_44_2015: Card[int] = _FILE.card("beasiswa_pp_44_2015", whole)
BEASISWA_ANAK_MAKSIMUM: Card[int] = _FILE.card("beasiswa_anak_maksimum", whole)
BEASISWA_IURAN_MINIMUM_JKM: Card[int] = _FILE.card("beasiswa_iuran_minimum_jkm", whole)
BEASISWA_BATAS_USIA: Card[int] = _FILE.card("beasiswa_batas_usia", whole)
