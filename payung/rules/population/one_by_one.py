"""Person after person by the one-person rules themselves: slow, without a table, and what every back end must equal.

Nothing is shared with the tables: a month is priced as its own month, a death is asked on its own day with the first
day of its own run of covered months, and an age on the day itself. Questions already asked are remembered.
"""

from datetime import date, timedelta
from functools import cache

from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran import figures
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.jkk.jkk_meninggal import jkk_meninggal
from payung.rules.jkm.jkm_manfaat import jkm_manfaat
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.rules.population.columns import COLUMNS, FUNDS, SECTORS, Event, People
from payung.rules.population.measures import MEASURES, Measure, Totals
from payung.rules.population.window import Window


class OneByOne:
    """The rules, asked for one person of a window after the other."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._price = cache(_price)
        self._may_register = cache(
            lambda birth: kelayakan_usia(Month(birth).first_day, mendaftar=window.first_day).layak
        )
        self._jkm = cache(_jkm)
        self._jkk = cache(lambda day, dasar_rp: jkk_meninggal(day, upah_rp=dasar_rp).total_rp)

    def sum(self, people: People) -> Totals:
        """Sum people."""
        totals = Totals.empty()
        columns = (people[name].tolist() for name in COLUMNS)
        for village, sector, *person in zip(*columns, strict=True):
            sums = totals.values[village, sector]
            for measure, amount in self.of_person(sector, *person).items():
                sums[MEASURES.index(measure)] += amount
        return totals

    def of_person(
        self,
        sector: int,
        funds: int,
        band: int,
        birth: int,
        coverage: int,
        earlier: int,
        event: int,
        event_day: int,
        wage: int,
    ) -> dict[Measure, int]:
        """What one person adds to each measure; what is left out is nought."""
        months = [month for place, month in enumerate(self._window.months) if coverage >> place & 1]
        prices = [self._price(SECTORS[sector], FUNDS[funds], band, month) for month in months]
        found = {
            Measure.PEOPLE: 1,
            Measure.COVERED_PEOPLE: int(bool(months)),
            Measure.COVERED_MONTHS: len(months),
            Measure.COVERED_WAGE_RP: len(months) * wage,
            Measure.IURAN_RP: sum(due for due, _ in prices),
            Measure.UNRELIEVED_RP: sum(unrelieved for _, unrelieved in prices),
            Measure.TO_ENROL: int(not months and self._may_register(birth)),
        }
        last_day = self._window.last_day
        if Month.of(last_day) in months:
            _, waits = self._jkm(last_day, self._start_of_run(months, Month.of(last_day), earlier))
            found[Measure.WAITED_PEOPLE] = int(not waits)
        if event != Event.NONE:
            found |= self._of_event(Event(event), event_day, months, earlier, band)
        return found

    def _of_event(
        self, event: Event, event_day: int, months: list[Month], earlier: int, band: int
    ) -> dict[Measure, int]:
        day = self._window.first_day + timedelta(days=event_day)
        month = Month.of(day)
        if month not in months:
            return {Measure.UNCOVERED_DEATHS: 1}
        if event is Event.DEATH:
            benefit, waits = self._jkm(day, self._start_of_run(months, month, earlier))
            return {Measure.JKM_DEATHS: 1, Measure.JKM_REDUCED: int(waits), Measure.JKM_RP: benefit}
        return {Measure.JKK_DEATHS: 1, Measure.JKK_RP: self._jkk(day, _base(band, month))}

    def _start_of_run(self, months: list[Month], month: Month, earlier: int) -> Month:
        """The first month of the unbroken membership that a month belongs to."""
        start = month
        while start + -1 in months:
            start += -1
        return start + -earlier if start == self._window.first else start


def _price(sector: Sektor, funds: SumberDana, band: int, month: Month) -> tuple[int, int]:
    answer = iuran_bpu(_base(band, month), bulan=month, sektor=sector, sumber_dana=funds)
    assert answer.band == band
    return answer.total_rp, answer.tanpa_keringanan_rp


def _jkm(day: date, joined: Month) -> tuple[int, bool]:
    paid = Month.of(day) - joined + 1
    answer = jkm_manfaat(day, mulai_kepesertaan=joined.first_day, bulan_iuran=paid)
    return answer.total_rp, answer.dalam_masa_tunggu


def _base(band: int, month: Month) -> int:
    """The base of a band's row, which is an income of that row too."""
    return figures.LAMPIRAN_II.on(month).value[band - 1].dasar_rp
