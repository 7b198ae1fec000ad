"""What must hold before a change lands, besides the tests: `make check`.

Every check runs, even after one failed; the summary names each. `make check ARGS="--only lint types"` runs some.
"""

import argparse
import dataclasses
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools import messages

ROOT = Path(__file__).resolve().parent.parent
CODE = tuple(folder for folder in ("payung", "tests", "tools", "bench") if (ROOT / folder).is_dir())
LOCKS = ("requirements.lock", "requirements-dev.lock")
ADDRESS = re.compile(r"\w+://|--(extra-)?index-url|--find-links")
CHECKSUMS = "SHA256SUMS"
NOTHING_COLLECTED = 5
LARGEST_BYTES = 2_000_000


@dataclasses.dataclass(frozen=True)
class Check:
    """One check: its name, and what gives a line per fault (or prints its own and gives one)."""

    name: str
    faults: Callable[[], list[str]]


def _command(*arguments: str, fine: tuple[int, ...] = (0,)) -> Callable[[], list[str]]:
    def run() -> list[str]:
        with tempfile.TemporaryDirectory(prefix="payung-check-") as home:
            environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            environment |= {"PAYUNG_HOME": home, "DJANGO_SETTINGS_MODULE": "tests.settings"}
            done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env=environment, check=False)
        return [] if done.returncode in fine else [f"`{' '.join(arguments)}` ended with {done.returncode}"]

    return run


def import_contracts() -> list[str]:
    """The layers, the pure modules and the order inside a module."""
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True)
    return [] if done.returncode == 0 else [done.stdout.strip()]


def locks_name_no_registry() -> list[str]:
    """Whoever installs uses the registry that their own pip is set to."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name in LOCKS
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), start=1)
        if ADDRESS.search(line)
    ]


def locks_cover_requirements() -> list[str]:
    """Each requirement that we name is in its lock, and each locked version is in the other lock too."""
    faults = []
    runtime, develop = (_pins(ROOT / name) for name in LOCKS)
    for source, pins in (("requirements.in", runtime), ("requirements-dev.in", develop)):
        for line in (ROOT / source).read_text(encoding="utf-8").splitlines():
            name = re.match(r"[A-Za-z0-9._-]+", line)
            if name and not line.startswith(("-", "#")) and _plain(name[0]) not in pins:
                faults.append(f"{source}: {name[0]} is not locked (make lock)")
    faults += [
        f"{name} is {version} in {LOCKS[0]} and {develop.get(name)} in {LOCKS[1]} (make lock)"
        for name, version in runtime.items()
        if develop.get(name) != version
    ]
    return faults


def _pins(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {_plain(name): version for name, version in found}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def vendored_files() -> list[str]:
    """Each file from elsewhere is the one whose checksum was committed, and none came in beside them."""
    folders = {path.parent for path in (ROOT / "payung").rglob(CHECKSUMS)}
    folders |= {path for path in (ROOT / "payung").rglob("vendor") if path.is_dir()}
    return [fault for folder in sorted(folders) for fault in _checksum_faults(folder)]


def _checksum_faults(folder: Path) -> list[str]:
    sums = folder / CHECKSUMS
    if not sums.is_file():
        return [f"{folder.relative_to(ROOT)} has no {CHECKSUMS}"]
    expected = {}
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        expected[name.removeprefix("./")] = digest
    present = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file() and path != sums
    }
    faults = [f"{folder.name}/{name} is missing" for name in sorted(expected.keys() - present.keys())]
    faults += [f"{folder.name}/{name} has no checksum" for name in sorted(present.keys() - expected.keys())]
    for name in sorted(expected.keys() & present.keys()):
        if hashlib.sha256(present[name].read_bytes()).hexdigest() != expected[name]:
            faults.append(f"{folder.name}/{name} is not the file that was vendored")
    return faults


def large_files() -> list[str]:
    """No file is too large for a repository: a package that somebody fetched stays in its history for good."""
    return [
        f"{path.relative_to(ROOT)} has {path.stat().st_size // 1_000_000} MB"
        for path in _kept_files()
        if path.stat().st_size > LARGEST_BYTES
    ]


def marks_of_merges() -> list[str]:
    """No file holds the marks that a merge leaves: in a template they run, and are seen by people alone."""
    marks = (b"\n" + b"<" * 7 + b" ", b"\n" + b">" * 7 + b" ")
    return [
        f"{path.relative_to(ROOT)} holds the marks of a merge"
        for path in _kept_files()
        if any(mark in path.read_bytes() for mark in marks)
    ]


def _kept_files() -> list[Path]:
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, text=True).stdout
    return [path for name in told.split("\0") if name and (path := ROOT / name).is_file()]


def _doctests() -> list[str]:
    folders = [f"payung/{name}" for name in ("kernel", "rules") if (ROOT / "payung" / name).is_dir()]
    # The optional engine's module needs pyspark, which is no dependency (requirements-spark.in).
    folders.append("--ignore=payung/rules/population/on_spark.py")
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--doctest-modules", *folders]
    return _command("pytest", *options, fine=(0, NOTHING_COLLECTED))()


CHECKS = (
    Check("format", _command("ruff", "format", "--check", "--quiet", *CODE)),
    Check("lint", _command("ruff", "check", "--quiet", *CODE)),
    Check("contracts", import_contracts),
    Check("locks", lambda: locks_name_no_registry() + locks_cover_requirements()),
    Check("vendored", vendored_files),
    Check("sizes", large_files),
    Check("merges", marks_of_merges),
    Check("texts", messages.faults),
    Check("doctests", _doctests),
    Check("migrations", _command("tools.migrations")),
    Check("types", _command("mypy", "--no-error-summary")),
)


def main() -> int:
    """Run the checks; 1 where one of them found something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=[check.name for check in CHECKS], help="these checks alone")
    wanted = parser.parse_args().only
    summary = []
    for check in CHECKS:
        if wanted and check.name not in wanted:
            continue
        started = time.monotonic()
        faults = check.faults()
        for fault in faults:
            print(f"{check.name}: {fault}", flush=True)
        summary.append((check.name, len(faults), time.monotonic() - started))
    print("\n=== Checks ===")
    for name, count, seconds in summary:
        print(f"{'FAILED' if count else 'ok    '} {name:16} {seconds:5.0f} s")
    return 1 if any(count for _, count, _ in summary) else 0


if __name__ == "__main__":
    sys.exit(main())
