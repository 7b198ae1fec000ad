"""Words for what the sponsors' services refuse, and for what each kind of funds means for the price."""

from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from payung.kernel.funds import SumberDana
from payung.kernel.month import Month, months_from
from payung.sponsors.errors import BudgetError, SponsorDataError
from payung.sponsors.pricing import PledgeFacts, price_facts
from payung.web.frame.tags import angka, bulan, rupiah
from payung.web.frame.words import FUND_NAMES

LOOK_AHEAD = 24

REFUSALS: dict[tuple[str, str], str | Promise] = {
    ("code", "form"): _(
        "Kode terdiri atas huruf, angka, titik, garis bawah atau tanda hubung, paling panjang 32, tanpa spasi."
    ),
    ("name", "missing"): _("Tuliskan namanya."),
    ("contact_email", "form"): _("Alamat surel ini tidak lengkap. Contoh: nama@perusahaan.co.id"),
    ("own_employees", "range"): _("Tuliskan jumlah karyawan sebagai angka bulat."),
    ("funds", "pledged"): _("Sumber dana menentukan harga; setelah ada janji ia tidak dapat diganti."),
    ("reason", "missing"): _("Tuliskan alasannya."),
    ("workers", "range"): _("Tuliskan jumlah pekerja dari {0} sampai {1}."),
    ("months", "term"): _("Pilih masa {0} bulan."),
    ("dasar_upah_rp", "band"): _("Pilih salah satu dasar upah dari daftar."),
    ("dasar_upah_rp", "range"): _("Pilih salah satu dasar upah dari daftar."),
    ("first_month", "range"): _("Pilih bulan pertama antara {0} dan {1}."),
    ("first_month", "overlap"): _("Perpanjangan mulai setelah janji ini berakhir pada {0}; pilih bulan sesudahnya."),
    ("year", "range"): _("Tulis tahun anggaran dari {0} sampai {1}."),
    ("amount_rp", "range"): _("Tulis jumlahnya dalam rupiah, misalnya 250.000.000."),
    ("document", "missing"): _("Tulis nama dan nomor dokumennya."),
    ("document_on", "future"): _("Tanggal dokumen belum tiba."),
    ("nip", "form"): _("NIP terdiri atas delapan belas angka, tanpa spasi."),
}
UNKNOWN = gettext_lazy("Isian ini tidak dapat diterima.")


def refusal_words(error: SponsorDataError) -> str:
    """Say what is wrong with a fact, and what there may be instead."""
    text = str(REFUSALS.get((error.field, error.reason), UNKNOWN))
    if error.reason == "range" and error.field == "year":
        return text.format(*error.allowed)
    if error.reason == "term":
        return text.format(", ".join(str(term) for term in error.allowed))
    return text.format(*(_written(value) for value in error.allowed)) if error.allowed and "{0}" in text else text


def budget_words(error: BudgetError) -> str:
    """Say which budget year does not carry a pledge, and what to do."""
    told = {
        "over": gettext("Anggaran {year} tidak cukup: janji ini {wanted}, sisanya {left}. Kurangi pekerja atau "
                        "bulannya, atau catat anggaran perubahannya."),
        "not-entered": gettext("Anggaran {year} belum dimasukkan: {wanted} dari janji ini jatuh pada tahun itu. Akhiri "
                               "janji pada Desember, atau catat anggaran {year} bila sudah ditetapkan."),
    }  # fmt: skip
    return " ".join(
        told[lack.reason].format(year=lack.year, wanted=rupiah(lack.wanted_rp), left=rupiah(lack.left_rp))
        for lack in error.lacking
    )


def funds_choices(now: Month) -> list[tuple[str, str]]:
    """Each kind of funds with its price for one worker now, and the next change that the law knows."""
    return [(funds.value, f"{FUND_NAMES[funds]} · {price_words(funds, now)}") for funds in SumberDana]


def price_words(funds: SumberDana, now: Month) -> str:
    """Say what one worker costs a month: "Rp8.400 sebulan; Rp16.800 mulai Januari 2027"."""
    (_, first), *later = _prices(funds, now)
    if not later:
        return gettext("{price} sebulan per pekerja").format(price=rupiah(first))
    changed, price = later[0]
    return gettext("{price} sebulan per pekerja; {later} mulai {month}").format(
        price=rupiah(first), later=rupiah(price), month=bulan(changed)
    )


@lru_cache(maxsize=64)
def _prices(funds: SumberDana, now: Month) -> tuple[tuple[Month, int], ...]:
    """The price of a month and, where the law knows of another one, the first month of that; the law stands still."""
    first = _price(funds, now)
    ahead = ((month, _price(funds, month)) for month in months_from(now, LOOK_AHEAD))
    changed = next(((month, price) for month, price in ahead if price != first), None)
    return ((now, first), changed) if changed else ((now, first),)


def _price(funds: SumberDana, month: Month) -> int:
    priced = price_facts(PledgeFacts(funds=funds, workers=1, first_month=month, months=1))
    return int(priced.months[0].per_worker_rp)


def _written(value: Any) -> str:
    return bulan(value) if isinstance(value, Month) else angka(value)
