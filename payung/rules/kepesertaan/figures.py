"""The figures of membership, taken from `parameters.yaml` beside this file and typed."""

from dataclasses import dataclass
from typing import Any

from payung.rules.cards import Card, CardFile, Origin, whole
from payung.rules.kepesertaan.waris import Golongan, Penerima


@dataclass(frozen=True, slots=True)
class GolonganWaris:
    """A class of heirs: who belongs to it. It receives if every class before it is empty."""

    golongan: Golongan
    anggota: tuple[Penerima, ...]


@dataclass(frozen=True, slots=True)
class TanpaWaris:
    """Who receives where there is no heir at all."""

    santunan: Penerima
    pemakaman: Penerima


def _urutan(raw: Any, origin: Origin) -> tuple[GolonganWaris, ...]:  # noqa: ARG001  a reader is given the origin
    return tuple(GolonganWaris(Golongan(row["golongan"]), tuple(map(Penerima, row["anggota"]))) for row in raw)


def _tanpa_waris(raw: Any, origin: Origin) -> tuple[TanpaWaris, ...]:  # noqa: ARG001  a reader is given the origin
    return tuple(TanpaWaris(Penerima(row["santunan"]), Penerima(row["pemakaman"])) for row in raw)


def _truth(raw: Any, origin: Origin) -> bool:  # noqa: ARG001  a reader is given the origin
    if type(raw) is not bool:
        raise ValueError(f"{raw!r} is neither true nor false")
    return raw


_FILE = CardFile.beside(__file__)

BATAS_USIA_MENDAFTAR: Card[int] = _FILE.card("batas_usia_mendaftar", whole)
USIA_MINIMUM_PROGRAM: Card[int] = _FILE.card("usia_minimum_program", whole)
TUNGGAKAN_MAKSIMUM: Card[int] = _FILE.card("tunggakan_maksimum", whole)
NONAKTIF_MULAI_BARU: Card[bool] = _FILE.card("nonaktif_mulai_baru", _truth)
NONAKTIF_TUNGGAKAN_DITAGIH: Card[bool] = _FILE.card("nonaktif_tunggakan_ditagih", _truth)
URUTAN_AHLI_WARIS: Card[tuple[GolonganWaris, ...]] = _FILE.card("urutan_ahli_waris", _urutan)
TANPA_AHLI_WARIS: Card[tuple[TanpaWaris, ...]] = _FILE.card("tanpa_ahli_waris", _tanpa_waris)
WASIAT_AKTA_NOTARIS: Card[bool] = _FILE.card("wasiat_akta_notaris", _truth)
NIK_PANJANG: Card[int] = _FILE.card("nik_panjang", whole)
NIK_TAMBAHAN_HARI_PEREMPUAN: Card[int] = _FILE.card("nik_tambahan_hari_perempuan", whole)
