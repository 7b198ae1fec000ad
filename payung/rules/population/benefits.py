"""The benefits that a population's events are met with: for each event, the one-person rule that is asked.

A further event is one more `Event`, one function here and one line in `BENEFITS`. Nothing is known of children, so no
scholarship is in them, and `bulan_iuran`, which decides it alone, is what the run of covered months gives.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from payung.kernel.month import Month
from payung.rules.jkk.jkk_meninggal import jkk_meninggal
from payung.rules.jkm.jkm_manfaat import jkm_manfaat
from payung.rules.population.columns import Event


class Benefit(NamedTuple):
    """What an event is met with, in rupiah, and whether the waiting period reduced it."""

    rp: int
    reduced: bool


Ask = Callable[[date, int, int], Benefit]
"""Of the event's day, the full months waited by then, and the base of the band that is paid for."""


def _death(day: date, waited: int, dasar_rp: int) -> Benefit:  # noqa: ARG001 - JKM asks for no wage
    joined = Month.of(day) + -waited
    ruling = jkm_manfaat(day, mulai_kepesertaan=joined.first_day, bulan_iuran=waited + 1)
    return Benefit(ruling.total_rp, ruling.dalam_masa_tunggu)


def _death_at_work(day: date, waited: int, dasar_rp: int) -> Benefit:  # noqa: ARG001 - JKK makes nobody wait
    return Benefit(jkk_meninggal(day, upah_rp=dasar_rp).total_rp, reduced=False)


BENEFITS: Mapping[Event, Ask] = {Event.DEATH: _death, Event.DEATH_AT_WORK: _death_at_work}
