"""`make fuzz`: every target under atheris for a while; ARGS="--target nik --seconds 60" does one.

What a target learns lies in `build/fuzz/TARGET` and is begun with the next time. An input that breaks one is written
to `build/fuzz/broken/TARGET-…`: mend the parser (or the property), and move the input to `tests/fuzz/found/TARGET/`,
where it is a test for good.
"""

import argparse
import hashlib
import importlib.util
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.corpus import seeds_of
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "fuzz"
_STATISTICS = re.compile(r"#([0-9]+)\s+DONE\s+cov: ([0-9]+)")
_RUNS = re.compile(r"Done ([0-9]+) runs")


@dataclass(frozen=True)
class Outcome:
    """What a run of a target brought: how many inputs, how much of the code, what broke it (empty: nothing)."""

    target: str
    runs: int
    coverage: int
    broken: str


def main() -> int:
    """Fuzz, print a line for each target, and give 1 if any was broken."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--target", action="append", choices=list(TARGETS), help="this one alone")
    options.add_argument("--seconds", type=int, default=60, help="for each target")
    wanted = options.parse_args()
    if not is_present():
        print("atheris is missing: .venv/bin/python -m pip install --require-hashes -r requirements-fuzz.lock")
        return 1
    outcomes = [fuzz(target, f"-max_total_time={wanted.seconds}") for target in wanted.target or TARGETS]
    for each in outcomes:
        print(
            f"{each.target:<12}{each.runs:>10} inputs, {each.coverage:>5} places of the code  {each.broken or 'whole'}"
        )
    return 1 if any(each.broken for each in outcomes) else 0


def is_present() -> bool:
    """Whether atheris is installed: it is an extra, and not there on every machine."""
    return importlib.util.find_spec("atheris") is not None


def fuzz(target: str, *options: str, folder: Path = BUILD) -> Outcome:
    """Run one target in a process of its own until its options end it, or until it breaks."""
    learnt, broken = folder / target, folder / "broken"
    for each in (learnt, broken):
        each.mkdir(parents=True, exist_ok=True)
    for data in seeds_of(target):
        (learnt / hashlib.sha256(data).hexdigest()[:20]).write_bytes(data)
    given = ("-max_len=4096", "-rss_limit_mb=1024", "-timeout=20", f"-artifact_prefix={broken}/{target}-", *options)
    command = [sys.executable, "-m", "tests.fuzz.guided", target, *given, str(learnt)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    told = _STATISTICS.search(done.stderr)
    runs = _RUNS.search(done.stderr)
    return Outcome(
        target,
        int(runs[1]) if runs else 0,
        int(told[2]) if told else 0,
        "" if done.returncode == 0 else _reason(done),
    )


def _reason(done: "subprocess.CompletedProcess[str]") -> str:
    """What broke it, and where the input lies."""
    lines = (done.stdout + done.stderr).splitlines()
    error = next((line for line in lines if re.match(r"\w*(Error|Exception)\b", line)), "it ended badly")
    where = next((line.split("written to ")[-1] for line in lines if "written to" in line), "")
    return f"{error} {where}".strip() if error != "it ended badly" else "\n".join([error, *lines[-12:]])


if __name__ == "__main__":
    sys.exit(main())
