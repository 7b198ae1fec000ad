"""The register of numbers has no gaps."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from payung.papers.models import IssuedNumber
from payung.papers.services import Series, next_number

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ON = date(2026, 11, 22)


def number(subject: str, *, series: Series = Series.PEMBERITAHUAN, on: date = ON) -> str:
    return next_number(series, on, subject_type="contributions.notice", subject_id=subject)


def test_numbers_count_up_within_a_series_and_a_year() -> None:
    assert number("a") == "0001/PI/PAYUNG/XI/2026"
    assert number("b") == "0002/PI/PAYUNG/XI/2026"
    assert number("c", series=Series.PENETAPAN) == "0001/PEN/PAYUNG/XI/2026"
    assert number("d", on=date(2027, 1, 4)) == "0001/PI/PAYUNG/I/2027"


def test_the_same_subject_keeps_its_number() -> None:
    assert number("a") == number("a", on=date(2027, 1, 4))
    assert number("b").startswith("0002/")


def test_a_number_that_was_rolled_back_is_given_again() -> None:
    number("a")
    with pytest.raises(RuntimeError), transaction.atomic():
        number("b")
        raise RuntimeError
    assert number("c").startswith("0002/")


def test_an_issued_number_is_never_changed_or_removed() -> None:
    number("a")
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        IssuedNumber.objects.update(subject_id="z")
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
        IssuedNumber.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_pair() -> None:
    number("first")
    barrier = threading.Barrier(4)

    def take(who: int) -> None:
        barrier.wait()
        for n in range(5):
            number(f"{who}-{n}")
        connection.close()

    threads = [threading.Thread(target=take, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(IssuedNumber.objects.values_list("number", flat=True)) == list(range(1, 22))
