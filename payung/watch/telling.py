"""What each rule looks for, and what one finding says: its reason in a sentence, with the figures it rests on."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.kernel.rupiah import rupiah_text
from payung.watch.models import Finding, FindingReview

_R = Finding.Rule
RULE_NAMES: dict[str, str | Promise] = {
    _R.AFTER_DEATH: gettext_lazy("Didaftarkan sesudah meninggal"),
    _R.DYING: gettext_lazy("Banyak yang meninggal segera sesudah terlindungi"),
    _R.NO_KPJ: gettext_lazy("Dibayar tanpa nomor peserta"),
    _R.NO_STEPS: gettext_lazy("Terlindungi tanpa diperiksa"),
    _R.ONE_PHONE: gettext_lazy("Satu nomor telepon untuk banyak orang"),
    _R.ONE_ADDRESS: gettext_lazy("Satu alamat untuk banyak orang"),
    _R.PAID_TWICE: gettext_lazy("Satu pembayaran diakui dua kali"),
    _R.FRIENDS: gettext_lazy("Penggantian yang mengumpul"),
}
ANSWERS: dict[str, str | Promise] = {
    FindingReview.Answer.WAJAR: gettext_lazy("wajar"),
    FindingReview.Answer.DITINDAKLANJUTI: gettext_lazy("ditindaklanjuti"),
}


def tell(finding: Finding) -> str:
    """The reason of one finding in plain words; nobody is accused by it."""
    return TELLERS[finding.rule](finding.figures)


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j F Y")


def _after_death(f: dict[str, Any]) -> str:
    if f["paid"]:
        told = _("Meninggal {died}; pendaftarannya dimulai {began} dan iuran pertamanya dibayar {paid}.")
        return told.format(died=_day(f["died_on"]), began=_day(f["began"]), paid=_day(f["paid"]))
    told = _("Meninggal {died}; pendaftarannya baru dimulai {began}.")
    return told.format(died=_day(f["died_on"]), began=_day(f["began"]))


def _dying(f: dict[str, Any]) -> str:
    told = _(
        "{deaths} dari {people} orang meninggal dalam 90 hari sejak pertama terlindungi; menurut usianya diperkirakan "
        "{expected}. Sebanyak itu atau lebih terjadi karena kebetulan sekali dalam {one_in} kelompok seperti ini. "
        "Angka kematian yang dipakai: {confidence}."
    )
    parts = [told.format(**f)]
    if f["people"] < 100:
        parts.append(_("Kelompoknya kecil: periksa orangnya satu per satu sebelum menyimpulkan."))
    return " ".join(parts)


def _no_kpj(f: dict[str, Any]) -> str:
    told = _(
        "{people} orang sudah dibayar dan dikonfirmasi lebih dari {days} hari lalu, tetapi BPJS belum memberi KPJ."
    )
    return told.format(**f)


def _no_steps(f: dict[str, Any]) -> str:
    told = _("{unverified} orang terlindungi tanpa pernah diverifikasi, {unmatched} tanpa pernah padan di Dukcapil.")
    return told.format(**f)


def _one_phone(f: dict[str, Any]) -> str:
    return _("{people} orang yang terlindungi memakai satu nomor telepon.").format(people=f["people"])


def _one_address(f: dict[str, Any]) -> str:
    return _("{people} orang yang terlindungi beralamat sama: {address} ({village}).").format(**f)


def _paid_twice(f: dict[str, Any]) -> str:
    amount, day = rupiah_text(f["amount_rp"]), _day(f["paid_on"])
    if f["how"] == "proof":
        told = _("Berkas bukti yang sama dipakai {times} pembayaran; yang terakhir {amount}, {day}.")
        return told.format(times=f["times"], amount=amount, day=day)
    told = _("Kode iuran {code} dengan {amount} pada {day} diakui oleh {times} penyandang.")
    return told.format(code=f["code"], times=f["times"], amount=amount, day=day)


def _friends(f: dict[str, Any]) -> str:
    told = _(
        "Dari {substituted} penggantian oleh petugas ini, {gained} pengganti berasal dari desa {village}, padahal dari "
        "yang diganti hanya {before}; {soon} diganti dalam {days} hari sesudah iurannya dibayar."
    )
    return told.format(**f)


TELLERS = {
    "after-death": _after_death,
    "dying": _dying,
    "no-kpj": _no_kpj,
    "no-steps": _no_steps,
    "one-phone": _one_phone,
    "one-address": _one_address,
    "paid-twice": _paid_twice,
    "friends": _friends,
}
