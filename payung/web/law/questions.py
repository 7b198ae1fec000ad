"""Which rules a visitor may ask, in words of a family: what happened, and the rule that answers."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payung.rules.book import RULES
from payung.rules.public_rule import PublicRule


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its address, what happened, and the public rule that answers it."""

    slug: str
    rule_name: str
    title: str | Promise
    lead: str | Promise
    icon: str = "gavel"

    @property
    def rule(self) -> PublicRule:
        """The rule itself."""
        return RULES[self.rule_name]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading."""

    title: str | Promise
    questions: tuple[Question, ...]


def _there(*questions: Question) -> tuple[Question, ...]:
    """Those whose rule is in the book."""
    return tuple(question for question in questions if question.rule_name in RULES)


_ALL = (
    Group(_("Meninggal dunia"), _there(
        Question("meninggal", "jkm_manfaat", _("Meninggal bukan karena kecelakaan kerja"),
                 _("Jaminan Kematian (JKM): sakit, usia, atau kecelakaan di luar pekerjaan."), "umbrella"),
        Question("meninggal-karena-kerja", "jkk_meninggal", _("Meninggal karena kecelakaan kerja"),
                 _("Jaminan Kecelakaan Kerja (JKK), sebagai ganti JKM, tidak ditambahkan kepadanya."), "umbrella"),
    )),
    Group(_("Cacat karena kecelakaan kerja"), _there(
        Question("cacat-total", "jkk_cacat_total_tetap", _("Cacat total tetap"),
                 _("Tidak dapat bekerja lagi untuk selamanya."), "shield-half"),
        Question("kehilangan-anggota-badan", "jkk_cacat_sebagian_anatomis", _("Kehilangan anggota badan"),
                 _("Jari, tangan, kaki, mata, dan seterusnya, menurut tabel."), "shield-half"),
        Question("berkurang-fungsi", "jkk_cacat_sebagian_fungsi", _("Berkurangnya fungsi anggota badan"),
                 _("Anggota badan masih ada, tetapi tidak lagi berfungsi penuh."), "shield-half"),
    )),
    Group(_("Perawatan dan pemulihan sesudah kecelakaan kerja"), _there(
        Question("tidak-mampu-bekerja", "jkk_stmb", _("Sementara tidak mampu bekerja"),
                 _("Pengganti penghasilan selama belum dapat bekerja."), "calendar-off"),
        Question("perawatan", "jkk_perawatan", _("Biaya perawatan"),
                 _("Dirawat sampai sembuh menurut kebutuhan medis."), "heart-handshake"),
        Question("perawatan-di-rumah", "jkk_homecare", _("Perawatan di rumah"),
                 _("Bila tidak mungkin lagi dirawat di rumah sakit."), "home"),
        Question("pengangkutan", "jkk_transportasi", _("Biaya pengangkutan"),
                 _("Membawa korban ke rumah sakit atau ke rumah."), "map-pin"),
        Question("alat-bantu", "jkk_alat_bantu", _("Gigi tiruan, alat bantu dengar, kacamata"),
                 _("Penggantian sampai batas tertentu."), "eye"),
        Question("rehabilitasi", "jkk_rehabilitasi", _("Rehabilitasi dan alat pengganti"),
                 _("Kaki atau tangan palsu, kursi roda, dan rehabilitasi medis."), "refresh"),
    )),
    Group(_("Iuran dan kepesertaan"), _there(
        Question("iuran", "iuran_bpu", _("Iuran sebulan"),
                 _("Berapa iuran JKK dan JKM seorang pekerja pada suatu bulan."), "coin"),
        Question("masa-tunggu", "masa_iuran", _("Lama iuran dan masa tunggu"),
                 _("Apakah iuran beberapa bulan sudah memberi santunan kematian penuh."), "hourglass"),
        Question("usia", "kelayakan_usia", _("Usia saat mendaftar"),
                 _("Apakah usia seseorang memenuhi syarat untuk didaftarkan."), "user-check"),
        Question("status", "status_kepesertaan", _("Status kepesertaan"),
                 _("Masih aktif, menunggak, atau sudah tidak aktif."), "id"),
        Question("aktif-kembali", "aktif_kembali", _("Membayar lagi sesudah terputus"),
                 _("Apakah kepesertaan berlanjut atau mulai dari awal."), "refresh"),
    )),
    Group(_("Ahli waris dan tenggat"), _there(
        Question("ahli-waris", "ahli_waris", _("Siapa ahli warisnya"),
                 _("Siapa yang menerima santunan bila pekerja meninggal, dan siapa berikutnya."), "users"),
        Question("melapor", "tenggat_lapor_jkk", _("Melaporkan kecelakaan kerja"),
                 _("Sampai kapan kecelakaan harus dilaporkan kepada BPJS."), "calendar-due"),
        Question("melapor-tahap-dua", "tenggat_lapor_tahap_dua", _("Laporan tahap II"),
                 _("Sesudah dokter menyatakan sembuh, cacat, atau meninggal."), "calendar-due"),
        Question("kesimpulan", "tenggat_keputusan_jkk", _("Kesimpulan BPJS"),
                 _("Sampai kapan BPJS menyimpulkan apakah itu kecelakaan kerja."), "calendar-due"),
        Question("pembayaran-jkk", "tenggat_bayar_jkk", _("Pembayaran manfaat JKK"),
                 _("Dalam hari kerja sesudah syaratnya lengkap, menurut kalender libur."), "calendar-due"),
        Question("pembayaran-jkm", "tenggat_bayar_jkm", _("Pembayaran santunan kematian"),
                 _("Dalam hari kerja sesudah syaratnya lengkap, menurut kalender libur."), "calendar-due"),
        Question("terlambat-dibayar", "denda_keterlambatan", _("Santunan terlambat dibayar"),
                 _("Ganti rugi bagi keluarga untuk setiap hari keterlambatan."), "hourglass"),
        Question("kedaluwarsa-jkk", "kedaluwarsa_jkk", _("Kedaluwarsa manfaat JKK"),
                 _("Sampai kapan manfaat kecelakaan kerja dapat diminta."), "hourglass"),
        Question("kedaluwarsa-jkm", "kedaluwarsa_jkm", _("Kedaluwarsa santunan kematian"),
                 _("Sampai kapan santunan kematian dapat diminta."), "hourglass"),
    )),
)  # fmt: skip
GROUPS: tuple[Group, ...] = tuple(group for group in _ALL if group.questions)
QUESTIONS = {question.slug: question for group in GROUPS for question in group.questions}
