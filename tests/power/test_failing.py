"""Statements of deeds fail, here every ninth; the ring `faults` has each of them fail."""

from random import Random

import pytest
from django.db import connection, transaction

from payung.sponsors.models import Sponsor
from tests.cast import add_company
from tests.power.failing import Failed, fail_everywhere, tell_with_faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_a_deed_whose_statement_fails_says_so_and_leaves_everything_as_it_was():
    found = tell_with_faults(1, each=9)
    assert found.wrong == []
    assert found.faults.total() > 80
    assert len(found.faults) > 35, "kinds of deed"


def rename(code: str) -> None:
    Sponsor.objects.filter(code=code).update(name="lain")


def found_in(step) -> Failed:
    found = Failed()
    fail_everywhere("deed", step, found, Random(3), 1)
    return found


def test_a_deed_in_two_parts_is_caught(clock):
    add_company("A", "A", clock=clock)
    add_company("B", "B", clock=clock)

    def in_two_parts() -> None:
        with transaction.atomic():
            rename("A")
        with transaction.atomic():
            rename("B")

    assert "something of it stayed" in found_in(in_two_parts).wrong[0]


def test_a_deed_that_keeps_a_failure_to_itself_is_caught(clock):
    add_company("A", "A", clock=clock)

    def silent() -> None:
        try:
            with transaction.atomic():
                rename("A")
        except BaseException:  # noqa: BLE001 - this is what the ring must see
            connection.close()

    assert "nobody was told" in found_in(silent).wrong[0]
