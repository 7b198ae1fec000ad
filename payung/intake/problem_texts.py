"""What each problem of a list says to people: what stood there, what should, and what to do next.

Names in braces are the problem's own: `found`, `expected`, `field`, `row`, or one of its parameters. A code with a
reason (`repair:birth-date/future`) goes before the code alone. `problem_codes.yaml` lists every code with its
parameters; a test holds the two together. Texts of amounts, of Excel's damage and of whole lists stand in
`further_texts.py`.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payung.intake.further_texts import FURTHER
from payung.intake.wording import Text

FIELD_NAMES: dict[str, str | Promise] = {
    "nik": _("NIK"),
    "kk": _("Nomor KK"),
    "name": _("Nama"),
    "birth_place_date": _("Tempat dan tanggal lahir"),
    "birth_place": _("Tempat lahir"),
    "birth_date": _("Tanggal lahir"),
    "sex": _("Jenis kelamin"),
    "address": _("Alamat"),
    "rt_rw": _("RT/RW"),
    "village": _("Desa atau kelurahan"),
    "village_code": _("Kode desa"),
    "kecamatan": _("Kecamatan"),
    "kabupaten": _("Kabupaten"),
    "occupation": _("Pekerjaan"),
    "income": _("Penghasilan"),
    "iuran": _("Iuran"),
    "month": _("Bulan mulai"),
    "segment": _("Segmen kepesertaan"),
    "died_on": _("Tanggal meninggal"),
    "phone": _("Nomor telepon"),
    "mother_name": _("Nama ibu kandung"),
    "decile": _("Desil"),
    "email": _("Surel"),
    "hamlet": _("Dusun"),
    "rt": _("RT"),
    "rw": _("RW"),
    "row_label": _("Nomor urut"),
    "worker_code": _("Kode pekerja"),
}

TEXTS: dict[str, Text] = {
    "file:empty": Text(
        found=_("Berkas ini kosong."),
        remedy=_("Periksa berkas di komputer Anda, simpan kembali, lalu unggah ulang."),
    ),
    "file:too-big": Text(
        found=_("Berkas lebih besar dari {megabytes} MB."),
        remedy=_("Pecah daftar menjadi beberapa berkas, atau hapus gambar di dalamnya."),
    ),
    "file:too-much-inside": Text(
        found=_("Isi berkas terlalu besar untuk sebuah daftar (lebih dari {megabytes} MB setelah dibuka)."),
        remedy=_("Salin daftarnya saja ke buku kerja baru, lalu unggah buku kerja itu."),
    ),
    "file:too-slow": Text(
        found=_("Berkas tidak selesai dibaca dalam {seconds} detik."),
        remedy=_("Salin daftarnya saja ke buku kerja baru, atau pecah menjadi beberapa berkas."),
    ),
    "file:too-many-rows": Text(
        found=_("Daftar berisi lebih dari {limit} baris."),
        remedy=_("Pecah daftar menjadi beberapa berkas."),
    ),
    "file:too-many-columns": Text(
        found=_("Ada sel yang terisi jauh di luar tabel (lebih dari {limit} kolom)."),
        remedy=_("Hapus sel yang terisi di luar tabel, atau salin daftarnya ke buku kerja baru."),
    ),
    "file:cell-too-long": Text(
        found=_("Ada sel yang terlalu panjang di sekitar baris {line}."),
        remedy=_("Periksa tanda kutip dan pemisah kolom di baris itu."),
    ),
    "file:unreadable": Text(
        found=_("Berkas tidak dapat dibaca."),
        remedy=_("Buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu unggah ulang."),
    ),
    "file:damaged": Text(
        found=_("Berkas rusak atau tidak terunggah utuh."),
        remedy=_("Buka di Excel atau LibreOffice, simpan kembali, lalu unggah ulang."),
    ),
    "file:unsafe": Text(
        found=_("Susunan berkas tidak wajar, sehingga tidak dibuka."),
        remedy=_("Salin daftarnya ke buku kerja baru, lalu unggah buku kerja itu."),
    ),
    "file:password": Text(
        found=_("Berkas terkunci dengan kata sandi."),
        remedy=_(
            "Hapus kata sandinya (File > Info > Protect Workbook), lalu unggah ulang. Jangan kirim kata sandi itu."
        ),
    ),
    "file:macros": Text(
        found=_("Berkas berisi makro."),
        remedy=_("Simpan sebagai .xlsx (tanpa makro), lalu unggah ulang."),
    ),
    "file:pdf": Text(
        found=_("Ini berkas PDF, bukan tabel."),
        remedy=_("Unggah berkas Excel atau CSV asalnya."),
    ),
    "file:picture": Text(
        found=_("Ini gambar atau foto, bukan tabel."),
        remedy=_("Ketik daftarnya di Excel, atau minta berkas Excel asalnya."),
    ),
    "file:archive": Text(
        found=_("Ini berkas arsip (ZIP, RAR, 7z), bukan tabel."),
        remedy=_("Buka arsipnya, lalu unggah berkas Excel atau CSV di dalamnya."),
    ),
    "file:document": Text(
        found=_("Ini dokumen tulisan, bukan tabel."),
        remedy=_("Salin tabelnya ke Excel, simpan sebagai .xlsx, lalu unggah."),
    ),
    "file:web-page": Text(
        found=_("Ini halaman web yang dinamai seperti buku kerja."),
        remedy=_('Buka di Excel, pilih "Simpan sebagai" .xlsx, lalu unggah ulang.'),
    ),
    "file:not-a-list": Text(
        found=_("Isi berkas bukan tabel."),
        remedy=_("Unggah berkas Excel (.xlsx, .xls, .ods) atau CSV."),
    ),
    "file:encoding": Text(
        found=_("Huruf di dalam berkas tidak dapat dikenali."),
        remedy=_('Simpan sebagai "CSV UTF-8" atau .xlsx, lalu unggah ulang.'),
    ),
    "file:quotes": Text(
        found=_("Tanda kutip di baris {line} tidak ditutup, sehingga baris di bawahnya ikut tertelan."),
        remedy=_("Perbaiki tanda kutip di baris {line}, lalu unggah ulang."),
    ),
    "file:no-rows": Text(
        found=_("Tidak ada baris pekerja di dalam berkas."),
        remedy=_("Isi daftar di bawah judul kolom, lalu unggah ulang."),
    ),
    "file:no-header": Text(
        found=_("Judul kolom tidak ditemukan."),
        expected=_("Satu baris judul yang memuat NIK dan Nama."),
        remedy=_("Beri judul pada setiap kolom, atau pakai templat kami."),
    ),
    "file:no-such-sheet": Text(
        found=_('Lembar "{sheet}" tidak ada di dalam berkas.'),
        remedy=_("Pilih lembar yang lain."),
    ),
    "file:column-missing": Text(
        found=_("Kolom {field} tidak ditemukan."),
        remedy=_("Tunjukkan kolomnya di halaman pemetaan, atau tambahkan kolom itu."),
    ),
    "file:heading-twice": Text(
        found=_('Judul kolom "{other}" dipakai dua kali dengan isi yang berbeda.'),
        expected=_("Satu kolom untuk {field}."),
        remedy=_("Tunjukkan kolom mana yang dipakai di halaman pemetaan."),
    ),
    "file:turned-round": Text(
        found=_("Tabelnya terputar: judul kolom berderet ke bawah, tiap orang menjadi satu kolom."),
        expected=_("Satu baris judul di atas, satu baris untuk tiap orang."),
        remedy=_('Di Excel: salin tabelnya, lalu "Tempel Khusus" > "Transpose", simpan, dan unggah ulang.'),
    ),
    "file:several-lists": Text(
        found=_("Ada beberapa lembar yang berisi daftar: {sheets}."),
        remedy=_("Pilih lembar yang dibaca. Untuk membaca semuanya, simpan tiap lembar sebagai berkas sendiri."),
    ),
    "file:hidden-rows": Text(
        found=_("Berkas memuat {count} baris dan {columns} kolom yang tersembunyi atau tersaring. Ikut dibaca?"),
        remedy=_("Pilih apakah isinya ikut dibaca."),
    ),
    "file:total-differs": Text(
        found=_("Jumlah di bawah daftar (baris {row}) tertulis {found}, tetapi baris di atasnya berjumlah {expected}."),
        expected=_("Jumlah yang sama dengan isinya."),
        remedy=_("Periksa apakah ada baris yang hilang; bila daftarnya lengkap, nyatakan di halaman pertanyaan."),
    ),
    "repair:nik-merged": Text(
        found=_("Sel NIK digabung dengan baris di atasnya, sehingga tidak jelas NIK itu milik siapa."),
        expected=_("Satu NIK untuk satu orang."),
        remedy=_("Pisahkan selnya (Unmerge Cells), lalu isi NIK masing-masing dari KTP."),
    ),
    "repair:cell-unsure": Text(
        found=_("Isi sel {field} terbaca berbeda oleh dua pembaca berkas."),
        remedy=_("Ketik ulang isi sel itu, lalu simpan berkasnya."),
    ),
    "repair:nik-missing": Text(
        found=_("NIK kosong."),
        expected=_("16 angka NIK."),
        remedy=_("Isi NIK dari KTP atau Kartu Keluarga."),
    ),
    "repair:nik-typed-as-number": Text(
        found=_(
            "NIK diketik sebagai angka ({found}). Excel hanya menyimpan 15 angka, jadi angka terakhir bisa berubah."
        ),
        expected=_("NIK sebagai teks."),
        remedy=_("Ubah format sel menjadi Teks, lalu ketik ulang NIK dari KTP."),
    ),
    "repair:nik-scientific": Text(
        found=_("NIK tersimpan sebagai {found}; sebagian angkanya sudah hilang."),
        expected=_("16 angka NIK sebagai teks."),
        remedy=_("Ubah format sel menjadi Teks, lalu ketik ulang NIK dari KTP."),
    ),
    "repair:nik-length": Text(
        found=_("NIK terdiri dari {length} angka."),
        expected=_("16 angka."),
        remedy=_("Cocokkan dengan KTP, lalu lengkapi. Jangan menambah angka nol."),
    ),
    "repair:nik-characters": Text(
        found=_("NIK memuat huruf atau tanda yang bukan angka."),
        expected=_("16 angka 0 sampai 9."),
        remedy=_("Cocokkan dengan KTP; huruf O bukan angka 0, huruf l bukan angka 1."),
    ),
    "repair:nik-date": Text(
        found=_("Tanggal lahir di dalam NIK tidak mungkin ada (hari {day}, bulan {month})."),
        expected=_("Hari 01-31, atau 41-71 untuk perempuan; bulan 01-12."),
        remedy=_("Cocokkan NIK dengan KTP."),
    ),
    "repair:nik-region": Text(
        found=_("Kode wilayah di dalam NIK tidak mungkin ada."),
        remedy=_("Cocokkan NIK dengan KTP."),
    ),
    "repair:nik-serial": Text(
        found=_("Nomor urut di dalam NIK tidak mungkin 0000."),
        remedy=_("Cocokkan NIK dengan KTP."),
    ),
    "repair:nik-is-kk": Text(
        found=_("Kolom NIK berisi nomor Kartu Keluarga."),
        expected=_("NIK orangnya, bukan nomor KK."),
        remedy=_("Ganti dengan NIK dari KTP."),
    ),
    "repair:same-nik-different-name": Text(
        found=_("NIK yang sama dipakai dengan nama lain di baris {rows}."),
        expected=_("Satu NIK untuk satu orang."),
        remedy=_("Cocokkan kedua baris dengan KTP."),
    ),
    "repair:nik-belongs-to-another-name": Text(
        found=_("NIK {nik} sudah tercatat atas nama lain."),
        expected=_("Nama yang sama dengan yang tercatat."),
        remedy=_("Cocokkan NIK dan nama dengan KTP; bila KTP benar, laporkan kepada dinas."),
    ),
    "repair:name-missing": Text(
        found=_("Nama kosong."),
        remedy=_("Isi nama lengkap sesuai KTP."),
    ),
    "repair:name-characters": Text(
        found=_("Nama memuat tanda yang tidak lazim ({found})."),
        expected=_("Huruf, spasi, titik, koma, dan petik."),
        remedy=_("Tulis ulang nama sesuai KTP."),
    ),
    "repair:name-garbled": Text(
        found=_("Huruf pada nama rusak ({found})."),
        expected="{suggestion}",
        remedy=_("Tulis ulang nama sesuai KTP, dan simpan berkas sebagai .xlsx."),
    ),
    "repair:name-too-long": Text(
        found=_("Nama terdiri dari {length} huruf."),
        expected=_("Paling banyak {expected} huruf."),
        remedy=_("Tulis ulang nama sesuai KTP."),
    ),
    "repair:birth-date": Text(
        found=_("Tanggal lahir {found} tidak dapat dipakai."),
        expected=_("Tanggal seperti 15-12-1990."),
        remedy=_("Tulis tanggal lahir sesuai KTP, dengan tahun empat angka."),
    ),
    "repair:birth-date/missing": Text(
        found=_("Tanggal lahir kosong."),
        expected=_("Tanggal seperti 15-12-1990."),
        remedy=_("Isi tanggal lahir sesuai KTP."),
    ),
    "repair:birth-date/ambiguous": Text(
        found=_("Tanggal lahir {found} dapat dibaca dua cara (hari dan bulan tertukar)."),
        expected=_("Tanggal seperti 15 Desember 1990."),
        remedy=_("Tulis bulannya dengan huruf, sesuai KTP."),
    ),
    "repair:birth-date/two-digit-year": Text(
        found=_("Tahun lahir pada {found} hanya dua angka."),
        expected=_("Tahun empat angka, seperti 1990."),
        remedy=_("Tulis tahun lahir dengan empat angka, sesuai KTP."),
    ),
    "repair:birth-date/serial": Text(
        found=_("Tanggal lahir tersimpan sebagai angka {found}."),
        expected=_("Tanggal seperti 15-12-1990."),
        remedy=_("Ubah format sel menjadi tanggal, atau ketik ulang sesuai KTP."),
    ),
    "repair:birth-date/future": Text(
        found=_("Tanggal lahir {found} belum terjadi."),
        expected=_("Tanggal seperti 15-12-1990."),
        remedy=_("Tulis tanggal lahir sesuai KTP, dengan tahun empat angka."),
    ),
    "repair:birth-date/too-early": Text(
        found=_("Tanggal lahir {found} terlalu lampau."),
        expected=_("Tanggal seperti 15-12-1990."),
        remedy=_("Tulis tanggal lahir sesuai KTP, dengan tahun empat angka."),
    ),
    "repair:birth-disagrees-with-nik": Text(
        found=_("Tanggal lahir {found}, tetapi NIK menunjukkan {expected}."),
        expected=_("Tanggal lahir yang sama dengan di dalam NIK."),
        remedy=_("Cocokkan NIK dan tanggal lahir dengan KTP."),
    ),
    "repair:sex-disagrees-with-nik": Text(
        found=_("Jenis kelamin {found}, tetapi NIK menunjukkan {expected}."),
        expected=_("Jenis kelamin yang sama dengan di dalam NIK."),
        remedy=_("Cocokkan NIK dan jenis kelamin dengan KTP."),
    ),
    "repair:sex-unreadable": Text(
        found=_('Jenis kelamin "{found}" tidak dikenali.'),
        expected=_("L atau P."),
        remedy=_("Tulis L untuk laki-laki atau P untuk perempuan."),
    ),
    "repair:village-unknown": Text(
        found=_('Desa atau kelurahan "{found}" tidak ditemukan.'),
        expected=_("Nama desa dengan kecamatannya, seperti Purwokerto, Brangsong."),
        remedy=_("Periksa ejaan desa dan kecamatannya."),
    ),
    "repair:village-unknown/missing": Text(
        found=_("Desa atau kelurahan kosong."),
        expected=_("Nama desa dengan kecamatannya, seperti Purwokerto, Brangsong."),
        remedy=_("Isi nama desa dan kecamatannya."),
    ),
    "repair:village-unknown/ambiguous": Text(
        found=_('Ada beberapa desa bernama "{found}": {candidates}.'),
        expected=_("Nama desa dengan kecamatannya, seperti Purwokerto, Brangsong."),
        remedy=_("Isi juga kecamatannya."),
    ),
    "repair:age": Text(
        found=_("Usia {found} tahun."),
        expected=_("Paling muda {youngest} tahun dan belum mencapai {limit} tahun."),
        remedy=_("Periksa tanggal lahir; bila benar, orang ini tidak dapat didaftarkan."),
    ),
    "repair:age/terlalu_muda": Text(
        found=_("Usia {found} tahun, terlalu muda untuk didaftarkan."),
        expected=_("Paling muda {youngest} tahun."),
        remedy=_("Periksa tanggal lahir; bila benar, orang ini belum dapat didaftarkan."),
    ),
    "repair:age/terlalu_tua": Text(
        found=_("Usia {found} tahun, melewati batas usia mendaftar."),
        expected=_("Belum mencapai {limit} tahun."),
        remedy=_("Periksa tanggal lahir; bila benar, orang ini tidak dapat didaftarkan."),
    ),
    "repair:worker-code": Text(
        found=_("Tidak ada pekerja Anda dengan kode pekerja ini."),
        remedy=_("Hapus kodenya dan tulis NIK 16 angka, atau unduh templat lagi dan salin kodenya."),
    ),
    "repair:worker-code/another-nik": Text(
        found=_("Kode pekerja ini milik orang dengan NIK yang lain."),
        remedy=_("Bila orang lain, hapus kodenya dan biarkan NIK-nya. Bila orang yang sama, kosongkan NIK-nya."),
    ),
    "repair:village-elsewhere": Text(
        found=_("Orang ini tinggal di desa lain ({found}), sedangkan daftar ini daftar desa {expected}."),
        expected=_("Orang yang tinggal di {expected}."),
        remedy=_(
            "Hapus barisnya dari daftar ini; desa lain atau dinas yang mengusulkannya. Bila desanya keliru, betulkan."
        ),
    ),
    "repair:cell-error": Text(
        found=_("Sel {field} berisi kesalahan Excel ({found})."),
        remedy=_("Ketik isinya sebagai teks."),
    ),
    "repair:cell-not-calculated": Text(
        found=_("Sel {field} berisi rumus yang belum dihitung."),
        remedy=_("Buka berkas di Excel, tekan F9, simpan; atau ketik isinya."),
    ),
    "repair:control-characters": Text(
        found=_("Sel {field} memuat tanda kendali yang tidak terlihat."),
        remedy=_("Ketik ulang isi sel itu."),
    ),
    "note:returned": Text(
        found=_("Daftar ini dikembalikan oleh penyetuju: {reason}"),
        remedy=_("Perbaiki, lalu kirim lagi."),
    ),
    "note:read-as-text": Text(
        found=_('Dibaca sebagai berkas teks ({encoding}) dengan pemisah "{separator}".'),
    ),
    "note:several-sheets": Text(
        found=_('Yang dibaca lembar "{sheet}". Lembar lain juga berisi: {others}.'),
        remedy=_("Bila bukan lembar itu, pilih lembar yang lain."),
    ),
    "note:hidden-sheets": Text(
        found=_("Lembar tersembunyi tidak dibaca ({sheets})."),
    ),
    "note:hidden-rows": Text(
        found=_("Ada {count} baris tersembunyi; semuanya ikut dibaca."),
        remedy=_("Bila tidak dimaksudkan, hapus baris itu lalu unggah ulang."),
    ),
    "note:hidden-columns": Text(
        found=_("Ada {count} kolom tersembunyi yang berisi data."),
    ),
    "note:other-format": Text(
        found=_('Nama berkas berakhiran "{written}", tetapi isinya {format}; yang dibaca isinya.'),
    ),
    "note:read-as-web-page": Text(
        found=_("Berkas ini halaman web yang dinamai seperti buku kerja; tabelnya dibaca."),
    ),
    "note:comments": Text(
        found=_("Ada {count} komentar pada sel; isinya tidak dibaca."),
        remedy=_("Bila komentar memuat data, pindahkan ke selnya."),
    ),
    "note:external-links": Text(
        found=_("Berkas menarik data dari berkas atau sumber lain; sambungannya tidak dibuka."),
        remedy=_("Periksa apakah angka yang berasal dari sana sudah yang terbaru."),
    ),
    "note:crossed-out": Text(
        found=_("Baris {rows} dicoret atau berwarna merah; tetap dibaca seperti baris lain."),
        remedy=_("Bila maksudnya dihapus, hapus baris itu lalu unggah ulang."),
    ),
    "note:village-of-letterhead": Text(
        found=_('Tidak ada kolom desa; semua baris dianggap dari desa "{village}" menurut kepala daftar.'),
    ),
    "note:columns-remembered": Text(
        found=_("Kolom dibaca seperti yang pernah ditunjukkan untuk formulir ini."),
        remedy=_("Bila keliru, ubah pemetaannya."),
    ),
    "note:heading-twice": Text(
        found=_('Dua kolom tampak berisi {field}. Yang dipakai "{kept}"; "{other}" tidak dibaca.'),
        remedy=_("Bila terbalik, ubah pemetaannya."),
    ),
    "note:nik-cleaned": Text(
        found=_("Tanda di sekitar angka NIK dihilangkan."),
    ),
    "note:invisible-signs": Text(
        found=_("Tanda yang tidak terlihat dihilangkan dari {field}."),
    ),
    "note:name-says-dead": Text(
        found=_('Nama memuat "Alm."; pastikan orangnya masih hidup.'),
    ),
    "note:name-one-letter": Text(
        found=_("Nama hanya satu huruf."),
    ),
    "note:perhaps-registered": Text(
        found=_("Mungkin orang yang sama dengan {name} yang sudah terdaftar dengan NIK {nik}."),
        remedy=_("Periksa NIK di KTP sebelum daftar disetujui."),
    ),
    "note:birth-from-nik": Text(
        found=_("Tanggal lahir diambil dari NIK."),
    ),
    "note:birth-read-with-nik": Text(
        found=_("Tanggal lahir {found} dibaca dengan bantuan NIK."),
    ),
    "note:birth-may-be-default": Text(
        found=_("Tanggal lahir 1 Januari atau 31 Desember sering berarti tanggal yang tidak diketahui."),
    ),
    "note:sex-from-nik": Text(
        found=_("Jenis kelamin diambil dari NIK."),
    ),
    "note:village-spelling": Text(
        found=_('Ejaan desa "{found}" disesuaikan.'),
    ),
    "note:phone-unreadable": Text(
        found=_("Nomor telepon tidak dapat dibaca dan tidak disimpan."),
    ),
    "note:kk-unreadable": Text(
        found=_("Nomor KK tidak dapat dibaca dan tidak disimpan."),
    ),
    **FURTHER,
}
