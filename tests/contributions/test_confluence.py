"""I-12: what does not hang together may happen in any order, and be split in any way, with the same outcome."""

from collections.abc import Callable
from itertools import permutations

import pytest
from django.db import transaction

from payung.contributions.models import CoveredMonth
from payung.contributions.selectors import balances_of
from payung.contributions.services import confirm_payment, issue_notice
from payung.sponsors.models import Sponsor
from tests.contributions.conftest import DECEMBER, add_workers, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def state() -> tuple[list[tuple[object, ...]], list[object]]:
    """What everybody sees: covered months and balances, by names that do not hang on the order of rows."""
    names = ("worker__name", "program", "month", "sponsor__code", "amount_rp", "covered_from", "state", "is_arrears")
    covered = sorted(CoveredMonth.objects.values_list(*names))
    return covered, [balances_of(sponsor) for sponsor in Sponsor.objects.order_by("code")]


def after(*deeds: Callable[[], object]) -> object:
    """The state after some deeds, which are then taken back."""
    with transaction.atomic():
        for deed in deeds:
            deed()
        seen = state()
        transaction.set_rollback(True)
    return seen


@pytest.fixture
def notices(pledge, other_pledge, rina, clock):
    enrol(add_workers(3, clock=clock), other_pledge)
    return [
        issue_notice(each, first_month=DECEMBER, months=2, acting_user=rina, clock=clock)
        for each in (pledge, other_pledge)
    ]


def test_payments_of_two_payers_and_their_confirmations_in_any_order(notices, pay, wulan, clock):
    first, second = notices

    def confirmed(notice, amount):
        return lambda: confirm_payment(pay(notice, amount), acting_user=wulan, clock=clock)

    deeds = [
        confirmed(first, 25_200),
        confirmed(second, 50_400),
        lambda: pay(None, 7_000, sponsor=first.sponsor, pay_code="X1"),
    ]
    outcomes = [after(*order) for order in permutations(deeds)]
    assert all(outcome == outcomes[0] for outcome in outcomes)


@pytest.mark.parametrize("parts", [[50_400], [25_200, 25_200], [8_400] * 6, [1, 50_399], [30_000, 20_400]])
def test_one_payment_or_the_same_rupiah_in_parts(parts, notices, pay):
    notice = notices[0]
    whole = after(lambda: pay(notice, 50_400))
    assert after(*(lambda part=part: pay(notice, part) for part in parts)) == whole
