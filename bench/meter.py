"""Time, CPU (own and of ended children) and peak memory of a piece of work."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def metered(figures: dict[str, float], name: str = "") -> Iterator[None]:
    """Write `wall_s`, `cpu_s` and, at the end, the process's `peak_mb` so far into `figures`."""
    prefix = f"{name}_" if name else ""
    wall, cpu = time.perf_counter(), cpu_seconds()
    yield
    figures[f"{prefix}wall_s"] = round(time.perf_counter() - wall, 3)
    figures[f"{prefix}cpu_s"] = round(cpu_seconds() - cpu, 3)
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    figures["peak_child_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
