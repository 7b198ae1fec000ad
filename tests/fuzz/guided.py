"""`python -m tests.fuzz.guided TARGET [libFuzzer's options] FOLDER`: one target under atheris, guided by coverage.

A process of its own, started by `run.py`: atheris takes over the process, and ends it at the first failure.
"""

import sys

import atheris

with atheris.instrument_imports(include=["payung.tabular", "payung.intake", "payung.kernel"]):
    from tests.fuzz.targets import TARGETS

# atheris's stand-in for a compiled pattern lacks the places that Python's own reader of HTML gives to `search`.
_WITHOUT_PATTERNS = frozenset({"web-pages"})


def main() -> None:
    """Fuzz the target that is named first."""
    name = sys.argv.pop(1)
    target = TARGETS[name]
    atheris.enabled_hooks.add("str")
    if name not in _WITHOUT_PATTERNS:
        atheris.enabled_hooks.add("RegEx")
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
