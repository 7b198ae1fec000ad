"""The package's own source as parsed modules, for the tests that read it."""

import ast
import configparser
import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "payung"
UNPLACED = ("config",)


@dataclasses.dataclass(frozen=True)
class Source:
    """One Python file of the package."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Where it stands, as a reader would say it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """The module of the house that it belongs to (`registry`), or its own name at the top."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    def at(self, node: ast.AST) -> str:
        """File and line of a finding."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@functools.cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the package but migrations, parsed."""
    paths = (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)
    return tuple(Source(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


@functools.cache
def layers() -> tuple[frozenset[str], ...]:
    """The layering table of `.importlinter`, from the doors down to the kernel."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    lines = parser["importlinter:contract:layers"]["layers"].strip().splitlines()
    return tuple(frozenset(re.findall(r"\w+", line)) for line in lines)


def rank(module: str) -> int:
    """How high a module stands; a higher one may lean on a lower one."""
    for depth, names in enumerate(layers()):
        if module in names:
            return len(layers()) - depth
    raise KeyError(module)


def folders() -> list[Path]:
    """The modules of the house as they stand on the disk."""
    return [path for path in sorted(PACKAGE.iterdir()) if (path / "__init__.py").is_file()]


def django_folders() -> list[Path]:
    """Those of them that are Django apps."""
    return [path for path in folders() if (path / "apps.py").is_file() and path.name not in UNPLACED]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
