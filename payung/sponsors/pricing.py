"""What a pledge costs, month by month, by the law of each month. Pure: no database.

The price depends on the month, the sector of each worker, the funds and the pledge's one dasar upah. Before the workers
are known their sector is assumed to be LAINNYA, and the answer says for how many: transport has other months of relief.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from payung.kernel.funds import Keyakinan, Sektor, SumberDana
from payung.kernel.month import Month, months_from
from payung.kernel.rupiah import Rupiah
from payung.rules.iuran.iuran_bpu import IuranBpu, iuran_bpu
from payung.rules.iuran.masa_iuran import MasaIuran, masa_iuran
from payung.rules.steps import weakest


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeFacts:
    """What decides the price of a pledge, made or only thought of. `sectors` counts the workers already known."""

    funds: SumberDana
    workers: int
    first_month: Month
    months: int
    dasar_upah_rp: int = 1_000_000
    sectors: Mapping[Sektor, int] = field(default_factory=dict)

    def counts(self) -> dict[Sektor, int]:
        """How many workers of each sector are priced; the unknown ones count as LAINNYA."""
        known = {sector: count for sector, count in self.sectors.items() if count}
        if self.assumed:
            known[Sektor.LAINNYA] = known.get(Sektor.LAINNYA, 0) + self.assumed
        return known

    @property
    def assumed(self) -> int:
        """For how many workers the sector is not known yet."""
        return max(self.workers - sum(self.sectors.values()), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedMonth:
    """One month of the workers of one sector: the price of one, the sum of all, and the ruling with its articles."""

    month: Month
    sector: Sektor
    funds: SumberDana
    dasar_upah_rp: int
    workers: int
    ruling: IuranBpu

    @property
    def jkk_rp(self) -> Rupiah:
        """JKK for one worker."""
        return self.ruling.jkk_rp

    @property
    def jkm_rp(self) -> Rupiah:
        """JKM for one worker."""
        return self.ruling.jkm_rp

    @property
    def per_worker_rp(self) -> Rupiah:
        """Both programmes for one worker."""
        return self.ruling.total_rp

    @property
    def total_rp(self) -> Rupiah:
        """Both programmes for all of them."""
        return Rupiah(self.ruling.total_rp * self.workers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedPledge:
    """A whole pledge. `term` says what its length buys of JKM; `assumed_sector` counts workers of unknown sector."""

    facts: PledgeFacts
    months: tuple[PricedMonth, ...]
    term: MasaIuran
    assumed_sector: int

    @property
    def total_rp(self) -> Rupiah:
        """Everything together."""
        return Rupiah(sum(month.total_rp for month in self.months))

    @property
    def has_warning(self) -> bool:
        """Whether the term is so short that a death within it is met with little (JKM's waiting period)."""
        return self.term.peringatan

    @property
    def confidence(self) -> Keyakinan:
        """As sure as the least sure figure."""
        return weakest(month.ruling.confidence for month in self.months)

    def by_month(self) -> dict[Month, Rupiah]:
        """The sum of each month, over its sectors."""
        sums: dict[Month, Rupiah] = {}
        for month in self.months:
            sums[month.month] = Rupiah(sums.get(month.month, 0) + month.total_rp)
        return sums


def price_facts(facts: PledgeFacts) -> PricedPledge:
    """Price a pledge that is made or only thought of.

    >>> facts = PledgeFacts(funds=SumberDana.CSR, workers=10, first_month=Month.from_text("2026-12"), months=3)
    >>> [(str(month), total) for month, total in price_facts(facts).by_month().items()]
    [('2026-12', 84000), ('2027-01', 168000), ('2027-02', 168000)]
    """
    return PricedPledge(
        facts=facts,
        months=tuple(_priced_months(facts)),
        term=masa_iuran(facts.months, mulai=facts.first_month),
        assumed_sector=facts.assumed,
    )


def _priced_months(facts: PledgeFacts) -> Iterator[PricedMonth]:
    for month in months_from(facts.first_month, facts.months):
        for sector, count in facts.counts().items():
            yield PricedMonth(
                month=month,
                sector=sector,
                funds=facts.funds,
                dasar_upah_rp=facts.dasar_upah_rp,
                workers=count,
                ruling=iuran_bpu(facts.dasar_upah_rp, bulan=month, sektor=sector, sumber_dana=facts.funds),
            )
