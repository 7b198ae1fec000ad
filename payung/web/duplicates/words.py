"""How pairs speak: states, answers, evidence field by field, and what stands in the way of a merger."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payung.contributions.selectors import MergeView
from payung.registry.models import PairDecision, SuspectedPair
from payung.web.frame.tags import bulan

State, Answer = SuspectedPair.State, PairDecision.Answer

STATES: dict[str, tuple[str | Promise, str]] = {
    State.OPEN: (gettext_lazy("Belum ditinjau"), "info"),
    State.UNSURE: (gettext_lazy("Belum yakin"), "wait"),
    State.AWAITING: (gettext_lazy("Perlu orang kedua"), "wait"),
    State.SAME: (gettext_lazy("Satu orang"), "ok"),
    State.DIFFERENT: (gettext_lazy("Dua orang"), "off"),
}
ANSWERS: dict[str, str | Promise] = {
    Answer.SAME: gettext_lazy("Satu orang yang sama"),
    Answer.DIFFERENT: gettext_lazy("Dua orang yang berbeda"),
    Answer.UNSURE: gettext_lazy("Belum yakin"),
}
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Nama"),
    "nik": gettext_lazy("NIK dan tanggal lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "birth": gettext_lazy("Tanggal lahir"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "sex": gettext_lazy("Jenis kelamin"),
    "village": gettext_lazy("Desa atau kelurahan"),
    "kecamatan": gettext_lazy("Kecamatan"),
    "address": gettext_lazy("Alamat"),
    "mother": gettext_lazy("Nama ibu kandung"),
    "phone": gettext_lazy("Nomor telepon"),
    "kk": gettext_lazy("Nomor KK"),
    "occupation": gettext_lazy("Pekerjaan"),
}
# The levels as `payung.matching` names them; one that is new there is shown by its own name until it has words here.
LEVELS: dict[str, str | Promise] = {
    "same": gettext_lazy("sama"),
    "missing": gettext_lazy("tidak tercatat pada salah satunya"),
    "different": gettext_lazy("berbeda"),
    "different but near": gettext_lazy("berbeda, walau mirip"),
    "one digit": gettext_lazy("berbeda satu angka"),
    "one slip": gettext_lazy("berbeda satu ketukan"),
    "slips": gettext_lazy("berbeda beberapa ketukan"),
    "alike": gettext_lazy("mirip"),
    "a little alike": gettext_lazy("agak mirip"),
    "hardly alike": gettext_lazy("hampir tidak mirip"),
    "an initial": gettext_lazy("salah satunya singkatan"),
    "in the other field": gettext_lazy("tertukar kolom"),
    "a space more or less": gettext_lazy("berbeda spasi saja"),
    "a word dropped": gettext_lazy("satu kata tidak ditulis"),
    "one word the same": gettext_lazy("satu kata sama"),
    "one word the same, the rest alike": gettext_lazy("satu kata sama, sisanya mirip"),
    "the same words in another order": gettext_lazy("kata yang sama, urutan lain"),
    "most words the same": gettext_lazy("kebanyakan kata sama"),
    "half the words the same": gettext_lazy("separuh kata sama"),
    "day and month swapped": gettext_lazy("tanggal dan bulan tertukar"),
}
STRONG, WEAK = 5_000, 1_000


def field_words(field: str) -> str:
    """Say which field it is."""
    return str(FIELDS.get(field, field))


def level_words(level: str) -> str:
    """Say how alike two values are."""
    return str(LEVELS.get(level, level))


def weight_words(weight: int) -> tuple[str, str]:
    """Say how much a field speaks for one person or against it, with a tone."""
    if abs(weight) < WEAK:
        return _("hampir tidak menentukan"), "off"
    if weight > 0:
        return (_("sangat menguatkan"), "ok") if weight >= STRONG else (_("menguatkan"), "ok")
    return (_("sangat melemahkan"), "bad") if weight <= -STRONG else (_("melemahkan"), "wait")


def obstacle_words(view: MergeView) -> str:
    """Say what must be settled before two records can be one, or nothing."""
    if view.months:
        return months_words(view.months)
    return ways_words() if view.two_ways else ""


def months_words(months: tuple[object, ...]) -> str:
    """Say that both have the same months."""
    named = ", ".join(bulan(month) for month in months[:6])
    text = _(
        "Kedua data punya bulan yang sama, terbayar atau tertagih: {months}. Batalkan dahulu tagihan atau pembayaran "
        "salah satunya, lalu gabungkan."
    )
    return text.format(months=named)


def ways_words() -> str:
    """Say that both are on their way."""
    return _(
        "Kedua data sedang didaftarkan ke program. Akhiri dahulu pendaftaran salah satunya dengan alasan ganda, lalu "
        "gabungkan."
    )


REFUSALS: dict[str, str | Promise] = {
    "merged": gettext_lazy("Salah satu data sudah digabung. Muat ulang halaman ini."),
    "deaths": gettext_lazy(
        "Kematian tercatat pada salah satu data saja, atau tanggalnya berbeda. Samakan dahulu, lalu gabungkan."
    ),
    "apart": gettext_lazy(
        "Seseorang memutuskan bahwa orang ini dan salah satu data gabungannya adalah dua orang. Tinjau dahulu putusan "
        "itu."
    ),
    "undone": gettext_lazy("Penggabungan ini sudah dibatalkan."),
    "nik": gettext_lazy(
        "NIK data ini kini dipakai data lain yang masih berlaku. Perbaiki dahulu NIK yang salah, lalu pisahkan."
    ),
}
