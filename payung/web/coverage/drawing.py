"""Lines over time and bars, as figures for the frame's charts."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from payung.coverage.selectors import ForecastMonth, MonthLine, PublicMonth
from payung.kernel.month import Month
from payung.web.frame.charts import Chart, Series, line_chart
from payung.web.frame.shapes import BarRow, bar_rows
from payung.web.frame.tags import angka, bulan_pendek


def time_chart(past: Sequence[MonthLine], ahead: Sequence[ForecastMonth]) -> Chart:
    """The months so far, and those to come as they stand today: what is paid and what is promised."""
    months = [line.month for line in past] + [line.month for line in ahead]
    gone, coming = [None] * (len(past) - 1), [None] * len(ahead)
    joint = past[-1].covered.total if past else None
    return line_chart(
        _("Pekerja terlindungi bulan demi bulan"),
        axis_label=_("Bulan"),
        labels=[_label(month) for month in months],
        series=[
            Series(_("Terlindungi"), [*(line.covered.total for line in past), *coming], tone="1"),
            Series(_("Sudah dibayar untuk bulan depan"), [*gone, joint, *(line.covered.total for line in ahead)],
                   tone="2", dashed=True),
            Series(_("Tempat dalam janji yang berjalan"), [*gone, None, *(line.pledged for line in ahead)],
                   tone="3", dashed=True),
        ],
        words=angka,
    )  # fmt: skip


def public_chart(months: Sequence[PublicMonth]) -> Chart:
    """The months that everybody may see."""
    return line_chart(
        _("Pekerja terlindungi bulan demi bulan"),
        axis_label=_("Bulan"),
        labels=[_label(each.month) for each in months],
        series=[Series(_("Terlindungi"), [each.count for each in months], tone="1")],
        words=angka,
    )


def bars_of(rows: Sequence[tuple[str, int, str]], *, href: Callable[[str], str] | None = None) -> list[BarRow]:
    """Bars of workers."""
    return bar_rows(rows, words=angka, href=href)


def _label(month: Month) -> str:
    return f"{bulan_pendek(month)} {month.year % 100:02d}"
