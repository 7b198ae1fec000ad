"""Every test: on SQLite, the database tests again on PostgreSQL, the browser journeys on both.

    make test
    make test ARGS="--only sqlite"                  # one of: sqlite, postgresql, journeys-sqlite, journeys-postgresql
    make test ARGS="--only sqlite -- -k nik -x"     # what follows `--` goes to pytest

PostgreSQL and Chromium are taken from the machine, or from Debian's packages where installing is allowed. Where one
cannot be had, its tests are collected and skipped by name, with one line that says what is missing.
`PAYUNG_TEST_POSTGRES_URL` names a server to use instead of a private one (its user must be allowed to make databases).
"""

import argparse
import contextlib
import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tools import chromium, postgres

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "build" / "tests"
NOTHING_COLLECTED = 5


@dataclasses.dataclass(frozen=True)
class Run:
    """One pass of pytest: which tests, on which engine."""

    name: str
    title: str
    marks: str
    needs_postgres: bool = False
    needs_chromium: bool = False
    workers: str = "auto"


RUNS = (
    Run("sqlite", "All but the journeys, on SQLite", "not journey"),
    Run("postgresql", "Database tests, on PostgreSQL", "database and not journey", needs_postgres=True),
    Run("journeys-sqlite", "Journeys in Chromium, on SQLite", "journey", needs_chromium=True),
    Run(
        "journeys-postgresql",
        "Journeys in Chromium, on PostgreSQL",
        "journey",
        needs_postgres=True,
        needs_chromium=True,
    ),
)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What one run brought."""

    run: Run
    exit_code: int
    seconds: float
    passed: int = 0
    failed: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def is_green(self) -> bool:
        """Whether nothing failed; a run that found no test at all has failed."""
        return self.exit_code == 0


def main() -> int:
    """Run what was asked for, print the summary, and say by the exit code whether all was green."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=[run.name for run in RUNS], help="this run alone")
    parser.add_argument("pytest", nargs="*", help="after `--`: further arguments of pytest")
    arguments = parser.parse_args()
    chosen = [run for run in RUNS if not arguments.only or run.name in arguments.only]
    REPORTS.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        postgres_url, no_postgres = None, ""
        if any(run.needs_postgres for run in chosen):
            postgres_url, no_postgres = stack.enter_context(_postgres())
        browser, no_browser = None, ""
        if any(run.needs_chromium for run in chosen):
            browser, no_browser = chromium.ensure()
        for line in filter(None, (no_postgres, no_browser)):
            print(f"{line}. Its tests count as skipped.", flush=True)
        outcomes = [_pytest(run, postgres_url, no_postgres, browser, no_browser, arguments.pytest) for run in chosen]
    _print_summary(outcomes)
    return 0 if all(outcome.is_green for outcome in outcomes) else 1


@contextlib.contextmanager
def _postgres() -> Iterator[tuple[str | None, str]]:
    """The server's address and "", or None and why there is none."""
    given = os.environ.get("PAYUNG_TEST_POSTGRES_URL")
    if given:
        yield given, ""
        return
    with contextlib.ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.private_cluster()).url
        except postgres.PostgresMissingError as error:
            yield None, str(error)
            return
        yield url, ""


def _pytest(
    run: Run, url: str | None, no_postgres: str, browser: str | None, no_browser: str, further: list[str]
) -> Outcome:
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PAYUNG_HOME")}
    report = REPORTS / f"{run.name}.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-m", run.marks, "-n", run.workers, f"--junitxml={report}"]
    missing = (no_postgres if run.needs_postgres else "") or (no_browser if run.needs_chromium else "")
    if missing:
        environment["PAYUNG_TEST_MISSING"] = missing
    elif run.needs_postgres and url:
        environment["DATABASE_URL"] = url
    if browser:
        environment["PAYUNG_CHROMIUM"] = browser
    print(f"\n=== {run.title} ===", flush=True)
    started = time.monotonic()
    code = subprocess.run([*command, *further], cwd=ROOT, env=environment, check=False).returncode
    return _read_report(run, code, time.monotonic() - started, report)


def _read_report(run: Run, code: int, seconds: float, report: Path) -> Outcome:
    if not report.is_file():
        return Outcome(run, code or 1, seconds)
    passed, failed, skipped = 0, [], []
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        if (skip := case.find("skipped")) is not None:
            skipped.append((name, skip.get("message") or ""))
        elif case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        else:
            passed += 1
    return Outcome(run, code, seconds, passed, tuple(failed), tuple(skipped))


def _print_summary(outcomes: list[Outcome]) -> None:
    print("\n=== Summary ===")
    for outcome in outcomes:
        for name, reason in outcome.skipped:
            print(f"skipped  {name}: {reason}")
    for outcome in outcomes:
        for name in outcome.failed:
            print(f"FAILED   {name} ({outcome.run.name})")
    for outcome in outcomes:
        word = "ok    " if outcome.is_green else "FAILED"
        counts = f"{outcome.passed:5} passed {len(outcome.failed):3} failed {len(outcome.skipped):3} skipped"
        note = "  (no test was found)" if outcome.exit_code == NOTHING_COLLECTED else ""
        print(f"{word} {outcome.run.title:38} {counts} {outcome.seconds:6.0f} s{note}")


if __name__ == "__main__":
    sys.exit(main())
