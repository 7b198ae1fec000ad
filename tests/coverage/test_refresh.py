"""The counts follow the journal: paid, confirmed, reversed; only the months that were touched are counted again."""

import pytest

from payung.contributions.services import confirm_payment, reverse_payment
from payung.coverage.models import CoverageRollup
from payung.coverage.selectors import is_summary_stale, summary_differences
from payung.coverage.services import refresh_summary
from payung.jobs.registry import job_kinds
from tests.contributions.conftest import DECEMBER, notice, pay, pledge  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def counts(month: int = DECEMBER) -> tuple[int, int]:
    rows = CoverageRollup.objects.filter(month=month, dimension="total").values_list("berlaku", "sementara")
    return sum(b for b, _ in rows), sum(s for _, s in rows)


def test_paid_is_provisional_confirmed_is_in_force_and_reversed_is_gone(notice, pay, rina, wulan, clock):  # noqa: F811
    refresh_summary(clock=clock)
    payment = pay(notice, 25_200)
    assert is_summary_stale()
    assert DECEMBER in refresh_summary(clock=clock)
    assert counts() == (0, 3)
    confirm_payment(payment, acting_user=wulan, clock=clock)
    assert refresh_summary(clock=clock) == [DECEMBER]
    assert counts() == (3, 0)
    reverse_payment(payment, reason="salah kirim", acting_user=wulan, clock=clock)
    refresh_summary(clock=clock)
    assert counts() == (0, 0)
    assert summary_differences() == []


def test_a_notice_alone_touches_no_month(notice, clock):  # noqa: F811
    refresh_summary(clock=clock)
    assert refresh_summary(clock=clock) == []


def test_the_counting_is_known_to_the_clock():
    assert {"coverage.refresh", "coverage.rebuild"} <= set(job_kinds())
