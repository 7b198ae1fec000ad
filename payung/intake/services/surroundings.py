"""What the program knows around a list: the terms it comes in on, the months that are closed, what may be paid."""

from collections.abc import Collection, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Max

from payung.contributions.models import ClosedMonth
from payung.enrolment.models import Enrolment, LeaveReason, RejectReason
from payung.intake.cells.places import Area, Villages
from payung.intake.checks import CheckedRow
from payung.intake.cleaning import CheckContext
from payung.intake.models import Upload
from payung.intake.terms import PledgeTerms, Terms, ground_problems, terms_problems
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.registry.models import Region
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.pricing import PledgeFacts, PricedPledge, price_facts
from payung.store.bulk import in_slices
from payung.tabular.columns import ColumnMap
from payung.tabular.registers import is_population_register

_AS_EMPLOYEE = {
    (Enrolment.State.LEFT.value, LeaveReason.MENJADI_PU.value),
    (Enrolment.State.REJECTED.value, RejectReason.PU.value),
}


def context_for(sponsor: Sponsor | None, *, on: date, villages: Villages) -> CheckContext:
    """What the rows of a list are checked against on a day."""
    kabupaten = Region.objects.filter(code=settings.PAYUNG_REGENCY).values_list("code", "name").first()
    return CheckContext(
        on=on,
        villages=villages,
        area=Area(*kabupaten) if kabupaten else None,
        rates_rp=_rates(sponsor, Month.of(on)) if sponsor else frozenset(),
        closed_months=frozenset(map(Month, ClosedMonth.objects.values_list("month", flat=True))),
    )


def terms_broken(upload: Upload, checked: Sequence[CheckedRow], *, on: date) -> list[Problem]:
    """Why a list cannot come in on its terms: problems of the whole list, none where all is well."""
    accepted = [row for row in checked if row.is_accepted]
    standing: set[int] = set()
    if upload.sponsor:
        live = upload.sponsor.enrolments.exclude(state__in=Enrolment.ENDED)
        standing = set(live.values_list("worker_id", flat=True)) if upload.pledge else set()
    new = sum(row.worker_id is None or row.worker_id not in standing for row in accepted)
    return list(terms_problems(terms_of(upload), new_workers=new, this_month=Month.of(on)))


def ground_missing(sponsor: Sponsor | None, legal_basis: str, column_map: ColumnMap) -> tuple[Problem, ...]:
    """Say that a register of residents came in without a ground; asked before anything of its people is read."""
    funds = SumberDana(sponsor.funds) if sponsor else None
    terms = Terms(funds=funds, legal_basis=legal_basis)
    return ground_problems(terms, of_register=is_population_register(column_map))


def terms_of(upload: Upload) -> Terms:
    """The terms of a list: its sponsor as it stands, its pledge with the places that are left."""
    if upload.sponsor is None:
        return Terms()
    pledge = upload.pledge
    return Terms(sponsor_is_active=upload.sponsor.is_active, pledge=_terms_of_pledge(pledge) if pledge else None)


def known_employees(worker_ids: Collection[int]) -> set[int]:
    """Those whose last way ended because BPJS or the office found them to be somebody's employee (PU)."""
    found: set[int] = set()
    for part in in_slices(worker_ids):
        latest = Enrolment.objects.filter(worker_id__in=part).values("worker_id").annotate(last=Max("pk"))
        ended = Enrolment.objects.filter(pk__in=latest.values("last")).values_list("worker_id", "state", "reason")
        found.update(worker_id for worker_id, state, reason in ended if (state, reason) in _AS_EMPLOYEE)
    return found


def _terms_of_pledge(pledge: Pledge) -> PledgeTerms:
    live = pledge.enrolments.exclude(state__in=Enrolment.ENDED).count()
    price = _price(pledge.sponsor, Month(pledge.first_month), pledge.months, pledge.dasar_upah_rp)
    return PledgeTerms(
        is_live=pledge.state == Pledge.State.LIVE,
        last_month=Month(pledge.first_month + pledge.months - 1),
        room=max(0, pledge.quota - live),
        per_worker_rp=price.total_rp,
    )


def _rates(sponsor: Sponsor, month: Month) -> frozenset[int]:
    """What one worker may cost, a month or a term: under any live pledge of the sponsor, in either sector."""
    rates = set()
    for pledge in sponsor.pledges.filter(state=Pledge.State.LIVE):
        for sector in Sektor:
            priced = _price(sponsor, Month(pledge.first_month), pledge.months, pledge.dasar_upah_rp, sector)
            rates |= {int(each.per_worker_rp) for each in priced.months} | {int(priced.total_rp)}
    if not rates:
        for sector in Sektor:
            rates |= {int(each.per_worker_rp) for each in _price(sponsor, month, 12, 1_000_000, sector).months}
    return frozenset(rates)


def _price(
    sponsor: Sponsor, first: Month, months: int, dasar_upah_rp: int, sector: Sektor = Sektor.LAINNYA
) -> PricedPledge:
    """The price of one worker."""
    return price_facts(
        PledgeFacts(
            funds=SumberDana(sponsor.funds),
            workers=1,
            first_month=first,
            months=months,
            dasar_upah_rp=dasar_upah_rp,
            sectors={sector: 1},
        )
    )
