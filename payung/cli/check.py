"""`payung check`: everything that must always hold, held against the data."""

import sys

import click

from payung.access.permissions import Permission
from payung.cli.session import FAILED, Session, with_session
from payung.contributions.invariants import check_each as check_ledger
from payung.intake.invariants import check_each as check_lists

TITLES = {
    "I-1": "setiap catatan buku berjumlah nol",
    "I-2": "tidak ada pembayaran dan janji yang terpakai melebihi jumlahnya",
    "I-3": "uang di kliring adalah pembayaran yang belum dikonfirmasi",
    "I-4": "setiap pemberitahuan dan pembayaran tercatat sekali",
    "I-5": "setiap harga menurut hukum bulannya",
    "I-6": "catatan tidak dapat diubah atau dihapus",
    "I-9": "satu bulan pekerja, satu penyandang",
    "I-10": "perlindungan ada tepat di mana dibayar",
    "I-11": "perlindungan dapat dibangun kembali dari buku",
    "I-13": "bulan yang diambil atau dikembalikan sama dengan uangnya",
    "I-14": "bulan-bulan di dalam pemberitahuan dan janjinya",
    "I-15": "satu orang untuk satu NIK",
    "I-16": "tidak ada perlindungan sesudah meninggal",
    "I-17": "tidak ada perlindungan sebelum dibayar tanpa tanda tunggakan",
    "I-19": "tanggal lahir sesuai NIK",
    "I-20": "dua orang untuk setiap persetujuan",
    "I-21": "setiap langkah pendaftaran menurut tabelnya",
    "I-22": "setiap perbuatan tercatat",
    "I-23": "rantai catatan perbuatan utuh",
    "I-24": "tidak ada NIK terbaca di baris daftar",
    "I-27": "tidak ada baris daftar yang hilang",
    "I-28": "yang disetujui sama dengan yang ditunjukkan",
    "I-29": "basis data utuh",
    "I-30": "setiap orang dapat ditemukan kembali tanpa NIK",
}


@click.command()
@with_session
def check(session: Session) -> None:
    """Periksa semua yang harus selalu berlaku, dan sebutkan baris yang melanggarnya.

    Kode keluar 1 bila ada pelanggaran. Aman dijalankan kapan saja: tidak ada yang diubah.
    """
    session.viewer.require(Permission.LEDGER_CHECK)
    results = [*check_ledger(), *check_lists()]
    found = [violation for _, violations in results for violation in violations]
    lines = []
    for number, violations in results:
        lines.append(f"{'BAIK' if not violations else 'LANGGAR':<8}{number:<6}{TITLES[number]}")
        lines += [f"        {one.object_type} {one.object_id} {one.found}".rstrip() for one in violations]
    data = {
        "checked": [number for number, _ in results],
        "violations": [violation.as_dict() for violation in found],
    }
    session.answer(data, "\n".join(lines))
    if found:
        sys.exit(FAILED)


check.payung_door = Permission.LEDGER_CHECK  # type: ignore[attr-defined]
commands: list[click.Command] = [check]
