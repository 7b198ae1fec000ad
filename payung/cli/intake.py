"""`payung intake`: a list from the file to the fates of its rows, and, approved, to workers on their way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from payung.access.permissions import Permission
from payung.cli.session import NEEDS_REPAIR, Session, WrongUseError, say, with_session
from payung.intake.errors import (
    DoublesUnexplainedError,
    ListChangedError,
    NothingToApplyError,
    UploadTooLargeError,
    WrongStateError,
)
from payung.intake.guard import asks_about_doubles
from payung.intake.models import Upload
from payung.intake.selectors import fault_groups, upload_of_file
from payung.intake.sentences import field_name, row_ranges, sentence
from payung.intake.services import (
    Applied,
    Received,
    apply_upload,
    keep_choices,
    receive_upload,
    stage_upload,
    submit_upload,
)
from payung.kernel.problem import Problem
from payung.registry.selectors import villages_of
from payung.sponsors.errors import UnknownSponsorError
from payung.sponsors.models import Sponsor
from payung.sponsors.selectors import sponsor_by_code
from payung.tabular.asking import ENCODING, HIDDEN, SEVERAL_LISTS, TOTAL, VILLAGE
from payung.tabular.delimited import ENCODINGS
from payung.tabular.registers import OF_EACH_ROW

_WORDS = {
    "accepted": "diterima",
    "covered": "sudah dilindungi pihak lain",
    "duplicate": "ganda di berkas ini",
    "repair": "perlu diperbaiki",
}

_HOW_TO_ANSWER = {
    SEVERAL_LISTS: "(--sheet NAMA)",
    HIDDEN: "(--hidden with atau --hidden without)",
    ENCODING: "(--encoding NAMA)",
    TOTAL: "(--total leave)",
    VILLAGE: "(--village KODE)",
    "file:no-header": "(--header-row BARIS)",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sponsor", "code", help="Kode penyandang; tanpa ini berkas adalah data kantor sendiri.")
@click.option("--apply", "do_apply", is_flag=True, help="Setujui dan terapkan daftar yang sudah diperiksa.")
@click.option(
    "--basis",
    default="",
    help="Dasar hukum data ini dikumpulkan (mis. persetujuan saat pendataan); wajib untuk kutipan data kependudukan.",
)
@click.option(
    "--reason", default="", help="Mengapa daftar dengan banyak orang ganda atau sudah dilindungi tetap benar."
)
@click.option("--sheet", default="", help="Jawaban: lembar yang dibaca.")
@click.option("--header-row", "header", default="", metavar="BARIS", help="Jawaban: nomor baris judul kolom.")
@click.option(
    "--hidden", type=click.Choice(["with", "without"]), help="Jawaban: baris tersembunyi ikut dibaca atau tidak."
)
@click.option("--total", type=click.Choice(["leave"]), help="Jawaban: daftarnya lengkap, jumlah di bawahnya keliru.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Jawaban: huruf berkas teks.")
@click.option(
    "--village", default="", metavar="KODE", help="Jawaban: kode desa seluruh berkas (33.24.15.1013), atau rows."
)
@with_session
def intake(
    session: Session, file: Path, code: str | None, do_apply: bool, basis: str, reason: str, **answers: str | None
) -> None:
    """Baca, periksa, dan siapkan satu daftar pekerja.

    \b
    Setiap baris mendapat satu nasib: accepted, covered:BULAN, duplicate:BARIS, atau repair:SEBAB.
    Belum ada data yang berubah sampai daftar diterapkan dengan --apply (oleh orang lain daripada pengunggahnya).

    \b
    Contoh:
      payung intake daftar.xlsx --sponsor MAJU --json
      payung intake daftar.xlsx --sponsor MAJU --apply --as wulan@kendal.example
      payung intake data-kantor.csv --apply        data kantor sendiri, tanpa penyandang
    """
    content, given = _read(file), _answered(answers)
    sponsor = _sponsor(code)
    earlier = upload_of_file(content, sponsor=sponsor, viewer=session.viewer) if do_apply else None
    received = Received(earlier, is_repeat=True) if earlier else _receive(session, content, file.name, sponsor, basis)
    if is_left := received.is_repeat and _was_left_lying(received.upload):
        say("Daftar ini sudah diterima, tetapi pemeriksaannya terputus; dilanjutkan dari awal.")
        received = Received(received.upload, is_repeat=False)
    upload = received.upload
    if given and upload.state in (Upload.State.RECEIVED, Upload.State.STAGED):
        upload, is_left = keep_choices(upload, acting_user=session.viewer, **given), True
    if is_left or (not earlier and upload.state in (Upload.State.RECEIVED, Upload.State.STAGED)):
        say("Membaca dan memeriksa …")
        upload = stage_upload(upload, acting_user=session.viewer, clock=session.clock)
    if upload.repeats is not None:
        received = Received(upload.repeats, is_repeat=True)
        upload = received.upload
    if not upload.row_count or upload.state == Upload.State.REFUSED:
        _refuse(session, upload)
    applied = _apply(session, upload, reason) if do_apply else None
    session.answer(_data(upload, received, applied), _text(upload, received, applied))
    if any(fate.startswith("repair") for fate in upload.counts):
        raise SystemExit(NEEDS_REPAIR)


def _answered(answers: Mapping[str, str | None]) -> dict[str, str]:
    """The answers that were given; a row of headings is a number, a village a code of ours."""
    given = {name: answer for name, answer in answers.items() if answer}
    if not given.get("header", "1").isdecimal():
        raise WrongUseError("--header-row: sebutkan nomor baris seperti di Excel, misalnya 5.")
    village = given.get("village", OF_EACH_ROW)
    if village != OF_EACH_ROW and not villages_of(settings.PAYUNG_REGENCY).has_code(village):
        raise WrongUseError(f"--village: tidak ada desa berkode {village} di kabupaten ini.")
    return given


def _was_left_lying(upload: Upload) -> bool:
    """Whether a list came in and whoever read it died: nothing is known of it yet."""
    return upload.state == Upload.State.RECEIVED and not upload.problems


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUseError(f"Berkas {file} tidak dapat dibaca: periksa nama dan letaknya.") from error


def _sponsor(code: str | None) -> Sponsor | None:
    if code is None:
        return None
    try:
        return sponsor_by_code(code)
    except UnknownSponsorError as error:
        raise WrongUseError(
            f"Penyandang {code} belum terdaftar. Daftarkan dahulu: payung sponsor add {code} --name NAMA --funds CSR"
        ) from error


def _receive(session: Session, content: bytes, name: str, sponsor: Sponsor | None, basis: str) -> Received:
    try:
        return receive_upload(
            content,
            file_name=name,
            sponsor=sponsor,
            legal_basis=basis,
            acting_user=session.viewer,
            clock=session.clock,
        )
    except UploadTooLargeError as error:
        raise WrongUseError(
            "Berkas terlalu besar. Bagilah daftar menjadi beberapa berkas (paling besar 25 MB)."
        ) from error


def _refuse(session: Session, upload: Upload) -> None:
    problems = [Problem.from_dict(problem) for problem in upload.problems]
    data = {
        "upload": str(upload.public_id),
        "state": upload.state,
        "problems": upload.problems,
        "rows": [],
        "counts": {},
    }
    texts = [" ".join(filter(None, (sentence(each), _HOW_TO_ANSWER.get(each.code)))) for each in problems]
    session.answer(data | {"messages": texts}, "\n".join(texts))
    raise SystemExit(NEEDS_REPAIR)


def _apply(session: Session, upload: Upload, reason: str) -> Applied | None:
    if upload.state == Upload.State.APPLIED:
        say("Daftar ini sudah diterapkan sebelumnya; tidak ada yang berubah.")
        return None
    try:
        if reason and upload.state == Upload.State.STAGED and asks_about_doubles(upload):
            submit_upload(upload, acting_user=session.viewer, clock=session.clock, doubles_reason=reason)
        return apply_upload(
            upload, approved_hash=bytes(upload.content_hash), acting_user=session.viewer, clock=session.clock
        )
    except NothingToApplyError:
        say("Tidak ada baris yang dapat diterapkan: perbaiki dahulu baris yang bertanda.")
    except DoublesUnexplainedError as error:
        raise click.ClickException(
            f"{error.percent} % baris memuat orang yang ganda atau sudah dilindungi pihak lain. Periksa berkasnya; "
            "bila benar, sebutkan alasannya dengan --reason."
        ) from error
    except ListChangedError as error:
        raise click.ClickException("Daftar berubah sejak diperiksa. Periksa lagi, lalu terapkan.") from error
    except WrongStateError as error:
        raise click.ClickException(f"Daftar ini tidak dapat diterapkan lagi (keadaan: {error.state}).") from error
    return None


def _data(upload: Upload, received: Received, applied: Applied | None) -> dict[str, Any]:
    columns = ("row_number", "fate", "known", "problems", "applied__outcome")
    rows = upload.rows.order_by("row_number").values_list(*columns)
    data: dict[str, Any] = {
        "upload": str(upload.public_id),
        "state": Upload.State.APPLIED if applied else upload.state,
        "repeat": received.is_repeat,
        "columns": {each["heading"]: each["field"] for each in upload.column_map.get("columns", []) if each["heading"]},
        "rows": [
            {"row": number, "fate": fate, "known": known, "problems": problems}
            | ({"outcome": outcome} if outcome else {})
            for number, fate, known, problems, outcome in rows
        ],
        "counts": {**upload.counts, "total": upload.row_count},
    }
    if applied:
        data["applied"] = {
            "registered": applied.registered,
            "enrolled": applied.enrolled,
            "standing": applied.standing,
            "refused": {str(row): why for row, why in applied.refused.items()},
        }
    return data


def _text(upload: Upload, received: Received, applied: Applied | None) -> str:
    lines = []
    if received.is_repeat and not applied:
        lines.append(
            f"Daftar yang sama sudah masuk {upload.uploaded_at:%d-%m-%Y} sebagai {upload.file_name}; "
            "tidak ada yang berubah."
        )
    lines.append(f"{upload.file_name}: {upload.row_count} baris")
    for fate, count in upload.counts.items():
        lines.append(f"  {count:>6}  {_WORDS.get(fate.split(':')[0], fate)} ({fate})")
    lines += _fault_lines(upload)
    if applied:
        lines.append(
            f"Diterapkan: {applied.registered} pekerja baru, {applied.enrolled} pengusulan baru, "
            f"{applied.standing} sudah ada, {len(applied.refused)} tidak dapat diterapkan."
        )
    return "\n".join(lines)


def _fault_lines(upload: Upload) -> list[str]:
    """One line for each fault, with all its rows; what stood there is told of the first row only."""
    lines = []
    for group in fault_groups(upload):
        first = Problem.from_dict(group.example)
        of_first = f" (baris {first.row})" if len(group.rows) > 1 else ""
        field = field_name(group.field)
        lines.append(f"  baris {row_ranges(group.rows)}: {field}{of_first}: {sentence(first)}")
    return lines


intake.payung_door = Permission.LIST_UPLOAD  # type: ignore[attr-defined]
commands: list[click.Command] = [intake]
