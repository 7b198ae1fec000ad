"""The month of a date, by the database, is the month of the calendar."""

from datetime import date, timedelta

import pytest

from payung.kernel.month import Month
from payung.papers.models import IssuedNumber
from payung.store.bulk import bulk_insert
from payung.store.months import MonthOf

pytestmark = [pytest.mark.django_db, pytest.mark.database]
COLUMNS = ("series", "year", "number", "text", "issued_on", "subject_type", "subject_id")


def test_the_database_counts_months_as_the_calendar() -> None:
    days = [date(2026, 1, 1) + timedelta(days=step) for step in range(800)] + [date(1899, 12, 31), date(2100, 2, 28)]
    bulk_insert(
        IssuedNumber, COLUMNS, (("PI", 2026, n, str(n), day, "x", str(n)) for n, day in enumerate(days, start=1))
    )
    found = IssuedNumber.objects.annotate(month=MonthOf("issued_on")).values_list("issued_on", "month")
    assert {day: Month.of(day) for day in days} == dict(found)
    assert IssuedNumber.objects.filter(year__gt=MonthOf("issued_on")).count() == 0
