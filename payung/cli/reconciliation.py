"""`payung reconcile`: files of BPJS and of banks held against our ledger, from the first look to the acceptance."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from payung.access.permissions import Permission
from payung.cli.contributions import MonthType
from payung.cli.session import Session, WrongUseError, with_session
from payung.contributions.errors import LedgerError
from payung.contributions.models import Notice, ReconciliationFile
from payung.contributions.reconciliation.selectors import outcome_sums, reconciliation_files
from payung.contributions.reconciliation.services import accept_file, decide_line, submit_file, undo_file
from payung.contributions.reconciliation.staging import stage_file
from payung.contributions.reconciliation.texts import NAMES, SOURCES, refused_text
from payung.contributions.reconciliation.waiting import waiting_lines
from payung.contributions.selectors import notices_visible_to
from payung.kernel.month import Month
from payung.kernel.rupiah import rupiah_text
from payung.sponsors.models import Sponsor


def _teaching(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn refusals into sentences that say what to do; exit code 2."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except LedgerError as error:
            raise WrongUseError(refused_text(error)) from error

    return run


@click.group()
def reconcile() -> None:
    """Cocokkan laporan BPJS, rekening koran dana titipan, dan daftar peserta BPJS dengan buku kita."""


@reconcile.command("file")
@click.argument("source", type=click.Choice(ReconciliationFile.Source.values))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sponsor", "sponsor_code", help="Penyandang pemilik rekening, atau pemilik daftar peserta.")
@click.option("--month", type=MonthType(), help="Bulan daftar peserta. Bawaan: bulan ini.")
@with_session
@_teaching
def file_(session: Session, source: str, path: Path, sponsor_code: str | None, month: Month | None) -> None:
    """Baca satu berkas dan tunjukkan hasilnya per baris. Buku belum berubah.

    Contoh: payung reconcile file rekening mutasi.csv --sponsor ASNPEDULI
    """
    done = stage_file(
        path.read_bytes(),
        name=path.name,
        source=ReconciliationFile.Source(source),
        sponsor=_sponsor(sponsor_code) if sponsor_code else None,
        month=month,
        acting_user=session.viewer,
        clock=session.clock,
    )
    _show(session, done.file, is_repeat=done.is_repeat)


@reconcile.command("show")
@click.argument("file", type=click.UUID)
@with_session
def show(session: Session, file: UUID) -> None:
    """Tunjukkan hasil satu berkas."""
    _show(session, _file(session, file))


@reconcile.command("decide")
@click.argument("file", type=click.UUID)
@click.argument("row", type=int)
@click.option("--take/--leave", required=True, help="Terima baris ini, atau biarkan.")
@click.option("--note", required=True, help="Dari mana Anda tahu.")
@click.option("--notice", "number", help="Nomor pemberitahuan yang dibayar, bila kodenya tidak dikenal.")
@with_session
@_teaching
def decide(session: Session, file: UUID, row: int, take: bool, note: str, number: str | None) -> None:
    """Putuskan satu baris yang menunggu."""
    found = _file(session, file)
    line = found.lines.filter(side="theirs", row_number=row).first()
    if line is None:
        raise WrongUseError(f"Baris {row} tidak ada di berkas ini.")
    notice = _notice(session, number) if number else None
    decide_line(line, take=take, note=note, notice=notice, acting_user=session.viewer, clock=session.clock)
    _show(session, found)


@reconcile.command("submit")
@click.argument("file", type=click.UUID)
@with_session
@_teaching
def submit(session: Session, file: UUID) -> None:
    """Catat pembayaran-pembayaran berkas ini, dan serahkan kepada orang kedua."""
    _show(session, submit_file(_file(session, file), acting_user=session.viewer, clock=session.clock))


@reconcile.command("accept")
@click.argument("file", type=click.UUID)
@with_session
@_teaching
def accept(session: Session, file: UUID) -> None:
    """Terima berkas: pembayarannya terkonfirmasi. Bukan oleh yang mengunggah."""
    _show(session, accept_file(_file(session, file), acting_user=session.viewer, clock=session.clock))


@reconcile.command("undo")
@click.argument("file", type=click.UUID)
@click.option("--reason", required=True, help="Alasan pembatalan.")
@with_session
@_teaching
def undo(session: Session, file: UUID, reason: str) -> None:
    """Batalkan berkas: yang dibawanya dibalik, catatannya tetap."""
    found = undo_file(_file(session, file), reason=reason, acting_user=session.viewer, clock=session.clock)
    _show(session, found)


def _show(session: Session, file: ReconciliationFile, *, is_repeat: bool = False) -> None:
    sums = sorted(outcome_sums(file), key=lambda each: (each.side != "theirs", each.outcome))
    data = {
        "file": str(file.public_id),
        "source": file.source,
        "repeat": is_repeat,
        "rows": file.row_count,
        "total_rp": file.total_rp,
        "waiting": waiting_lines(file).count(),
        "submitted": file.submitted_at is not None,
        "accepted": file.accepted_at is not None,
        "undone": file.undone_at is not None,
        "outcomes": [
            {"side": each.side, "outcome": each.outcome, "lines": each.lines, "amount_rp": each.amount_rp}
            for each in sums
        ],
    }
    head = f"{SOURCES[file.source]} {file.public_id}: {file.row_count} baris, {rupiah_text(file.total_rp)}"
    again = ["Berkas ini sudah pernah dibaca; tidak ada yang berubah."] if is_repeat else []
    told = [f"  {NAMES[each.outcome]}: {each.lines} ({rupiah_text(each.amount_rp)})" for each in sums]
    session.answer(data, "\n".join([head, *again, *told]))


def _file(session: Session, public_id: UUID) -> ReconciliationFile:
    found = reconciliation_files(session.viewer).filter(public_id=public_id).first()
    if found is None:
        raise WrongUseError(f"Berkas {public_id} tidak ditemukan. Baca dahulu: payung reconcile file.")
    return found


def _sponsor(code: str) -> Sponsor:
    found = Sponsor.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise WrongUseError(f"Penyandang {code} tidak dikenal. Daftarkan dahulu: payung sponsor add.")
    return found


def _notice(session: Session, number: str) -> Notice:
    found = notices_visible_to(session.viewer).filter(number=number).first()
    if found is None:
        raise WrongUseError(f"Pemberitahuan {number} tidak ditemukan. Terbitkan dahulu: payung notice.")
    return found


file_.payung_door = decide.payung_door = submit.payung_door = Permission.RECONCILIATION_WRITE  # type: ignore[attr-defined]
show.payung_door = Permission.RECONCILIATION_READ  # type: ignore[attr-defined]
accept.payung_door = Permission.PAYMENT_CONFIRM  # type: ignore[attr-defined]
undo.payung_door = Permission.PAYMENT_REVERSE  # type: ignore[attr-defined]
commands: list[click.Command] = [reconcile]
