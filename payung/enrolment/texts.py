"""What the way in says in words, for pages and the command line alike: one sentence a standing, and what to do next."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payung.enrolment.errors import EnrolmentError
from payung.enrolment.models import AnswerRow, BpjsDifference, Determination, Enrolment, LeaveReason, RejectReason
from payung.enrolment.selectors.standing import Actor, Standing
from payung.enrolment.transitions import ASSIGNED, AT_DUKCAPIL, PAID, PREPARED, RENEWED, SET_BACK, TIDAK_PADAN
from payung.kernel.month import Month

Text = str | Promise

STATES: Mapping[str, Text] = {
    Enrolment.State.PROPOSED: gettext_lazy("Diusulkan"),
    Enrolment.State.VERIFIED: gettext_lazy("Terverifikasi"),
    Enrolment.State.MATCHED: gettext_lazy("Padan dengan Dukcapil"),
    Enrolment.State.CHECKED: gettext_lazy("Diperiksa di BPJS"),
    Enrolment.State.DETERMINED: gettext_lazy("Ditetapkan"),
    Enrolment.State.REGISTERED: gettext_lazy("Masuk wadah"),
    Enrolment.State.SENT: gettext_lazy("Dikirim ke BPJS"),
    Enrolment.State.ACCEPTED: gettext_lazy("Diterima BPJS"),
    Enrolment.State.ACTIVE: gettext_lazy("Aktif"),
    Enrolment.State.REJECTED: gettext_lazy("Ditolak BPJS"),
    Enrolment.State.LEFT: gettext_lazy("Keluar"),
}
REASONS: Mapping[str, Text] = {
    LeaveReason.MENINGGAL: gettext_lazy("meninggal dunia"),
    LeaveReason.MENJADI_PU: gettext_lazy("menjadi penerima upah"),
    LeaveReason.PINDAH: gettext_lazy("pindah domisili"),
    LeaveReason.USIA: gettext_lazy("melewati batas usia"),
    LeaveReason.GANDA: gettext_lazy("tercatat dua kali"),
    LeaveReason.MENOLAK: gettext_lazy("menolak ikut"),
    LeaveReason.TIDAK_LAYAK: gettext_lazy("tidak layak menurut verifikasi"),
    LeaveReason.TIDAK_DITEMUKAN: gettext_lazy("tidak ditemukan saat verifikasi"),
    LeaveReason.DAFTAR_DIBATALKAN: gettext_lazy("daftarnya dibatalkan"),
    LeaveReason.JANJI_DITARIK: gettext_lazy("janjinya ditarik"),
    LeaveReason.MASA_BERAKHIR: gettext_lazy("masa janjinya berakhir"),
    LeaveReason.DISERAHKAN: gettext_lazy("diserahkan kepada penyandang lain"),
    LeaveReason.BAYAR_SENDIRI: gettext_lazy("membayar sendiri"),
    RejectReason.NIK_TIDAK_PADAN: gettext_lazy("NIK tidak padan"),
    RejectReason.AKTIF_MANDIRI: gettext_lazy("sudah aktif mandiri"),
    RejectReason.AKTIF_DI_WADAH_LAIN: gettext_lazy("sudah aktif di wadah lain"),
    RejectReason.PU: gettext_lazy("penerima upah"),
    AT_DUKCAPIL: gettext_lazy("diserahkan ke Dukcapil"),
    TIDAK_PADAN: gettext_lazy("tidak padan menurut Dukcapil"),
    PREPARED: gettext_lazy("masuk daftar penetapan yang menunggu persetujuan"),
    SET_BACK: gettext_lazy("daftar penetapannya ditarik kembali"),
    ASSIGNED: gettext_lazy("mendapat tempat dalam janji"),
    RENEWED: gettext_lazy("dilanjutkan dengan janji baru"),
    PAID: gettext_lazy("BPJS mencatat pembayaran"),
}
RESULTS: Mapping[str, Text] = {
    "layak": gettext_lazy("Layak"),
    "tidak_layak": gettext_lazy("Tidak layak"),
    "tidak_ditemukan": gettext_lazy("Tidak ditemukan"),
    "pindah": gettext_lazy("Pindah"),
    "meninggal": gettext_lazy("Meninggal"),
    "padan": gettext_lazy("Padan"),
    "tidak_padan": gettext_lazy("Tidak padan"),
    "belum_terdaftar": gettext_lazy("Belum terdaftar"),
    "pernah_terdaftar": gettext_lazy("Pernah terdaftar, tidak aktif"),
    "diterima": gettext_lazy("Diterima"),
    "aktif": gettext_lazy("Aktif"),
    "nik_tidak_padan": gettext_lazy("NIK tidak padan"),
    "aktif_mandiri": gettext_lazy("Aktif mandiri"),
    "aktif_di_wadah_lain": gettext_lazy("Aktif di wadah lain"),
    "pu": gettext_lazy("Penerima upah (PU)"),
    "usia": gettext_lazy("Usia"),
}
OUTCOMES: Mapping[str, Text] = {
    AnswerRow.Outcome.APPLIED: gettext_lazy("diterapkan"),
    AnswerRow.Outcome.REPEATED: gettext_lazy("sudah tercatat"),
    AnswerRow.Outcome.SHOWN: gettext_lazy("berbeda, menunggu putusan"),
    AnswerRow.Outcome.REFUSED: gettext_lazy("tidak dapat diterapkan"),
    AnswerRow.Outcome.UNKNOWN: gettext_lazy("orangnya tidak dikenal"),
}
BASES: Mapping[str, Text] = {
    Determination.Basis.SURAT_KOMITMEN: gettext_lazy("Surat komitmen"),
    Determination.Basis.PERJANJIAN: gettext_lazy("Perjanjian"),
    Determination.Basis.SK_BUPATI: gettext_lazy("SK Bupati dengan lampiran nama"),
    Determination.Basis.KEPUTUSAN_DESA: gettext_lazy("Keputusan desa"),
    Determination.Basis.KEPUTUSAN_MENTERI: gettext_lazy("Keputusan menteri"),
    Determination.Basis.FORMULIR_ASN: gettext_lazy("Formulir ASN Peduli"),
    Determination.Basis.KEPUTUSAN_BAZNAS: gettext_lazy("Keputusan BAZNAS"),
    Determination.Basis.PERNYATAAN_MANDIRI: gettext_lazy("Pernyataan peserta mandiri"),
}
FIELDS: Mapping[str, Text] = {
    "nik": gettext_lazy("NIK"),
    "name": gettext_lazy("nama"),
    "birth_date": gettext_lazy("tanggal lahir"),
    "sex": gettext_lazy("jenis kelamin"),
    "kpj": gettext_lazy("nomor KPJ"),
    "starts_on": gettext_lazy("tanggal mulai"),
}
RESOLUTIONS: Mapping[str, Text] = {
    BpjsDifference.Resolution.SAME_PERSON: gettext_lazy("orang yang sama"),
    BpjsDifference.Resolution.OTHER_PERSON: gettext_lazy("orang lain"),
}
WORK: Mapping[str, Text] = {
    "verify": gettext_lazy("Usulan yang perlu diverifikasi"),
    "close-round": gettext_lazy("Verifikasi yang belum ditutup"),
    "match": gettext_lazy("Perlu diserahkan ke Dukcapil"),
    "match-answer": gettext_lazy("Menunggu jawaban Dukcapil"),
    "check": gettext_lazy("Perlu diperiksa di BPJS"),
    "determine": gettext_lazy("Siap disusun menjadi daftar penetapan"),
    "approve": gettext_lazy("Daftar penetapan yang menunggu persetujuan Anda"),
    "register": gettext_lazy("Perlu dimasukkan ke wadah"),
    "send": gettext_lazy("Perlu dikirim ke BPJS"),
    "acceptance": gettext_lazy("Menunggu jawaban BPJS"),
    "difference": gettext_lazy("Jawaban BPJS yang berbeda dari catatan kita"),
}
_WHERE: Mapping[str, Text] = {
    "proposed": gettext_lazy("Diusulkan sejak %(since)s"),
    "verified": gettext_lazy("Terverifikasi sejak %(since)s"),
    f"verified:{AT_DUKCAPIL}": gettext_lazy("Diserahkan ke Dukcapil sejak %(since)s"),
    f"verified:{TIDAK_PADAN}": gettext_lazy("Tidak padan menurut Dukcapil sejak %(since)s; datanya perlu diperbaiki"),
    "matched": gettext_lazy("Padan dengan Dukcapil sejak %(since)s"),
    "checked": gettext_lazy("Sudah diperiksa di BPJS sejak %(since)s"),
    f"checked:{PREPARED}": gettext_lazy("Dalam daftar penetapan sejak %(since)s"),
    "determined": gettext_lazy("Ditetapkan sejak %(since)s"),
    "registered": gettext_lazy("Masuk wadah %(wadah)s sejak %(since)s"),
    "sent": gettext_lazy("Dikirim ke BPJS sejak %(since)s"),
    "accepted": gettext_lazy("Diterima BPJS sejak %(since)s; perlindungan dimulai setelah iuran dibayar"),
    "active": gettext_lazy("Aktif sejak %(starts_on)s menurut BPJS, nomor peserta %(kpj)s"),
    "active_past_age": gettext_lazy(
        "Aktif sejak %(starts_on)s menurut BPJS, nomor peserta %(kpj)s; kini mencapai batas usia mendaftar"
    ),
    "rejected": gettext_lazy("Ditolak BPJS sejak %(since)s: %(reason)s"),
    "left": gettext_lazy("Keluar sejak %(since)s: %(reason)s"),
}
_WHO: Mapping[str, Text] = {
    Actor.DESA: gettext_lazy("desa atau dinas perlu memverifikasi"),
    Actor.DINAS: gettext_lazy("petugas dinas perlu melanjutkan"),
    Actor.PENYETUJU: gettext_lazy("penyetuju dinas perlu menyetujui"),
    Actor.DUKCAPIL: gettext_lazy("menunggu jawaban Dukcapil"),
    Actor.BPJS: gettext_lazy("menunggu jawaban BPJS"),
    Actor.PENYANDANG: gettext_lazy("penyandang iuran perlu membayar"),
}
_PROBLEMS: Mapping[str, Text] = {
    "answer:unknown-person": gettext_lazy("Orang ini tidak ada dalam daftar yang dikirim; periksa NIK-nya."),
    "answer:nik-missing": gettext_lazy("Baris ini tanpa NIK; isi NIK-nya atau kode REF dari berkas kita."),
    "answer:nik-typed-as-number": gettext_lazy("NIK diketik sebagai angka; ubah selnya menjadi teks, lalu tulis lagi."),
    "answer:nik-characters": gettext_lazy("NIK memuat huruf atau tanda; tulis enam belas angka."),
    "answer:nik-length": gettext_lazy("NIK tidak enam belas angka."),
    "answer:nik-region": gettext_lazy("Enam angka pertama NIK bukan kode wilayah."),
    "answer:nik-date": gettext_lazy("Tanggal lahir di dalam NIK tidak ada."),
    "answer:nik-serial": gettext_lazy("Empat angka terakhir NIK tidak boleh 0000."),
    "answer:result-unknown": gettext_lazy("Hasilnya tidak dikenal; pakailah salah satu kata dalam daftar."),
    "answer:other-step": gettext_lazy("Orang ini tidak sedang menunggu jawaban ini; periksa di mana ia sekarang."),
    "answer:contradicts": gettext_lazy("Berkas ini memuat dua jawaban yang bertentangan untuk orang ini."),
    "answer:kpj-or-start-missing": gettext_lazy("Nomor KPJ atau tanggal mulai belum diisi."),
    "answer:day-unreadable": gettext_lazy("Tanggalnya tidak terbaca; tulis seperti 01-12-2026."),
    "answer:amount-unreadable": gettext_lazy("Jumlahnya tidak terbaca; tulis seperti 16.800."),
    "answer:sex-unreadable": gettext_lazy("Jenis kelamin tidak terbaca; tulis L atau P."),
}
_REFUSALS: Mapping[str, Text] = {
    "enrolment:step-not-allowed": gettext_lazy(
        "Langkah ini belum dapat diambil untuk semua orang itu; tidak ada yang diubah."
    ),
    "enrolment:gone": gettext_lazy("Sebagian orang itu tidak ada atau di luar wilayah Anda; tidak ada yang diubah."),
    "enrolment:reason-unknown": gettext_lazy("Alasan atau hasil itu tidak ada dalam daftar."),
    "enrolment:nothing-to-do": gettext_lazy("Tidak ada orang yang menunggu langkah ini."),
    "enrolment:number-taken": gettext_lazy("Nomor itu sudah dipakai; pakailah nomor lain."),
    "enrolment:round-closed": gettext_lazy("Verifikasi ini sudah ditutup."),
    "enrolment:round-incomplete": gettext_lazy("Masih ada orang tanpa hasil; isi dahulu hasil setiap orang."),
    "enrolment:round-not-held": gettext_lazy("Verifikasi ini belum dilaksanakan; hasilnya diisi mulai harinya."),
    "enrolment:wrong-basis": gettext_lazy(
        "Dasar penetapan tidak lengkap atau tidak cocok dengan sumber dana: perlu jenis, nomor, tanggal, dan berkas."
    ),
    "enrolment:list-changed": gettext_lazy("Daftarnya sudah berubah sejak disiapkan; tarik kembali dan siapkan lagi."),
    "enrolment:determination-decided": gettext_lazy("Daftar ini sudah disetujui atau ditarik kembali."),
    "enrolment:pledge-mismatch": gettext_lazy(
        "Janji itu milik penyandang lain, sudah ditarik, atau orangnya punya janji lain."
    ),
    "enrolment:pledge-full": gettext_lazy("Tempat dalam janji tidak cukup; kurangi orangnya atau tambah janjinya."),
    "enrolment:no-pledge": gettext_lazy("Ada orang tanpa janji: tetapkan dahulu siapa yang membayar bulan mana."),
    "enrolment:cannot-substitute": gettext_lazy("Orang ini tidak dapat menggantikan yang itu."),
    "enrolment:handover-decided": gettext_lazy("Serah terima ini sudah disetujui atau ditarik kembali."),
    "enrolment:handover-parties": gettext_lazy(
        "Serah terima perlu penyandang lain yang masih ikut, janjinya yang berlaku pada bulan itu, wadah miliknya, dan "
        "nomor surat kedua pihak."
    ),
    "enrolment:column-map": gettext_lazy(
        "Susunan kolom itu tidak dapat dipakai: perlu NIK dan nama, dan setiap judul sekali."
    ),
    "enrolment:answer-refused": gettext_lazy(
        "Berkas ini tidak terbaca sebagai jawaban; perlu kolom NIK dan kolom hasilnya."
    ),
    "enrolment:difference-resolved": gettext_lazy("Baris ini tidak menunggu putusan."),
}


def standing_text(standing: Standing) -> str:
    """Write a standing as its one sentence: where, since when, who must act."""
    where = _WHERE.get(standing.code) or _WHERE[standing.code.split(":", maxsplit=1)[0]]
    told: dict[str, Any] = {"wadah": "", "kpj": "", "starts_on": "", "reason": "", **standing.params}
    told["since"] = day_text(standing.since)
    told["reason"] = REASONS.get(told["reason"], told["reason"])
    if told["starts_on"]:
        told["starts_on"] = day_text(date.fromisoformat(told["starts_on"]))
    sentence = str(where) % told
    if "paid_through" in told and standing.code.startswith("active"):
        month = date_format(Month.from_text(told["paid_through"]).first_day, "F Y")
        sentence += _("; dibayar sampai %(month)s") % {"month": month}
    who = who_text(standing.who_must_act)
    return f"{sentence}; {who}." if who else f"{sentence}."


def who_text(actor: Actor) -> str:
    """Say who must act; nothing where nobody must."""
    return str(_WHO.get(actor, ""))


def refusal_text(error: EnrolmentError) -> str:
    """Say why something was refused, and what to do."""
    return str(_REFUSALS[error.code])


def problem_text(code: str) -> str:
    """Say what is wrong with a row of an answer; a code without words is shown as it is."""
    return str(_PROBLEMS.get(code, code))


def counts_text(counts: Mapping[str, int]) -> str:
    """Say what became of the rows of an answer: "40 diterapkan, 2 orangnya tidak dikenal"."""
    total = sum(counts.values())
    parts = ", ".join(f"{count} {OUTCOMES[outcome]}" for outcome, count in counts.items() if count)
    rows = ngettext("%(n)s baris", "%(n)s baris", total) % {"n": total}
    return f"{rows}: {parts}" if parts else rows


def day_text(day: date) -> str:
    """Write a day as people do: 3 Juni 2025."""
    return date_format(day, "j F Y")
