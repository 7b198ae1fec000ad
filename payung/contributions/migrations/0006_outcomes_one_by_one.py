"""The outcome of a line is compared one by one: SQLite built a table of all thirty for every line it wrote."""

from django.db import migrations, models

from payung.contributions.within_line import WithinItsLine, WithinItsLineAside
from payung.store.append_only import AppendOnlyAgain
from payung.store.one_of import one_of

OUTCOMES = (
    *("cocok", "tanggal_berbeda", "kurang_bayar", "lebih_bayar", "kode_kedaluwarsa", "kode_tidak_dikenal"),
    *("dibayar_dua_kali", "beda_dengan_catatan", "usulan", "sudah_tercatat", "ditarik_kembali", "tidak_terbaca"),
    *("belum_dilaporkan", "setoran_dikenal", "setoran_belum_dikenal", "biaya_bank", "bunga_bank"),
    *("keluar_belum_dikenal", "tidak_di_rekening", "peserta_cocok", "tidak_pada_kita", "tidak_di_bpjs"),
    *("aktif_tanpa_pembayaran", "lunas_lebih_awal", "lunas_lebih_lama", "kpj_baru", "kpj_berbeda", "mulai_berbeda"),
    *("nama_berbeda", "peserta_kembar"),
)
MAY_CHANGE = (
    *("outcome", "facts", "sponsor_id", "pay_code_id", "payment_id"),
    *("decision", "decided_by", "decided_at", "note"),
)


def triggers_again() -> AppendOnlyAgain:
    return AppendOnlyAgain("contributions_reconciliationline", allow=MAY_CHANGE)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0005_cover_lines_by_entry")]

    operations = [
        triggers_again(),  # on the way back this is the last step: SQLite has rebuilt the table by then
        WithinItsLineAside(),  # SQLite rebuilds no table that another one's trigger names
        migrations.RemoveConstraint(model_name="reconciliationline", name="contributions_outcome_known"),
        migrations.AddConstraint(
            model_name="reconciliationline",
            constraint=models.CheckConstraint(
                condition=one_of("outcome", OUTCOMES), name="contributions_outcome_known"
            ),
        ),
        triggers_again(),
        WithinItsLine(),
    ]
