"""`payung enrol dukcapil`, `check` and `bpjs`: lists that go out, and answers that come back."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import yaml
from django.db import transaction

from payung.access.permissions import Permission
from payung.cli.enrolment import DAY, FILE, enrol, teaching, wadah_named
from payung.cli.session import NEEDS_REPAIR, Session, WrongUseError, say, with_session
from payung.contributions.errors import LedgerError
from payung.contributions.selectors import notices_visible_to
from payung.contributions.services import record_pay_code
from payung.contributions.texts import refusal_text as ledger_refusal
from payung.enrolment.models import AnswerRow, BpjsBatch
from payung.enrolment.selectors import answers_visible_to, batches_visible_to, differences_waiting
from payung.enrolment.services import (
    Paper,
    PayOrder,
    Received,
    export_batch_for_bpjs,
    export_for_dukcapil,
    import_acceptance,
    import_activation,
    import_dukcapil_answer,
    record_bpjs_check,
    resolve_row,
    set_column_map,
)
from payung.enrolment.texts import FIELDS, OUTCOMES, counts_text, problem_text
from payung.kernel.rupiah import NotRupiahError, parse_rupiah, rupiah_text

_LEFT_OVER = (AnswerRow.Outcome.SHOWN, AnswerRow.Outcome.REFUSED, AnswerRow.Outcome.UNKNOWN)


@enrol.group("dukcapil")
def dukcapil() -> None:
    """Pemadanan dengan Dukcapil lewat berkas."""


@enrol.group("bpjs")
def bpjs() -> None:
    """Daftar untuk BPJS Ketenagakerjaan dan jawabannya."""


@dukcapil.command("export")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Berkas XLSX yang ditulis.")
@with_session
@teaching
def dukcapil_export(session: Session, out: Path) -> None:
    """Tulis daftar orang terverifikasi untuk Dukcapil. Berkasnya memuat NIK: jaga baik-baik, hapus setelah dikirim."""
    made = export_for_dukcapil(acting_user=session.viewer, clock=session.clock)
    write_secret(out, made.content)
    data = {"export": str(made.record.public_id), "rows": made.record.row_count, "sha256": made.record.file_sha256}
    session.answer({**data, "file": str(out)}, f"{made.record.row_count} orang dalam {out}.")


@dukcapil.command("import")
@click.argument("path", metavar="FILE", type=FILE)
@with_session
@teaching
def dukcapil_import(session: Session, path: Path) -> None:
    """Baca jawaban Dukcapil: kolom NIK dan HASIL (Padan, Tidak padan, Meninggal, Pindah)."""
    done = import_dukcapil_answer(
        path.read_bytes(), file_name=path.name, acting_user=session.viewer, clock=session.clock
    )
    _tell(session, done)


@enrol.command("check")
@click.argument("path", metavar="FILE", type=FILE)
@with_session
@teaching
def check(session: Session, path: Path) -> None:
    """Baca hasil pemeriksaan di BPJS sebelum penetapan: kolom NIK dan STATUS (Belum terdaftar, PU, ...)."""
    done = record_bpjs_check(paper=Paper(path.read_bytes(), path.name), acting_user=session.viewer, clock=session.clock)
    _tell(session, done)


@bpjs.command("export")
@click.argument("wadah_number", metavar="WADAH")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Berkas XLSX yang ditulis.")
@with_session
@teaching
def bpjs_export(session: Session, wadah_number: str, out: Path) -> None:
    """Tulis daftar orang dalam WADAH untuk BPJS, menurut susunan kolom cabangnya."""
    made = export_batch_for_bpjs(wadah_named(wadah_number), acting_user=session.viewer, clock=session.clock)
    write_secret(out, made.content)
    data = {"batch": made.batch.number, "rows": made.batch.row_count, "sha256": made.batch.file_sha256}
    session.answer({**data, "file": str(out)}, f"Daftar {made.batch.number}: {made.batch.row_count} orang dalam {out}.")


@bpjs.command("accept")
@click.argument("number", metavar="BATCH")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--code", help="Kode iuran BPJS, bila tidak ada dalam berkasnya.")
@click.option("--amount", help="Jumlah menurut BPJS, misalnya 2.100.000.")
@click.option("--due", type=DAY, help="Jatuh tempo menurut BPJS.")
@click.option("--notice", "notice_number", help="Catat kode iurannya pada pemberitahuan ini.")
@with_session
@teaching
def bpjs_accept(
    session: Session,
    number: str,
    path: Path,
    code: str | None,
    amount: str | None,
    due: datetime | None,
    notice_number: str | None,
) -> None:
    """Baca jawaban pertama BPJS untuk daftar BATCH: siapa diterima, siapa ditolak dan mengapa, dan kode iurannya.

    Contoh: payung enrol bpjs accept NPW240001/20261122/1 jawaban.xlsx --code 9001 --amount 2.100.000 --due 2026-12-15
    """
    with transaction.atomic():
        done = import_acceptance(
            _batch(session, number),
            paper=Paper(path.read_bytes(), path.name),
            pay_order=_pay_order(code, amount, due),
            acting_user=session.viewer,
            clock=session.clock,
        )
        if notice_number and done.pay_order and not done.is_repeat:
            _give_pay_code(session, notice_number, done.pay_order)
    _tell(session, done)


@bpjs.command("activate")
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--batch", "number", help="Hanya orang dari daftar ini.")
@with_session
@teaching
def bpjs_activate(session: Session, path: Path, number: str | None) -> None:
    """Baca jawaban BPJS setelah pembayaran: nomor KPJ, tanggal mulai, dan dibayar sampai bulan apa."""
    done = import_activation(
        paper=Paper(path.read_bytes(), path.name),
        batch=_batch(session, number) if number else None,
        acting_user=session.viewer,
        clock=session.clock,
    )
    _tell(session, done)


@bpjs.command("differences")
@with_session
@teaching
def bpjs_differences(session: Session) -> None:
    """Di mana jawaban BPJS berbeda dari catatan kita, dan belum ada putusan."""
    session.viewer.require(Permission.ENROLMENT_READ)
    found = [
        {
            "answer": str(one.answer.public_id),
            "row": one.row_number,
            "ref": str(one.enrolment.public_id),
            "field": one.field,
            "ours": one.ours,
            "theirs": one.theirs,
        }
        for one in differences_waiting(session.viewer)
    ]
    lines = [
        f"{one['answer']} baris {one['row']}: {FIELDS[str(one['field'])]} kita {one['ours']}, BPJS {one['theirs']}"
        for one in found
    ]
    session.answer(found, "\n".join(lines) or "Tidak ada perbedaan yang menunggu.")


@bpjs.command("resolve")
@click.argument("answer")
@click.argument("row", type=int)
@click.option("--same/--other", "same_person", required=True, help="Orang yang sama, atau orang lain.")
@click.option("--note", required=True, help="Dari mana Anda tahu.")
@with_session
@teaching
def bpjs_resolve(session: Session, answer: str, row: int, same_person: bool, note: str) -> None:
    """Putuskan satu baris yang berbeda. Catatan kita tidak ditimpa; membetulkannya ada di data pekerja."""
    try:
        found = answers_visible_to(session.viewer).filter(public_id=UUID(answer)).first()
    except ValueError:
        found = None
    if found is None or not found.rows.filter(row_number=row).exists():
        raise WrongUseError("Baris itu tidak ada. Lihat: payung enrol bpjs differences.")
    done = resolve_row(found, row, same_person=same_person, note=note, acting_user=session.viewer, clock=session.clock)
    session.answer({"row": row, "outcome": done.outcome}, f"Baris {row}: {OUTCOMES[done.outcome]}.")


@bpjs.command("columns")
@click.argument("branch")
@click.argument("path", metavar="FILE", type=FILE)
@with_session
@teaching
def bpjs_columns(session: Session, branch: str, path: Path) -> None:
    """Simpan susunan kolom cabang BRANCH dari berkas YAML: daftar `columns` berisi `heading` dan `field`.

    Bawaannya ada dalam payung/enrolment/bpjs_columns.yaml.
    """
    try:
        columns = yaml.safe_load(path.read_text(encoding="utf-8"))["columns"]
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise WrongUseError(f"{path.name} bukan YAML dengan daftar columns.") from error
    made = set_column_map(branch, columns, acting_user=session.viewer, clock=session.clock)
    session.answer({"branch": branch, "columns": made.columns}, f"Cabang {branch}: {len(made.columns)} kolom.")


def write_secret(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read: it holds NIKs."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_bytes(content)


def _tell(session: Session, done: Received) -> None:
    """Say what an answer did; rows that are left over are named, and make the exit code 3."""
    left = AnswerRow.objects.filter(answer=done.answer, outcome__in=_LEFT_OVER).order_by("row_number")
    rows = [{"row": row.row_number, "outcome": row.outcome, "problems": row.problems} for row in left]
    data: dict[str, Any] = {
        "answer": str(done.answer.public_id),
        "is_repeat": done.is_repeat,
        "counts": done.counts,
        "missing": done.missing,
        "rows": rows,
    }
    lines = [counts_text(done.counts)]
    if done.is_repeat:
        lines.insert(0, "Berkas ini sudah pernah dibaca; tidak ada yang berubah.")
    if done.missing:
        lines.append(f"{done.missing} orang dari daftar itu belum dijawab.")
    if done.pay_order:
        order = done.pay_order
        data["pay_code"] = {"code": order.code, "amount_rp": order.amount_rp, "due_on": order.due_on}
        lines.append(f"Kode iuran {order.code}: {rupiah_text(order.amount_rp)}, jatuh tempo {order.due_on}.")
    session.answer(data, "\n".join(lines))
    for row in left:
        said = " ".join(problem_text(problem["code"]) for problem in row.problems) or str(OUTCOMES[row.outcome])
        say(f"baris {row.row_number}: {said}")
    if rows:
        raise click.exceptions.Exit(NEEDS_REPAIR)


def _batch(session: Session, number: str) -> BpjsBatch:
    found = batches_visible_to(session.viewer).filter(number=number).first()
    if found is None:
        raise WrongUseError(f"Daftar {number} tidak ada; nomornya dicetak oleh payung enrol bpjs export.")
    return found


def _pay_order(code: str | None, amount: str | None, due: datetime | None) -> PayOrder | None:
    given = (code, amount, due)
    if not any(given):
        return None
    if code is None or amount is None or due is None:
        raise WrongUseError("Kode iuran memerlukan ketiganya: --code, --amount, dan --due.")
    try:
        return PayOrder(code, int(parse_rupiah(amount)), due.date())
    except NotRupiahError as error:
        raise WrongUseError(f"{amount} bukan jumlah rupiah; tulislah seperti 2.100.000.") from error


def _give_pay_code(session: Session, number: str, order: PayOrder) -> None:
    notice = notices_visible_to(session.viewer).filter(number=number).first()
    if notice is None:
        raise WrongUseError(f"Pemberitahuan {number} tidak ada.")
    try:
        record_pay_code(
            notice,
            code=order.code,
            amount_rp=order.amount_rp,
            due_on=order.due_on,
            acting_user=session.viewer,
            clock=session.clock,
        )
    except LedgerError as error:
        raise WrongUseError(ledger_refusal(error)) from error


for _command, _permission in (
    (dukcapil_export, Permission.ENROLMENT_MATCH),
    (dukcapil_import, Permission.ENROLMENT_MATCH),
    (check, Permission.ENROLMENT_MATCH),
    (bpjs_export, Permission.BPJS_SEND),
    (bpjs_accept, Permission.BPJS_ANSWER),
    (bpjs_activate, Permission.BPJS_ANSWER),
    (bpjs_differences, Permission.ENROLMENT_READ),
    (bpjs_resolve, Permission.BPJS_ANSWER),
    (bpjs_columns, Permission.BPJS_SEND),
):
    _command.payung_door = _permission  # type: ignore[attr-defined]
commands: list[click.Command] = [enrol]  # whole: the steps of `enrolment` and the files of this module
