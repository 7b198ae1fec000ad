"""`python -m tests.power.dying MODULE:NAME COUNT ARGUMENTS …`: the real `payung`, killed at a chosen moment.

The process kills itself (SIGKILL: nothing of it is tidied up) as it is about to call that name for the COUNT-th time.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any


def kill_at(place: str, count: int) -> None:
    """Put the trap into the name's module."""
    module, _, path = place.partition(":")
    *within, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for each in within:
        owner = getattr(owner, each)
    real: Callable[..., Any] = getattr(owner, name)
    left = count

    def trap(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)

    setattr(owner, name, trap)


def main() -> None:
    """Set the trap, then be `payung` with the arguments that follow."""
    from payung.cli.main import main as payung  # noqa: PLC0415 - Django must not stand before the environment is read

    place, count, *arguments = sys.argv[1:]
    kill_at(place, int(count))
    sys.argv = ["payung", *arguments]
    payung()


if __name__ == "__main__":
    main()
