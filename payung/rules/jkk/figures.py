"""The figures of JKK, taken from `parameters.yaml` beside this file and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payung.rules.cards import Card, CardFile, Origin, whole
from payung.rules.jkk.bagian import Bagian


@dataclass(frozen=True, slots=True)
class BarisCacat:
    """A row of the table of disability: what one loss counts for, in basis points.

    `terendah_bp` and `tertinggi_bp` differ where a doctor sets the share between them. `paling_banyak` says how often a
    body can lose it (None: as many steps as are measured); `tercakup_dalam` names the larger losses that hold it.
    """

    terendah_bp: int
    tertinggi_bp: int
    paling_banyak: int | None
    tercakup_dalam: tuple[Bagian, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class TahapStmb:
    """So many months at so many per cent of the wage; `bulan` None: for as long as it lasts."""

    bulan: int | None
    persen: int


def _tabel_cacat(raw: Any, origin: Origin) -> Mapping[Bagian, BarisCacat]:
    table = {Bagian(row["bagian"]): _baris_cacat(row, origin.narrowed(row)) for row in raw}
    if len(raw) != len(table) or set(table) != set(Bagian):
        raise ValueError("the table needs one row for each part")
    return table


def _baris_cacat(row: Mapping[str, Any], origin: Origin) -> BarisCacat:
    often = row.get("paling_banyak", 1)
    return BarisCacat(
        terendah_bp=whole(row["bp"], origin),
        tertinggi_bp=whole(row.get("sampai_bp", row["bp"]), origin),
        paling_banyak=None if often == "berjenjang" else whole(often, origin),
        tercakup_dalam=tuple(Bagian(name) for name in row.get("tercakup_dalam", ())),
        origin=origin,
    )


def _tahap_stmb(raw: Any, origin: Origin) -> tuple[TahapStmb, ...]:
    stages = tuple(TahapStmb(row.get("bulan"), whole(row["persen"], origin)) for row in raw)
    if [stage.bulan is None for stage in stages] != [False] * (len(stages) - 1) + [True]:
        raise ValueError("only the last stage may be without an end")
    return stages


def _text(raw: Any, origin: Origin) -> str:  # noqa: ARG001 - a reader is given the origin; a word needs none
    return str(raw)


_FILE = CardFile.beside(__file__)

KELIPATAN_UPAH: Card[int] = _FILE.card("kelipatan_upah_santunan_jkk", whole)
BAGIAN_KEMATIAN: Card[int] = _FILE.card("bagian_santunan_kematian_jkk", whole)
SANTUNAN_KEMATIAN_MINIMUM: Card[int] = _FILE.card("santunan_kematian_jkk_minimum", whole)
BAGIAN_CACAT_TOTAL: Card[int] = _FILE.card("bagian_santunan_cacat_total_jkk", whole)
BULAN_BERKALA: Card[int] = _FILE.card("bulan_santunan_berkala_jkk", whole)
BERKALA_SEBULAN: Card[int] = _FILE.card("santunan_berkala_sebulan_jkk", whole)
BIAYA_PEMAKAMAN: Card[int] = _FILE.card("biaya_pemakaman_jkk", whole)
TABEL_CACAT: Card[Mapping[Bagian, BarisCacat]] = _FILE.card("tabel_cacat_jkk", _tabel_cacat)
CACAT_FUNGSI: Card[str] = _FILE.card("cacat_fungsi_jkk", _text)
BATAS_CACAT_SEBAGIAN: Card[int] = _FILE.card("batas_cacat_sebagian_jkk", whole)
TAHAP_STMB: Card[tuple[TahapStmb, ...]] = _FILE.card("tahap_stmb_jkk", _tahap_stmb)
HARI_SEBULAN: Card[int] = _FILE.card("hari_sebulan_stmb_jkk", whole)
BATAS_DARAT: Card[int] = _FILE.card("batas_transportasi_darat_jkk", whole)
BATAS_LAUT: Card[int] = _FILE.card("batas_transportasi_laut_jkk", whole)
BATAS_UDARA: Card[int] = _FILE.card("batas_transportasi_udara_jkk", whole)
BEBERAPA_ANGKUTAN: Card[str] = _FILE.card("beberapa_angkutan_jkk", _text)
PERAWATAN: Card[str] = _FILE.card("perawatan_jkk", _text)
BATAS_HOMECARE: Card[int] = _FILE.card("batas_homecare_jkk", whole)
BULAN_HOMECARE: Card[int] = _FILE.card("bulan_homecare_jkk", whole)
BATAS_GIGI_TIRUAN: Card[int] = _FILE.card("batas_gigi_tiruan_jkk", whole)
BATAS_ALAT_DENGAR: Card[int] = _FILE.card("batas_alat_dengar_jkk", whole)
BATAS_KACAMATA: Card[int] = _FILE.card("batas_kacamata_jkk", whole)
TAMBAHAN_ORTHESE_PROTHESE: Card[int] = _FILE.card("tambahan_orthese_prothese_jkk", whole)
