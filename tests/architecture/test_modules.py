"""The same names inside each module, and files that stay comfortable to read."""

import pytest

from tests.architecture.source import PACKAGE, ROOT, django_folders, sources

LONGEST = 600
NAMELESS = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py", "admin.py", "tests.py"}
OF_THE_DOORS = {"views.py", "urls.py", "forms.py"}
DOORS = {"web", "api", "cli"}


@pytest.mark.parametrize("folder", django_folders(), ids=lambda path: path.name)
def test_django_module_says_what_it_is_for(folder):
    readme = folder / "README.md"
    assert readme.is_file(), f"{folder.name}: say its purpose, words, a picture and invariants in README.md"
    assert readme.read_text(encoding="utf-8").startswith(f"# {folder.name}")


@pytest.mark.parametrize("folder", django_folders(), ids=lambda path: path.name)
def test_pages_live_in_web_alone(folder):
    if folder.name in DOORS:
        return
    assert [path.name for path in folder.rglob("*.py") if path.name in OF_THE_DOORS] == []


def test_every_file_is_named_after_its_idea():
    assert [source.name for source in sources() if source.path.name in NAMELESS] == []


def test_no_file_outgrows_comfort():
    files = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
    files += (ROOT / "tests").rglob("*.py")
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in files
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}
