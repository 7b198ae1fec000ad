"""Time, CPU (own, of ended children, and of PostgreSQL's processes here) and peak memory of a piece of work."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.server import server_cpu_seconds


@contextmanager
def metered(figures: dict[str, float], name: str = "") -> Iterator[None]:
    """Write `wall_s`, `cpu_s` and, at the end, the process's `peak_mb` so far into `figures`.

    On PostgreSQL `cpu_s` is ours and the server's together, and `server_cpu_s` the part of the server.
    """
    prefix = f"{name}_" if name else ""
    wall, cpu, server = time.perf_counter(), cpu_seconds(), server_cpu_seconds()
    yield
    served = server_cpu_seconds() - server
    figures[f"{prefix}wall_s"] = round(time.perf_counter() - wall, 3)
    figures[f"{prefix}cpu_s"] = round(cpu_seconds() - cpu + served, 3)
    if served:
        figures[f"{prefix}server_cpu_s"] = round(served, 3)
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    figures["peak_child_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
