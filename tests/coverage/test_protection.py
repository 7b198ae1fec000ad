import dataclasses
from datetime import date, timedelta

import pytest

from payung.coverage.errors import TooManyTriesError
from payung.coverage.services import ask_protection
from payung.coverage.services.protection import TRIES
from payung.enrolment.models import Enrolment, Wadah
from payung.enrolment.services import issue_slips, revoke_slip
from payung.kernel.clock import FixedClock
from payung.kernel.funds import Program
from payung.kernel.month import months_from
from payung.kernel.public_id import new_public_id
from payung.registry.models import Worker
from tests.coverage.conftest import NOVEMBER
from tests.coverage.people import SARIREJO, add_workers, cover

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def source() -> str:
    """An address nobody else asks from in this run."""
    return str(new_public_id())


@pytest.fixture
def slip(regions, pt_maju, rina, clock):
    """Sari Dewi's slip: protected from 10 November to January, with a gap after September."""
    (sari,) = add_workers(1, village=SARIREJO, clock=clock)
    Worker.objects.filter(pk=sari).update(name="SARI DEWI")
    cover([sari], sponsor=pt_maju, months=[NOVEMBER - 2, *months_from(NOVEMBER, 3)], clock=clock)
    sari_months = Worker.objects.get(pk=sari).covered_months
    sari_months.filter(month=NOVEMBER).update(covered_from=date(2026, 11, 10))
    wadah = Wadah.objects.create(
        number="W1", name="Kendal CSR", type="SC", branch="Kendal", funder=pt_maju, recorded_at=clock.now()
    )
    way = Enrolment.objects.get(worker_id=sari)
    Enrolment.objects.filter(pk=way.pk).update(state="accepted", reason="", wadah=wadah)
    (issued,) = issue_slips([way.pk], acting_user=rina, clock=clock)
    return issued


def test_the_holder_learns_since_when_until_when_and_by_what(slip, source, clock):
    found = ask_protection(slip.code, source=source, clock=clock)
    assert (found.is_protected, found.is_confirmed, found.programs) == (True, True, (Program.JKK, Program.JKM))
    assert (found.since, found.until, found.branch) == (date(2026, 11, 10), date(2027, 1, 31), "Kendal")
    assert found.initials == "S. D."


def test_nothing_else_is_told(slip, source, clock):
    told = str(dataclasses.asdict(ask_protection(slip.code, source=source, clock=clock)))
    assert not any(secret in told for secret in ("SARI", "DEWI", "Maju", "Sarirejo", SARIREJO))


@pytest.mark.parametrize(
    ("day", "protected", "since", "until"),
    [
        (date(2026, 11, 9), False, date(2026, 11, 10), date(2027, 1, 31)),
        (date(2026, 10, 15), False, date(2026, 9, 1), date(2026, 9, 30)),
        (date(2027, 2, 1), False, date(2026, 11, 10), date(2027, 1, 31)),
        (date(2026, 5, 1), False, date(2026, 9, 1), date(2026, 9, 30)),
    ],
)
def test_outside_the_months_the_nearest_ones_are_told(slip, source, day, protected, since, until):
    found = ask_protection(slip.code, source=source, clock=FixedClock.on(day))
    assert (found.is_protected, found.programs, found.since, found.until) == (protected, (), since, until)


def test_a_month_that_bpjs_has_not_confirmed_says_so(slip, source, clock):
    slip.slip.enrolment.worker.covered_months.filter(month=NOVEMBER).update(state="sementara")
    found = ask_protection(slip.code, source=source, clock=clock)
    assert (found.is_protected, found.is_confirmed) == (True, False)


def test_wrong_unknown_and_ended_codes_look_the_same_after_the_same_work(
    slip, rina, source, clock, django_assert_num_queries
):
    with django_assert_num_queries(2):
        assert ask_protection(slip.code, source=source, clock=clock) is not None
    revoke_slip(slip.slip, reason="hilang", acting_user=rina, clock=clock)
    nik_alone = "3324155505850001"
    for code in (slip.code, "", "ABCD-EFGH", nik_alone, "A" * 500, "☂ ' OR 1=1"):
        with django_assert_num_queries(2):
            assert ask_protection(code, source=source, clock=clock) is None


def test_tries_are_limited_and_begin_anew(slip, source, clock):
    for _ in range(TRIES.per_source):
        ask_protection("salah", source=source, clock=clock)
    with pytest.raises(TooManyTriesError) as refused:
        ask_protection(slip.code, source=source, clock=clock)
    wait = refused.value.retry_after_seconds
    later = FixedClock(clock.now() + timedelta(seconds=wait))
    assert ask_protection(slip.code, source=source, clock=later) is not None
