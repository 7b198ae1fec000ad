"""Who receives when a worker has died: the order of heirs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.rules.cards import DatedValue
from payung.rules.errors import Expected, GivenError
from payung.rules.kepesertaan import figures
from payung.rules.kepesertaan.figures import GolonganWaris
from payung.rules.kepesertaan.waris import Golongan, Penerima, Wasiat
from payung.rules.steps import Ruling, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class AhliWaris(Ruling):
    """The class that receives, who of it is alive, and the class that would be next (None: nobody after it).

    Who receives the death benefit receives the funeral cost too, but where there is no heir at all.
    """

    golongan: Golongan
    penerima_santunan: tuple[Penerima, ...]
    penerima_pemakaman: tuple[Penerima, ...]
    berikutnya: Golongan | None


def ahli_waris(
    tanggal_meninggal: date,
    *,
    pasangan: bool = False,
    anak: int = 0,
    orang_tua: int = 0,
    kakek_nenek: int = 0,
    cucu: int = 0,
    saudara: int = 0,
    mertua: int = 0,
    wasiat: Wasiat = Wasiat.TIDAK_ADA,
) -> AhliWaris:
    """Urutan ahli waris.

    Given is who was alive on the day of death: a spouse, and how many of the others. The first class in which anybody
    lives receives; the classes after it receive nothing. How those of one class share the law does not say. Source:
    PP 44/2015 Ps 37(5); for wills Permenaker 1/2025 Ps 79 (perlu konfirmasi). BPJS and, in doubt, a court decide.

    >>> ahli_waris(date(2026, 2, 10), orang_tua=1, saudara=2).penerima_santunan
    (<Penerima.ORANG_TUA: 'ORANG_TUA'>,)
    >>> [who.value for who in ahli_waris(date(2026, 2, 10)).penerima_pemakaman]
    ['PENGURUS_PEMAKAMAN']
    """
    by_kin = {
        Penerima.PASANGAN: int(pasangan),
        Penerima.ANAK: anak,
        Penerima.ORANG_TUA: orang_tua,
        Penerima.KAKEK_NENEK: kakek_nenek,
        Penerima.CUCU: cucu,
        Penerima.SAUDARA: saudara,
        Penerima.MERTUA: mertua,
    }
    for who, count in by_kin.items():
        if count < 0:
            raise GivenError("ahli_waris", who.value.lower(), Expected.ZERO_OR_MORE)
    order = figures.URUTAN_AHLI_WARIS.on(tanggal_meninggal)
    will = _will(tanggal_meninggal, wasiat)
    living = {who for who, count in by_kin.items() if count}
    if any(step.result for step in will):
        living.add(Penerima.PENERIMA_WASIAT)
    return _in_order(order, living, will) or _nobody(tanggal_meninggal, order, will)


def _will(tanggal_meninggal: date, wasiat: Wasiat) -> tuple[Step[bool], ...]:
    """Whether the will counts; no step where there is none."""
    if wasiat is Wasiat.TIDAK_ADA:
        return ()
    deed = figures.WASIAT_AKTA_NOTARIS.find(tanggal_meninggal)
    must_be_deed = deed is not None and deed.value
    counts = wasiat is Wasiat.AKTA_NOTARIS or not must_be_deed
    return (
        Step(
            code="ahli_waris.wasiat_berlaku" if counts else "ahli_waris.wasiat_tanpa_akta",
            result=counts,
            params={"wasiat": wasiat},
            figures=() if deed is None else (deed.figure(),),
        ),
    )


def _in_order(
    order: DatedValue[tuple[GolonganWaris, ...]], living: set[Penerima], will: tuple[Step[bool], ...]
) -> AhliWaris | None:
    """The first class with anybody alive; None where each is empty."""
    steps: list[Step[Any]] = []
    for place, row in enumerate(order.value):
        alive = tuple(who for who in row.anggota if who in living)
        # The will is told only where it matters: when no kin is left to receive.
        steps += will if row.golongan is Golongan.WASIAT else ()
        if not alive:
            steps.append(_empty(row, order))
            continue
        later = next((other for other in order.value[place + 1 :] if set(other.anggota) & living), None)
        steps += [_found(row, alive, order), _next(later)]
        return AhliWaris(
            golongan=row.golongan,
            penerima_santunan=alive,
            penerima_pemakaman=alive,
            berikutnya=later.golongan if later else None,
            steps=tuple(steps),
        )
    return None


def _nobody(
    tanggal_meninggal: date, order: DatedValue[tuple[GolonganWaris, ...]], will: tuple[Step[bool], ...]
) -> AhliWaris:
    """No heir: the funeral cost to whoever saw to the burial, the death benefit to the social security fund."""
    instead = figures.TANPA_AHLI_WARIS.on(tanggal_meninggal)
    (row,) = instead.value
    step = Step(
        code="ahli_waris.tidak_ada",
        result=Golongan.TIDAK_ADA,
        formula="tanpa_ahli_waris",
        params={"santunan": row.santunan, "pemakaman": row.pemakaman},
        figures=(instead.figure(),),
    )
    return AhliWaris(
        golongan=Golongan.TIDAK_ADA,
        penerima_santunan=(row.santunan,),
        penerima_pemakaman=(row.pemakaman,),
        berikutnya=None,
        steps=(*(_empty(each, order) for each in order.value), *will, step),
    )


def _empty(row: GolonganWaris, order: DatedValue[tuple[GolonganWaris, ...]]) -> Step[bool]:
    return Step(
        code="ahli_waris.golongan_kosong",
        result=False,
        params={"golongan": row.golongan, "anggota": row.anggota},
        figures=(order.figure(),),
    )


def _found(
    row: GolonganWaris, alive: tuple[Penerima, ...], order: DatedValue[tuple[GolonganWaris, ...]]
) -> Step[tuple[Penerima, ...]]:
    return Step(
        code="ahli_waris.golongan_penerima",
        result=alive,
        formula="golongan pertama dalam urutan_ahli_waris yang masih hidup",
        params={"golongan": row.golongan},
        figures=(order.figure(),),
    )


def _next(later: GolonganWaris | None) -> Step[Golongan | None]:
    """Who would receive if the class before were empty."""
    if later is None:
        return Step(code="ahli_waris.tanpa_berikutnya", result=None)
    return Step(code="ahli_waris.berikutnya", result=later.golongan)
