"""Where somebody is on the way in, since when and who must act: one sentence for each code of the selector."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from payung.enrolment.models import Enrolment, LeaveReason, RejectReason
from payung.enrolment.selectors import standing_of
from payung.enrolment.selectors.standing import PAST_AGE, Actor
from payung.enrolment.transitions import AT_DUKCAPIL, PREPARED, TIDAK_PADAN
from payung.web.frame.tags import bulan, tanggal

State = Enrolment.State

# {since} is the day of the last step; {kpj}, {starts_on}, {paid_through} and {wadah} come from BPJS's answers.
SENTENCES: dict[str, str | Promise] = {
    State.PROPOSED: _("Diusulkan sejak {since}; menunggu verifikasi desa atau dinas."),
    State.VERIFIED: _("Terverifikasi sejak {since}; menunggu dikirim ke Dukcapil untuk dipadankan."),
    f"{State.VERIFIED}:{AT_DUKCAPIL}": _("Ada di Dukcapil sejak {since}; menunggu jawaban pemadanan."),
    f"{State.VERIFIED}:{TIDAK_PADAN}": _("Sejak {since} tidak padan dengan data Dukcapil; datanya perlu diperbaiki."),
    State.MATCHED: _("Padan dengan Dukcapil sejak {since}; menunggu diperiksa di BPJS Ketenagakerjaan."),
    State.CHECKED: _("Lolos pemeriksaan BPJS sejak {since}; menunggu masuk daftar penetapan."),
    f"{State.CHECKED}:{PREPARED}": _("Ada di daftar penetapan sejak {since}; menunggu persetujuan."),
    State.DETERMINED: _("Ditetapkan sejak {since}; menunggu didaftarkan ke wadah BPJS."),
    State.REGISTERED: _("Masuk wadah {wadah} sejak {since}; menunggu dikirim ke BPJS."),
    State.SENT: _("Dikirim ke BPJS sejak {since}; menunggu jawaban."),
    State.ACCEPTED: _("Diterima BPJS sejak {since}; menunggu iuran dibayar."),
    State.ACTIVE: _("Aktif sejak {starts_on}, KPJ {kpj}, terbayar sampai {paid_through}."),
    PAST_AGE: _("Aktif sejak {starts_on}, KPJ {kpj}; sudah melewati batas usia mendaftar dan tetap terlindungi."),
    f"{State.REJECTED}:{RejectReason.NIK_TIDAK_PADAN}": _("Ditolak BPJS sejak {since}: NIK tidak padan."),
    f"{State.REJECTED}:{RejectReason.AKTIF_MANDIRI}": _("Ditolak BPJS sejak {since}: sudah aktif membayar sendiri."),
    f"{State.REJECTED}:{RejectReason.AKTIF_DI_WADAH_LAIN}": _("Ditolak BPJS sejak {since}: sudah aktif di wadah lain."),
    f"{State.REJECTED}:{RejectReason.PU}": _("Ditolak BPJS sejak {since}: sudah peserta penerima upah."),
    f"{State.REJECTED}:{RejectReason.USIA}": _("Ditolak BPJS sejak {since}: di luar batas usia."),
    f"{State.REJECTED}:{RejectReason.MENINGGAL}": _("Ditolak BPJS sejak {since}: tercatat meninggal."),
    f"{State.LEFT}:{LeaveReason.MENINGGAL}": _("Keluar sejak {since}: meninggal dunia."),
    f"{State.LEFT}:{LeaveReason.MENJADI_PU}": _("Keluar sejak {since}: menjadi penerima upah."),
    f"{State.LEFT}:{LeaveReason.PINDAH}": _("Keluar sejak {since}: pindah."),
    f"{State.LEFT}:{LeaveReason.USIA}": _("Keluar sejak {since}: usia."),
    f"{State.LEFT}:{LeaveReason.GANDA}": _("Keluar sejak {since}: tercatat ganda."),
    f"{State.LEFT}:{LeaveReason.MENOLAK}": _("Keluar sejak {since}: menolak ikut serta."),
    f"{State.LEFT}:{LeaveReason.TIDAK_LAYAK}": _("Keluar sejak {since}: tidak layak menurut verifikasi."),
    f"{State.LEFT}:{LeaveReason.TIDAK_DITEMUKAN}": _("Keluar sejak {since}: tidak ditemukan saat verifikasi."),
    f"{State.LEFT}:{LeaveReason.DAFTAR_DIBATALKAN}": _("Keluar sejak {since}: daftarnya dibatalkan."),
    f"{State.LEFT}:{LeaveReason.JANJI_DITARIK}": _("Keluar sejak {since}: janji penyandang ditarik."),
    f"{State.LEFT}:{LeaveReason.MASA_BERAKHIR}": _("Keluar sejak {since}: masa janji berakhir."),
}
ACTIVE_WITHOUT_MONTH = _("Aktif sejak {starts_on}, KPJ {kpj}.")
NOT_PROPOSED = _("Belum diusulkan: belum ada penyandang yang menanggung.")

ACTORS: dict[Actor, str | Promise] = {
    Actor.DESA: _("desa atau dinas"),
    Actor.DINAS: _("petugas dinas"),
    Actor.PENYETUJU: _("penyetuju dinas"),
    Actor.DUKCAPIL: _("Dukcapil"),
    Actor.BPJS: _("BPJS Ketenagakerjaan"),
    Actor.PENYANDANG: _("penyandang iuran"),
    Actor.NOBODY: "",
}

STATES: dict[str, str | Promise] = {
    State.PROPOSED: _("diusulkan"),
    State.VERIFIED: _("terverifikasi"),
    State.MATCHED: _("padan Dukcapil"),
    State.CHECKED: _("lolos periksa BPJS"),
    State.DETERMINED: _("ditetapkan"),
    State.REGISTERED: _("masuk wadah"),
    State.SENT: _("dikirim ke BPJS"),
    State.ACCEPTED: _("diterima BPJS"),
    State.ACTIVE: _("aktif"),
    State.REJECTED: _("ditolak BPJS"),
    State.LEFT: _("keluar"),
}


@dataclass(frozen=True, slots=True)
class ToldStanding:
    """A standing as a page shows it: a short word with its tone, the sentence, and who must act (or nobody)."""

    word: str
    tone: str
    sentence: str
    who: str


def tell_standing(enrolment: Enrolment, *, on: date) -> ToldStanding:
    """Tell where a way stands on a day; worker and wadah beside the row, no query."""
    standing = standing_of(enrolment, on=on)
    given = {"wadah": "–", "kpj": "–", "starts_on": "–", "paid_through": "–"}
    given |= {name: _written(name, str(value)) for name, value in standing.params.items()}
    untold = standing.code == State.ACTIVE and "paid_through" not in standing.params
    text = ACTIVE_WITHOUT_MONTH if untold else SENTENCES[standing.code]
    sentence = str(text).format(**given | {"since": tanggal(standing.since)})
    return ToldStanding(
        word=str(STATES[enrolment.state]),
        tone=_tone(standing.code, enrolment.state),
        sentence=sentence,
        who=str(ACTORS[standing.who_must_act]),
    )


def not_proposed() -> ToldStanding:
    """The standing of somebody who is on no way."""
    return ToldStanding(gettext("belum diusulkan"), "off", str(NOT_PROPOSED), "")


def _tone(code: str, state: str) -> str:
    if state == State.ACTIVE:
        return "ok"
    if state == State.REJECTED or code.endswith(TIDAK_PADAN):
        return "bad"
    return "off" if state == State.LEFT else "wait"


def _written(name: str, value: str) -> str:
    if name == "starts_on":
        return tanggal(date.fromisoformat(value))
    return bulan(value) if name == "paid_through" else value
