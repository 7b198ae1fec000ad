"""Costs that are paid back up to a cap: transport, care at home, aids."""

from collections.abc import Sequence
from datetime import date

from payung.kernel.rupiah import Rupiah
from payung.rules.cards import Card
from payung.rules.steps import Step


def biaya_sampai_batas(code: str, biaya_rp: int, batas: Card[int], *, pada: date) -> Step[Rupiah]:
    """Give what is paid of a cost, in rupiah: all of it, or the cap of the day.

    >>> from payung.rules.jkk import figures
    >>> biaya_sampai_batas("jkk.kacamata", 1_000_001, figures.BATAS_KACAMATA, pada=date(2026, 1, 5)).result
    1000000
    """
    cap = batas.on(pada)
    return Step(
        code=code,
        result=Rupiah(min(biaya_rp, cap.value)),
        formula=f"min(biaya_rp, {cap.card})",
        params={"biaya_rp": biaya_rp, "batas_rp": cap.value},
        figures=(cap.figure(),),
    )


def sum_of(steps: Sequence[Step[Rupiah]]) -> Rupiah:
    """Add what several steps gave."""
    return Rupiah(sum(step.result for step in steps))
