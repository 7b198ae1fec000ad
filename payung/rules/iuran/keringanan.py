"""Relief (keringanan) of JKK and JKM contributions: how many per cent of a month's price are waived.

Two laws gave relief so far, each with a formula of its own: two dated twins. In all other months there is none.
Benefits are never reduced by it, and JHT never gets it.
"""

from collections.abc import Callable

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran import figures
from payung.rules.steps import Step
from payung.rules.twins import Twins

Formula = Callable[[Month, Sektor, SumberDana], Step[int]]

KERINGANAN: Twins[Formula] = Twins("keringanan")


def keringanan(bulan: Month, *, sektor: Sektor, sumber_dana: SumberDana) -> Step[int]:
    """Give the relief of a month of contribution, in whole per cent of JKK and of JKM; 0 where there is none.

    >>> keringanan(Month.from_text("2026-11"), sektor=Sektor.LAINNYA, sumber_dana=SumberDana.CSR).result
    50
    """
    formula = KERINGANAN.find(bulan)
    if formula is None:
        return Step(code="iuran.keringanan_tidak_ada", result=0, params={"bulan": bulan})
    return formula(bulan, sektor, sumber_dana)


@KERINGANAN.during(figures.KERINGANAN_PP_49_2020)
def _keringanan_pp_49_2020(bulan: Month, sektor: Sektor, sumber_dana: SumberDana) -> Step[int]:  # noqa: ARG001
    """PP 49/2020 asked for neither sector nor funds. That dues be paid up to July 2020 is not known here."""
    card = figures.KERINGANAN_PP_49_2020.on(bulan)
    return Step(
        code="iuran.keringanan_pp_49_2020",
        result=card.value,
        formula="keringanan_pp_49_2020",
        params={"bulan": bulan},
        figures=(card.figure(),),
    )


@KERINGANAN.during(*figures.KERINGANAN_PP_50_2025.values())
def _keringanan_pp_50_2025(bulan: Month, sektor: Sektor, sumber_dana: SumberDana) -> Step[int]:
    """PP 50/2025: the sector's months (Ps 4), then who pays (Ps 3): doubt about funds matters only in those months."""
    card = figures.KERINGANAN_PP_50_2025[sektor]
    relief = card.find(bulan)
    if relief is None:
        return Step(
            code="iuran.keringanan_sektor",
            result=0,
            params={"bulan": bulan, "sektor": sektor, "mulai": card.first_day, "sampai": card.last_day},
            figures=tuple(value.figure() for value in card.values),
        )
    funds = figures.SUMBER_DANA_PP_50_2025.on(bulan)
    right = funds.value[sumber_dana]
    return Step(
        code="iuran.keringanan_pp_50_2025" if right.berhak else "iuran.keringanan_sumber_dana",
        result=relief.value if right.berhak else 0,
        formula=f"{relief.card}" if right.berhak else "",
        params={"bulan": bulan, "sektor": sektor, "sumber_dana": sumber_dana},
        figures=(relief.figure(), funds.figure(right.berhak, origin=right.origin)),
    )
