"""The figures of deadlines, taken from `parameters.yaml` beside this file and typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from payung.kernel.funds import Program
from payung.rules.cards import Card, CardFile, Origin, whole, wholes


class JenisLibur(StrEnum):
    """A public holiday, or a day of joint leave."""

    LIBUR_NASIONAL = "libur nasional"
    CUTI_BERSAMA = "cuti bersama"


class JenisHari(StrEnum):
    """Which days count: every day of the calendar, or working days."""

    KALENDER = "kalender"
    KERJA = "kerja"


@dataclass(frozen=True, slots=True)
class HariLibur:
    """One free day of a year, and whose word that is: the year's decree, or a presidential decree of its own."""

    jenis: JenisLibur
    nama: str
    origin: Origin


Calendar = Mapping[date, HariLibur]


def _hari_libur(raw: Any, origin: Origin) -> Calendar:
    days = [_day(row["tanggal"]) for row in raw]
    if days != sorted(set(days)):
        raise ValueError("the holidays are not in their order")
    return {row["tanggal"]: HariLibur(JenisLibur(row["jenis"]), row["nama"], origin.narrowed(row)) for row in raw}


def _day(raw: Any) -> date:
    if type(raw) is not date:
        raise ValueError(f"{raw!r} is no day")
    return raw


def _jenis_hari(raw: Any, origin: Origin) -> JenisHari:  # noqa: ARG001 - a reader is given the origin
    return JenisHari(raw)


def _truth(raw: Any, origin: Origin) -> bool:  # noqa: ARG001 - a reader is given the origin
    if type(raw) is not bool:
        raise ValueError(f"{raw!r} is neither true nor false")
    return raw


_FILE = CardFile.beside(__file__)

HARI_KERJA_SEMINGGU: Card[tuple[int, ...]] = _FILE.card("hari_kerja_seminggu", wholes)
HARI_LIBUR: Card[Calendar] = _FILE.card("hari_libur", _hari_libur)
CUTI_BERSAMA_BUKAN_HARI_KERJA: Card[bool] = _FILE.card("cuti_bersama_bukan_hari_kerja", _truth)

WAKTU_LAPOR_JKK: Card[int] = _FILE.card("waktu_lapor_jkk", whole)
WAKTU_LAPOR_TAHAP_DUA: Card[int] = _FILE.card("waktu_lapor_tahap_dua", whole)
WAKTU_KEPUTUSAN_JKK: Card[int] = _FILE.card("waktu_keputusan_jkk", whole)
WAKTU_BAYAR: Mapping[Program, Card[int]] = {
    Program.JKK: _FILE.card("waktu_bayar_jkk", whole),
    Program.JKM: _FILE.card("waktu_bayar_jkm", whole),
}
DENDA: Mapping[Program, Card[int]] = {
    Program.JKK: _FILE.card("denda_bayar_jkk", whole),
    Program.JKM: _FILE.card("denda_bayar_jkm", whole),
}
HARI_DENDA: Card[JenisHari] = _FILE.card("hari_denda", _jenis_hari)
MASA_KEDALUWARSA_JKK: Card[int] = _FILE.card("masa_kedaluwarsa_jkk", whole)
PERALIHAN_KEDALUWARSA_JKK: Card[bool] = _FILE.card("peralihan_kedaluwarsa_jkk", _truth)
MASA_KEDALUWARSA_JKM: Card[int] = _FILE.card("masa_kedaluwarsa_jkm", whole)
