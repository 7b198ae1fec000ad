"""What each step shows over all worked cases: the names of its params, and the cards of its figures.

A step may show more without a change here. Where one shows less, or to have new ones held too:
`.venv/bin/python -m tests.rules.steps_shown`, then read the difference.
"""

from pathlib import Path

import yaml

from payung.rules.book import RULES
from payung.rules.cases import read_cases
from payung.rules.errors import RuleError

HERE = Path(__file__).parent
LIST = HERE / "steps.yaml"
HEADER = "# What each step shows: names of params | cards of figures. Written by tests/rules/steps_shown.py.\n"


def shown() -> dict[str, list[str]]:
    """By the code of the step: each shape in which the worked cases meet it."""
    found: dict[str, set[str]] = {}
    for path in (HERE.parent / "data" / "cases.yaml", *sorted(HERE.glob("*/*.yaml"))):
        for case in read_cases(path):
            try:
                steps = RULES[case.rule](case.given).steps if case.rule in RULES else ()
            except RuleError:
                continue
            for step in steps:
                cards = dict.fromkeys(figure.card for figure in step.figures)
                found.setdefault(step.code, set()).add(f"{', '.join(step.params)} | {', '.join(cards)}".strip())
    return {code: sorted(shapes) for code, shapes in sorted(found.items())}


def listed() -> dict[str, list[str]]:
    """The same, as it was last read and found right."""
    return yaml.safe_load(LIST.read_text(encoding="utf-8"))


if __name__ == "__main__":
    LIST.write_text(HEADER + yaml.safe_dump(shown(), allow_unicode=True, width=1000), encoding="utf-8")
