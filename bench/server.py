"""CPU of a PostgreSQL on this machine: what the measures' statements cost in its processes, not in ours."""

import os
from functools import cache
from pathlib import Path

import psycopg

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


def server_cpu_seconds() -> float:
    """Seconds of all processes of the server that DATABASE_URL names, ended ones too; 0 on SQLite or elsewhere."""
    postmaster = _postmaster(os.environ.get("DATABASE_URL", ""))
    if postmaster is None:
        return 0.0
    live = sum(_cpu(pid)[0] for pid in _children(postmaster))
    own, ended = _cpu(postmaster)
    return own + ended + live


@cache
def _postmaster(url: str) -> int | None:
    """The parent of all backends; None where the server is none of this machine's."""
    if not url:
        return None
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        stat = _stat(row[0]) if row else None
    return int(stat[1]) if stat else None


def _children(parent: int) -> list[int]:
    pids = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    return [pid for pid in pids if (stat := _stat(pid)) and int(stat[1]) == parent]


def _cpu(pid: int) -> tuple[float, float]:
    """A process's own seconds, and those of its children that have ended."""
    stat = _stat(pid)
    if stat is None:
        return 0.0, 0.0
    return (int(stat[11]) + int(stat[12])) / _TICKS, (int(stat[13]) + int(stat[14])) / _TICKS


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on: the name before them may hold spaces."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()
