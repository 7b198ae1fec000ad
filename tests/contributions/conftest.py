"""A pledge with determined workers, and the steps of a payment in one line each."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest

from payung.access.viewer import Viewer
from payung.contributions.invariants import check_all
from payung.contributions.models import Notice, Payment
from payung.contributions.services import issue_notice, record_payment
from payung.enrolment.models import Enrolment
from payung.kernel.clock import FixedClock
from payung.kernel.month import Month
from payung.registry.models import Occupation, Region, Worker
from payung.sponsors.models import Pledge, Sponsor
from tests.cast import add_company

DECEMBER = Month.from_text("2026-12")
JANUARY = Month.from_text("2027-01")

_numbers = count(1)


def add_workers(how_many: int, *, clock: FixedClock, sector: str = "LAINNYA") -> list[Worker]:
    """Synthetic workers of one occupation of the sector."""
    village, _ = Region.objects.get_or_create(code="33.24.09.2001", defaults={"name": "Desa", "level": 4})
    occupation, _ = Occupation.objects.get_or_create(
        code=f"uji-{sector.lower()}", defaults={"name": f"Uji {sector}", "sector": sector}
    )
    numbers = [next(_numbers) for _ in range(how_many)]
    Worker.objects.bulk_create(
        Worker(
            nik_sealed=b"-",
            nik_index=number.to_bytes(32, "big"),
            nik_birth_date=date(1980, 1, 1),
            name=f"Pekerja {number}",
            name_folded=f"pekerja {number}",
            birth_date=date(1980, 1, 1),
            sex="P",
            village=village,
            occupation=occupation,
            recorded_at=clock.now(),
        )
        for number in numbers
    )
    indexes = [number.to_bytes(32, "big") for number in numbers]
    return list(Worker.objects.filter(nik_index__in=indexes).order_by("pk"))


def enrol(workers: list[Worker], pledge: Pledge, *, state: str = "determined") -> list[Enrolment]:
    """Put workers under a pledge, in the order of the list."""
    first = Enrolment.objects.filter(pledge=pledge).count()
    return Enrolment.objects.bulk_create(
        Enrolment(
            worker=worker,
            sponsor_id=pledge.sponsor_id,
            pledge=pledge,
            position=position,
            state=state,
            since=date(2026, 11, 20),
            recorded_at=pledge.recorded_at,
        )
        for position, worker in enumerate(workers, start=first + 1)
    )


def add_pledge(sponsor: Sponsor, *, quota: int, months: int = 6, clock: FixedClock) -> Pledge:
    """A promise from December 2026 on."""
    return Pledge.objects.create(
        sponsor=sponsor,
        quota=quota,
        first_month=DECEMBER,
        months=months,
        dasar_upah_rp=1_000_000,
        pledged_by="uji",
        pledged_on=clock.today(),
        recorded_at=clock.now(),
    )


@pytest.fixture
def planted() -> None:
    """For tests that break an invariant on purpose."""


@pytest.fixture(autouse=True)
def _sound_ledger(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Every test leaves a ledger in which all invariants hold."""
    yield
    if "planted" not in request.fixturenames:
        assert check_all() == []


@pytest.fixture
def pledge(pt_maju: Sponsor, clock: FixedClock) -> Pledge:
    """PT Maju's: three workers for six months, all determined."""
    made = add_pledge(pt_maju, quota=3, clock=clock)
    enrol(add_workers(3, clock=clock), made)
    return made


@pytest.fixture
def other_pledge(clock: FixedClock) -> Pledge:
    """CV Jaya's: three workers for six months, none yet."""
    return add_pledge(add_company("CVJAYA", "CV Jaya", clock=clock), quota=3, clock=clock)


@pytest.fixture
def notice(pledge: Pledge, rina: Viewer, clock: FixedClock) -> Notice:
    """December for PT Maju's three workers: 25.200 rupiah."""
    return issue_notice(pledge, first_month=DECEMBER, months=1, acting_user=rina, clock=clock)


@pytest.fixture
def pay(rina: Viewer, clock: FixedClock) -> Callable[..., Payment]:
    """Record a payment on a notice: `pay(notice, 25_200)`."""

    def record(notice: Notice | None, amount_rp: int, *, paid_on: date | None = None, **more: Any) -> Payment:
        at = more.pop("clock", clock)
        return record_payment(
            more.pop("sponsor", None) or notice.sponsor,
            notice=notice,
            amount_rp=amount_rp,
            paid_on=paid_on or at.today(),
            proof=b"bukti",
            proof_name="bukti.pdf",
            client_key=more.pop("client_key", f"kunci-{next(_numbers)}"),
            acting_user=more.pop("acting_user", rina),
            clock=at,
            **more,
        )

    return record


def leave(enrolment: Enrolment, *, state: str = "left", since: date = date(2026, 11, 22)) -> None:
    """End a way in."""
    Enrolment.objects.filter(pk=enrolment.pk).update(
        state=state, since=since, reason="pindah" if state == "left" else "usia"
    )
