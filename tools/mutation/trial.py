"""One mutant on trial, in a child of a process that has everything imported but the law.

The child imports the law anew with the one thing wrong, so nothing has to be patched. First it asks every worked case,
which takes tenths of a second; where all agree, pytest runs the tests of the mutant's own file and folder until one
fails.
"""

import contextlib
import dataclasses
import gc
import importlib
import io
import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import yaml

from tools.mutation.mutant import Mutant

CPU_SECONDS = 30
WALL_SECONDS = 600
MEMORY = 4 << 30
# `population` needs engines that are slow to import and may not be there.
PYTEST = (
    *("-q", "-x", "-c", os.devnull, "--import-mode=importlib", "--noconftest"),
    *("-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "-k", "not population"),
)


@dataclasses.dataclass(frozen=True)
class Law:
    """What is mutated and what judges it: the package's folder, its tests' folder, the files of worked cases."""

    root: Path
    package: str = "payung/rules"
    tests: str = "tests/rules"
    case_files: tuple[Path, ...] = ()

    def tests_of(self, path: Path) -> list[Path]:
        """The tests that answer for a file: its own first, what every step shows, its folder's, the package's own."""
        inside = path.relative_to(self.root / self.package)
        tests = self.root / self.tests
        own = tests / inside.parent / f"test_{path.stem}.py"
        folder, package = sorted((tests / inside.parent).glob("test_*.py")), sorted(tests.glob("test_*.py"))
        found = [own, tests / "test_steps.py", *folder, *package]
        return [file for file in dict.fromkeys(found) if file.is_file()]


@dataclasses.dataclass(frozen=True)
class Verdict:
    """Whether a mutant was killed, by what, and how long that took."""

    mutant: Mutant
    killed: bool
    by: str
    seconds: float


class Court:
    """Warmed up once; tries any number of mutants."""

    def __init__(self, law: Law, cpu_seconds: int = CPU_SECONDS) -> None:
        self.law, self.cpu_seconds = law, cpu_seconds
        self.cases = [case for path in law.case_files for case in _raw_cases(path)]
        self._agreed: list[str] = []
        self._texts: dict[str, Any] = {}

    def warm_up(self, tests: Iterable[Path]) -> str:
        """Run everything without a mutant, learn what it imports and import that; "" where all is well."""
        files = list(dict.fromkeys(tests))
        _, answer = next(_children([("", lambda: self._healthy(files))], jobs=1))
        if not isinstance(answer, dict) or answer["failed"]:
            return f"without any mutant: {answer['failed'] if isinstance(answer, dict) else answer}"
        self._agreed = answer["agreed"]
        files = sorted((self.law.root / self.law.package).rglob("*.yaml"))
        self._texts = {text: _parsed(text) for text in (path.read_text(encoding="utf-8") for path in files)}
        for name in answer["imports"]:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        for name in [name for name in sys.modules if self._is_ours(name)]:
            del sys.modules[name]
        gc.collect()
        gc.freeze()
        return ""

    def try_all(self, mutants: Iterable[Mutant], jobs: int = 1) -> Iterator[Verdict]:
        """Try each; in the order in which they end."""
        started: dict[Mutant, float] = {}

        def trial(mutant: Mutant) -> Callable[[], Any]:
            started[mutant] = time.monotonic()
            return lambda: self._try(mutant)

        for mutant, by in _children(((mutant, trial(mutant)) for mutant in mutants), jobs):
            yield Verdict(mutant, bool(by), by, time.monotonic() - started[mutant])

    def _is_ours(self, module: str) -> bool:
        package = self.law.package.replace("/", ".")
        return module == package or module.startswith((f"{package}.", "tests.", "test_")) or module == "tests"

    def _healthy(self, files: list[Path]) -> dict[str, Any]:
        answers = [self._answer(case) for case in self.cases]
        failed = _pytest(files)
        return {"agreed": answers, "failed": failed, "imports": sorted(filter(self._is_not_ours, sys.modules))}

    def _is_not_ours(self, module: str) -> bool:
        return not self._is_ours(module) and module != "__main__"

    def _answer(self, case: dict[str, Any]) -> str:
        cases = importlib.import_module(f"{self.law.package.replace('/', '.')}.cases")
        fields = {field.name: case.get(field.name, "") for field in dataclasses.fields(cases.Case)}
        return repr([found.as_dict() for found in cases.check_case(cases.Case(**fields))])

    def _try(self, mutant: Mutant) -> str:
        signal.setitimer(signal.ITIMER_PROF, self.cpu_seconds)
        _remember_yaml(self._texts)
        _put_in_place(mutant)
        own_first = sorted(range(len(self.cases)), key=lambda at: self.cases[at]["folder"] != mutant.path.parent.name)
        for at in own_first:
            try:
                answer = self._answer(self.cases[at])
            except Exception as error:  # noqa: BLE001 - whatever a mutant does, a case has seen it
                return f"case: {type(error).__name__}"
            if answer != self._agreed[at]:
                return f"case: {self.cases[at]['name']}"
        return _pytest(self.law.tests_of(mutant.path))


def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _raw_cases(path: Path) -> list[dict[str, Any]]:
    raw = _parsed(path.read_text(encoding="utf-8"))
    if not isinstance(raw, list):
        return []
    return [{**case, "folder": path.parent.name} for case in raw if isinstance(case, dict) and "rule" in case]


def _remember_yaml(texts: dict[str, Any]) -> None:
    """Let what was parsed once not be parsed again in each child: half of the time that the law takes to import."""
    load = yaml.load

    def remembered(stream: Any, Loader: Any) -> Any:  # noqa: N803 - PyYAML's own name
        text = stream if isinstance(stream, str) else stream.read()
        return texts[text] if text in texts else load(text, Loader)

    yaml.load = remembered


def _put_in_place(mutant: Mutant) -> None:
    """Let the next import, or the next reader of the cards, meet the mutant."""
    if mutant.code is not None:
        compiled, get_code = mutant.code(), SourceFileLoader.get_code
        SourceFileLoader.get_code = lambda self, name: (  # type: ignore[method-assign]
            compiled if Path(self.path) == mutant.path else get_code(self, name)
        )
    else:
        text, open_path = mutant.text or "", Path.open
        Path.open = lambda self, *given, **named: (  # type: ignore[method-assign]
            io.StringIO(text) if self == mutant.path else open_path(self, *given, **named)
        )


class _FirstFailure:
    """What failed first, by its name."""

    def __init__(self) -> None:
        self.name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.name:
            self.name = report.nodeid.rpartition("/")[2]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.name:
            self.name = f"{report.nodeid.rpartition('/')[2]} (imported)"


def _pytest(files: list[Path]) -> str:
    """Run tests until one fails and give its name; "" where none does."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    phases = [phase for phase in hypothesis.Phase if phase not in (hypothesis.Phase.shrink, hypothesis.Phase.explain)]
    hypothesis.settings.register_profile("trial", deadline=None, derandomize=True, database=None, phases=phases)
    hypothesis.settings.load_profile("trial")
    failure = _FirstFailure()
    code = pytest.main([*PYTEST, *map(str, files)], plugins=[failure])
    return failure.name or ("" if code in (0, pytest.ExitCode.NO_TESTS_COLLECTED) else f"pytest ended with {code!r}")


def _children(work: Iterable[tuple[Any, Callable[[], Any]]], jobs: int) -> Iterator[tuple[Any, Any]]:
    """Do each piece of work in a child of its own, so many at once, and give its answer as it comes."""
    running: dict[int, tuple[int, Any, bytearray]] = {}
    waiting = iter(work)
    while True:
        while len(running) < jobs and (piece := next(waiting, None)) is not None:
            pid, pipe = _child(piece[1])
            running[pipe] = (pid, piece[0], bytearray())
        if not running:
            return
        for pipe in select.select(list(running), [], [])[0]:
            pid, name, heard = running[pipe]
            if chunk := os.read(pipe, 1 << 16):
                heard += chunk
                continue
            del running[pipe]
            os.close(pipe)
            status = os.waitpid(pid, 0)[1]
            yield name, json.loads(heard) if heard else f"the child's end ({_ended(status)})"


def _ended(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else str(code)


def _child(work: Callable[[], Any]) -> tuple[int, int]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.alarm(WALL_SECONDS)
        try:
            answer = work()
        except BaseException:  # noqa: BLE001 - what a mutant breaks, it has broken
            answer = traceback.format_exc(limit=-3)
        os.write(writing, json.dumps(answer).encode())
    finally:
        os._exit(0)
