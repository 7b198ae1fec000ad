"""Words for standings, accounts and entries, and for what the ledger refuses on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from payung.contributions.errors import LedgerError, SameKeyOtherContentError
from payung.contributions.models import Account, JournalEntry, Payment
from payung.contributions.selectors import Lack, NoticeStanding
from payung.contributions.texts import refusal_text
from payung.jobs.models import Job
from payung.kernel.rupiah import rupiah_text
from payung.web.frame.tags import angka

Kind = JournalEntry.Kind

STANDINGS: dict[str, tuple[str | Promise, str]] = {
    NoticeStanding.ASKED: (_("diminta"), "wait"),
    NoticeStanding.CODED: (_("kode iuran terbit"), "info"),
    NoticeStanding.PART: (_("dibayar sebagian"), "bad"),
    NoticeStanding.PAID: (_("lunas, menunggu konfirmasi"), "info"),
    NoticeStanding.CONFIRMED: (_("terkonfirmasi"), "ok"),
    NoticeStanding.WITHDRAWN: (_("ditarik"), "off"),
}
WAITING, SUSPENSE, CONFIRMED, REVERSED = "menunggu", "suspens", "terkonfirmasi", "batal"
PAYMENT_STATES: dict[str, tuple[str | Promise, str]] = {
    WAITING: (_("menunggu konfirmasi"), "wait"),
    SUSPENSE: (_("kode iurannya belum dikenal"), "bad"),
    CONFIRMED: (_("terkonfirmasi"), "ok"),
    REVERSED: (_("dibatalkan"), "off"),
}
ACCOUNTS: dict[str, tuple[str | Promise, str | Promise]] = {
    Account.Kind.PIUTANG: (_("Diminta, belum tertutup"), _("diminta dikurangi yang sudah dipakai melindungi")),
    Account.Kind.SUSPENS: (_("Dibayar, belum dipakai"), _("tetap milik penyandang")),
    Account.Kind.KLIRING: (_("Menunggu konfirmasi"), _("dibayar, belum dikonfirmasi BPJS")),
    Account.Kind.TITIPAN: (_("Di rekening titipan"), _("menurut rekening koran yang diterima")),
    Account.Kind.IURAN: (_("Terutang kepada BPJS"), _("diminta dikurangi yang dikonfirmasi")),
}
ENTRIES: dict[str, str | Promise] = {
    Kind.NOTICE: _("Pemberitahuan diterbitkan"),
    Kind.PAY_CODE: _("Disesuaikan dengan kode iuran BPJS"),
    Kind.PAYMENT: _("Pembayaran dicatat"),
    Kind.ALLOCATION: _("Bulan pekerja dilindungi"),
    Kind.CONFIRMATION: _("Dikonfirmasi BPJS"),
    Kind.RELEASE: _("Bulan pekerja dikembalikan"),
    Kind.DUE_RELEASE: _("Tidak lagi ditagihkan"),
    Kind.DEPOSIT: _("Masuk ke dana titipan"),
    Kind.TRANSFER: _("Keluar dari dana titipan"),
    Kind.REVERSAL: _("Dibatalkan"),
}


def payment_state(payment: Payment) -> str:
    """Where a payment stands."""
    if payment.reversed_at is not None:
        return REVERSED
    if payment.notice_id is None:
        return SUSPENSE
    return CONFIRMED if payment.confirmed_at is not None else WAITING


def told_refusal(error: LedgerError) -> str:
    """Say why the ledger refused; the key of a form is nothing that anybody knows by its name."""
    if isinstance(error, SameKeyOtherContentError) and len(error.key) > 32:
        return gettext(
            "Formulir ini sudah dikirim dengan isian lain. Periksa pembayaran yang tercatat, lalu isi formulir baru."
        )
    return refusal_text(error)


def told_lack(lack: Lack, count: int) -> str:
    """Why a payer has no notice for a month, or whom it leaves out; `count` persons it is about."""
    words = {
        Lack.NOBODY: gettext("belum ada pekerja pada janjinya"),
        Lack.NOT_DETERMINED: ngettext("%(n)s pekerja belum ditetapkan", "%(n)s pekerja belum ditetapkan", count),
        Lack.NOT_ISSUED: ngettext("%(n)s pekerja belum ditagihkan", "%(n)s pekerja belum ditagihkan", count),
        Lack.NOBODY_OPEN: gettext("pekerjanya dilindungi penyandang lain, ditagihkan di tempat lain, atau meninggal"),
    }
    return words[lack] % {"n": angka(count)}


def told_run(job: Job) -> str:
    """What came of asking everybody for a month; nothing while it goes on."""
    if job.state == Job.State.FAILED:
        if job.error_code == "contributions:month-closed":
            return gettext("Bulan ini sudah ditutup; tidak ada yang diterbitkan.")
        return gettext("Penerbitan terputus. Yang sudah terbit tetap; jalankan lagi untuk sisanya.")
    if job.state != Job.State.DONE or job.result is None:
        return ""
    if not job.result["notices"]:
        return gettext("Penerbitan terakhir tidak menemukan yang baru untuk ditagih.")
    return gettext("Penerbitan terakhir: %(notices)s pemberitahuan untuk %(workers)s pekerja, %(rp)s.") % {
        "notices": angka(job.result["notices"]),
        "workers": angka(job.result["worker_months"]),
        "rp": rupiah_text(job.result["total_rp"]),
    }
