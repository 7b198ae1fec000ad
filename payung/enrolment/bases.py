"""Which paper a determination rests on, by the funds: no list is determined, and no notice goes out, without it."""

from collections.abc import Mapping

from payung.enrolment.models import Determination
from payung.kernel.funds import SumberDana

Basis = Determination.Basis

# APBD, DBHCHT: the decree of the Bupati with its annex by name (law.md 3.2, PMK 72/2024 for DBHCHT).
BASES_OF: Mapping[str, frozenset[str]] = {
    SumberDana.CSR: frozenset({Basis.SURAT_KOMITMEN, Basis.PERJANJIAN}),
    SumberDana.DONASI: frozenset({Basis.SURAT_KOMITMEN, Basis.PERJANJIAN}),
    SumberDana.ASN: frozenset({Basis.FORMULIR_ASN}),
    SumberDana.BAZNAS: frozenset({Basis.KEPUTUSAN_BAZNAS, Basis.PERJANJIAN}),
    SumberDana.MANDIRI: frozenset({Basis.PERNYATAAN_MANDIRI}),
    SumberDana.APBD: frozenset({Basis.SK_BUPATI}),
    SumberDana.DBHCHT: frozenset({Basis.SK_BUPATI}),
    SumberDana.APBN: frozenset({Basis.KEPUTUSAN_MENTERI}),
    SumberDana.APBDES: frozenset({Basis.KEPUTUSAN_DESA}),
}
