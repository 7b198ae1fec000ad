"""The ring: worlds of full size, and small ones by the dozen, each from its own seed.

`world` plays worlds of five years (5,000 workers, 60 payers); `small-worlds` worlds of eighteen months (60 workers, 6
payers). A failure names its seed and month; `python -m tests.world.replay SEED` plays a world of full size again.
"""

import gc
from collections import Counter

from tests.soak.outcome import Outcome
from tests.world.base import base
from tests.world.office import WorldBrokenError
from tests.world.sizes import FULL, Size
from tests.world.world import World


def run(seed: int, amount: int) -> Outcome:
    """So many simulated years at full size; the first world has the seed times a thousand."""
    return play(FULL, seed, amount)


def play(size: Size, seed: int, years: int) -> Outcome:
    """Worlds of one size until so many years have gone by."""
    # The account is hundreds of thousands of objects without cycles; the collector would walk them again and again.
    gc.set_threshold(200_000, 50, 100)
    counted, failures, months = Counter[str](), list[str](), 0
    while months < years * 12:
        world = World(seed * 1000 + months // size.months, size)
        base().fresh()
        try:
            world.live()
        except WorldBrokenError as error:
            failures.append(str(error))
        counted.update(world.counted)
        months += size.months
    counted["simulated years"] = counted.pop("simulated months") // 12
    return Outcome(dict(counted), failures)
