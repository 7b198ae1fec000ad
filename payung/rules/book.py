"""The book of public rules: each rule that can be asked by name. A new rule is one import and one name here."""

from collections.abc import Mapping

from payung.rules.errors import UnknownRuleError
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.iuran.masa_iuran import masa_iuran
from payung.rules.jkk.jkk_alat_bantu import jkk_alat_bantu
from payung.rules.jkk.jkk_cacat_sebagian_anatomis import jkk_cacat_sebagian_anatomis
from payung.rules.jkk.jkk_cacat_sebagian_fungsi import jkk_cacat_sebagian_fungsi
from payung.rules.jkk.jkk_cacat_total_tetap import jkk_cacat_total_tetap
from payung.rules.jkk.jkk_homecare import jkk_homecare
from payung.rules.jkk.jkk_meninggal import jkk_meninggal
from payung.rules.jkk.jkk_perawatan import jkk_perawatan
from payung.rules.jkk.jkk_rehabilitasi import jkk_rehabilitasi
from payung.rules.jkk.jkk_stmb import jkk_stmb
from payung.rules.jkk.jkk_transportasi import jkk_transportasi
from payung.rules.jkm.beasiswa import beasiswa
from payung.rules.jkm.jkm_manfaat import jkm_manfaat
from payung.rules.kepesertaan.ahli_waris import ahli_waris
from payung.rules.kepesertaan.aktif_kembali import aktif_kembali
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.rules.kepesertaan.nik import nik
from payung.rules.kepesertaan.status_kepesertaan import status_kepesertaan
from payung.rules.public_rule import PublicRule
from payung.rules.tenggat.denda_keterlambatan import denda_keterlambatan
from payung.rules.tenggat.kedaluwarsa_jkk import kedaluwarsa_jkk
from payung.rules.tenggat.kedaluwarsa_jkm import kedaluwarsa_jkm
from payung.rules.tenggat.tenggat_bayar_jkk import tenggat_bayar_jkk
from payung.rules.tenggat.tenggat_bayar_jkm import tenggat_bayar_jkm
from payung.rules.tenggat.tenggat_keputusan_jkk import tenggat_keputusan_jkk
from payung.rules.tenggat.tenggat_lapor_jkk import tenggat_lapor_jkk
from payung.rules.tenggat.tenggat_lapor_tahap_dua import tenggat_lapor_tahap_dua

RULES: Mapping[str, PublicRule] = {
    rule.name: rule
    for rule in (
        PublicRule.of(ahli_waris),
        PublicRule.of(aktif_kembali),
        PublicRule.of(beasiswa),
        PublicRule.of(denda_keterlambatan),
        PublicRule.of(iuran_bpu),
        PublicRule.of(jkk_alat_bantu),
        PublicRule.of(jkk_cacat_sebagian_anatomis),
        PublicRule.of(jkk_cacat_sebagian_fungsi),
        PublicRule.of(jkk_cacat_total_tetap),
        PublicRule.of(jkk_homecare),
        PublicRule.of(jkk_meninggal),
        PublicRule.of(jkk_perawatan),
        PublicRule.of(jkk_rehabilitasi),
        PublicRule.of(jkk_stmb),
        PublicRule.of(jkk_transportasi),
        PublicRule.of(jkm_manfaat),
        PublicRule.of(kedaluwarsa_jkk),
        PublicRule.of(kedaluwarsa_jkm),
        PublicRule.of(kelayakan_usia),
        PublicRule.of(masa_iuran),
        PublicRule.of(nik),
        PublicRule.of(status_kepesertaan),
        PublicRule.of(tenggat_bayar_jkk),
        PublicRule.of(tenggat_bayar_jkm),
        PublicRule.of(tenggat_keputusan_jkk),
        PublicRule.of(tenggat_lapor_jkk),
        PublicRule.of(tenggat_lapor_tahap_dua),
    )
}


def rule_named(name: str) -> PublicRule:
    """Find a rule; raise `UnknownRuleError` listing those there are.

    >>> rule_named("iuran_bpu").keys[0].name
    'penghasilan_rp'
    """
    if name not in RULES:
        raise UnknownRuleError(name, tuple(RULES))
    return RULES[name]
