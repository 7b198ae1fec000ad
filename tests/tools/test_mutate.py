"""`make mutate` does the small wrongs that it should, leaves texts alone, and calls a survivor a survivor."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tools import mutate
from tools.mutation.mutant import Mutant, numbered
from tools.mutation.of_cards import mutants_of_cards
from tools.mutation.of_code import mutants_of_code
from tools.mutation.trial import Verdict

ROOT = Path(__file__).parents[2]


def changes(code: str) -> list[str]:
    return [mutant.change for mutant in mutants_of_code(Path("x.py"), textwrap.dedent(code))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x = a < b", ["a < b → a <= b", "a < b → a >= b"]),
        ("x = a == b", ["a == b → a != b"]),
        ("x = a + b", ["a + b → a - b"]),
        ("x = a and not b", ["a and (not b) → a or not b", "a and (not b) → not a and (not b)", "not b → b"]),
        ("x = a if b else c", ["b → not b"]),
        ("x = [a for a in b if c(a)]", ["if c(a) → (all)"]),
        ("x = max(a, b)", ["max → min"]),
        ("x = a[-1]", ["a[-1] → a[0]", "-1 → -2", "-1 → -0"]),
        ("x = a[b:]", ["a[b:] → a[:]"]),
        ("x = f(a, b=c)", ["f(b=…) → (without)"]),
        ("x = 15", ["x = 15 → x = 16", "x = 15 → x = 14"]),
        ("def f():\n  return a", ["return a → return None"]),
        ("def f() -> bool:\n  return a", ["return a → return not a"]),
        ("raise A(b)", ["A(b) → (not done)"]),
    ],
)
def test_each_small_wrong_is_done(code, expected):
    assert changes(code) == expected


def test_texts_annotations_decorators_and_type_variables_are_left_alone():
    code = '''
        """A text of 1."""
        T = TypeVar("T", bound=f(1))
        NAME = "iuran"
        @door(days=2)
        def f(a: "1 < 2" = "b") -> int | None:
            """3 + 3."""
            g(formula=a + 1)
    '''
    assert changes(code) == ["g(formula=a + 1) → (not done)"]


def test_a_mutant_compiles_to_the_wrong_code_and_leaves_the_next_one_right():
    answers = []
    for mutant in mutants_of_code(Path("x.py"), "answer = 2 * 3"):
        space: dict = {}
        exec(mutant.code(), space)
        answers.append(space["answer"])
    assert answers == [0, 9, 3, 8, 4]


def test_figures_and_days_of_cards_are_made_wrong_and_their_texts_are_not():
    text = textwrap.dedent("""
        upah:
          unit: 12
          values:
            - {since: 2020-12-31, until: 2021-12, value: [1, true, teks], article: Ps 1, since_exact: false}
    """)
    made = list(mutants_of_cards(Path("parameters.yaml"), text))
    assert [mutant.change for mutant in made] == [
        "[0].since 2020-12-31 → 2021-01-01",
        "[0].until 2021-12 → 2022-01",
        "[0].value[0] 1 → 2",
        "[0].value[1] true → false",
    ]
    assert made[0].text == text.replace("2020-12-31", "2021-01-01")


def test_mutants_that_are_alike_bear_numbers():
    alike = [Mutant(Path("x.py"), "f", "a → b", line) for line in (1, 2)]
    assert [mutant.change for mutant in numbered(alike)] == ["a → b", "a → b (2)"]


def verdict(change: str, killed: bool) -> Verdict:
    return Verdict(Mutant(mutate.LAW.root / mutate.LAW.package / "x.py", "f", change, 1), killed, "case: a", 0.1)


def test_a_run_fails_for_each_survivor_that_is_not_listed_and_each_listed_that_is_killed_or_gone():
    listed = {("x.py", "f", "b"): "equivalent", ("x.py", "f", "c"): "", ("x.py", "f", "d"): "equivalent"}
    verdicts = [verdict("a", False), verdict("b", True), verdict("c", False)]
    faults = [fault.partition(":")[0] for fault in mutate.faults_of(verdicts, listed, whole=False)]
    assert faults == [
        "survived and is not listed",
        "listed, but killed now",
        "listed, but no such mutant",
        "listed without a reason",
    ]


@pytest.mark.parametrize(("survivors", "fails"), [(5, False), (6, True)])
def test_a_whole_run_kills_at_least_95_percent(survivors, fails):
    verdicts = [verdict(str(number), number >= survivors) for number in range(100)]
    listed = {("x.py", "f", str(number)): "equivalent" for number in range(survivors)}
    assert bool(mutate.faults_of(verdicts, listed, whole=True)) is fails
    assert mutate.faults_of(verdicts, listed, whole=False) == []


TOY = """
import json
from pathlib import Path
from tools.mutate import mutants_of
from tools.mutation.trial import Court, Law

law = Law(Path.cwd(), package="toy", tests="judges")
court = Court(law, cpu_seconds=2)
mutants = [mutant for name in ("law.py", "parameters.yaml") for mutant in mutants_of(law.root / "toy" / name)]
assert court.warm_up([law.root / "judges" / "test_law.py"]) == ""
print(json.dumps([[verdict.mutant.change, verdict.by] for verdict in court.try_all(mutants, jobs=2)]))
"""


def test_mutants_are_tried_in_children_by_the_tests_of_their_file(tmp_path):
    for name, text in {
        "toy/__init__.py": "",
        "toy/law.py": "def old(age):\n    while age > 150:\n        pass\n    return age >= 65\n",
        "toy/parameters.yaml": "limit:\n  values: [{value: 65}]\n",
        "judges/test_law.py": "from toy.law import old\n\ndef test_old():\n    assert old(66) and not old(64)\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(ROOT)!r}, '.']\n{TOY}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    verdicts = dict(json.loads(done.stdout.splitlines()[-1]))
    killed = "test_law.py::test_old"
    assert verdicts["age >= 65 → age < 65"] == killed
    assert verdicts["age >= 65 → age > 65"] == ""
    assert verdicts["return age >= 65 → return None"] == killed
    assert verdicts["age > 150 → age <= 150"] == "the child's end (SIGPROF)"
    assert verdicts["[0].value 65 → 66"] == ""
