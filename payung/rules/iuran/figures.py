"""The figures of contributions, taken from `parameters.yaml` beside this file and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payung.kernel.funds import Sektor, SumberDana
from payung.rules.cards import Card, CardFile, Origin, whole, wholes


@dataclass(frozen=True, slots=True)
class Golongan:
    """A row of Lampiran II: the incomes from `dari_rp` up to the next row have `dasar_rp` as their base."""

    baris: int
    dari_rp: int
    dasar_rp: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class HakKeringanan:
    """Whether money of one source gets the relief, and whose word that is."""

    berhak: bool
    origin: Origin


def _golongan(raw: Any, origin: Origin) -> tuple[Golongan, ...]:
    rows = tuple(Golongan(row["baris"], row["dari_rp"], row["dasar_rp"], origin.narrowed(row)) for row in raw)
    if [row.dari_rp for row in rows] != sorted({row.dari_rp for row in rows}) or rows[0].dari_rp != 0:
        raise ValueError("the bands do not rise from zero")
    return rows


def _hak_keringanan(raw: Any, origin: Origin) -> Mapping[SumberDana, HakKeringanan]:
    return {SumberDana(row["sumber_dana"]): HakKeringanan(row["berhak"], origin.narrowed(row)) for row in raw}


_FILE = CardFile.beside(__file__)

LAMPIRAN_II: Card[tuple[Golongan, ...]] = _FILE.card("lampiran_ii", _golongan)
IURAN_JKK: Card[int] = _FILE.card("iuran_jkk_bpu", whole)
IURAN_JKM: Card[int] = _FILE.card("iuran_jkm_bpu", whole)
IURAN_JHT: Card[int] = _FILE.card("iuran_jht_bpu", whole)
KERINGANAN_PP_49_2020: Card[int] = _FILE.card("keringanan_pp_49_2020", whole)
KERINGANAN_PP_50_2025: Mapping[Sektor, Card[int]] = {
    Sektor.TRANSPORTASI: _FILE.card("keringanan_pp_50_2025_transportasi", whole),
    Sektor.LAINNYA: _FILE.card("keringanan_pp_50_2025_lainnya", whole),
}
SUMBER_DANA_PP_50_2025: Card[Mapping[SumberDana, HakKeringanan]] = _FILE.card(
    "keringanan_pp_50_2025_sumber_dana", _hak_keringanan
)
PILIHAN_MASA_IURAN: Card[tuple[int, ...]] = _FILE.card("pilihan_masa_iuran", wholes)
MASA_IURAN_BAWAAN: Card[int] = _FILE.card("masa_iuran_bawaan", whole)
HARI_JATUH_TEMPO: Card[int] = _FILE.card("hari_jatuh_tempo_bpu", whole)
