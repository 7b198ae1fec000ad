"""What the ledger says in words, for pages and the command line alike: refusals say what to do next."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from payung.contributions import errors
from payung.contributions.models import CoveredMonth, PayCode
from payung.contributions.selectors import Obstacle, PaymentExplanation
from payung.kernel.month import Month
from payung.kernel.rupiah import rupiah_text

OBSTACLES: dict[Obstacle, str | Promise] = {
    Obstacle.COVERED_BY_OTHER: gettext_lazy("sudah dilindungi penyandang lain"),
    Obstacle.DIED: gettext_lazy("meninggal sebelum bulan itu"),
    Obstacle.LEFT: gettext_lazy("sudah keluar dari program penyandang ini"),
    Obstacle.REJECTED: gettext_lazy("ditolak BPJS"),
    Obstacle.QUOTA: gettext_lazy("melebihi jumlah pekerja dalam janji"),
    Obstacle.NO_LONGER_ASKED: gettext_lazy("tidak lagi ditagihkan"),
    Obstacle.BEYOND_PAY_CODE: gettext_lazy("tidak termasuk dalam jumlah kode iuran BPJS"),
    Obstacle.MONEY: gettext_lazy("uangnya belum cukup"),
}
DIFFERENCES: dict[str, str | Promise] = {
    PayCode.Difference.NONE: gettext_lazy("sama dengan perkiraan kita"),
    PayCode.Difference.COUNT: gettext_lazy("BPJS menghitung jumlah pekerja atau bulan yang lain"),
    PayCode.Difference.PRICE: gettext_lazy("BPJS memakai harga per bulan yang lain; harga BPJS yang berlaku"),
    PayCode.Difference.UNEXPLAINED: gettext_lazy("selisihnya belum dapat dijelaskan; tanyakan kepada BPJS"),
}
STATES: dict[str, str | Promise] = {
    CoveredMonth.State.SEMENTARA: gettext_lazy("sementara, menunggu konfirmasi BPJS"),
    CoveredMonth.State.BERLAKU: gettext_lazy("berlaku"),
}


def month_text(month: Month) -> str:
    """Write a month as people do: Desember 2026."""
    return date_format(month.first_day, "F Y")


def refusal_text(error: errors.LedgerError) -> str:
    """Say why the ledger refused, and what to do."""
    if isinstance(error, errors.NothingToAskError):
        return _nothing_to_ask(error)
    told = {name: _told(value) for name, value in vars(error).items()}
    return str(_REFUSALS.get(type(error), _REFUSED)) % told


def explanation_lines(told: PaymentExplanation) -> list[str]:
    """Say what became of a payment, sentence by sentence."""
    if told.reversed:
        return [_("Pembayaran ini sudah dibatalkan; tidak ada bulan yang dilindunginya.")]
    lines = [_("Dibayar %(amount)s.") % {"amount": rupiah_text(told.amount_rp)}]
    lines += [
        ngettext(
            "%(month)s: %(n)s pekerja dilindungi (%(amount)s).",
            "%(month)s: %(n)s pekerja dilindungi (%(amount)s).",
            covered.workers,
        )
        % {"month": month_text(covered.month), "n": covered.workers, "amount": rupiah_text(covered.amount_rp)}
        for covered in told.covered
    ]
    lines += [
        ngettext(
            "%(month)s: %(n)s pekerja belum dilindungi: %(why)s.",
            "%(month)s: %(n)s pekerja belum dilindungi: %(why)s.",
            missed.workers,
        )
        % {"month": month_text(missed.month), "n": missed.workers, "why": OBSTACLES[missed.obstacle]}
        for missed in told.not_covered
    ]
    return [*lines, *_money_lines(told)]


def _money_lines(told: PaymentExplanation) -> list[str]:
    lines = []
    if told.in_suspense:
        lines.append(
            _(
                "Kode iuran ini belum dikenal: uangnya dicatat dan menunggu. Catat kode itu pada pemberitahuannya, "
                "atau tunjukkan pemberitahuannya."
            )
        )
    elif told.remainder_rp > 0:
        lines.append(
            _("Sisa %(amount)s tetap milik penyandang dan belum dipakai.") % {"amount": rupiah_text(told.remainder_rp)}
        )
    if told.short_rp > 0:
        lines.append(
            _("Kurang %(amount)s untuk pemberitahuan ini; bayarkan sisanya dengan kode iuran dari BPJS.")
            % {"amount": rupiah_text(told.short_rp)}
        )
    if not told.confirmed:
        lines.append(_("Menunggu konfirmasi oleh orang lain; sampai itu perlindungannya sementara."))
    return lines


def _told(value: Any) -> str:
    if isinstance(value, Month):
        return month_text(value)
    if isinstance(value, tuple):
        return ", ".join(_told(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{count} {HINDRANCES[code]}" for code, count in value.items())
    return date_format(value, "j F Y") if isinstance(value, date) else str(value)


def _nothing_to_ask(error: errors.NothingToAskError) -> str:
    if error.asked_on:
        return _("Bulan itu sudah ditagihkan pada %(number)s. Tidak ada yang ditagihkan dua kali.") % {
            "number": error.asked_on
        }
    if error.covered:
        return _("Semua pekerja sudah dilindungi pada bulan itu; tidak ada yang perlu ditagihkan.")
    return _("Tidak ada pekerja yang dapat ditagihkan untuk bulan itu.")


HINDRANCES: dict[str, str | Promise] = {
    "ended": gettext_lazy("sudah keluar"),
    "not_active": gettext_lazy("belum aktif di BPJS (belum ada KPJ)"),
    "died": gettext_lazy("meninggal dunia"),
    "paid_beyond": gettext_lazy("sudah dibayar penyandang lama pada bulan itu"),
    "on_another": gettext_lazy("ada dalam serah terima lain yang menunggu"),
}
_REFUSED = gettext_lazy("Buku iuran menolak langkah ini. Laporkan kepada pengelola sistem.")
# The names in a text are those of the error's attributes.
_REFUSALS: dict[type[errors.LedgerError], str | Promise] = {
    errors.MonthClosedError: gettext_lazy(
        "%(month)s sudah ditutup. Pilih bulan yang masih terbuka; iuran yang tertunggak dicatat saat dibayar."
    ),
    errors.MonthNotOverError: gettext_lazy("%(month)s belum lewat; bulan ditutup setelah berakhir."),
    errors.PledgeNotLiveError: gettext_lazy("Janji ini sudah ditarik. Buat janji baru terlebih dahulu."),
    errors.PledgeInUseError: gettext_lazy(
        "Pada janji ini sudah ada %(workers)s pekerja dan %(notices)s pemberitahuan. Mintalah dinas untuk menariknya."
    ),
    errors.OutsidePledgeError: gettext_lazy(
        "Janji ini berlaku dari %(first_month)s sampai %(last_month)s. Pilih bulan di dalamnya, "
        "atau perpanjang janjinya."
    ),
    errors.NoBasisError: gettext_lazy(
        "Belum ada pekerja yang ditetapkan dengan dasarnya (%(waiting)s masih dalam proses). Tetapkan dahulu daftarnya."
    ),
    errors.NoticeWithdrawnError: gettext_lazy("Pemberitahuan ini sudah ditarik. Terbitkan yang baru."),
    errors.NoticeInUseError: gettext_lazy(
        "Pada pemberitahuan ini sudah tercatat uang. Batalkan dahulu pembayarannya, bila memang salah."
    ),
    errors.HandoverGapError: gettext_lazy(
        "%(workers)s pekerja akan terputus: %(months)s belum ditagih kepada siapa pun. Terbitkan dahulu tagihannya "
        "kepada penyandang lama, pilih bulan pertama yang lebih awal, atau nyatakan bahwa jeda itu diketahui."
    ),
    errors.HandoverRefusedError: gettext_lazy("Sebagian tidak dapat diserahkan: %(hindered)s. Tidak ada yang diubah."),
    errors.PaidInFutureError: gettext_lazy("Tanggal bayar %(paid_on)s belum tiba. Periksa tanggal pada buktinya."),
    errors.NotTheirNoticeError: gettext_lazy(
        "Pemberitahuan atau kode iuran ini bukan milik penyandang tersebut. Periksa kodenya."
    ),
    errors.PaymentReversedError: gettext_lazy("Pembayaran ini sudah dibatalkan."),
    errors.AlreadyIdentifiedError: gettext_lazy("Pembayaran ini sudah mempunyai pemberitahuan."),
    errors.SameKeyOtherContentError: gettext_lazy(
        "%(key)s sudah dipakai untuk isian yang lain. Periksa catatan yang ada, atau pakai kode baru."
    ),
}
