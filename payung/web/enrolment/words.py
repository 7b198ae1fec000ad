"""The way in, in the words of its pages: steps, who must act, tones."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.enrolment.errors import AnswerRefusedError, EnrolmentError
from payung.enrolment.models import Answer, AnswerRow, Determination
from payung.enrolment.texts import day_text, problem_text, refusal_text
from payung.intake.sentences import sentence
from payung.kernel.problem import Problem

Text = str | Promise

STEP_NAMES: Mapping[str, Text] = {
    "usulan": gettext_lazy("Diusulkan"),
    "terverifikasi": gettext_lazy("Terverifikasi"),
    "di-dukcapil": gettext_lazy("Di Dukcapil"),
    "padan": gettext_lazy("Padan"),
    "diperiksa": gettext_lazy("Diperiksa di BPJS"),
    "dalam-penetapan": gettext_lazy("Dalam daftar penetapan"),
    "ditetapkan": gettext_lazy("Ditetapkan"),
    "wadah": gettext_lazy("Masuk wadah"),
    "dikirim": gettext_lazy("Dikirim ke BPJS"),
    "diterima": gettext_lazy("Diterima BPJS"),
    "aktif": gettext_lazy("Aktif"),
    "ditolak": gettext_lazy("Ditolak BPJS"),
    "keluar": gettext_lazy("Keluar"),
}
STEP_NOTES: Mapping[str, Text] = {
    "usulan": gettext_lazy("desa atau dinas memverifikasi"),
    "terverifikasi": gettext_lazy("dinas menyerahkan ke Dukcapil"),
    "di-dukcapil": gettext_lazy("menunggu jawaban Dukcapil"),
    "padan": gettext_lazy("dinas memeriksa di BPJS"),
    "diperiksa": gettext_lazy("dinas menyusun penetapan"),
    "dalam-penetapan": gettext_lazy("penyetuju dinas menyetujui"),
    "ditetapkan": gettext_lazy("dinas memasukkan ke wadah"),
    "wadah": gettext_lazy("dinas mengirim ke BPJS"),
    "dikirim": gettext_lazy("menunggu jawaban BPJS"),
    "diterima": gettext_lazy("penyandang membayar iuran"),
    "aktif": gettext_lazy("sudah terlindungi"),
    "ditolak": gettext_lazy("selesai, dengan alasan BPJS"),
    "keluar": gettext_lazy("selesai, dengan alasannya"),
}
ENDS = ("ditolak", "keluar")
RESULT_TONES: Mapping[str, str] = {"": "wait", "layak": "ok"}
OUTCOME_TONES: Mapping[str, str] = {
    AnswerRow.Outcome.APPLIED: "ok",
    AnswerRow.Outcome.REPEATED: "info",
    AnswerRow.Outcome.SHOWN: "wait",
    AnswerRow.Outcome.REFUSED: "bad",
    AnswerRow.Outcome.UNKNOWN: "bad",
}
KINDS: Mapping[str, Text] = {
    Answer.Kind.DUKCAPIL: gettext_lazy("Jawaban Dukcapil"),
    Answer.Kind.BPJS_CHECK: gettext_lazy("Pemeriksaan di BPJS"),
    Answer.Kind.BPJS_ACCEPTANCE: gettext_lazy("Penerimaan oleh BPJS"),
    Answer.Kind.BPJS_ACTIVATION: gettext_lazy("KPJ dari BPJS"),
}


def step_url(step: str, **filters: str) -> str:
    """The list of people at a step; the filters stand in the address."""
    return f"{reverse('enrolment_people')}?{urlencode({'langkah': step, **filters})}"


def trouble(error: EnrolmentError) -> str:
    """Why something was refused, and what to do; a file that cannot be read says what is wrong with it."""
    if not isinstance(error, AnswerRefusedError):
        return refusal_text(error)
    problems = [Problem.from_dict(each) for each in error.params.get("problems", ())]  # type: ignore[attr-defined]
    told = [sentence(each) if each.code.startswith("file:") else problem_text(each.code) for each in problems]
    return " ".join(dict.fromkeys(told)) or refusal_text(error)


def determination_state(found: Determination) -> tuple[str, str]:
    """Where a determination stands, and its tone."""
    if found.approved_at is not None:
        return _("Disetujui"), "ok"
    if found.withdrawn_at is not None:
        return _("Ditarik kembali"), "off"
    return _("Menunggu persetujuan"), "wait"


def value_text(field: str, value: str) -> str:
    """One side of a difference, as people write it."""
    if field in ("birth_date", "starts_on") and value:
        return day_text(date.fromisoformat(value))
    if field == "sex":
        return {"L": _("laki-laki"), "P": _("perempuan")}.get(value, value)
    return value
