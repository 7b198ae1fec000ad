"""Who is covered until when, the grid of a worker, the strip of a payer, what does not come out even."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from payung.access.errors import NotPermittedError
from payung.contributions.selectors import (
    balances_of,
    cover_grid,
    covered_until,
    notice_balances,
    notices_visible_to,
    pay_codes_visible_to,
    payments_visible_to,
    sponsor_month_strip,
    sponsor_stories,
    unexplained_differences,
)
from payung.contributions.services import confirm_payment, issue_notice, record_pay_code
from payung.registry.models import Worker
from tests.contributions.conftest import DECEMBER, JANUARY, add_workers

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def workers(pledge):
    return list(Worker.objects.filter(enrolments__pledge=pledge).order_by("enrolments__position"))


@pytest.fixture
def two_months(pledge, rina, clock):
    return issue_notice(pledge, first_month=DECEMBER, months=2, acting_user=rina, clock=clock)


def test_covered_until_is_the_last_paid_month_and_its_payer(two_months, workers, pay):
    pay(two_months, 25_200 + 16_800)
    until = covered_until([worker.pk for worker in workers])
    assert [until[worker.pk].month for worker in workers] == [JANUARY, DECEMBER, DECEMBER]
    assert {one.sponsor_id for one in until.values()} == {two_months.sponsor_id}


def test_ones_own_cover_is_left_out_on_request(two_months, workers, pay):
    pay(two_months, 25_200)
    assert covered_until([w.pk for w in workers], other_than_sponsor=two_months.sponsor) == {}


def test_cover_that_lies_before_a_month_is_left_out_on_request(two_months, workers, pay):
    pay(two_months, 25_200)
    assert covered_until([w.pk for w in workers], since=JANUARY) == {}


def test_a_worker_without_cover_is_not_among_them(two_months, pay, clock):
    pay(two_months, 25_200)
    assert covered_until([worker.pk for worker in add_workers(2, clock=clock)]) == {}


def test_ten_thousand_workers_cost_a_few_queries(two_months, workers, pay, django_assert_max_num_queries):
    pay(two_months, 25_200)
    with django_assert_max_num_queries(4):
        found = covered_until([worker.pk for worker in workers] + list(range(1_000_000, 1_009_997)))
    assert len(found) == 3


def test_the_grid_shows_each_month_with_its_payer_or_empty(two_months, workers, pay):
    pay(two_months, 25_200)
    before, december, january = cover_grid(workers[0], first_month=DECEMBER - 1, months=3)
    assert (before.state, december.state, january.state) == ("", "sementara", "")
    assert (december.amount_rp, december.sponsor_name) == (8_400, "PT Maju")
    assert december.covered_from == date(2026, 12, 1)


def test_the_strip_counts_what_was_asked_and_covered(two_months, pay, wulan, clock):
    confirm_payment(pay(two_months, 25_200), acting_user=wulan, clock=clock)
    pay(two_months, 16_800)
    december, january = sponsor_month_strip(two_months.sponsor, first_month=DECEMBER, months=2)
    assert (december.asked, december.asked_rp, december.berlaku, december.covered_rp) == (3, 25_200, 3, 25_200)
    assert (january.asked, january.asked_rp, january.sementara, january.covered) == (3, 50_400, 1, 1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses its plan by what the tables hold")
def test_a_payers_months_and_people_are_counted_from_indexes_alone(two_months, pay):
    pay(two_months, 25_200)
    with CaptureQueriesContext(connection) as seen:
        sponsor_month_strip(two_months.sponsor, first_month=DECEMBER, months=2)
        sponsor_stories([two_months.sponsor_id], month=DECEMBER)
    counting = [query["sql"] for query in seen if "COUNT(" in query["sql"] and "contributions_" in query["sql"]]
    with connection.cursor() as cursor:
        for sql in counting:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " / ".join(row[3] for row in cursor.fetchall())
            assert "USING COVERING INDEX contributio_" in plan, plan
            assert "GROUP BY" not in plan, plan
    assert len(counting) == 3


def test_what_is_open_on_each_notice(two_months, pay):
    pay(two_months, 25_200)
    assert notice_balances([two_months]) == {two_months.pk: 50_400}


def test_too_much_too_little_and_unidentified_money_are_shown(notice, other_pledge, pay, agus):
    pay(notice, 16_801)
    pay(None, 5_000, sponsor=other_pledge.sponsor, pay_code="900999")
    found = unexplained_differences(agus)
    assert [(one.kind, one.amount_rp) for one in found] == [("excess", 1), ("suspense", 5_000), ("short", 8_400)]


def test_a_ledger_that_comes_out_even_shows_nothing(notice, pay, agus):
    pay(notice, 25_200)
    assert unexplained_differences(agus) == []


def test_joko_sees_his_own_and_tono_sees_nothing(notice, pay, joko, tono, dewi, clock):
    pay(notice, 25_201)
    record_pay_code(notice, code="900123", amount_rp=25_201, due_on=clock.today(), acting_user=dewi, clock=clock)
    for rows in (notices_visible_to, pay_codes_visible_to, payments_visible_to):
        assert (rows(joko).count(), rows(tono).count()) == (1, 0)
    assert {one.kind for one in unexplained_differences(joko)} == {"pay_code", "excess", "short"}
    assert unexplained_differences(tono) == []


def test_a_person_without_the_right_is_refused_the_differences(wulan, clock):
    visitor = type(wulan)(wulan.actor)
    assert notices_visible_to(visitor).count() == 0
    with pytest.raises(NotPermittedError):
        unexplained_differences(visitor)


def test_a_payer_without_entries_has_nothing_open(pt_maju):
    assert balances_of(pt_maju).due_rp == balances_of(pt_maju).credit_rp == 0
