"""Ask a rule by its public name and get the answer with every step, figure and article as data."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from payung.rules.book import rule_named
from payung.rules.overlay import Overlay
from payung.rules.plain import plain
from payung.rules.steps import Ruling, Step
from payung.rules.telling import tell_step
from payung.rules.writing import Language


@dataclass(frozen=True, slots=True)
class Explanation:
    """A rule's answer to what was given. Secrets in `given` are masked; `overlay` names the scenario, if one held."""

    rule: str
    given: dict[str, Any]
    ruling: Ruling
    overlay: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: rule, given, scenario, answer, and the steps with their texts in both languages."""
        return {
            "rule": self.rule,
            "given": self.given,
            "overlay": self.overlay,
            "answer": self.ruling.answer(),
            "steps": [_step_with_texts(step) for step in self.ruling.steps],
        }


def _step_with_texts(step: Step[Any]) -> dict[str, Any]:
    texts = {language.value: tell_step(step, language).sentence for language in Language}
    return {**step.as_dict(), "text": texts}


def explain(name: str, given: Mapping[str, Any], *, overlay: Overlay | None = None) -> Explanation:
    """Ask a rule; raise `UnknownRuleError`, `GivenError` or what the rule itself raises, all of them `RuleError`.

    >>> given = {"penghasilan_rp": 1000000, "bulan": "2026-11", "sektor": "LAINNYA", "sumber_dana": "CSR"}
    >>> explain("iuran_bpu", given).ruling.answer()["total_rp"]
    8400
    """
    rule = rule_named(name)
    arguments = rule.arguments(given)
    with overlay.in_force() if overlay else nullcontext():
        ruling = rule.function(**arguments)
        _ = ruling.steps  # a rule that makes its steps when asked must make them by this scenario
    return Explanation(name, plain(rule.shown(arguments)), ruling, overlay.name if overlay else None)
