"""Work on many costs as many statements as work on few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payung.contributions.services import confirm_payment, issue_notice, record_pay_code, reverse_payment
from tests.contributions.conftest import DECEMBER, add_pledge, add_workers, enrol

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def statements_for(pt_maju, rina, wulan, dewi, pay, clock):
    """How many statements each step takes for a pledge of so many workers."""

    def count(workers: int) -> list[int]:
        pledge = add_pledge(pt_maju, quota=workers, clock=clock)
        enrol(add_workers(workers, clock=clock), pledge)
        counts: list[int] = []

        def counted(step, *arguments, **more):
            with CaptureQueriesContext(connection) as seen:
                made = step(*arguments, **more)
            counts.append(len(seen))
            return made

        notice = counted(issue_notice, pledge, first_month=DECEMBER, months=6, acting_user=rina, clock=clock)
        code = {"code": f"90{workers}", "amount_rp": notice.total_rp, "due_on": clock.today()}
        counted(record_pay_code, notice, **code, acting_user=dewi, clock=clock)
        payment = counted(pay, notice, notice.total_rp)
        counted(confirm_payment, payment, acting_user=wulan, clock=clock)
        counted(reverse_payment, payment, reason="uji", acting_user=wulan, clock=clock)
        return counts

    return count


def test_two_hundred_workers_take_as_many_statements_as_two(statements_for):
    statements_for(1)  # makes the accounts
    assert statements_for(200) == statements_for(2)
