"""`payung demo` and `payung run`."""

from datetime import date, datetime

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from payung.access.permissions import Permission
from payung.cli.demo.cast import accounts_for_sign_in
from payung.cli.demo.making import counts, make_demo
from payung.cli.serve import start
from payung.cli.session import Session, WrongUseError, say, with_session
from payung.kernel.clock import SystemClock
from payung.registry.models import Worker
from payung.sponsors.models import Sponsor


@click.command()
@click.option("--seed", default=1, show_default=True, type=int, help="Benih dan tanggal yang sama: data yang sama.")
@click.option("--on", "on_text", metavar="TANGGAL", help="Hari contoh (2026-11-22); bawaan hari ini.")
@with_session
def demo(session: Session, seed: int, on_text: str | None) -> None:
    """Isi program yang masih kosong dengan DATA CONTOH: 5.000 pekerja rekaan dan 18 bulan program.

    Semua orang, perusahaan, dan angka di dalamnya rekaan. Ditolak bila sudah ada data.
    """
    session.viewer.require(Permission.USER_MANAGE)
    if Worker.objects.exists() or Sponsor.objects.exists():
        raise WrongUseError("Program ini sudah berisi data. Pakailah PAYUNG_HOME lain yang kosong untuk data contoh.")
    note = _make(seed, _day(on_text) if on_text else session.clock.today())
    made = dict(counts())
    session.answer(note | made, "\n".join(f"{count:>6} {what}" for what, count in made.items()))


@click.command()
@click.option("--port", default=8000, show_default=True, type=int)
def run(port: int) -> None:
    """Siapkan semuanya (data contoh bila masih kosong), tunjukkan cara masuk, lalu jalankan di 127.0.0.1."""
    if not Worker.objects.exists() and not Sponsor.objects.exists():
        say("Membuat data contoh (sekali saja, satu-dua menit) …")
        _make(1, SystemClock().today())
    say("\nMasuk sebagai (kata sandi sama untuk semua akun contoh):")
    for account in accounts_for_sign_in():
        say(f"  {account['email']:<24} {account['password']:<20} {account['name']} - {account['role']}")
    say("")
    start("127.0.0.1", port)


def _make(seed: int, on: date) -> dict[str, object]:
    columns = (TextColumn("{task.description:<16}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("data contoh", total=None)

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        return make_demo(seed=seed, on=on, progress=show)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day, not a moment
    except ValueError as error:
        raise WrongUseError(f"{text} bukan tanggal. Tulis seperti 2026-11-22.") from error


demo.payung_door = Permission.USER_MANAGE  # type: ignore[attr-defined]
run.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [demo, run]
