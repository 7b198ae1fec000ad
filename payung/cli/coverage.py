"""`payung coverage`: who is covered, who falls off, and the figures that others publish."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click
from django.conf import settings

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, as_known_on, say, with_session
from payung.coverage.errors import FigureRefusedError
from payung.coverage.models import OfficialFigure
from payung.coverage.selectors import (
    CoverageLine,
    LapsingMonth,
    by_occupation,
    by_sponsor,
    coverage_as_known_on,
    coverage_by_kecamatan,
    coverage_by_village,
    coverage_now,
    is_summary_stale,
    lapsing_calendar,
    over_time,
    percent_text,
    summary_differences,
    three_figures,
)
from payung.coverage.selectors.figures import CoverageFigure, PartOfFigure
from payung.coverage.services import load_known_figures, rebuild_everything, record_official_figure, refresh_summary
from payung.kernel.funds import Keyakinan
from payung.kernel.month import Month, NotAMonthError
from payung.kernel.rupiah import rupiah_text

NOT_ENTERED = "belum dimasukkan"
_FIGURES = {"peserta_program": "Peserta program ini", "bpu_aktif": "BPU aktif", "ucj": "UCJ (PU + BPU)"}
_REFUSED = {
    "figure:kind-unknown": "Jenis angka {kind} tidak dikenal.",
    "figure:not-positive": "Angka harus 1 atau lebih.",
    "figure:over-hundred-percent": "Target ditulis dalam perseratus persen, paling banyak 10000 (100%).",
    "figure:source-missing": 'Sebutkan sumbernya: --source "Surat BPJS ...".',
    "figure:in-the-future": "Tanggal {day} belum tiba.",
    "figure:more-than-everybody": "{value} lebih banyak daripada penyebutnya ({whole}). Periksa kembali suratnya.",
}


class MonthType(click.ParamType):
    """A month as `2026-11`."""

    name = "bulan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """Read it, or say how it is written."""
        if isinstance(value, Month):
            return value
        try:
            return Month.from_text(value)
        except NotAMonthError:
            self.fail(f"{value!r} bukan bulan; tulislah seperti 2026-11.", param, ctx)


class ShowByDefault(click.Group):
    """A group whose first command is meant when none is named: `payung coverage --by desa`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` in front of options."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=ShowByDefault)
def coverage() -> None:
    """Perlindungan: siapa yang terlindungi, siapa yang akan jatuh tempo, dan tiga angka cakupan.

    Tanpa subperintah: `payung coverage show`, misalnya payung coverage --by kecamatan --month 2026-11
    """


@coverage.command("show")
@click.option("--by", type=click.Choice(["kecamatan", "desa", "occupation", "sponsor", "month"]), help="Rinci menurut.")
@click.option("--month", type=MonthType(), help="Bulan, misalnya 2026-11; bawaan: bulan ini.")
@click.option("--kecamatan", default="", help="Kode kecamatan untuk --by desa, misalnya 33.24.15.")
@as_known_on
@with_session
def show(session: Session, by: str | None, month: Month | None, kecamatan: str, known_on: Any) -> None:
    """Cakupan satu bulan, atau rinciannya.

    Yang berlaku sudah dikonfirmasi BPJS; yang sementara sudah dibayar tetapi belum dikonfirmasi.
    """
    _refresh(session)
    wanted = Month.of(session.clock.today()) if month is None else month
    if known_on is not None:
        _show_known(session, wanted, known_on.date())
        return
    if by is None:
        _show_now(session, wanted)
        return
    if by == "desa" and not kecamatan:
        raise WrongUseError("Sebutkan kecamatannya: --by desa --kecamatan 33.24.15")
    rows = _ROWS[by](session, wanted, kecamatan)
    table = "\n".join(f"{row['label']:<36.36} {row['berlaku']:>8} {row['sementara']:>10}" for row in rows)
    heading = f"{wanted!s:<36} {'berlaku':>8} {'sementara':>10}"
    session.answer({"month": str(wanted), "by": by, "rows": rows}, f"{heading}\n{table}")


@coverage.command("lapsing")
@click.option("--month", type=MonthType(), help="Bulan pertama tanpa perlindungan; bawaan: bulan depan.")
@click.option("--months", default=1, show_default=True, type=click.IntRange(1, 36), help="Berapa bulan berturut-turut.")
@click.option("--term", default=6, show_default=True, type=click.IntRange(1, 12), help="Lama perpanjangan (bulan).")
@with_session
def lapsing_(session: Session, month: Month | None, months: int, term: int) -> None:
    """Siapa yang jatuh tempo: banyaknya per penyandang, dan biaya memperpanjangnya."""
    _refresh(session)
    first = Month.of(session.clock.today()) + 1 if month is None else month
    found = lapsing_calendar(session.viewer, first=first, months=months, term=term)
    session.answer([_lapsing_data(each) for each in found], "\n".join(_lapsing_text(each) for each in found))


@coverage.command("refresh")
@click.option("--all", "everything", is_flag=True, help="Hitung ulang setiap bulan, bukan hanya yang berubah.")
@with_session
def refresh(session: Session, everything: bool) -> None:
    """Hitung ulang ringkasan dari buku besar, lalu periksa apakah keduanya sama."""
    session.viewer.require(Permission.COVERAGE_READ)
    count = rebuild_everything if everything else refresh_summary
    months = count(clock=session.clock, progress=lambda done, total: say(f"  {done}/{total} bulan"))
    different = summary_differences(months)
    data = {"months": [str(month) for month in months], "differences": len(different)}
    session.answer(data, f"{len(months)} bulan dihitung, {len(different)} perbedaan dengan buku besar.")


@coverage.group("figure")
def figure() -> None:
    """Angka resmi dari luar: surat BPJS, Bupati, BPS."""


@figure.command("add")
@click.argument("kind", type=click.Choice(OfficialFigure.Kind.values))
@click.argument("value", type=int)
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Keadaan per tanggal.")
@click.option("--document-on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Tanggal surat.")
@click.option("--source", required=True, help="Siapa yang menyebutkannya dan di mana.")
@click.option("--document", default="", help="Nomor surat.")
@click.option("--confidence", type=click.Choice([each.value for each in Keyakinan]), default=Keyakinan.TINGGI.value)
@with_session
def figure_add(
    session: Session, kind: str, value: int, as_of: Any, document_on: Any, source: str, document: str, confidence: str
) -> None:
    """Masukkan satu angka resmi.

    Contoh: payung coverage figure add bpu_aktif 15200 --as-of 2026-10-31 --document-on 2026-11-05 --source "Surat BPJS"
    """
    try:
        made = record_official_figure(
            kind,
            value,
            as_of=as_of.date(),
            document_on=document_on.date(),
            source=source,
            document=document,
            confidence=Keyakinan(confidence),
            acting_user=session.viewer,
            clock=session.clock,
        )
    except FigureRefusedError as error:
        raise WrongUseError(_REFUSED[error.code].format(**error.params)) from error
    session.answer({"figure": str(made.public_id), "kind": kind, "value": value}, f"{kind} {value} per {made.as_of}")


@figure.command("load")
@with_session
def figure_load(session: Session) -> None:
    """Masukkan angka Kabupaten Kendal yang sudah diketahui; yang sudah ada dilewati."""
    count = load_known_figures(acting_user=session.viewer, clock=session.clock)
    session.answer({"entered": count}, f"{count} angka dimasukkan.")


def _refresh(session: Session) -> None:
    if is_summary_stale():
        say("Menghitung ulang …")
        refresh_summary(clock=session.clock)


def _show_known(session: Session, month: Month, day: date) -> None:
    """The month by kecamatan, as it was known on a day."""
    found = coverage_as_known_on(session.viewer, day, month=month, kabupaten=settings.PAYUNG_REGENCY)
    rows = [
        {"key": line.key, "label": line.label, "berlaku": line.covered.berlaku, "sementara": line.covered.sementara}
        for line in found.lines
    ]
    total = {"berlaku": found.covered.berlaku, "sementara": found.covered.sementara}
    table = "\n".join(f"{row['label']:<36.36} {row['berlaku']:>8} {row['sementara']:>10}" for row in rows)
    heading = f"{f'{month}, seperti diketahui {day}':<36} {total['berlaku']:>8} {total['sementara']:>10}"
    session.answer({"month": str(month), "as_known_on": day, "rows": rows} | total, f"{heading}\n{table}")


def _show_now(session: Session, month: Month) -> None:
    now = coverage_now(session.viewer, month=month)
    figures = list(three_figures(min(month.last_day, session.clock.today())))
    data = {
        "month": str(month),
        "covered": {"berlaku": now.covered.berlaku, "sementara": now.covered.sementara},
        "previous": {"berlaku": now.previous.berlaku, "sementara": now.previous.sementara},
        "known": now.known,
        "uncovered": now.uncovered,
        "figures": [_figure_data(each) for each in figures],
    }
    lines = [
        f"{month}: {now.covered.berlaku} pekerja terlindungi (berlaku), {now.covered.sementara} sementara.",
        f"Terdata {now.known}, belum terlindungi {now.uncovered}."
        if now.known
        else "Belum terlindungi: hanya dihitung untuk bulan berjalan.",
        *(_figure_text(each) for each in figures),
    ]
    session.answer(data, "\n".join(lines))


def _lines(lines: list[CoverageLine]) -> list[dict[str, Any]]:
    return [
        {
            "key": line.key,
            "label": line.label or "(tidak diketahui)",
            "berlaku": line.covered.berlaku,
            "sementara": line.covered.sementara,
            "known": line.known,
            "uncovered": line.uncovered,
        }
        for line in lines
    ]


def _sponsor_rows(session: Session, month: Month, _kecamatan: str) -> list[dict[str, Any]]:
    return [
        {
            "key": line.code,
            "label": line.name,
            "funds": line.funds.value,
            "berlaku": line.covered.berlaku,
            "sementara": line.covered.sementara,
        }
        for line in by_sponsor(session.viewer, month=month)
    ]


def _month_rows(session: Session, month: Month, _kecamatan: str) -> list[dict[str, Any]]:
    return [
        {
            "key": str(line.month),
            "label": str(line.month),
            "berlaku": line.covered.berlaku,
            "sementara": line.covered.sementara,
        }
        for line in over_time(session.viewer, first=month + (-11), months=12)
    ]


_ROWS: dict[str, Callable[[Session, Month, str], list[dict[str, Any]]]] = {
    "kecamatan": lambda session, month, _: _lines(
        coverage_by_kecamatan(session.viewer, month=month, kabupaten=settings.PAYUNG_REGENCY)
    ),
    "desa": lambda session, month, code: _lines(coverage_by_village(session.viewer, month=month, kecamatan=code)),
    "occupation": lambda session, month, _: _lines(by_occupation(session.viewer, month=month)),
    "sponsor": _sponsor_rows,
    "month": _month_rows,
}


def _figure_data(found: CoverageFigure) -> dict[str, Any]:
    return {
        "code": found.code,
        "formula": found.formula,
        "numerator": _part_data(found.numerator),
        "denominator": _part_data(found.denominator),
        "percent": None if found.hundredths is None else percent_text(found.hundredths),
        "confidence": found.confidence.value,
    }


def _part_data(part: PartOfFigure | None) -> dict[str, Any] | None:
    if part is None:
        return None
    return {"value": part.value, "source": part.source, "as_of": part.as_of, "document_on": part.document_on}


def _figure_text(found: CoverageFigure) -> str:
    if found.hundredths is None:
        return f"{_FIGURES[found.code]}: {NOT_ENTERED}"
    parts = " / ".join(_part_text(part) for part in (found.numerator, found.denominator))
    return f"{_FIGURES[found.code]}: {percent_text(found.hundredths)} = {parts} [{found.confidence.value}]"


def _part_text(part: PartOfFigure | None) -> str:
    if part is None:
        return NOT_ENTERED
    grouped = f"{part.value:,}".replace(",", ".")
    return f"{grouped} ({part.source}, {part.as_of})"


def _lapsing_data(found: LapsingMonth) -> dict[str, Any]:
    sponsors = [
        {
            "sponsor": line.code,
            "name": line.name,
            "workers": line.workers,
            "past_waiting": line.past_waiting,
            "keep_rp": line.keep_rp,
        }
        for line in found.sponsors
    ]
    return {
        "month": str(found.month),
        "workers": found.workers,
        "past_waiting": found.past_waiting,
        "term": found.term,
        "keep_rp": found.keep_rp,
        "sponsors": sponsors,
    }


def _lapsing_text(found: LapsingMonth) -> str:
    heading = (
        f"{found.month}: {found.workers} pekerja jatuh tempo; "
        f"memperpanjang {found.term} bulan {rupiah_text(found.keep_rp)}"
    )
    lines = [f"  {line.name:<32.32} {line.workers:>7} {rupiah_text(line.keep_rp):>18}" for line in found.sponsors]
    return "\n".join([heading, *lines])


for _command in (show, lapsing_, refresh):
    _command.payung_door = Permission.COVERAGE_READ  # type: ignore[attr-defined]
for _command in (figure_add, figure_load):
    _command.payung_door = Permission.COVERAGE_WRITE  # type: ignore[attr-defined]
commands: list[click.Command] = [coverage]
