"""The history of a figure as a drawing: its value month by month, with the table of its dated values beside."""

import dataclasses
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from payung.kernel.month import Month, months_from
from payung.rules.cards import Card
from payung.rules.labels import card_name, value_text
from payung.rules.telling import days_text
from payung.rules.writing import Language
from payung.web.frame.charts import Chart, Row, Series, column_chart, line_chart
from payung.web.frame.traces import reader_language

MONTHS_AFTER = 12


def history_chart(card: Card[Any], *, today: date) -> Chart | None:
    """Draw a figure through time; None for a table and for what is no number.

    Lines for a figure that was always there, columns where there are months without one.
    """
    if not all(type(value.value) is int for value in card.values):
        return None
    language = reader_language()
    first = Month.of(card.first_day)
    last = max(Month.of(today), Month.of(card.values[-1].until or card.values[-1].since)) + MONTHS_AFTER
    months = list(months_from(first, last - first + 1))
    held = [card.find(month.last_day) for month in months]
    draw = column_chart if any(value is None for value in held) else line_chart
    chart = draw(
        card_name(card, language),
        axis_label=_("Berlaku"),
        labels=[str(month.year) for month in months],
        series=[Series(_("Nilai"), [value.value if value else None for value in held])],
        words=lambda value: value_text(int(value), _bare_unit(card.unit), language),
    )
    return dataclasses.replace(chart, rows=_rows(card, language), marks=_years(chart, months))


def _bare_unit(unit: str) -> str:
    """At the axis stands the kind of the figure alone: rupiah, per cent, or a number."""
    return next((kind for kind in ("rupiah", "persen", "basis poin") if unit.startswith(kind)), "")


def _rows(card: Card[Any], language: Language) -> tuple[Row, ...]:
    return tuple(
        Row(days_text(value, language), (value_text(value.value, value.unit, language),)) for value in card.values
    )


def _years(chart: Chart, months: list[Month]) -> Any:
    """A word under each January, and no other month; every second year where there are many."""
    every = 2 if len(months) > 12 * 8 else 1
    return tuple(
        dataclasses.replace(mark, shown=month.number == 1 and month.year % every == 0)
        for mark, month in zip(chart.marks, months, strict=True)
    )
