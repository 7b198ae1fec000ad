"""Giving numbers to papers."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from payung.papers.models import IssuedNumber, NumberSeries
from payung.papers.wording import ROMAN


class Series(StrEnum):
    """The series there are, by the letters that stand in their numbers."""

    BERITA_ACARA = "BA-VER"
    PEMBERITAHUAN = "PI"
    PENETAPAN = "PEN"
    TANDA_TERIMA = "TT"
    SERAH_TERIMA = "BA-ST"
    PENGGANTIAN = "BA-PG"


@transaction.atomic
def next_number(series: Series, on: date, *, subject_type: str, subject_id: UUID | str) -> str:
    """Give the next number of a series, `0001/PI/PAYUNG/XI/2026`; the same subject keeps the one it has.

    It belongs to the caller's transaction: rolled back, the number is free again, and the series has no gap. Whoever
    takes a number holds the series until the commit; take it late.
    """
    NumberSeries.objects.get_or_create(series=series, year=on.year)
    counter = NumberSeries.objects.select_for_update().get(series=series, year=on.year)
    known = IssuedNumber.objects.filter(series=series, subject_type=subject_type, subject_id=str(subject_id)).first()
    if known is not None:
        return known.text
    counter.last += 1
    counter.save(update_fields=["last"])
    return IssuedNumber.objects.create(
        series=series,
        year=on.year,
        number=counter.last,
        text=f"{counter.last:04d}/{series}/PAYUNG/{ROMAN[on.month - 1]}/{on.year}",
        issued_on=on,
        subject_type=subject_type,
        subject_id=str(subject_id),
    ).text
