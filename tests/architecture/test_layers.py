"""One direction: import-linter's contracts, and what keeps them honest."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, UNPLACED, folders, layers


def test_import_contracts_hold():
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_folder_has_its_place():
    placed = frozenset().union(*layers())
    assert [path.name for path in folders() if path.name not in placed and path.name not in UNPLACED] == []


def test_no_module_is_an_empty_package():
    empty = [
        path.name
        for path in folders()
        if not any(file.stat().st_size > 0 for file in path.rglob("*.py") if file.name != "__init__.py")
    ]
    assert empty == []


def test_nobody_imports_the_wiring():
    text = [path for path in folders() if path.name not in UNPLACED]
    importers = [
        file.relative_to(ROOT).as_posix()
        for folder in text
        for file in folder.rglob("*.py")
        if "payung.config" in {word.strip(",()") for word in _import_words(file)}
    ]
    assert importers == []


def _import_words(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if line.lstrip().startswith(("import ", "from ")) for word in line.split()]
