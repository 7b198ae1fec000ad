"""Worked cases of the law, and where the rules answer otherwise.

A file is a YAML list of cases: `name`, `rule` (its public name), `given`, `expect` (keys left out are not compared),
`source` and `confidence` of the expected figure. Where a rule must refuse, `expect: {refused: before-the-law}` names
the code of its error.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from payung.rules.book import RULES, rule_named
from payung.rules.cards import StrictLoader
from payung.rules.errors import CasesFileError, RuleError
from payung.rules.plain import plain

REFUSED = "refused"


class DifferenceCode(StrEnum):
    """Why a case is named."""

    DIFFERS = "differs"
    NO_SUCH_KEY = "no-such-key"
    REFUSED = "refused"
    NOT_REFUSED = "not-refused"
    UNKNOWN_RULE = "unknown-rule"


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case."""

    name: str
    rule: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A case, and the one key in which the rule answers otherwise; `expected` and `found` are plain data."""

    case: str
    rule: str
    code: DifferenceCode
    key: str = ""
    expected: Any = None
    found: Any = None

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {**asdict(self), "code": self.code.value}


def read_cases(path: Path) -> list[Case]:
    """Read a file of cases; raise `CasesFileError` where it is none."""
    try:
        with path.open(encoding="utf-8") as stream:
            raw = yaml.load(stream, Loader=StrictLoader)  # noqa: S506 - a SafeLoader, stricter
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CasesFileError(f"{path.name}: {error}") from error
    if not isinstance(raw, list) or not raw:
        raise CasesFileError(f"{path.name}: not a list of cases")
    return [_case(path, number, item) for number, item in enumerate(raw, start=1)]


def _case(path: Path, number: int, raw: Any) -> Case:
    if not isinstance(raw, Mapping):
        raise CasesFileError(f"{path.name}: case {number} is no mapping")
    for key, kind in (("name", str), ("rule", str), ("given", Mapping), ("expect", Mapping)):
        if not isinstance(raw.get(key), kind):
            raise CasesFileError(f"{path.name}: case {number}: {key} is missing or of another kind")
    return Case(
        name=raw["name"],
        rule=raw["rule"],
        given=raw["given"],
        expect=raw["expect"],
        source=str(raw.get("source", "")),
        confidence=str(raw.get("confidence", "")),
    )


def check_cases(path: Path) -> list[Difference]:
    """Run a file of worked cases and name what differs; an empty list means that every case agrees."""
    return [difference for case in read_cases(path) for difference in check_case(case)]


def check_case(case: Case) -> list[Difference]:
    """Run one case."""
    if case.rule not in RULES:
        return [Difference(case.name, case.rule, DifferenceCode.UNKNOWN_RULE)]
    try:
        answer = rule_named(case.rule)(case.given).answer()
    except RuleError as error:
        return list(_refusals(case, error))
    if REFUSED in case.expect:
        return [Difference(case.name, case.rule, DifferenceCode.NOT_REFUSED, REFUSED, case.expect[REFUSED])]
    return list(_differences(case, answer))


def _refusals(case: Case, error: RuleError) -> Iterator[Difference]:
    expected = case.expect.get(REFUSED)
    if expected != error.code:
        yield Difference(case.name, case.rule, DifferenceCode.REFUSED, REFUSED, expected, error.code)


def _differences(case: Case, answer: Mapping[str, Any]) -> Iterable[Difference]:
    for key, expected in plain(case.expect).items():
        if key not in answer:
            yield Difference(case.name, case.rule, DifferenceCode.NO_SUCH_KEY, key, expected)
        # 1 == True in Python, and no figure of the law is a truth.
        elif answer[key] != expected or type(answer[key]) is not type(expected):
            yield Difference(case.name, case.rule, DifferenceCode.DIFFERS, key, expected, answer[key])
