"""Does a test notice when the law is wrong? Mutants of `payung/rules`, each tried by its worked cases and tests.

    make mutate                              # all of them
    make mutate ARGS="--only iuran"          # a folder or a file: iuran, iuran/keringanan.py, cards.py
    make mutate ARGS="--changed"             # the files that differ from main, and those whose tests do
    make mutate ARGS="--list --only twins"   # only name the mutants

Fails where a mutant survives that `tests/rules/survivors.yaml` does not list with its reason, where a listed one is
killed or is no more, and, over the whole, where fewer than 95 % are killed. Each verdict goes to
`build/mutation/verdicts.jsonl`, one JSON object a line.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from tools.mutation.mutant import Mutant, numbered
from tools.mutation.of_cards import mutants_of_cards
from tools.mutation.of_code import mutants_of_code
from tools.mutation.trial import Court, Law, Verdict

ROOT = Path(__file__).resolve().parent.parent
LAW = Law(
    ROOT,
    case_files=(ROOT / "tests" / "data" / "cases.yaml", *sorted((ROOT / "tests" / "rules").glob("*/*.yaml"))),
)
SURVIVORS = ROOT / "tests" / "rules" / "survivors.yaml"
VERDICTS = ROOT / "build" / "mutation" / "verdicts.jsonl"
AT_LEAST_PERCENT = 95
# The same rules over columns: held by the test that compares them with the one-person rule, and slow to import.
LEFT_OUT = ("population/",)

Name = tuple[str, str, str]


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a module or of a file of cards."""
    text = path.read_text(encoding="utf-8")
    return numbered(mutants_of_cards(path, text) if path.suffix == ".yaml" else mutants_of_code(path, text))


def files_of(law: Law, only: list[str]) -> list[Path]:
    """The modules and the files of cards, all of them or those whose names begin so."""
    folder = law.root / law.package
    found = sorted([*folder.rglob("*.py"), *folder.rglob("parameters.yaml")])
    inside = {path: path.relative_to(folder).as_posix() for path in found}
    return [
        path
        for path, name in inside.items()
        if not name.startswith(LEFT_OUT) and (not only or name.startswith(tuple(only)))
    ]


def changed_since(law: Law, base: str) -> list[str]:
    """The files of the law that differ from the base, and those whose own tests or cases do."""

    def git(*arguments: str) -> list[str]:
        done = subprocess.run(["git", *arguments], cwd=law.root, check=True, capture_output=True, text=True)
        return done.stdout.split()

    (fork,) = git("merge-base", base, "HEAD")
    names = [*git("diff", "--name-only", fork), *git("ls-files", "--others", "--exclude-standard")]
    found = []
    for name in names:
        if name.startswith(f"{law.package}/"):
            found.append(name.removeprefix(f"{law.package}/"))
        elif name.startswith(f"{law.tests}/"):
            inside = Path(name.removeprefix(f"{law.tests}/"))
            found.append((inside.parent / f"{inside.stem.removeprefix('test_')}.py").as_posix())
    return found


def name_of(mutant: Mutant) -> Name:
    """What a mutant is called in `survivors.yaml`: lines move, so they are no part of it."""
    return mutant.path.relative_to(LAW.root / LAW.package).as_posix(), mutant.place, mutant.change


def read_survivors(path: Path) -> dict[Name, str]:
    """Those that may survive, with the reason of each."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    return {(item["file"], item["place"], item["change"]): item["reason"] for item in raw or ()}


def faults_of(verdicts: list[Verdict], listed: dict[Name, str], whole: bool) -> list[str]:
    """What makes a run fail."""
    survived = {name_of(verdict.mutant) for verdict in verdicts if not verdict.killed}
    judged = {name_of(verdict.mutant) for verdict in verdicts}
    files = {name[0] for name in judged}
    faults = [f"survived and is not listed: {_entry(name)}" for name in sorted(survived - listed.keys())]
    faults += [f"listed, but killed now: {_entry(name)}" for name in listed if name in judged - survived]
    gone = [name for name in listed if name not in judged and (whole or name[0] in files)]
    faults += [f"listed, but no such mutant: {_entry(name)}" for name in gone]
    faults += [f"listed without a reason: {_entry(name)}" for name, reason in listed.items() if not reason]
    if whole and len(survived) * 100 > (100 - AT_LEAST_PERCENT) * len(verdicts):
        faults.append(f"fewer than {AT_LEAST_PERCENT} % were killed")
    return faults


def _entry(name: Name) -> str:
    """A mutant as a line of `survivors.yaml`."""
    file, place, change = (json.dumps(part, ensure_ascii=False) for part in name)
    return f"- {{file: {file}, place: {place}, change: {change}, reason: }}"


def table(verdicts: list[Verdict]) -> str:
    """A line a file, and the sum."""
    counts: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        for row in (name_of(verdict.mutant)[0], "all"):
            count = counts.setdefault(row, Counter())
            count["mutants"] += 1
            count["killed"] += verdict.killed
            count["by a case"] += verdict.killed and verdict.by.startswith("case:")
            count["seconds"] += verdict.seconds
    rows = sorted(counts.items(), key=lambda item: (item[0] == "all", item[0]))
    lines = [f"{'':44} mutants  killed  by a case  survived       %  seconds"]
    for row, count in rows:
        percent = 100 * count["killed"] / count["mutants"]
        survived = count["mutants"] - count["killed"]
        lines.append(
            f"{row:44} {count['mutants']:7} {count['killed']:7} {count['by a case']:10} {survived:9} "
            f"{percent:7.1f} {count['seconds']:8.0f}"
        )
    return "\n".join(lines)


def as_dict(verdict: Verdict) -> dict[str, Any]:
    """A verdict for the JSON lines."""
    file, place, change = name_of(verdict.mutant)
    return {
        "file": file,
        "line": verdict.mutant.line,
        "place": place,
        "change": change,
        "killed": verdict.killed,
        "by": verdict.by,
        "seconds": round(verdict.seconds, 2),
    }


def main() -> int:
    """Try the mutants that were asked for; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], help="files whose names begin so, seen from payung/rules")
    parser.add_argument("--changed", nargs="?", const="main", metavar="BASE", help="the files that differ from a base")
    parser.add_argument("--jobs", type=int, default=1, help="so many at once")
    parser.add_argument("--list", action="store_true", help="only name the mutants")
    arguments = parser.parse_args()
    only = arguments.only + (changed_since(LAW, arguments.changed) if arguments.changed else [])
    if arguments.changed and not only:
        print("nothing of the law has changed")
        return 0
    mutants = [mutant for path in files_of(LAW, only) for mutant in mutants_of(path)]
    if arguments.list:
        print("\n".join(_entry(name_of(mutant)) for mutant in mutants))
        return 0
    return _run(mutants, arguments.jobs, whole=not only)


def _run(mutants: list[Mutant], jobs: int, *, whole: bool) -> int:
    started = time.monotonic()
    court = Court(LAW)
    if fault := court.warm_up(test for mutant in mutants for test in LAW.tests_of(mutant.path)):
        print(fault)
        return 1
    print(f"{len(mutants)} mutants, {len(court.cases)} worked cases", flush=True)
    verdicts = []
    VERDICTS.parent.mkdir(parents=True, exist_ok=True)
    with VERDICTS.open("w", encoding="utf-8") as lines:
        for verdict in court.try_all(mutants, jobs):
            verdicts.append(verdict)
            print(json.dumps(as_dict(verdict), ensure_ascii=False), file=lines, flush=True)
            if not verdict.killed:
                print(f"survived: {verdict.mutant.line}: {' · '.join(name_of(verdict.mutant))}", flush=True)
            if len(verdicts) % 100 == 0:
                print(f"{len(verdicts)} of {len(mutants)}, {time.monotonic() - started:.0f} s", flush=True)
    print(table(verdicts))
    faults = faults_of(verdicts, read_survivors(SURVIVORS), whole)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
