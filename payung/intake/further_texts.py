"""What problems of amounts, of NIKs that Excel damaged, of whole lists and of their terms say to people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payung.intake.wording import Text

_AS_TEXT = _("Ubah format sel menjadi Teks, lalu ketik ulang NIK dari KTP.")
_WHOLE_RUPIAH = _("Rupiah bulat, seperti 1.000.000.")
_WRITE_RUPIAH = _("Tulis jumlahnya dengan angka saja, seperti 1.000.000.")

# The reasons why an amount cannot be read, for each column that holds amounts.
_AMOUNTS: dict[str, str | Promise] = {
    "": _('{field} "{found}" tidak dapat dibaca sebagai rupiah.'),
    "unreadable": _('{field} "{found}" tidak dapat dibaca sebagai rupiah.'),
    "negative": _("{field} {found} di bawah nol."),
    "zero": _("{field} nol."),
    "ambiguous": _("{field} {found} dapat berarti ribuan atau pecahan."),
    "fraction": _("{field} {found} memuat pecahan rupiah."),
    "exponent": _("{field} {found} bukan jumlah yang mungkin."),
    "words": _('{field} berisi tulisan "{found}", bukan jumlah.'),
    "too-large": _("{field} {found} terlalu besar."),
    "currency": _("{field} {found} bukan rupiah."),
    "parentheses": _("{field} {found} di dalam kurung; kurung biasa berarti utang atau pengurangan."),
}

FURTHER: dict[str, Text] = {
    "repair:nik-typed-as-number/rounded": Text(
        found=_("NIK diketik sebagai angka ({found}); Excel membulatkan angka ke-16 menjadi 0."),
        expected=_("NIK sebagai teks."),
        remedy=_AS_TEXT,
    ),
    "repair:nik-typed-as-number/beyond": Text(
        found=_("NIK diketik sebagai angka ({found}), terlalu besar untuk disimpan utuh; angka terakhirnya hilang."),
        expected=_("NIK sebagai teks."),
        remedy=_AS_TEXT,
    ),
    "repair:nik-typed-as-number/zero-lost": Text(
        found=_("NIK diketik sebagai angka dan tinggal 15 angka; angka nol di depan mungkin hilang."),
        expected=_("16 angka NIK sebagai teks."),
        remedy=_("Ubah format sel menjadi Teks, lalu ketik ulang NIK dari KTP. Jangan menambah angka nol."),
    ),
    "repair:nik-length/zero-lost": Text(
        found=_("NIK tinggal 15 angka; satu angka hilang, mungkin angka nol di depan."),
        expected=_("16 angka."),
        remedy=_("Cocokkan dengan KTP, lalu lengkapi. Jangan menambah angka nol."),
    ),
    "repair:nik-length/several": Text(
        found=_("Satu sel memuat lebih dari satu NIK."),
        expected=_("Satu orang di satu baris."),
        remedy=_("Pisahkan menjadi satu baris untuk setiap orang."),
    ),
    "repair:nik-length/bpjs-card": Text(
        found=_("Kolom NIK berisi nomor kartu BPJS Kesehatan (13 angka)."),
        expected=_("16 angka NIK."),
        remedy=_("Ganti dengan NIK dari KTP."),
    ),
    "repair:nik-length/kpj": Text(
        found=_("Kolom NIK berisi 11 angka, seperti nomor KPJ BPJS Ketenagakerjaan."),
        expected=_("16 angka NIK."),
        remedy=_("Ganti dengan NIK dari KTP."),
    ),
    "repair:nik-other-id": Text(
        found=_("Kolom NIK berisi nomor paspor atau izin tinggal, bukan NIK."),
        expected=_("16 angka NIK dari KTP."),
        remedy=_("Program ini melindungi pemegang KTP; untuk warga asing hubungi BPJS Ketenagakerjaan."),
    ),
    "repair:dead": Text(
        found=_("Orang ini tercatat meninggal ({found})."),
        remedy=_("Periksa orangnya; bila masih hidup, laporkan kepada dinas."),
    ),
    "repair:dead/in-list": Text(
        found=_("Baris ini memuat tanggal meninggal ({found})."),
        expected=_("Hanya orang yang masih hidup dapat dilindungi."),
        remedy=_("Hapus barisnya, atau kosongkan tanggal itu bila orangnya masih hidup."),
    ),
    "repair:dead/in-registry": Text(
        found=_("NIK ini milik orang yang tercatat meninggal pada {found}."),
        expected=_("NIK orang yang masih hidup."),
        remedy=_("Cocokkan NIK dengan KTP; bila orangnya masih hidup, laporkan kepada dinas."),
    ),
    "repair:dead/before-birth": Text(
        found=_("Tanggal meninggal {found} lebih dahulu daripada tanggal lahir {expected}."),
        remedy=_("Cocokkan kedua tanggal dengan KTP dan akta kematian."),
    ),
    "repair:formal-employee": Text(
        found=_("Pekerja penerima upah ({found}): pemberi kerjanya yang wajib mendaftarkan."),
        expected=_("Pekerja bukan penerima upah."),
        remedy=_("Keluarkan dari daftar, atau betulkan pekerjaannya bila keliru."),
    ),
    "repair:formal-employee/in-registry": Text(
        found=_("Orang ini tercatat sebagai pekerja penerima upah."),
        expected=_("Pekerja bukan penerima upah."),
        remedy=_('Keluarkan dari daftar; bila sudah tidak bekerja di sana, tulis "BPU" di kolom Segmen.'),
    ),
    "repair:month-unreadable": Text(
        found=_('Bulan "{found}" tidak ada.'),
        expected=_("Bulan seperti 2026-12 atau Desember 2026."),
        remedy=_("Tulis bulan dan tahunnya."),
    ),
    "repair:month-closed": Text(
        found=_("Bulan {found} sudah ditutup."),
        expected=_("Bulan yang masih terbuka."),
        remedy=_("Pilih bulan sesudahnya."),
    ),
    "repair:iuran-disagrees": Text(
        found=_("Iuran {found} tidak sama dengan tarif."),
        expected=_("Salah satu dari {expected}."),
        remedy=_("Kosongkan kolom iuran atau tulis tarifnya; Payung menghitung sendiri."),
    ),
    "repair:text-too-long": Text(
        found=_("{field} terdiri dari {length} huruf."),
        expected=_("Paling banyak {expected} huruf."),
        remedy=_("Persingkat isi sel itu."),
    ),
    "repair:village-unknown/outside": Text(
        found=_("Alamat di {found}, di luar wilayah program."),
        expected=_("Warga {expected}."),
        remedy=_("Keluarkan dari daftar, atau betulkan alamatnya bila keliru."),
    ),
    "file:unreadable/reader-killed": Text(
        found=_("Pembacaan berkas dihentikan dua kali dari luar; mungkin server kehabisan memori."),
        remedy=_("Unggah lagi beberapa saat kemudian; bila berulang, hubungi pengelola sistem."),
    ),
    "file:sponsor-inactive": Text(
        found=_("Penyandang iuran ini tidak lagi ikut serta."),
        remedy=_("Hubungi dinas untuk mengaktifkannya kembali, lalu unggah lagi."),
    ),
    "file:village-missing": Text(
        found=_("Berkas ini kutipan data penduduk satu desa, tetapi tidak menyebut desa yang mana."),
        expected=_("Satu desa untuk seluruh berkas."),
        remedy=_("Pilih desanya; bila tiap baris berbeda desa, tambahkan kolom desa lalu unggah lagi."),
    ),
    "file:no-legal-basis": Text(
        found=_(
            "Berkas ini kutipan data kependudukan (memuat hubungan keluarga dan data kependudukan lain), dan dasar "
            "pengumpulan datanya belum disebut."
        ),
        expected=_("Dasar hukum, misalnya persetujuan tiap orang atau perjanjian dengan pemilik data."),
        remedy=_("Unggah lagi dengan dasar pengumpulan datanya, atau pakai templat dengan pekerja Anda sendiri saja."),
    ),
    "file:pledge-withdrawn": Text(
        found=_("Janji untuk daftar ini sudah ditarik."),
        remedy=_("Pilih janji lain yang masih berjalan, lalu unggah lagi."),
    ),
    "file:pledge-over": Text(
        found=_("Janji untuk daftar ini berakhir pada {month}."),
        remedy=_("Buat janji baru atau perpanjang, lalu unggah lagi."),
    ),
    "file:beyond-pledge": Text(
        found=_(
            "Daftar memuat {workers} pekerja baru, sedangkan janji tinggal {room} tempat: kurang {missing} tempat "
            "({shortfall})."
        ),
        expected=_("Paling banyak {room} pekerja baru."),
        remedy=_("Kurangi daftar atau tambah janji, lalu unggah lagi."),
    ),
    "note:nik-region-former": Text(
        found=_("NIK memuat kode wilayah lama ({region}), dari sebelum pemekaran."),
    ),
    "note:text-direction": Text(
        found=_("{field} memuat tanda pembalik arah tulisan, yang dapat menyamarkan isinya; tandanya dihilangkan."),
    ),
    "note:text-tidied": Text(
        found=_("Spasi keras, ganti baris, atau huruf berangkai pada {field} dirapikan."),
    ),
    "note:amount-by-column": Text(
        found=_("{field} {found} dibaca sebagai ribuan, seperti baris lain di kolom itu."),
    ),
    "note:near-twin": Text(
        found=_("Nama dan tanggal lahir sama dengan baris {rows}, tetapi NIK berbeda satu angka."),
        remedy=_("Periksa apakah keduanya satu orang."),
    ),
    "note:one-birth-date": Text(
        found=_("{count} baris memakai tanggal lahir yang sama ({found})."),
        remedy=_("Periksa apakah tanggal itu benar; bisa jadi isian bawaan atau data buatan."),
    ),
    "note:one-phone": Text(
        found=_("{count} baris memakai nomor telepon yang sama."),
        remedy=_("Periksa apakah nomor itu milik pekerjanya; bisa jadi data buatan."),
    ),
    "note:niks-in-a-row": Text(
        found=_("{count} NIK berurutan tanpa sela (baris {rows})."),
        remedy=_("Periksa dengan KTP; NIK yang berurutan bisa jadi buatan."),
    ),
    "note:dates-day-first": Text(
        found=_("Tanggal seperti {found} dibaca hari dahulu, lalu bulan."),
    ),
    "note:dates-month-first": Text(
        found=_("Tanggal seperti {found} dibaca bulan dahulu, lalu hari, seperti baris lain di kolom itu."),
    ),
    "note:dates-mixed": Text(
        found=_("Kolom tanggal lahir memuat dua urutan hari dan bulan; yang meragukan diperiksa dengan NIK."),
    ),
    **{
        f"repair:{field}-unreadable{'/' if reason else ''}{reason}": Text(
            found=found, expected=_WHOLE_RUPIAH, remedy=_WRITE_RUPIAH
        )
        for field in ("income", "iuran")
        for reason, found in _AMOUNTS.items()
    },
}
