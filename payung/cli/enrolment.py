"""`payung enrol`: the way in without a browser, from the village's word to BPJS's number.

What goes to Dukcapil and BPJS, and comes back from them, stands in `enrolment_files`.
"""

import functools
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from django.db import transaction

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, with_session
from payung.enrolment.errors import EnrolmentError
from payung.enrolment.models import Determination, Enrolment, LeaveReason, VerificationEntry, Wadah
from payung.enrolment.selectors import (
    determinations_visible_to,
    enrolments_visible_to,
    standing_of,
    steps_of,
    work_waiting,
)
from payung.enrolment.services import (
    add_wadah,
    approve_determination,
    assign_to_pledge,
    close_round,
    leave,
    open_round,
    prepare_determination,
    record_for_all,
    record_results,
    register_in_wadah,
    substitute,
    withdraw_determination,
)
from payung.enrolment.texts import REASONS, RESULTS, STATES, WORK, day_text, refusal_text, standing_text
from payung.kernel.month import Month, NotAMonthError
from payung.registry.errors import UnknownRegionError
from payung.registry.selectors.regions import village_at
from payung.registry.selectors.workers import masked_niks
from payung.sponsors.errors import UnknownPledgeError, UnknownSponsorError
from payung.sponsors.selectors import pledge_for, sponsor_by_code
from payung.vault.seal import blind_index

DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def teaching(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn refusals into sentences that say what to do; exit code 2."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except EnrolmentError as error:
            raise WrongUseError(refusal_text(error)) from error
        except UnknownSponsorError as error:
            raise WrongUseError(f"Penyandang {error} tidak dikenal. Lihat: payung sponsor list.") from error
        except UnknownPledgeError as error:
            raise WrongUseError(f"Janji {error} tidak dikenal.") from error
        except UnknownRegionError as error:
            raise WrongUseError(
                f"Desa {error} tidak dikenal; pakailah kode Kemendagri, misalnya 33.24.15.1001."
            ) from error

    return run


@click.group()
def enrol() -> None:
    """Jalan masuk ke program: verifikasi, Dukcapil, BPJS, penetapan, wadah, KPJ; dan jalan keluar."""


@enrol.command("waiting")
@with_session
def waiting(session: Session) -> None:
    """Apa yang menunggu Anda, yang terlama lebih dahulu."""
    session.viewer.require(Permission.ENROLMENT_READ)
    steps = work_waiting(session.viewer)
    data = [{"code": step.code, "count": step.count, "oldest": step.oldest} for step in steps]
    lines = [f"{step.count:>7}  {WORK[step.code]} (terlama sejak {day_text(step.oldest)})" for step in steps]
    session.answer(data, "\n".join(lines) or "Tidak ada yang menunggu Anda.")


@enrol.command("list")
@click.option("--sponsor", "code", help="Hanya penyandang ini.")
@click.option("--village", help="Hanya desa ini (kode Kemendagri).")
@click.option("--state", type=click.Choice(Enrolment.State.values), help="Hanya yang berada di langkah ini.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@with_session
@teaching
def list_(session: Session, code: str | None, village: str | None, state: str | None, limit: int) -> None:
    """Siapa di mana, sejak kapan, dan siapa yang harus bertindak."""
    session.viewer.require(Permission.ENROLMENT_READ)
    rows = enrolments_visible_to(session.viewer).order_by("pk")
    if code:
        rows = rows.filter(sponsor=sponsor_by_code(code, viewer=session.viewer))
    if village:
        rows = rows.filter(worker__village=village_at(village))
    if state:
        rows = rows.filter(state=state)
    found = list(rows[:limit])
    data = _persons_data(session, found)
    session.answer(data, "\n".join(f"{one['ref']}  {one['nik']}  {one['name']}: {one['standing']}" for one in data))


@enrol.command("status")
@click.argument("who")
@with_session
@teaching
def status(session: Session, who: str) -> None:
    """Di mana seseorang berdiri, dan setiap langkahnya.

    WHO adalah kode REF atau kode pekerja. Tanda - membaca NIK dari masukan standar, agar NIK tidak tertinggal dalam
    riwayat perintah: echo 33240... | payung enrol status -
    """
    session.viewer.require(Permission.ENROLMENT_READ)
    row = _way_of(session, who)
    (data,) = _persons_data(session, [row])
    steps: list[dict[str, Any]] = [
        {"on": step.effective_on, "to": step.to_state, "reason": step.reason, "by": step.actor_label}
        for step in steps_of(row)
    ]
    lines = [f"{data['nik']}  {data['name']}", data["standing"]]
    for step in steps:
        reason = f" ({REASONS[step['reason']]})" if step["reason"] else ""
        lines.append(f"  {day_text(step['on'])}  {STATES[step['to']]}{reason}, {step['by']}")
    session.answer({**data, "steps": steps}, "\n".join(lines))


@enrol.command("verify")
@click.option("--number", required=True, help="Nomor berita acara.")
@click.option("--sponsor", "code", help="Usulan penyandang ini.")
@click.option("--village", help="Usulan dari desa ini (kode Kemendagri).")
@click.option("--held-on", type=DAY, help="Hari verifikasi; bawaan hari ini.")
@click.option("--except", "others", multiple=True, metavar="REF=HASIL", help="Orang yang hasilnya lain.")
@click.option("--rest", default="layak", show_default=True, type=click.Choice(VerificationEntry.Result.values))
@with_session
@teaching
def verify(
    session: Session,
    number: str,
    code: str | None,
    village: str | None,
    held_on: datetime | None,
    others: tuple[str, ...],
    rest: str,
) -> None:
    """Catat satu verifikasi: hasil setiap orang, lalu tutup berita acaranya.

    Contoh: payung enrol verify --number 141/BA/2026 --sponsor PTMAJU --except 0190...=pindah
    """
    with transaction.atomic():
        opened = open_round(
            number=number,
            held_on=held_on.date() if held_on else session.clock.today(),
            village=village_at(village) if village else None,
            sponsor=sponsor_by_code(code) if code else None,
            acting_user=session.viewer,
            clock=session.clock,
        )
        given = dict(_result_of(session, each) for each in others)
        record_results(opened, given, acting_user=session.viewer, clock=session.clock)
        record_for_all(opened, rest, acting_user=session.viewer, clock=session.clock)
        counts = close_round(opened, acting_user=session.viewer, clock=session.clock)
    told = ", ".join(f"{count} {RESULTS[result]}" for result, count in counts.items() if count)
    session.answer({"round": str(opened.public_id), "counts": counts}, f"Berita acara {number}: {told}.")


@enrol.command("assign")
@click.argument("pledge_id", metavar="PLEDGE")
@click.option("--renewal", is_flag=True, help="Lanjutkan peserta aktif dari janji lama penyandang yang sama.")
@with_session
@teaching
def assign(session: Session, pledge_id: str, renewal: bool) -> None:
    """Beri tempat dalam janji kepada orang penyandang itu yang belum punya, menurut urutan daftarnya."""
    pledge = pledge_for(session.viewer, pledge_id)
    rows = Enrolment.objects.filter(sponsor=pledge.sponsor).exclude(pledge=pledge)
    if renewal:
        rows = rows.filter(state=Enrolment.State.ACTIVE, pledge__isnull=False)
    else:
        rows = rows.filter(pledge__isnull=True).exclude(state__in=Enrolment.ENDED)
    ids = list(rows.order_by("position", "pk").values_list("pk", flat=True))
    count = assign_to_pledge(ids, pledge=pledge, renewal=renewal, acting_user=session.viewer, clock=session.clock)
    session.answer({"pledge": pledge_id, "assigned": count}, f"{count} orang mendapat tempat dalam janji ini.")


@enrol.command("determine")
@click.argument("code", metavar="SPONSOR")
@click.option("--basis", required=True, type=click.Choice(Determination.Basis.values), help="Jenis dasarnya.")
@click.option("--number", required=True, help="Nomor surat atau keputusan.")
@click.option("--date", "dated_on", required=True, type=DAY, help="Tanggalnya.")
@click.option("--file", "path", required=True, type=FILE, help="Berkasnya (PDF).")
@with_session
@teaching
def determine(session: Session, code: str, basis: str, number: str, dated_on: datetime, path: Path) -> None:
    """Siapkan daftar penetapan untuk semua orang penyandang yang sudah diperiksa di BPJS.

    Orang lain menyetujuinya: payung enrol approve PENETAPAN --hash HASH

    Contoh: payung enrol determine PTMAJU --basis surat_komitmen --number 012/CSR --date 2026-11-20 --file surat.pdf
    """
    made = prepare_determination(
        sponsor_by_code(code),
        basis=basis,
        number=number,
        dated_on=dated_on.date(),
        file=path.read_bytes(),
        file_name=path.name,
        acting_user=session.viewer,
        clock=session.clock,
    )
    data = {"determination": str(made.public_id), "rows": made.row_count, "hash": bytes(made.content_hash).hex()}
    session.answer(
        data,
        f"{made.row_count} orang dalam daftar. Untuk disetujui orang lain:\n"
        f"payung enrol approve {data['determination']} --hash {data['hash']}",
    )


@enrol.command("approve")
@click.argument("determination")
@click.option("--hash", "seen", required=True, help="Sidik daftar yang Anda lihat (dari payung enrol determine).")
@with_session
@teaching
def approve(session: Session, determination: str, seen: str) -> None:
    """Setujui daftar penetapan yang disiapkan orang lain, persis seperti yang Anda lihat."""
    session.viewer.require(Permission.ENROLMENT_APPROVE)
    try:
        seen_hash = bytes.fromhex(seen)
    except ValueError as error:
        raise WrongUseError("Sidik itu bukan 64 angka heksadesimal.") from error
    made = approve_determination(
        _determination(session, determination), seen_hash=seen_hash, acting_user=session.viewer, clock=session.clock
    )
    both = " Operator berperan ganda; catatan menyebutkannya." if made.operator_played_both else ""
    session.answer(
        {"determination": determination, "rows": made.row_count, "operator_played_both": made.operator_played_both},
        f"{made.row_count} orang ditetapkan.{both}",
    )


@enrol.command("withdraw")
@click.argument("determination")
@click.option("--reason", required=True, help="Mengapa.")
@with_session
@teaching
def withdraw(session: Session, determination: str, reason: str) -> None:
    """Tarik kembali daftar penetapan yang belum disetujui."""
    found = _determination(session, determination)
    withdraw_determination(found, reason=reason, acting_user=session.viewer, clock=session.clock)
    session.answer({"determination": determination, "withdrawn": True}, "Daftar ditarik kembali.")


@enrol.command("wadah")
@click.argument("number")
@click.option("--name", help="Nama wadah; mengisinya berarti mencatat wadah baru.")
@click.option("--branch", default="", help="Cabang BPJS Ketenagakerjaan.")
@click.option("--agreement", default="", help="Nomor perjanjian kerja sama.")
@click.option("--type", "type_", default="", help="Jenis wadah menurut BPJS.")
@click.option("--register", "code", metavar="SPONSOR", help="Masukkan orang penyandang ini yang sudah ditetapkan.")
@with_session
@teaching
def wadah(
    session: Session, number: str, name: str | None, branch: str, agreement: str, type_: str, code: str | None
) -> None:
    """Catat wadah NUMBER, masukkan orang ke dalamnya, atau keduanya.

    Contoh: payung enrol wadah NPW240001 --name "Pekerja rentan Kendal" --branch Kendal --register PTMAJU
    """
    if not name and not code:
        raise WrongUseError("Isi --name untuk mencatat wadah, --register untuk memasukkan orang, atau keduanya.")
    acting: dict[str, Any] = {"acting_user": session.viewer, "clock": session.clock}
    with transaction.atomic():
        sponsor = sponsor_by_code(code) if code else None
        if name:
            add_wadah(number, name=name, branch=branch, agreement=agreement, type=type_, **acting)
        count = register_in_wadah(wadah_named(number), sponsor=sponsor, **acting) if sponsor else 0
    session.answer({"wadah": number, "registered": count}, f"Wadah {number}: {count} orang dimasukkan.")


@enrol.command("leave")
@click.argument("refs", nargs=-1, required=True)
@click.option("--reason", required=True, type=click.Choice(LeaveReason.values), help="Alasannya.")
@click.option("--note", default="", help="Keterangan.")
@with_session
@teaching
def leave_(session: Session, refs: tuple[str, ...], reason: str, note: str) -> None:
    """Keluarkan orang (kode REF) dari program; bulan yang sudah dibayar tetap miliknya."""
    ids = [_way_of(session, ref).pk for ref in refs]
    count = leave(ids, reason=reason, note_text=note, acting_user=session.viewer, clock=session.clock)
    session.answer({"left": count, "reason": reason}, f"{count} orang keluar: {REASONS[reason]}.")


@enrol.command("substitute")
@click.argument("leaving")
@click.argument("coming")
@click.option("--month", required=True, help="Bulan pertama pengganti: bulan berikut yang belum dibayar (2027-01).")
@click.option("--reason", required=True, type=click.Choice(LeaveReason.values), help="Mengapa yang lama keluar.")
@click.option("--note", default="", help="Keterangan.")
@with_session
@teaching
def substitute_(session: Session, leaving: str, coming: str, month: str, reason: str, note: str) -> None:
    """Gantikan orang LEAVING dengan COMING (kode REF): tempatnya dalam janji beralih mulai bulan itu."""
    try:
        from_month = Month.from_text(month)
    except NotAMonthError as error:
        raise WrongUseError(f"{month} bukan bulan; tulislah seperti 2027-01.") from error
    new = substitute(
        _way_of(session, leaving),
        _way_of(session, coming),
        from_month=from_month,
        reason=reason,
        note_text=note,
        acting_user=session.viewer,
        clock=session.clock,
    )
    session.answer({"substitute": str(new.public_id), "from_month": month}, f"Pengganti berlaku mulai {month}.")


def wadah_named(number: str) -> Wadah:
    """The wadah of a number, or what to do."""
    found = Wadah.objects.filter(number=number.strip()).first()
    if found is None:
        raise WrongUseError(f"Wadah {number} belum dicatat. Catat dahulu: payung enrol wadah {number} --name NAMA.")
    return found


def _persons_data(session: Session, rows: Sequence[Enrolment]) -> list[dict[str, Any]]:
    niks = masked_niks(row.worker for row in rows)
    found = []
    for row in rows:
        standing = standing_of(row, on=session.clock.today())
        person = {"ref": str(row.public_id), "worker": str(row.worker.public_id), "nik": niks[row.worker_id]}
        place = {"name": row.worker.name, "sponsor": row.sponsor.code, "state": row.state}
        found.append({**person, **place, **standing.as_dict(), "standing": standing_text(standing)})
    return found


def _way_of(session: Session, who: str) -> Enrolment:
    """The way of a REF, the last way of a worker's id, or of the NIK that stands on standard input."""
    rows = enrolments_visible_to(session.viewer).order_by("-pk")
    if who == "-":
        rows = rows.filter(worker__nik_index=blind_index(sys.stdin.read().strip()))
    else:
        try:
            named = UUID(who)
        except ValueError as error:
            raise WrongUseError(
                "Pakailah kode REF atau kode pekerja, atau - untuk NIK dari masukan standar."
            ) from error
        rows = rows.filter(public_id=named) or rows.filter(worker__public_id=named)
    found = rows.first()
    if found is None:
        raise WrongUseError("Orang itu tidak ada dalam program.")
    return found


def _result_of(session: Session, given: str) -> tuple[int, tuple[str, str]]:
    ref, _, result = given.partition("=")
    if result not in VerificationEntry.Result.values:
        raise WrongUseError(
            f"Hasil {result or '(kosong)'} tidak dikenal: {', '.join(VerificationEntry.Result.values)}."
        )
    return _way_of(session, ref).pk, (result, "")


def _determination(session: Session, public_id: str) -> Determination:
    try:
        named = UUID(public_id)
    except ValueError as error:
        raise WrongUseError("Pakailah kode penetapan dari payung enrol determine.") from error
    found = determinations_visible_to(session.viewer).filter(public_id=named).first()
    if found is None:
        raise WrongUseError("Daftar penetapan itu tidak ada.")
    return found


for _command, _permission in (
    (waiting, Permission.ENROLMENT_READ),
    (list_, Permission.ENROLMENT_READ),
    (status, Permission.ENROLMENT_READ),
    (verify, Permission.ENROLMENT_VERIFY),
    (assign, Permission.PLEDGE_WRITE),
    (determine, Permission.ENROLMENT_DETERMINE),
    (approve, Permission.ENROLMENT_APPROVE),
    (withdraw, Permission.ENROLMENT_DETERMINE),
    (wadah, Permission.ENROLMENT_REGISTER),
    (leave_, Permission.ENROLMENT_REGISTER),
    (substitute_, Permission.ENROLMENT_REGISTER),
):
    _command.payung_door = _permission  # type: ignore[attr-defined]
