"""What the template says to whoever fills it in. Excel takes 32 letters of a title and 255 of a message."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True, slots=True)
class CellText:
    """What a column says when it is entered, and what it says to a value that cannot be right."""

    title: str | Promise
    error: str | Promise
    help: str | Promise


HELP: tuple[str | Promise, ...] = (
    gettext_lazy(
        "Satu orang satu baris, di bawah judul kolom. Jangan mengubah judul kolom. Wajib: NIK, nama, dan desa."
    ),
    gettext_lazy("Cara mengisi selengkapnya ada di lembar Petunjuk. Sel yang salah ditolak oleh lembar ini sendiri."),
)

CELL_TEXTS: dict[str, CellText] = {
    "NIK": CellText(
        gettext_lazy("NIK belum benar"),
        gettext_lazy("NIK terdiri atas 16 angka, ditulis sebagai teks tanpa spasi dan titik. Salin dari KTP."),
        gettext_lazy("16 angka dari KTP. NIK yang tersamar (••••) biarkan saja: orangnya dikenali dari kode pekerja."),
    ),
    "Tanggal Lahir": CellText(
        gettext_lazy("Tanggal lahir belum benar"),
        gettext_lazy("Tulis tanggal, bulan, dan tahun empat angka, misalnya 25-01-1990."),
        gettext_lazy("Tanggal, bulan, tahun empat angka, misalnya 25-01-1990."),
    ),
    "Jenis Kelamin (L/P)": CellText(
        gettext_lazy("Pilih L atau P"),
        gettext_lazy("L untuk laki-laki, P untuk perempuan."),
        gettext_lazy("L untuk laki-laki, P untuk perempuan."),
    ),
    "Desa/Kelurahan": CellText(
        gettext_lazy("Desa tidak ada di kabupaten ini"),
        gettext_lazy("Pilih desa dari daftar: nama desa, lalu kecamatannya."),
        gettext_lazy("Pilih dari daftar: nama desa, lalu kecamatannya."),
    ),
    "Pekerjaan": CellText(
        gettext_lazy("Pekerjaan tidak ada di daftar"),
        gettext_lazy("Bila ada yang sesuai, pilih dari daftar. Bila tidak ada, tulis saja pekerjaannya."),
        gettext_lazy("Pilih dari daftar, atau tulis bila tidak ada."),
    ),
    "Penghasilan": CellText(
        gettext_lazy("Penghasilan belum benar"),
        gettext_lazy("Tulis rupiah sebulan dengan angka saja, misalnya 1500000."),
        gettext_lazy("Rupiah sebulan, angka saja. Boleh kosong."),
    ),
}


def guidance(*, is_prefilled: bool) -> list[str]:
    """The lines of the sheet of guidance."""
    lines = [
        _("1. Isi lembar Daftar: satu orang satu baris. Judul kolom dan urutannya jangan diubah."),
        _("2. NIK 16 angka disalin dari KTP. Kolomnya sudah berupa teks, jadi angkanya tetap utuh."),
        _("3. Tanggal lahir seperti di KTP, tahun empat angka. Jenis kelamin L atau P."),
        _("4. Desa dan pekerjaan dipilih dari daftar di selnya. Desa yang sama namanya dibedakan kecamatannya."),
        _("5. NIK yang berwarna merah tertulis dua kali: hapus salah satu barisnya."),
        _("6. Alamat, RT/RW, penghasilan, nomor HP, dan nama ibu boleh kosong."),
        _("7. Simpan, lalu unggah di Payung. Belum ada yang berubah sampai daftar diperiksa dan disetujui."),
    ]
    if is_prefilled:
        lines += [
            _("8. Pekerja Anda sudah terisi, NIK-nya tersamar. Biarkan NIK dan kode pekerja di barisnya apa adanya."),
            _("9. Yang tidak ikut lagi: hapus seluruh barisnya. Orang baru: tambahkan di bawah, tanpa kode pekerja."),
        ]
    return lines
