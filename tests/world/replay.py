"""`python -m tests.world.replay SEED [WORKERS SPONSORS MONTHS]`: play one world again and print the hash of its end."""

import sys

from tests.world.base import base
from tests.world.sizes import FULL, Size
from tests.world.world import World


def main() -> None:
    """Play it; without a size, at full size."""
    seed, *size = map(int, sys.argv[1:])
    world = World(seed, Size(*size) if size else FULL)
    base().fresh()
    world.live()
    print(world.counted)
    print(world.state_hash())


if __name__ == "__main__":
    main()
