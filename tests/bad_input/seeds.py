"""The seeds: for each case of the list of bad input a small file that holds it, and the answer it must get.

A case has a number from 1 to 135. Its seeds are made by functions marked `@seed(NN)`, in modules `seeds_<group>.py`
beside this one; a function gives one seed or several. `all_seeds()` gathers them. What the answers mean:

    R  the file is refused; `file` is the `file:...` code that says why
    Q  rows go to repair, the rest continues; `fates` says which row gets which fate
    A  accepted after a change that loses nothing and is told; `told` names the notes
    K  accepted as it stands
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import tests.bad_input
from payung.tabular.table import NO_CHOICES, Choices
from tests.bad_input.grids import Grid
from tests.bad_input.world import EMPTY, World

CASES = range(1, 136)

Maker = Callable[[], "Seed | Iterable[Seed]"]
_MAKERS: list[tuple[int, Maker]] = []


@dataclass(frozen=True)
class Answer:
    """What a file must get. `fates` are by the file's own row numbers; `told` are codes of notes or problems."""

    kind: Literal["R", "Q", "A", "K"]
    file: str = ""
    fates: Mapping[int, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seed:
    """One file of one case. `grid` is what the file was built from, where it was: mutations then build it anew."""

    number: int
    name: str
    content: bytes
    answer: Answer
    file_name: str = "daftar.xlsx"
    grid: Grid | None = None
    world: World = EMPTY
    choices: Choices = NO_CHOICES

    @property
    def label(self) -> str:
        """How a test names it."""
        return f"{self.number:03}-{self.name}"


def seed(number: int) -> Callable[[Maker], Maker]:
    """Mark a function that makes the seeds of a case."""

    def keep(maker: Maker) -> Maker:
        _MAKERS.append((number, maker))
        return maker

    return keep


@cache
def all_seeds() -> tuple[Seed, ...]:
    """Every seed of every module, in the order of the cases."""
    for module in pkgutil.iter_modules(tests.bad_input.__path__):
        if module.name.startswith("seeds_"):
            importlib.import_module(f"tests.bad_input.{module.name}")
    found = []
    for number, maker in _MAKERS:
        made = maker()
        seeds = [made] if isinstance(made, Seed) else list(made)
        assert seeds, f"case {number} makes no seed"
        assert all(each.number == number for each in seeds), f"case {number} makes seeds of another"
        found += seeds
    labels = [each.label for each in found]
    assert len(set(labels)) == len(labels), "two seeds of one name"
    return tuple(sorted(found, key=lambda each: each.label))
