"""`payung regions` and `payung registry`: regions with their outlines, and workers, always masked."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, as_known_on, behind, say, with_session
from payung.contributions.selectors import cover_grid_as_known_on
from payung.contributions.services import settle_death
from payung.kernel.month import Month
from payung.kernel.nik import Nik, NotANikError
from payung.registry.errors import (
    AlreadyRegisteredError,
    BoundaryFileError,
    PurposeError,
    UnknownRegionError,
    UnknownWorkerError,
    WorkerDataError,
)
from payung.registry.models import Worker
from payung.registry.selectors import masked_niks, occupation_named, search_workers, worker_for, workers_visible_to
from payung.registry.services import (
    BoundaryReport,
    NewWorker,
    Purpose,
    import_boundaries,
    register_worker,
    reveal_nik,
)
from payung.registry.services.regions import load_occupations, load_regions
from payung.store.paging import BadCursorError, Page, keyset_page

_NIK_FAULT = {
    "length": "NIK harus 16 angka.",
    "characters": "NIK hanya berisi angka.",
    "region": "Enam angka pertama NIK bukan kode wilayah.",
    "date": "Tanggal lahir di dalam NIK tidak ada.",
    "serial": "Empat angka terakhir NIK tidak boleh 0000.",
}
_FACT_FAULT = {
    ("name", "missing"): "Nama belum diisi.",
    ("birth_date", "future"): "Tanggal lahir sesudah hari ini.",
    ("birth_date", "nik"): "Tanggal lahir tidak sama dengan yang ada di NIK: periksa keduanya pada KTP.",
    ("sex", "nik"): "Jenis kelamin tidak sama dengan yang ada di NIK: periksa keduanya pada KTP.",
    ("income", "range"): "Penghasilan di luar yang mungkin.",
    ("died_on", "future"): "Tanggal meninggal sesudah hari ini.",
    ("died_on", "before-birth"): "Tanggal meninggal sebelum tanggal lahir.",
}
_FILE_FAULT = {
    "json": "bukan GeoJSON: isinya tidak dapat dibaca sebagai JSON.",
    "collection": "bukan GeoJSON berisi kumpulan wilayah (FeatureCollection).",
    "empty": "tidak berisi satu wilayah pun.",
    "size": "lebih besar dari 100 MB: sederhanakan dahulu.",
}
_LEFT_OUT = {
    "unknown": "wilayah tidak dikenal",
    "outline": "tanpa batas yang dapat dipakai",
    "twice": "wilayah sudah ada di berkas ini",
}
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def regions() -> None:
    """Kode wilayah Indonesia dan batasnya di peta."""


@regions.command("load")
@with_session
def load(session: Session) -> None:
    """Muat kode wilayah seluruh Indonesia dan daftar jenis pekerjaan.

    Sudah dilakukan saat Payung pertama kali dijalankan; boleh diulang, yang sudah ada tidak ditulis lagi.
    """
    say("Memuat kode wilayah dan jenis pekerjaan …")
    done = {
        "regions": load_regions(acting_user=session.viewer),
        "occupations": load_occupations(acting_user=session.viewer),
    }
    session.answer(done, f"{done['regions']} wilayah dan {done['occupations']} jenis pekerjaan baru atau berubah.")


@regions.command("import-boundaries")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Sumber untuk dicantumkan; bawaan: keterangan di dalam berkas.")
@with_session
def import_boundaries_(session: Session, file: Path, source: str) -> None:
    """Ambil batas wilayah dari FILE (GeoJSON) untuk peta.

    Setiap wilayah dikenali dari kodenya, atau dari nama desa bersama nama kecamatannya. Yang tidak dikenali disebutkan,
    selebihnya disimpan. Mengimpor lagi mengganti batas yang lama.
    """
    say(f"Membaca {file.name} …")
    try:
        report = import_boundaries(file.read_bytes(), acting_user=session.viewer, clock=session.clock, source=source)
    except BoundaryFileError as error:
        raise WrongUseError(f"{file.name} {_FILE_FAULT[error.reason]}") from error
    session.answer(_report_data(report), _report_text(report))


@click.group()
def registry() -> None:
    """Pekerja rentan. NIK selalu ditampilkan tertutup."""


@registry.command("list")
@click.option("--search", metavar="TEXT", help="Awal nama, atau NIK utuh; - membacanya dari masukan standar.")
@click.option("--village", metavar="CODE", help="Hanya desa atau kecamatan dengan kode ini.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="Banyaknya baris.")
@click.option("--after", default="", metavar="CURSOR", help="Lanjutan, dari next pada jawaban sebelumnya.")
@with_session
def list_(session: Session, search: str | None, village: str | None, limit: int, after: str) -> None:
    """Sebutkan pekerja menurut nama.

    NIK jangan diketik di baris perintah: pakailah --search - agar tidak tersimpan dalam riwayat terminal.
    """
    session.viewer.require(Permission.WORKER_READ)
    text = sys.stdin.readline() if search == "-" else search
    found = workers_visible_to(session.viewer) if text is None else search_workers(session.viewer, text)
    if village:
        found = found.filter(**{"village__parent_id" if village.count(".") == 2 else "village_id": village})
    try:
        page = keyset_page(
            found.select_related("village__parent"), order=("name_folded", "id"), cursor=after, size=limit
        )
    except BadCursorError as error:
        raise WrongUseError("--after bukan lanjutan yang dikenal: salin next dari jawaban sebelumnya.") from error
    session.answer(_page_data(page), _page_text(page))


@registry.command("show")
@click.argument("worker_id", metavar="ID")
@as_known_on
@with_session
def show(session: Session, worker_id: str, known_on: Any) -> None:
    """Tampilkan satu pekerja. ID adalah id dari payung registry list.

    Dengan --as-known-on juga bulan-bulan yang terlindungi, seperti diketahui pada hari itu.
    """
    found = _worker(session, worker_id)
    data = _worker_data(found, masked_niks([found])[found.pk])
    if known_on is not None:
        day = known_on.date()
        cells = cover_grid_as_known_on(found, day, first_month=Month(Month.of(day) - 24), months=48)
        data |= {"as_known_on": day, "covered": {str(cell.month): cell.state for cell in cells if cell.state}}
    session.answer(data, "\n".join(f"{key:<12} {value}" for key, value in data.items() if value not in ("", None)))


@registry.command("add")
@click.option("--name", required=True, help="Nama lengkap sesuai KTP.")
@click.option("--birth-date", "born", required=True, type=_DAY, help="Tanggal lahir, misalnya 1985-05-12.")
@click.option("--sex", required=True, type=click.Choice(["L", "P"]), help="L atau P.")
@click.option("--village", required=True, metavar="CODE", help="Kode desa atau kelurahan, misalnya 33.24.09.2001.")
@click.option("--birth-place", default="", help="Tempat lahir.")
@click.option("--address", default="", help="Alamat: dusun, RT, RW.")
@click.option("--occupation", default="", help="Jenis pekerjaan, misalnya 'tukang becak'.")
@click.option("--income", type=int, help="Penghasilan sebulan dalam rupiah.")
@click.option("--basis", default="", help="Dasar persetujuan pemakaian datanya.")
@with_session
def add(session: Session, name: str, born: Any, sex: str, village: str, occupation: str, **facts: Any) -> None:
    """Daftarkan satu pekerja. NIK ditanyakan (atau dibaca dari masukan standar), tidak diketik di baris perintah.

    Contoh: payung registry add --name "Sari" --birth-date 1985-05-12 --sex P --village 33.24.09.2001
    """
    row = NewWorker(
        nik=_ask_nik(),
        name=name.strip(),
        birth_date=born.date(),
        sex=sex,
        village_code=village,
        birth_place=facts["birth_place"],
        address=facts["address"],
        occupation_code=_occupation(occupation),
        income_rp=facts["income"],
        consent_basis=facts["basis"],
    )
    try:
        made = register_worker(row, acting_user=session.viewer, clock=session.clock, source="perintah")
    except AlreadyRegisteredError as error:
        raise WrongUseError(f"NIK {row.nik} sudah terdaftar: cari dengan payung registry list --search -.") from error
    except UnknownRegionError as error:
        raise WrongUseError(f"{error} bukan kode desa atau kelurahan, misalnya 33.24.09.2001.") from error
    except WorkerDataError as error:
        raise _wrong_fact(error) from error
    session.answer(_worker_data(made, str(row.nik)), f"Terdaftar: {made.name}, {row.nik}, id {made.public_id}")


@registry.command("death")
@click.argument("worker_id", metavar="ID")
@click.option("--on", "died_on", required=True, type=_DAY, help="Tanggal meninggal, misalnya 2026-11-20.")
@click.option("--source", "reason", required=True, help="Sumber: akta kematian, daftar desa, …")
@with_session
def death(session: Session, worker_id: str, died_on: Any, reason: str) -> None:
    """Catat bahwa seorang pekerja meninggal. Tanggal lain membetulkan yang tercatat."""
    found, day = _worker(session, worker_id), died_on.date()
    try:
        undone = settle_death(found, died_on=day, reason=reason, acting_user=session.viewer, clock=session.clock)
    except WorkerDataError as error:
        raise _wrong_fact(error) from error
    told = f"{found.name} meninggal {day}: dicatat." + (f" {undone} bulan dikembalikan." if undone else "")
    session.answer({"id": str(found.public_id), "died_on": day, "months_given_back": undone}, told)


@registry.command("reveal")
@click.argument("worker_id", metavar="ID")
@click.option("--purpose", required=True, type=click.Choice([purpose.value for purpose in Purpose]), help="Untuk apa.")
@click.option("--note", required=True, help="Kasusnya, misalnya nomor surat. Dicatat bersama nama Anda.")
@with_session
def reveal(session: Session, worker_id: str, purpose: str, note: str) -> None:
    """Buka NIK satu pekerja untuk satu keperluan. Siapa, kapan, dan untuk apa dicatat."""
    found = _worker(session, worker_id)
    try:
        digits = reveal_nik(found, purpose=purpose, note=note, acting_user=session.viewer)
    except PurposeError as error:
        raise WrongUseError("Isi --note dengan kasusnya, misalnya nomor surat.") from error
    session.answer({"id": str(found.public_id), "nik": digits}, digits)


@registry.command("pairs")
@click.option("--memory", default="1600MB", show_default=True, help="Batas memori pencocokan.")
@with_session
def pairs(session: Session, memory: str) -> None:
    """Cari pekerja yang mungkin tercatat dua kali, di seluruh registri.

    Yang ditemukan menunggu diperiksa orang. Boleh diulang: yang sudah diputuskan tidak ditanyakan lagi.
    """
    session.viewer.require(Permission.DUPLICATE_DECIDE)
    found = click.get_current_context().invoke(behind("registry-pairs"), session=session, memory=memory)
    suspected = found.taken.suspected
    data = {
        "workers": found.records,
        "unreadable": found.broken,
        "pairs": found.pairs,
        "new": suspected.new,
        "waiting": suspected.waiting,
        "settled": suspected.settled,
        "linked": found.taken.linked,
        "model": found.model,
    }
    lines = [
        f"{found.records} pekerja dibandingkan dengan model {found.model}: {found.pairs} pasangan mungkin satu orang.",
        f"{suspected.new} baru menunggu diperiksa, {suspected.waiting} sudah menunggu, "
        f"{suspected.settled} sudah diputuskan.",
    ]
    if found.taken.linked:
        lines.append(f"{found.taken.linked} digabung otomatis.")
    if found.broken:
        lines.append(f"{found.broken} isian tersegel tidak dapat dibuka dan dianggap kosong: jalankan payung check.")
    session.answer(data, "\n".join(lines))


def _worker(session: Session, worker_id: str) -> Worker:
    try:
        return worker_for(session.viewer, worker_id)
    except UnknownWorkerError as error:
        raise WrongUseError(f"Pekerja {worker_id[:40]} tidak ditemukan. Cari id-nya: payung registry list.") from error


def _ask_nik() -> Nik:
    typed = click.prompt("NIK", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    try:
        return Nik.parse(typed.strip())
    except NotANikError as error:
        raise WrongUseError(_NIK_FAULT[error.part]) from error


def _occupation(text: str) -> str | None:
    code = occupation_named(text)
    if text and code is None:
        raise WrongUseError(f"Jenis pekerjaan {text} tidak dikenal: tulis seperti 'tukang becak' atau 'lainnya'.")
    return code


def _wrong_fact(error: WorkerDataError) -> WrongUseError:
    return WrongUseError(_FACT_FAULT.get((error.field, error.reason), f"{error.field}: terlalu panjang."))


def _worker_data(found: Worker, masked: str) -> dict[str, Any]:
    return {
        "id": str(found.public_id),
        "name": found.name,
        "nik": masked,
        "birth_date": _day(found.birth_date),
        "birth_place": found.birth_place,
        "sex": found.sex,
        "village": found.village.name,
        "village_code": found.village_id,
        "kecamatan": found.village.parent.name if found.village.parent else "",
        "address": found.address,
        "occupation": found.occupation.name if found.occupation else "",
        "source": found.source,
        "died_on": _day(found.died_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _page_data(page: Page[Worker]) -> dict[str, Any]:
    masked = masked_niks(page.items)
    rows = [
        {
            "id": str(found.public_id),
            "name": found.name,
            "nik": masked[found.pk],
            "village": found.village.name,
            "kecamatan": found.village.parent.name if found.village.parent else "",
            "died_on": _day(found.died_on),
        }
        for found in page.items
    ]
    return {"workers": rows, "next": page.next_cursor}


def _page_text(page: Page[Worker]) -> str:
    if not page.items:
        return "Tidak ada pekerja yang cocok."
    rows = [
        f"{row['id']}  {row['nik']}  {row['name']:<32} {row['village']}, {row['kecamatan']}"
        for row in _page_data(page)["workers"]
    ]
    return "\n".join([*rows, f"Masih ada: --after {page.next_cursor}"] if page.next_cursor else rows)


def _report_data(report: BoundaryReport) -> dict[str, Any]:
    return {
        "matched": report.matched,
        "by_level": report.by_level,
        "points_before": report.points_before,
        "points_after": report.points_after,
        "unmatched": [{"number": one.number, "label": one.label, "reason": one.reason} for one in report.unmatched],
    }


def _report_text(report: BoundaryReport) -> str:
    names = {1: "provinsi", 2: "kabupaten/kota", 3: "kecamatan", 4: "desa/kelurahan"}
    found = ", ".join(f"{count} {names[level]}" for level, count in report.by_level.items()) or "tidak satu wilayah pun"
    lines = [f"Batas disimpan: {found} ({report.points_before} titik disederhanakan menjadi {report.points_after})."]
    lines += [f"  tidak dipakai: nomor {one.number} {one.label}: {_LEFT_OUT[one.reason]}" for one in report.unmatched]
    if report.unmatched:
        lines.append(f"Kode atau nama harus ada di kabupaten {settings.PAYUNG_REGENCY} (payung regions load).")
    return "\n".join(lines)


load.payung_door = import_boundaries_.payung_door = Permission.REGION_IMPORT  # type: ignore[attr-defined]
list_.payung_door = show.payung_door = Permission.WORKER_READ  # type: ignore[attr-defined]
add.payung_door = death.payung_door = Permission.WORKER_WRITE  # type: ignore[attr-defined]
pairs.payung_door = Permission.DUPLICATE_DECIDE  # type: ignore[attr-defined]
reveal.payung_door = Permission.WORKER_REVEAL  # type: ignore[attr-defined]
commands: list[click.Command] = [regions, registry]
