"""`payung month`: one month of all payers, asked for and then closed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from payung.access.permissions import Permission
from payung.cli.contributions import MonthType, teaching
from payung.cli.session import Session, with_session
from payung.contributions.services import MonthRun, close_month, issue_month
from payung.contributions.texts import month_text
from payung.kernel.month import Month
from payung.kernel.rupiah import rupiah_text


@click.group()
def month() -> None:
    """Satu bulan semua penyandang: tagih, lalu tutup buku."""


@month.command("run")
@click.argument("which", metavar="YYYY-MM", type=MonthType())
@with_session
@teaching
def run_(session: Session, which: Month) -> None:
    """Terbitkan pemberitahuan satu bulan untuk semua penyandang.

    Menerbitkan lagi tidak menagih dua kali; yang terputus di tengah jalan diteruskan oleh perintah yang sama.

    Contoh: payung month run 2026-12
    """
    with _bar(month_text(which)) as report:
        done = issue_month(which, acting_user=session.viewer, clock=session.clock, report=report)
    data = {
        "month": str(which),
        "pledges": done.pledges,
        "notices": done.notices,
        "worker_months": done.worker_months,
        "total_rp": done.total_rp,
    }
    session.answer(data, _told(done))


@month.command("close")
@click.argument("which", metavar="YYYY-MM", type=MonthType())
@with_session
@teaching
def close(session: Session, which: Month) -> None:
    """Tutup satu bulan yang sudah lewat: tidak ada lagi pemberitahuan dan catatan di dalamnya."""
    close_month(which, acting_user=session.viewer, clock=session.clock)
    session.answer({"month": str(which), "closed": True}, f"{month_text(which)} ditutup.")


def _told(done: MonthRun) -> str:
    if not done.notices:
        return f"{month_text(done.month)}: tidak ada yang baru untuk ditagih pada {done.pledges} janji."
    return (
        f"{month_text(done.month)}: {done.notices} pemberitahuan terbit untuk {done.worker_months} pekerja, "
        f"{rupiah_text(done.total_rp)}."
    )


@contextmanager
def _bar(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """How far it is, on a terminal; nothing is shown where the answer goes to a file or a program."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def report(done: int, total: int | None) -> None:
            bar.length = total or 1
            bar.update(done - bar.pos)

        yield report


run_.payung_door = Permission.NOTICE_ISSUE  # type: ignore[attr-defined]
close.payung_door = Permission.MONTH_CLOSE  # type: ignore[attr-defined]
commands: list[click.Command] = [month]
