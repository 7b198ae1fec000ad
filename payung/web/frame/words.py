"""Words for closed lists: roles, purposes, funds, sectors, how sure a figure is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payung.access.permissions import Role
from payung.kernel.funds import Keyakinan, Sektor, SumberDana
from payung.registry.services import Purpose

ROLE_NAMES: dict[Role, str | Promise] = {
    Role.PETUGAS_DESA: _("Petugas desa"),
    Role.VERIFIKATOR: _("Verifikator"),
    Role.PETUGAS_DINAS: _("Petugas dinas"),
    Role.PENYETUJU_DINAS: _("Penyetuju dinas"),
    Role.BENDAHARA: _("Bendahara"),
    Role.PETUGAS_BPJS: _("Petugas BPJS Ketenagakerjaan"),
    Role.PETUGAS_PERUSAHAAN: _("Petugas perusahaan"),
    Role.PIMPINAN_PERUSAHAAN: _("Pimpinan perusahaan"),
    Role.PIMPINAN_DAERAH: _("Pimpinan daerah"),
    Role.AUDITOR: _("Auditor"),
    Role.PEJABAT_PDP: _("Pejabat pelindungan data pribadi"),
    Role.PENGELOLA_SISTEM: _("Pengelola sistem"),
    Role.OPERATOR: _("Operator mesin"),
}

PURPOSES: dict[str, str | Promise] = {
    Purpose.VERIFIKASI: _("Mencocokkan dengan KTP atau KK"),
    Purpose.PADAN_DUKCAPIL: _("Menjawab pertanyaan Dukcapil"),
    Purpose.PENDAFTARAN_BPJS: _("Menjawab pertanyaan BPJS Ketenagakerjaan"),
    Purpose.KLAIM: _("Mengurus santunan"),
    Purpose.PERBAIKAN_DATA: _("Memperbaiki data"),
    Purpose.PERMINTAAN_YBS: _("Permintaan orangnya sendiri"),
    Purpose.PENGADUAN: _("Menangani pengaduan"),
    Purpose.PEMERIKSAAN: _("Pemeriksaan"),
}

FUND_NAMES: dict[SumberDana, str | Promise] = {
    SumberDana.CSR: _("CSR perusahaan"),
    SumberDana.DONASI: _("Donasi"),
    SumberDana.ASN: _("ASN Peduli"),
    SumberDana.BAZNAS: _("BAZNAS"),
    SumberDana.MANDIRI: _("Dibayar sendiri"),
    SumberDana.APBD: _("APBD"),
    SumberDana.DBHCHT: _("DBHCHT (bagi hasil cukai tembakau)"),
    SumberDana.APBN: _("APBN"),
    SumberDana.APBDES: _("APBDes"),
}

SECTOR_NAMES: dict[Sektor, str | Promise] = {
    Sektor.TRANSPORTASI: _("transportasi"),
    Sektor.LAINNYA: _("di luar transportasi"),
}

CONFIDENCE_NOTES: dict[Keyakinan, str | Promise] = {
    Keyakinan.TINGGI: "",
    Keyakinan.BELUM_DICEK: _("naskah aslinya belum dicek"),
    Keyakinan.PERLU_KONFIRMASI: _("perlu konfirmasi BPJS Ketenagakerjaan"),
}
