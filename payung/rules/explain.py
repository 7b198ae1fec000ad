"""Ask a rule by its public name and get the answer with every step, figure and article as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payung.rules.book import rule_named
from payung.rules.plain import plain
from payung.rules.steps import Ruling


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule's answer to what was given. Secrets in `given` are masked."""

    rule: str
    given: dict[str, Any]
    ruling: Ruling

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: rule, given, answer, steps."""
        return {
            "rule": self.rule,
            "given": self.given,
            "answer": self.ruling.answer(),
            "steps": [step.as_dict() for step in self.ruling.steps],
        }


def explain(name: str, given: Mapping[str, Any]) -> Explanation:
    """Ask a rule; raise `UnknownRuleError`, `GivenError` or what the rule itself raises, all of them `RuleError`.

    >>> given = {"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}
    >>> explain("iuran_bpu", given).ruling.answer()["total_rp"]
    8400
    """
    rule = rule_named(name)
    arguments = rule.arguments(given)
    return Explanation(name, plain(rule.shown(arguments)), rule.function(**arguments))
