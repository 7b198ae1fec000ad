"""What each invariant promises, in a line; and the words for how it stands."""

from django.utils.translation import gettext_lazy as _

TITLES = {
    "I-1": _("setiap catatan buku berjumlah nol"),
    "I-2": _("tidak pernah ada pembayaran atau janji yang terpakai melebihi jumlahnya"),
    "I-3": _("yang dibayar sama dengan yang melindungi ditambah sisanya; kliring menunggu konfirmasi"),
    "I-4": _("setiap pemberitahuan, pembayaran, konfirmasi, dan pembatalan tercatat sekali"),
    "I-5": _("setiap harga menurut hukum bulannya"),
    "I-6": _("catatan tidak dapat diubah atau dihapus; pembatalan mencerminkan aslinya"),
    "I-7": _("satu baris rekening koran tidak membiayai lebih dari jumlahnya"),
    "I-8": _("santunan kematian dibayar sekali seumur hidup, menurut tabelnya"),
    "I-9": _("satu bulan pekerja, satu penyandang"),
    "I-10": _("perlindungan ada tepat di mana dibayar"),
    "I-11": _("perlindungan, hitungan, dan kunci pencarian dapat dibangun kembali dari asalnya"),
    "I-12": _("urutan kejadian yang lepas satu sama lain tidak mengubah hasil"),
    "I-13": _("bulan yang diambil atau dikembalikan sama dengan uangnya"),
    "I-14": _("bulan di dalam pemberitahuan dan janjinya, catatan di bulan yang terbuka"),
    "I-15": _("satu orang untuk satu NIK"),
    "I-16": _("tidak ada perlindungan dan tagihan sesudah bulan meninggal"),
    "I-17": _("tidak ada perlindungan sebelum dibayar tanpa tanda tunggakan"),
    "I-18": _("kejadian klaim jatuh di bulan yang terlindungi sebagaimana diketahui hari itu"),
    "I-19": _("tanggal lahir sesuai NIK, usia memenuhi syarat saat mendaftar"),
    "I-20": _("dua orang untuk setiap persetujuan, dan yang disetujui sama dengan yang ditunjukkan"),
    "I-21": _("setiap langkah menurut tabelnya, tanpa lompatan"),
    "I-22": _("setiap perbuatan tercatat"),
    "I-23": _("rantai catatan perbuatan utuh"),
    "I-24": _("setiap NIK yang dibuka disebut keperluannya"),
    "I-25": _("tidak ada NIK yang terbaca di basis data"),
    "I-26": _("setiap daftar yang keluar tercatat dengan isinya"),
    "I-27": _("tidak ada baris daftar yang hilang"),
    "I-28": _("daftar yang sama tidak masuk dua kali"),
    "I-29": _("basis data utuh"),
    "I-30": _("setiap surat keluar punya satu sebab"),
}
STATES = {
    "sound": _("BAIK"),
    "broken": _("LANGGAR"),
    "claims": _("BELUM ADA"),
    "tests": _("DIUJI"),
}
INSTEAD = {
    "claims": _("Belum ada: diperiksa begitu klaim dicatat di Payung."),
    "tests": _("Tidak terlihat dari isi basis data: dibuktikan oleh uji program."),
}
