"""The book of public rules: each rule that can be asked by name. A new rule is one import and one name here."""

from collections.abc import Mapping

from payung.rules.errors import UnknownRuleError
from payung.rules.iuran.iuran_bpu import iuran_bpu
from payung.rules.iuran.masa_iuran import masa_iuran
from payung.rules.jkm.beasiswa import beasiswa
from payung.rules.jkm.jkm_manfaat import jkm_manfaat
from payung.rules.kepesertaan.kelayakan_usia import kelayakan_usia
from payung.rules.kepesertaan.nik import nik
from payung.rules.kepesertaan.status_kepesertaan import status_kepesertaan
from payung.rules.public_rule import PublicRule

RULES: Mapping[str, PublicRule] = {
    rule.name: rule
    for rule in (
        PublicRule.of(beasiswa),
        PublicRule.of(iuran_bpu),
        PublicRule.of(jkm_manfaat),
        PublicRule.of(kelayakan_usia),
        PublicRule.of(masa_iuran),
        PublicRule.of(nik),
        PublicRule.of(status_kepesertaan),
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
