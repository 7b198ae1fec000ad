"""Counts that are kept while a payer's books stand still are the same as counted anew, whatever moves the books."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from payung.contributions.selectors import sponsor_month_strip, sponsor_stories
from payung.contributions.services import confirm_payment, reverse_months_after, reverse_payment
from payung.registry.models import Worker
from tests.contributions.conftest import DECEMBER

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def told(sponsor):
    return (
        sponsor_month_strip(sponsor, first_month=DECEMBER, months=2),
        sponsor_stories([sponsor.pk], month=DECEMBER)[sponsor.pk],
    )


def counted_anew(sponsor):
    cache.clear()
    return told(sponsor)


def test_each_step_that_moves_the_books_is_seen_at_once(notice, pay, wulan, rina, clock):
    payer, steps = notice.sponsor, []
    told(payer)
    payment = pay(notice, 25_200)
    steps.append(told(payer))
    confirm_payment(payment, acting_user=wulan, clock=clock)
    steps.append(told(payer))
    worker = Worker.objects.filter(enrolments__pledge=notice.pledge).order_by("pk").first()
    reverse_months_after(worker, month=DECEMBER - 1, reason="surat", acting_user=rina, clock=clock)
    steps.append(told(payer))
    reverse_payment(payment, reason="keliru", acting_user=wulan, clock=clock)
    steps.append(told(payer))
    december = [strip[0] for strip, _ in steps]
    assert [(month.sementara, month.berlaku) for month in december] == [(3, 0), (0, 3), (0, 2), (0, 0)]
    assert [story.paid for _, story in steps] == [3, 3, 2, 0]
    assert counted_anew(payer) == steps[-1]


def test_books_that_stand_still_are_not_counted_again(notice, pay):
    pay(notice, 25_200)
    first = told(notice.sponsor)
    with CaptureQueriesContext(connection) as seen:
        assert told(notice.sponsor) == first
    assert not [query for query in seen if "coveredmonth" in query["sql"]]


def test_what_a_transaction_undoes_was_never_kept(notice, pay):
    empty = told(notice.sponsor)
    with transaction.atomic():
        pay(notice, 25_200)
        assert told(notice.sponsor)[1].paid == 3
        transaction.set_rollback(True)
    assert told(notice.sponsor) == empty == counted_anew(notice.sponsor)
