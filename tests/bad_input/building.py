"""The short way to a seed: people with something wrong, written as a workbook, with the answer."""

from tests.bad_input.grids import Grid, xlsx
from tests.bad_input.people import USUAL, Person, list_of
from tests.bad_input.seeds import Answer, Seed
from tests.bad_input.world import EMPTY, World


def listed(
    number: int,
    name: str,
    answer: Answer,
    *people: Person,
    fields: tuple[str, ...] = USUAL,
    world: World = EMPTY,
) -> Seed:
    """A seed of a list of these people; the first stands in row 2."""
    return of_grid(number, name, answer, list_of(*people, fields=fields), world=world)


def of_grid(number: int, name: str, answer: Answer, grid: Grid, *, world: World = EMPTY) -> Seed:
    """A seed of a grid, written as XLSX."""
    return Seed(number, name, xlsx(grid), answer, f"{name}.xlsx", grid, world)
