"""Parts of the body and other losses, as the rows of the table of Lampiran III name them."""

from enum import StrEnum

_RIGHT, _LEFT = "_kanan", "_kiri"


class Bagian(StrEnum):
    """A row of the table. Where a row counts in steps (each 10 dB, each 10 %), each mention is one step."""

    LENGAN_KANAN_DARI_BAHU = "lengan_kanan_dari_bahu"
    LENGAN_KIRI_DARI_BAHU = "lengan_kiri_dari_bahu"
    LENGAN_KANAN_DARI_SIKU = "lengan_kanan_dari_siku"
    LENGAN_KIRI_DARI_SIKU = "lengan_kiri_dari_siku"
    TANGAN_KANAN_DARI_PERGELANGAN = "tangan_kanan_dari_pergelangan"
    TANGAN_KIRI_DARI_PERGELANGAN = "tangan_kiri_dari_pergelangan"
    KEDUA_KAKI_DARI_PANGKAL_PAHA = "kedua_kaki_dari_pangkal_paha"
    SATU_KAKI_DARI_PANGKAL_PAHA = "satu_kaki_dari_pangkal_paha"
    KEDUA_KAKI_DARI_MATA_KAKI = "kedua_kaki_dari_mata_kaki"
    SATU_KAKI_DARI_MATA_KAKI = "satu_kaki_dari_mata_kaki"
    IBU_JARI_KANAN = "ibu_jari_kanan"
    IBU_JARI_KIRI = "ibu_jari_kiri"
    TELUNJUK_KANAN = "telunjuk_kanan"
    TELUNJUK_KIRI = "telunjuk_kiri"
    JARI_LAIN_KANAN = "jari_lain_kanan"
    JARI_LAIN_KIRI = "jari_lain_kiri"
    RUAS_PERTAMA_TELUNJUK_KANAN = "ruas_pertama_telunjuk_kanan"
    RUAS_PERTAMA_TELUNJUK_KIRI = "ruas_pertama_telunjuk_kiri"
    RUAS_PERTAMA_JARI_LAIN_KANAN = "ruas_pertama_jari_lain_kanan"
    RUAS_PERTAMA_JARI_LAIN_KIRI = "ruas_pertama_jari_lain_kiri"
    IBU_JARI_KAKI = "ibu_jari_kaki"
    TELUNJUK_KAKI = "telunjuk_kaki"
    JARI_KAKI_LAIN = "jari_kaki_lain"
    KEDUA_MATA = "kedua_mata"
    SATU_MATA = "satu_mata"
    DIPLOPIA_DEKAT = "diplopia_dekat"
    PENDENGARAN_KEDUA_TELINGA = "pendengaran_kedua_telinga"
    PENDENGARAN_SATU_TELINGA = "pendengaran_satu_telinga"
    PENURUNAN_DENGAR_KEDUA_TELINGA_10_DB = "penurunan_dengar_kedua_telinga_10_db"
    PENURUNAN_DENGAR_SATU_TELINGA_10_DB = "penurunan_dengar_satu_telinga_10_db"
    SATU_DAUN_TELINGA = "satu_daun_telinga"
    KEDUA_DAUN_TELINGA = "kedua_daun_telinga"
    CUPING_HIDUNG = "cuping_hidung"
    PERFORASI_SEKAT_HIDUNG = "perforasi_sekat_hidung"
    DAYA_PENCIUMAN = "daya_penciuman"
    PENGLIHATAN_WARNA = "penglihatan_warna"
    EFISIENSI_PENGLIHATAN_10_PERSEN = "efisiensi_penglihatan_10_persen"
    LAPANG_PANDANG_10_PERSEN = "lapang_pandang_10_persen"
    KULIT_KEPALA = "kulit_kepala"
    IMPOTENSI = "impotensi"
    KAKI_MEMENDEK_KURANG_5_CM = "kaki_memendek_kurang_5_cm"
    KAKI_MEMENDEK_5_SAMPAI_7_5_CM = "kaki_memendek_5_sampai_7_5_cm"
    KAKI_MEMENDEK_7_5_CM_ATAU_LEBIH = "kaki_memendek_7_5_cm_atau_lebih"
    KAPASITAS_FISIK_10_SAMPAI_25_PERSEN = "kapasitas_fisik_10_sampai_25_persen"
    KAPASITAS_FISIK_26_SAMPAI_50_PERSEN = "kapasitas_fisik_26_sampai_50_persen"
    KAPASITAS_FISIK_51_SAMPAI_70_PERSEN = "kapasitas_fisik_51_sampai_70_persen"
    KECAKAPAN_MENTAL = "kecakapan_mental"

    @property
    def other_side(self) -> "Bagian":
        """The same part on the other side of the body; a part without a side is its own.

        >>> Bagian.TELUNJUK_KANAN.other_side.value
        'telunjuk_kiri'
        """
        swap = (_RIGHT, _LEFT) if _RIGHT in self.value else (_LEFT, _RIGHT)
        return Bagian(self.value.replace(*swap))
