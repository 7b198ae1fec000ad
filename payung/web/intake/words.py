"""What people read of lists: states, fates, parts of the fate bar, outcomes, reasons of the open order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payung.intake.models import Reservation, StagedRow, Upload
from payung.intake.selectors import FaultGroup, Offered, ShownColumn
from payung.intake.sentences import Told, field_name, told
from payung.jobs.models import Job
from payung.jobs.progress import Progress
from payung.kernel.funds import Sektor
from payung.kernel.month import Month
from payung.kernel.problem import Problem
from payung.tabular.asking import QUESTIONS
from payung.tabular.columns import NOT_KEPT
from payung.web.frame.tags import angka, bulan, tanggal
from payung.web.frame.words import SECTOR_NAMES

Words = str | Promise
MOST_RANGES = 12
# What is the same for every row with a fault.
_WITHOUT_EXAMPLE = re.compile(r" \([^()]*…[^()]*\)| \"…\"")
_SHARED_PARAMS = frozenset({"reason", "youngest", "limit"})

PART_NAMES: dict[str, tuple[Words, str]] = {
    "repair": (gettext_lazy("perlu diperbaiki"), "bad"),
    "new": (gettext_lazy("baru"), "ok"),
    "known": (gettext_lazy("sudah terdaftar"), "info"),
    "covered": (gettext_lazy("sudah dilindungi pihak lain"), "wait"),
    "duplicate": (gettext_lazy("ganda di daftar ini"), "off"),
}

STATE_NAMES: dict[str, tuple[Words, str]] = {
    Upload.State.RECEIVED: (gettext_lazy("sedang diperiksa"), "wait"),
    Upload.State.STAGED: (gettext_lazy("sudah diperiksa, belum dikirim"), "info"),
    Upload.State.SUBMITTED: (gettext_lazy("menunggu persetujuan"), "wait"),
    Upload.State.APPLIED: (gettext_lazy("disetujui"), "ok"),
    Upload.State.REFUSED: (gettext_lazy("ditolak"), "bad"),
    Upload.State.REPLACED: (gettext_lazy("diganti berkas perbaikan"), "off"),
    Upload.State.REPEATED: (gettext_lazy("isinya sudah ada di daftar lain"), "off"),
    Upload.State.UNDONE: (gettext_lazy("dibatalkan"), "off"),
}

WORK_NAMES: dict[str, Words] = {
    "intake.stage": gettext_lazy("Membaca dan memeriksa baris"),
    "intake.apply": gettext_lazy("Meneruskan baris yang disetujui"),
    "intake.undo": gettext_lazy("Membatalkan daftar"),
    "intake.mark": gettext_lazy("Menyiapkan berkas bertanda"),
}

# A list that was read, and refused on its terms.
REFUSAL_NAMES: dict[str, Words] = {
    "file:no-legal-basis": gettext_lazy("ditolak: dasar data belum disebut"),
    "file:sponsor-inactive": gettext_lazy("ditolak: penyandang tidak lagi ikut serta"),
    "file:pledge-withdrawn": gettext_lazy("ditolak: janji sudah ditarik"),
    "file:pledge-over": gettext_lazy("ditolak: janji sudah berakhir"),
    "file:beyond-pledge": gettext_lazy("ditolak: melebihi tempat di janji"),
}

WISH_NAMES: dict[str, tuple[Words, str]] = {
    Reservation.State.REQUESTED: (gettext_lazy("menunggu dinas"), "wait"),
    Reservation.State.OFFERED: (gettext_lazy("ditawarkan"), "info"),
    Reservation.State.ACCEPTED: (gettext_lazy("diterima"), "ok"),
    Reservation.State.EXPIRED: (gettext_lazy("lewat waktu"), "off"),
    Reservation.State.WITHDRAWN: (gettext_lazy("ditarik kembali"), "off"),
}

OUTCOME_TEXTS: dict[str, Words] = {
    "repair:nik-belongs-to-another-name": gettext_lazy(
        "NIK ini sementara itu tercatat atas nama lain. Cocokkan dengan KTP, lalu unggah perbaikan."
    ),
    "covered": gettext_lazy("Sementara itu sudah dilindungi pihak lain sampai {month}."),
    "elsewhere": gettext_lazy("Sedang didaftarkan oleh pihak lain. Gantilah dengan pekerja lain."),
    "dead": gettext_lazy("Tercatat meninggal dunia. Gantilah dengan pekerja lain."),
    "age": gettext_lazy("Usianya sekarang tidak memenuhi syarat mendaftar. Gantilah dengan pekerja lain."),
    "merged": gettext_lazy("Datanya sudah digabung dengan data lain. Muat ulang lalu periksa lagi."),
    "unknown": gettext_lazy("Orangnya tidak ditemukan lagi. Periksa ulang daftar."),
}

TROUBLE_TEXTS: dict[str, Words] = {
    "intake:not-permitted": gettext_lazy("Peran Anda tidak lagi mengizinkan langkah ini. Hubungi pengelola sistem."),
    "intake:same-person": gettext_lazy("Anda yang mengunggah daftar ini, mintalah rekan untuk menyetujui."),
    "intake:wrong-state": gettext_lazy(
        "Daftar ini sudah berpindah langkah sejak halaman Anda buka. Keadaannya sekarang terlihat di bawah."
    ),
    "intake:list-changed": gettext_lazy(
        "Isi daftar berubah sejak halaman Anda buka, jadi belum disetujui. Periksa lagi, lalu setujui."
    ),
    "intake:nothing-to-apply": gettext_lazy(
        "Tidak ada baris yang dapat diteruskan. Perbaiki dahulu baris yang bertanda, lalu unggah perbaikannya."
    ),
    "enrolment:pledge-mismatch": gettext_lazy(
        "Janji yang dipilih sudah ditarik atau milik penyandang lain. Pilih janji lain."
    ),
    "intake:doubles-unexplained": gettext_lazy(
        "Terlalu banyak orang di daftar ini ganda atau sudah dilindungi pihak lain. Periksa apakah berkasnya benar; "
        "bila benar, tulis alasannya lalu kirim."
    ),
    "intake:file-gone": gettext_lazy("Berkas aslinya tidak ada lagi di penyimpanan. Unggah lagi berkas itu."),
    "intake:paid": gettext_lazy(
        "Sebagian pekerja dari daftar ini sudah dibayari, jadi daftar tidak dapat dibatalkan. Keluarkan orangnya satu "
        "per satu."
    ),
    "intake:nobody-to-offer": gettext_lazy(
        "Tidak ada pekerja yang cocok dan belum dilindungi. Mintalah penyandang melonggarkan wilayah atau pekerjaannya."
    ),
    "intake:offer-ended": gettext_lazy("Masa tawaran sudah berakhir; pekerjanya bebas lagi. Ajukan permintaan baru."),
}

REASON_NAMES: dict[str, Words] = {
    "desil": gettext_lazy("desil {value}"),
    "sektor": gettext_lazy("sektor {value}"),
    "lahir": gettext_lazy("lahir {value}"),
    "sejak": gettext_lazy("terdata sejak {value}"),
}


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a list as it is shown."""

    number: int
    name: str
    nik: str
    place: str
    occupation: str
    fate: str
    tone: str
    faults: tuple[tuple[str, Told], ...]
    notes: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """One fault over many rows as one line."""

    rows: str
    count: int
    field: str
    text: Told
    key: str


def state_of(upload: Upload) -> tuple[str, str]:
    """The state of a list in words, and its tone; one that asks, or whose columns were not found, waits for a hand."""
    if upload.state == Upload.State.RECEIVED and any(each["code"] in QUESTIONS for each in upload.problems):
        return _("ada yang perlu dijawab"), "wait"
    if upload.state == Upload.State.RECEIVED and upload.problems:
        return _("kolom perlu ditunjukkan"), "bad"
    if upload.state == Upload.State.REFUSED:
        return _refused_words(upload), "bad"
    words, tone = STATE_NAMES[upload.state]
    return str(words), tone


def work_words(kind: str) -> tuple[str, str]:
    """The state of a list on which work goes on: what stood there before does not hold any more."""
    moving = {"intake.apply": _("sedang diteruskan"), "intake.undo": _("sedang dibatalkan")}
    return moving.get(kind, str(STATE_NAMES[Upload.State.RECEIVED][0])), "wait"


def _refused_words(upload: Upload) -> str:
    """Why a list was refused: on its terms, or because it could not be read."""
    of_terms = next((words for each in upload.problems if (words := REFUSAL_NAMES.get(each["code"]))), None)
    return str(of_terms or _("tidak dapat dibaca"))


def fate_words(fate: str, *, known: bool | None) -> tuple[str, str]:
    """A row's fate in words, and its tone."""
    kind, _colon, rest = fate.partition(":")
    if kind == "covered":
        return _("sudah dilindungi pihak lain sampai {month}").format(month=bulan(rest)), "wait"
    if kind == "duplicate":
        return _("sama dengan baris {row}").format(row=rest), "off"
    part = "repair" if kind == "repair" else "known" if known else "new"
    words, tone = PART_NAMES[part]
    return str(words), tone


def told_row(row: StagedRow, niks: dict[int, str]) -> ToldRow:
    """Tell a row: whom it names, its fate, all its faults and notes."""
    fate, tone = fate_words(row.fate, known=row.known)
    village = row.village
    return ToldRow(
        number=row.row_number,
        name=row.name,
        nik=niks.get(row.row_number, ""),
        place=f"{village.name}, {village.parent.name}" if village and village.parent else "",
        occupation=row.occupation.name if row.occupation else "",
        fate=fate,
        tone=tone,
        faults=tuple((field_name(each.get("field", "")), told(Problem.from_dict(each))) for each in row.problems),
        notes=tuple(str(told(Problem.from_dict(each))) for each in row.notes),
        outcome=outcome_words(row.outcome) if row.outcome else "",
    )


def told_group(group: FaultGroup) -> ToldGroup:
    """Tell a fault once for all its rows; only of a single row also what was found there."""
    problem = Problem.from_dict(group.example)
    if len(group.rows) > 1:
        shared = {name: value for name, value in problem.params.items() if name in _SHARED_PARAMS}
        problem = Problem(problem.code, field=problem.field, found="…", expected="…", params=shared)
    text, name = told(problem), field_name(group.field)
    found = _WITHOUT_EXAMPLE.sub("", text.found)
    return ToldGroup(
        rows=row_ranges(group.rows),
        count=len(group.rows),
        # Most sentences begin with the name of their field: it is not said twice.
        field="" if found.casefold().startswith(name.casefold()) else name,
        text=Told(found, text.expected, text.remedy),
        key=group.key,
    )


def row_ranges(rows: Iterable[int]) -> str:
    """Write row numbers the short way.

    >>> row_ranges([14, 15, 16, 20])
    '14–16, 20'
    """
    known = set(rows)
    starts = sorted(number for number in known if number - 1 not in known)
    ends = sorted(number for number in known if number + 1 not in known)
    ranges = [str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True)]
    left = len(ranges) - MOST_RANGES
    if left <= 0:
        return ", ".join(ranges)
    return _("{ranges}, dan {left} lagi").format(ranges=", ".join(ranges[:MOST_RANGES]), left=angka(left))


def outcome_words(outcome: str) -> str:
    """Why an accepted row did not go after all."""
    kind = outcome if outcome in OUTCOME_TEXTS else outcome.partition(":")[0]
    month = outcome.partition(":")[2]
    text = str(OUTCOME_TEXTS.get(kind, outcome))
    return text.format(month=bulan(Month.from_text(month))) if kind == "covered" else text


@dataclass(frozen=True, slots=True)
class ToldColumn:
    """A column with what we take it for, and how sure we are."""

    column: ShownColumn
    name: str
    sure: str
    tone: str


def told_column(column: ShownColumn) -> ToldColumn:
    """Tell what a column was taken for."""
    is_kept = bool(column.field) and column.field not in NOT_KEPT
    sure, tone = sure_words(column.confidence) if is_kept else (_("tidak disimpan"), "off")
    return ToldColumn(column, field_name(column.field or "") if is_kept else "", sure, tone)


def sure_words(confidence: float) -> tuple[str, str]:
    """How sure we are of a column, and the tone."""
    if confidence >= 0.99:
        return _("pasti"), "ok"
    return (_("periksa, mirip"), "wait") if confidence > 0 else (_("tidak dikenali"), "off")


def progress_note(
    progress: Progress, *, is_running: bool, kind: str = "intake.stage", was_broken_off: bool = False
) -> str:
    """Rate and time left; what began anew after a power cut says so."""
    note = _rate_and_time(progress, is_running=is_running, kind=kind)
    if not was_broken_off:
        return note
    return _("Tadi terputus; dimulai lagi dari awal, tidak ada yang hilang. {note}").format(note=note)


def _rate_and_time(progress: Progress, *, is_running: bool, kind: str) -> str:
    if is_running and not progress.rate and (progress.total or kind != "intake.stage"):
        return _("Sedang dikerjakan. Anda boleh meninggalkan halaman ini; tidak ada yang hilang.")
    if is_running and not progress.rate:
        return _("Membuka berkas. Anda boleh meninggalkan halaman ini; tidak ada yang hilang.")
    if not progress.rate:
        return _("Menunggu giliran. Anda boleh meninggalkan halaman ini; tidak ada yang hilang.")
    rate = _("{rate} baris per detik").format(rate=angka(round(progress.rate)))
    left = progress.seconds_left
    if left is None:
        return rate
    seconds = max(1, round(left))
    words = ngettext("kira-kira {n} detik lagi", "kira-kira {n} detik lagi", seconds).format(n=angka(seconds))
    return f"{rate}, {words}"


def trouble_of(job: Job) -> str:
    """Why a job failed, in words; a fault of ours is said to be one."""
    known = TROUBLE_TEXTS.get(job.error_code)
    return str(known or _("Ada gangguan pada program. Coba lagi; bila berulang, hubungi pengelola sistem."))


def reason_words(reason: str) -> str:
    """One reason of the open order (`desil:2`) in words."""
    kind, _colon, value = reason.partition(":")
    return str(REASON_NAMES[kind]).format(value=_reason_value(kind, value)) if kind in REASON_NAMES else reason


def reasons_of(offered: Offered) -> str:
    """All reasons of a worker's place."""
    return ", ".join(reason_words(reason) for reason in offered.reasons)


def _reason_value(kind: str, value: str) -> Any:
    if kind in ("lahir", "sejak"):
        return tanggal(date.fromisoformat(value))
    if kind == "sektor":
        return SECTOR_NAMES[Sektor(value)]
    return _("belum terdata") if value == "belum-terdata" else value
