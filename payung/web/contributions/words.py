"""Words for standings, accounts and entries, and for what the ledger refuses on a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from payung.contributions.errors import LedgerError, SameKeyOtherContentError
from payung.contributions.models import Account, JournalEntry, Payment
from payung.contributions.selectors import NoticeStanding
from payung.contributions.texts import refusal_text

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
