"""The outcomes in words: what each is called, what was found, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.contributions import errors
from payung.contributions.models import Outcome, ReconciliationFile
from payung.contributions.texts import refusal_text

Words = str | Promise
SOURCES: dict[str, Words] = {
    ReconciliationFile.Source.REPORT: gettext_lazy("Laporan pembayaran BPJS"),
    ReconciliationFile.Source.STATEMENT: gettext_lazy("Rekening koran dana titipan"),
    ReconciliationFile.Source.PARTICIPANTS: gettext_lazy("Daftar peserta BPJS"),
}
NAMES: dict[str, Words] = {
    Outcome.MATCHED: gettext_lazy("Cocok"),
    Outcome.OTHER_DAY: gettext_lazy("Cocok, tanggalnya berbeda"),
    Outcome.SHORT: gettext_lazy("Kurang bayar"),
    Outcome.EXCESS: gettext_lazy("Lebih bayar"),
    Outcome.CODE_EXPIRED: gettext_lazy("Kode iuran kedaluwarsa"),
    Outcome.CODE_UNKNOWN: gettext_lazy("Kode iuran tidak dikenal"),
    Outcome.PAID_TWICE: gettext_lazy("Dibayar dua kali"),
    Outcome.UNLIKE_OURS: gettext_lazy("Berbeda dengan catatan kita"),
    Outcome.PROPOSED: gettext_lazy("Usulan menurut jumlah dan tanggal"),
    Outcome.ALREADY_KNOWN: gettext_lazy("Sudah tercatat dari berkas lain"),
    Outcome.TAKEN_BACK: gettext_lazy("Ditarik kembali oleh BPJS"),
    Outcome.UNREADABLE: gettext_lazy("Tidak terbaca"),
    Outcome.NOT_REPORTED: gettext_lazy("Belum dilaporkan BPJS"),
    Outcome.DEPOSIT_KNOWN: gettext_lazy("Setoran yang dikenal"),
    Outcome.DEPOSIT_UNKNOWN: gettext_lazy("Setoran belum teridentifikasi"),
    Outcome.BANK_CHARGE: gettext_lazy("Biaya bank"),
    Outcome.BANK_INTEREST: gettext_lazy("Bunga bank"),
    Outcome.OUT_UNKNOWN: gettext_lazy("Uang keluar yang belum dikenal"),
    Outcome.NOT_IN_ACCOUNT: gettext_lazy("Tercatat dibayar, tidak ada di rekening"),
    Outcome.PERSON_MATCHED: gettext_lazy("Peserta cocok"),
    Outcome.NOT_OURS: gettext_lazy("Ada di BPJS, tidak pada kita"),
    Outcome.NOT_AT_BPJS: gettext_lazy("Dibayar, tidak ada di berkas BPJS"),
    Outcome.ACTIVE_UNPAID: gettext_lazy("Aktif di BPJS tanpa pembayaran kita"),
    Outcome.PAID_LESS_FAR: gettext_lazy("Lunas lebih awal menurut BPJS"),
    Outcome.PAID_FURTHER: gettext_lazy("Lunas lebih lama menurut BPJS"),
    Outcome.KPJ_NEW: gettext_lazy("Nomor peserta baru"),
    Outcome.KPJ_DIFFERS: gettext_lazy("Nomor peserta berbeda"),
    Outcome.START_DIFFERS: gettext_lazy("Tanggal mulai berbeda"),
    Outcome.NAME_DIFFERS: gettext_lazy("Nama berbeda"),
    Outcome.PERSON_TWICE: gettext_lazy("Peserta tertulis dua kali"),
}
TODO: dict[str, Words] = {
    Outcome.MATCHED: gettext_lazy("Tidak ada. Pembayarannya dicatat, lalu dikonfirmasi saat berkas diterima."),
    Outcome.OTHER_DAY: gettext_lazy("Tidak ada. Jumlahnya sama; tanggal catatan kita tetap."),
    Outcome.SHORT: gettext_lazy("Mintalah kekurangannya dengan kode iuran baru dari BPJS."),
    Outcome.EXCESS: gettext_lazy("Sisanya tetap milik penyandang; pakai untuk pemberitahuan berikutnya."),
    Outcome.CODE_EXPIRED: gettext_lazy("Uangnya diterima BPJS. Bila pemberitahuannya ditarik, tunjukkan penggantinya."),
    Outcome.CODE_UNKNOWN: gettext_lazy("Tunjukkan pemberitahuan yang dibayar, atau biarkan bila bukan program ini."),
    Outcome.PAID_TWICE: gettext_lazy("Tanyakan kepada BPJS: bila benar dua kali, terima sebagai sisa penyandang."),
    Outcome.UNLIKE_OURS: gettext_lazy("Angka BPJS yang berlaku: terima, dan catatan kita dibatalkan lalu diganti."),
    Outcome.PROPOSED: gettext_lazy("Periksa bukti: terima bila benar, biarkan bila bukan. Payung tidak menebak."),
    Outcome.ALREADY_KNOWN: gettext_lazy("Tidak ada. Baris ini tidak dihitung lagi."),
    Outcome.TAKEN_BACK: gettext_lazy(
        "Batalkan pembayarannya di halamannya bila benar ditarik, lalu biarkan baris ini."
    ),
    Outcome.UNREADABLE: gettext_lazy("Mintalah berkas yang terbaca; baris ini tidak dipakai."),
    Outcome.NOT_REPORTED: gettext_lazy("Tanyakan kepada BPJS; sampai dilaporkan, pembayaran ini menunggu."),
    Outcome.DEPOSIT_KNOWN: gettext_lazy("Tidak ada. Masuk ke dana titipan."),
    Outcome.DEPOSIT_UNKNOWN: gettext_lazy("Masuk ke dana titipan tanpa nama; cari penyetornya lewat bank."),
    Outcome.BANK_CHARGE: gettext_lazy("Tidak ada. Mengurangi dana titipan."),
    Outcome.BANK_INTEREST: gettext_lazy("Tidak ada. Menambah dana titipan."),
    Outcome.OUT_UNKNOWN: gettext_lazy("Cari untuk apa uangnya keluar; terima untuk mengurangi dana titipan."),
    Outcome.NOT_IN_ACCOUNT: gettext_lazy("Periksa apakah dibayar dari rekening lain, atau batalkan pembayarannya."),
    Outcome.PERSON_MATCHED: gettext_lazy("Tidak ada."),
    Outcome.NOT_OURS: gettext_lazy("Tanyakan kepada BPJS siapa yang mendaftarkannya."),
    Outcome.NOT_AT_BPJS: gettext_lazy("Tanyakan kepada BPJS; keluarga pekerja ini dapat kehilangan haknya."),
    Outcome.ACTIVE_UNPAID: gettext_lazy("Mungkin dibayar pihak lain; tanyakan kepada BPJS."),
    Outcome.PAID_LESS_FAR: gettext_lazy("Kirim bukti bayar kepada BPJS; angka BPJS dicatat di pendaftarannya."),
    Outcome.PAID_FURTHER: gettext_lazy("Cari pembayaran yang belum kita catat; angka BPJS dicatat di pendaftarannya."),
    Outcome.KPJ_NEW: gettext_lazy("Tidak ada. Nomornya dicatat saat berkas diterima."),
    Outcome.KPJ_DIFFERS: gettext_lazy("Terima bila BPJS memang menggantinya."),
    Outcome.START_DIFFERS: gettext_lazy("Tidak ada. Tanggal BPJS yang berlaku."),
    Outcome.NAME_DIFFERS: gettext_lazy("Periksa apakah orangnya sama; terima hanya bila sama."),
    Outcome.PERSON_TWICE: gettext_lazy("Tidak ada. Baris pertama yang dipakai."),
}
FAULTS: dict[str, Words] = {
    "statement:day": gettext_lazy("tanggalnya tidak terbaca"),
    "statement:amount": gettext_lazy("jumlahnya tidak terbaca"),
    "statement:sen": gettext_lazy("jumlahnya memuat sen; buku Payung dalam rupiah penuh"),
    "statement:nothing": gettext_lazy("jumlahnya nol"),
    "statement:code": gettext_lazy("kode iurannya kosong"),
    "statement:nobody": gettext_lazy("tidak ada nomor peserta maupun NIK"),
    "answer:day-unreadable": gettext_lazy("tanggalnya tidak terbaca"),
}
_FILES: dict[str, Words] = {
    "file:statement-balance": gettext_lazy("Saldo berjalan tidak cocok: ada baris yang hilang atau diubah."),
    "file:statement-totals": gettext_lazy("Jumlah di berkas tidak sama dengan jumlah barisnya."),
    "file:statement-columns": gettext_lazy("Kolom jumlah, debet atau kredit tidak ditemukan."),
    "file:statement-damaged": gettext_lazy("Berkas MT940 ini rusak."),
    "file:statement-accounts": gettext_lazy("Berkas memuat lebih dari satu rekening; unggah satu per satu."),
    "file:no-header": gettext_lazy("Judul kolom tidak ditemukan."),
    "file:column-missing": gettext_lazy("Kolom yang diperlukan tidak ada."),
    "file:no-rows": gettext_lazy("Berkas ini tidak memuat baris."),
}


def refused_text(error: errors.LedgerError) -> str:
    """Say why a file or a step was refused, and what to do."""
    if isinstance(error, errors.FileRefusedError):
        told = {str(_FILES.get(each["code"], _("Berkas tidak dapat dibaca."))) for each in error.problems}
        return " ".join([*sorted(told), _("Mintalah berkas aslinya dari bank atau BPJS.")])
    words = _STEPS.get(type(error))
    return str(words) % vars(error) if words else refusal_text(error)


_STEPS: dict[type[errors.LedgerError], Words] = {
    errors.StatementWithoutOwnerError: gettext_lazy("Pilih penyandang pemilik rekening ini."),
    errors.NotWaitingError: gettext_lazy("Baris ini tidak menunggu putusan."),
    errors.NoticeNeededError: gettext_lazy("Tunjukkan nomor pemberitahuan yang dibayar."),
    errors.StillWaitingError: gettext_lazy("Masih ada %(lines)s baris yang menunggu putusan. Putuskan dahulu."),
    errors.NotYetSubmittedError: gettext_lazy("Berkas ini belum dicatat. Mintalah pengunggahnya mencatat dahulu."),
    errors.FileUndoneError: gettext_lazy("Berkas ini sudah dibatalkan. Unggah lagi bila perlu."),
    errors.FileAcceptedError: gettext_lazy("Berkas ini sudah diterima. Batalkan dahulu bila salah."),
}
