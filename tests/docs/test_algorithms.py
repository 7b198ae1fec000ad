"""The pages about the law: one for each public rule, each in the index, each naming its rule and where its code is."""

import re
from pathlib import Path

import pytest

from payung.rules.book import RULES

ALGORITHMS = Path(__file__).resolve().parents[2] / "docs" / "algorithms"
INDEX = ALGORITHMS / "README.md"
PAGES = sorted(page for page in ALGORITHMS.glob("*.md") if page != INDEX)
LINK = re.compile(r"\| \[([\w-]+)\]\(([\w-]+)\.md\) \|")


def page_of(rule: str) -> Path:
    return ALGORITHMS / f"{rule.replace('_', '-')}.md"


@pytest.mark.parametrize("rule", RULES)
def test_every_public_rule_has_its_page_which_says_its_name_and_its_file(rule):
    text = page_of(rule).read_text(encoding="utf-8")
    path = RULES[rule].function.__module__.replace(".", "/") + ".py"
    assert f"Public name `{rule}`" in text
    assert f"`{path}`" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_page_has_a_worked_example(page):
    assert ">>> " in page.read_text(encoding="utf-8").partition("## Worked example")[2]


def test_the_index_names_every_page_once():
    links = LINK.findall(INDEX.read_text(encoding="utf-8"))
    assert sorted(name for name, _ in links) == [page.stem for page in PAGES]
    assert [name for name, target in links if name != target] == []
