"""The scholarship (beasiswa) of the children of a worker who died or is disabled for good: by child and school year.

JKK gives the same as JKM, but asks for no months of contribution. The former law gave one sum for one child: two dated
twins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.kernel.funds import Program
from payung.kernel.rupiah import Rupiah
from payung.rules.cards import DatedValue
from payung.rules.errors import Expected, GivenError
from payung.rules.jkm import figures
from payung.rules.jkm.anak import Anak, Jenjang
from payung.rules.jkm.figures import TahunSekolah, TarifBeasiswa
from payung.rules.steps import Ruling, Step
from payung.rules.twins import Twins


@dataclass(frozen=True, slots=True)
class BeasiswaAnak:
    """What one child may get in all. `anak` is its place in what was given, from 1 on.

    `tahun` lists its school years from the present one on, each with its sum; empty where the law pays once.
    """

    anak: int
    maks_rp: Rupiah
    tahun: tuple[TahunSekolah, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beasiswa(Ruling):
    """The scholarship at most, in rupiah for all its years, and by child."""

    maks_rp: Rupiah
    beasiswa: tuple[BeasiswaAnak, ...]


Children = tuple[BeasiswaAnak, ...]
Steps = tuple[Step[Any], ...]
Formula = Callable[[date, tuple[Anak, ...]], tuple[Children, Steps]]

BEASISWA: Twins[Formula] = Twins("beasiswa")


def beasiswa(tanggal: date, *, program: Program, bulan_iuran: int = 0, anak: tuple[Anak, ...] = ()) -> Beasiswa:
    """Beasiswa anak pekerja yang meninggal atau cacat total tetap.

    In rupiah, at most: each year is claimed by itself, and it ends with age, marriage or work. `tanggal` is the day of
    the death or of the accident; `bulan_iuran` the months paid, the month of the event included: JKM asks for a number
    of them, JKK for none. Source: PP 82/2019 Lampiran III, Permenaker 5/2021; before them PP 44/2015.

    >>> dua = (Anak(Jenjang.TK), Anak(Jenjang.SMA, 2))
    >>> [each.maks_rp for each in beasiswa(date(2026, 2, 10), program=Program.JKK, anak=dua).beasiswa]
    [87000000, 66000000]
    >>> beasiswa(date(2026, 2, 10), program=Program.JKM, bulan_iuran=35, anak=dua).maks_rp
    0
    """
    _refuse_impossible(bulan_iuran, anak)
    formula = BEASISWA.on(tanggal)
    enough = (_enough_months(tanggal, bulan_iuran),) if program is Program.JKM else ()
    children: Children = ()
    steps: Steps = enough
    if not anak:
        steps = (Step(code="beasiswa.tanpa_anak", result=Rupiah(0)),)
    elif all(step.result for step in enough):
        children, by_child = formula(tanggal, anak)
        steps = enough + by_child
    return Beasiswa(maks_rp=Rupiah(sum(child.maks_rp for child in children)), beasiswa=children, steps=steps)


def _refuse_impossible(bulan_iuran: int, anak: tuple[Anak, ...]) -> None:
    if bulan_iuran < 0:
        raise GivenError("beasiswa", "bulan_iuran", Expected.ZERO_OR_MORE)
    for place, child in enumerate(anak, start=1):
        if child.tahun_ke < 1:
            raise GivenError("beasiswa", f"anak[{place}].tahun_ke", Expected.ONE_OR_MORE)


def _enough_months(tanggal: date, bulan_iuran: int) -> Step[bool]:
    minimum = figures.BEASISWA_IURAN_MINIMUM_JKM.on(tanggal)
    enough = bulan_iuran >= minimum.value
    return Step(
        code="beasiswa.iuran_cukup" if enough else "beasiswa.iuran_kurang",
        result=enough,
        formula="bulan_iuran ≥ beasiswa_iuran_minimum_jkm",
        params={"bulan_iuran": bulan_iuran, "minimum": minimum.value},
        figures=(minimum.figure(),),
    )


@BEASISWA.during(figures.BEASISWA_PP_44_2015)
def _beasiswa_pp_44_2015(tanggal: date, anak: tuple[Anak, ...]) -> tuple[Children, Steps]:
    """PP 44/2015: one sum, once, for one child of whatever level."""
    amount = figures.BEASISWA_PP_44_2015.on(tanggal)
    limit = figures.BEASISWA_ANAK_MAKSIMUM.on(tanggal)
    places = range(1, min(len(anak), limit.value) + 1)
    children = tuple(BeasiswaAnak(place, Rupiah(amount.value), ()) for place in places)
    step = Step(
        code="beasiswa.sekali_bayar",
        result=Rupiah(amount.value * len(children)),
        formula="banyak_anak × beasiswa_pp_44_2015",
        params={"banyak_anak": len(children), "paling_banyak": limit.value, "per_anak_rp": amount.value},
        figures=(amount.figure(), limit.figure()),
    )
    return children, (step,)


@BEASISWA.during(figures.BEASISWA_TARIF)
def _beasiswa_pp_82_2019(tanggal: date, anak: tuple[Anak, ...]) -> tuple[Children, Steps]:
    """PP 82/2019: each remaining school year, for at most two children.

    Which two where there are more is the family's choice here: those with the most left, to the family's good. No text
    that we know says it.
    """
    tariff = figures.BEASISWA_TARIF.on(tanggal)
    limit = figures.BEASISWA_ANAK_MAKSIMUM.on(tanggal)
    each = tuple([_child(place, child, tariff.value) for place, child in enumerate(anak, start=1)])
    children = each if len(each) <= limit.value else _most_left(each, limit.value)
    told = [_child_step(child, anak[child.anak - 1], tariff) for child in children]
    left_out = () if children is each else (_left_out(len(anak), limit),)
    return children, (*left_out, *told, _end(tanggal))


def _most_left(each: Children, limit: int) -> Children:
    """The children with the most left, of equals the first named; in the order in which they were given."""
    chosen = sorted(each, key=lambda child: child.maks_rp, reverse=True)[:limit]
    return tuple(sorted(chosen, key=lambda child: child.anak))


def _child(place: int, child: Anak, tariff: TarifBeasiswa) -> BeasiswaAnak:
    """The years from the present one on. A child who repeats a year beyond the level's number begins with the next."""
    if child.jenjang is Jenjang.BELUM_SEKOLAH:
        years = tariff.sejak(Jenjang.TK, 1)
    else:
        years = tariff.sejak(child.jenjang, child.tahun_ke)
    return BeasiswaAnak(place, Rupiah(sum([year.setahun_rp for year in years])), years)


def _child_step(found: BeasiswaAnak, child: Anak, tariff: DatedValue[TarifBeasiswa]) -> Step[Rupiah]:
    return Step(
        code="beasiswa.anak" if found.tahun else "beasiswa.sekolah_selesai",
        result=found.maks_rp,
        formula="jumlah beasiswa_tarif[jenjang] tiap tahun sekolah sampai akhir",
        params={
            "anak": found.anak,
            "jenjang": child.jenjang,
            "tahun_ke": child.tahun_ke,
            "banyak_tahun": len(found.tahun),
        },
        figures=(tariff.figure(),),
    )


def _left_out(count: int, limit: DatedValue[int]) -> Step[int]:
    return Step(
        code="beasiswa.anak_terpilih",
        result=limit.value,
        formula="anak dengan sisa beasiswa terbesar, paling banyak beasiswa_anak_maksimum",
        params={"banyak_anak": count, "paling_banyak": limit.value},
        figures=(limit.figure(),),
    )


def _end(tanggal: date) -> Step[int]:
    """When it ends before the last school year: told, not counted, since nobody knows it on this day."""
    age = figures.BEASISWA_BATAS_USIA.on(tanggal)
    return Step(code="beasiswa.berakhir", result=age.value, params={"usia": age.value}, figures=(age.figure(),))
