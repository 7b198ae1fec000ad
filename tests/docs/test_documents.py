"""What the documents name must be there: paths, links, commands, and one decision a number."""

import re
from pathlib import Path

import click
import pytest

from payung.cli.main import payung

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)[^)]*\)")
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:payung|tests|tools|bench|docs)/[\w./-]*")
COMMAND = re.compile(r"(?:^|[`(]|\| )payung ([a-z][a-z -]*)", re.MULTILINE)
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]


def code_of(text: str) -> str:
    """What stands in code: blocks and quoted words."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *QUOTED.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))])


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_link_leads_somewhere(document):
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_find_it_names_only_what_exists():
    quoted = QUOTED.findall((DOCS / "find-it.md").read_text(encoding="utf-8"))
    paths = [text for text in quoted if "/" in text or text.startswith(".")]
    assert len(paths) > 50
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_paths_of_this_house_exist(document):
    """A quoted path that begins with a folder of the house is there; one with a pattern in it is not asked."""
    quoted = QUOTED.findall(document.read_text(encoding="utf-8"))
    paths = [text for text in quoted if PATH.fullmatch(text)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_commands_are_those_of_the_program(document):
    from_main = payung
    unknown = [
        words
        for words in COMMAND.findall(code_of(document.read_text(encoding="utf-8")))
        if not is_command(from_main, words.split())
    ]
    assert unknown == []


def is_command(group: click.Group, words: list[str]) -> bool:
    """Whether the words name a command, as far as they name anything; what follows a command are its arguments."""
    here: click.Command = group
    for word in words:
        if not isinstance(here, click.Group) or word.startswith("-"):
            return True
        found = here.get_command(click.Context(here), word)
        if found is None:
            return bool(getattr(here, "invoke_without_command", False))
        here = found
    return True


def test_decisions_bear_one_number_each():
    records = sorted(path.name for path in (DOCS / "decisions").glob("[0-9]*.md"))
    numbers = [name[:4] for name in records]
    assert numbers == [f"{number:04d}" for number in range(1, len(records) + 1)]


def test_every_decision_says_why_and_what_would_reverse_it():
    for record in (DOCS / "decisions").glob("[0-9]*.md"):
        text = record.read_text(encoding="utf-8")
        missing = [
            part for part in ("Status", "Context", "Decision", "Alternatives", "Reversed by") if part not in text
        ]
        assert missing == [], record.name
        assert len(text.splitlines()) <= 40, record.name


def test_index_of_decisions_names_every_record():
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    records = {path.name for path in (DOCS / "decisions").glob("[0-9]*.md")}
    assert records == {link for link in LINK.findall(index) if link[0].isdigit()}


def test_a_command_that_is_nobodys_is_noticed():
    assert is_command(payung, ["enrol", "bpjs", "export"])
    assert not is_command(payung, ["pledgee"])
    assert not is_command(payung, ["enrol", "nothing"])
