"""`payung serve`: the web server, one background worker and the scheduler, as children of one process."""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

import click

from payung.access.permissions import Permission
from payung.cli.session import say
from payung.jobs.schedule import run_scheduler
from payung.jobs.worker import run_worker

_GRACE = 15.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat; di luar loopback pakailah proksi TLS.")
@click.option("--port", default=8000, show_default=True, type=int)
@click.option("--threads", default=6, show_default=True, type=int, help="Permintaan bersamaan per proses web.")
@click.option("--processes", default=1, show_default=True, type=int, help="Proses web.")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="Jalankan juga pekerja dan penjadwal.")
def serve(host: str, port: int, threads: int, processes: int, jobs: bool) -> None:
    """Jalankan Payung: server web, satu pekerja latar belakang, dan penjadwal. Berhenti dengan Ctrl+C."""
    start(host, port, threads=threads, processes=processes, jobs=jobs)


def start(host: str, port: int, *, threads: int = 6, processes: int = 1, jobs: bool = True) -> None:
    """Run the children until asked to stop; leave with their exit code."""
    web = [
        *(sys.executable, "-m", "gunicorn", "payung.config.wsgi"),
        *("--bind", f"{host}:{port}", "--worker-class", "gthread"),
        *("--workers", str(processes), "--threads", str(threads), "--timeout", "120"),
        *("--log-level", "warning", "--worker-tmp-dir", "/dev/shm"),  # noqa: S108  # gunicorn's heartbeat file
    ]
    commands = {"web": web}
    if jobs:
        commands["worker"] = [sys.executable, "-m", "payung", "worker"]
        commands["scheduler"] = [sys.executable, "-m", "payung", "scheduler"]
    sys.exit(_keep_running(commands, f"http://{host}:{port}"))


def _keep_running(commands: dict[str, list[str]], address: str) -> int:
    """Start the children, start again a helper that dies, end all when asked or when the web server ends."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "payung.config.settings"}
    children = {name: subprocess.Popen(command, env=environment) for name, command in commands.items()}  # noqa: S603
    asked = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    say(f"Payung berjalan di {address} (berhenti dengan Ctrl+C)")
    while not asked and children["web"].poll() is None:
        time.sleep(0.3)
        for name, child in children.items():
            if name != "web" and child.poll() is not None and not asked:
                say(f"{name} berhenti (kode {child.returncode}); dijalankan lagi")
                time.sleep(1)
                children[name] = subprocess.Popen(commands[name], env=environment)  # noqa: S603
    return _end(children, asked=asked)


def _end(children: dict[str, "subprocess.Popen[bytes]"], *, asked: bool) -> int:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _GRACE
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if asked else 1


# Whoever may start processes on the machine may start these: no right of the program is used.
serve.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]


@click.command()
def worker() -> None:
    """Kerjakan pekerjaan latar belakang sampai dihentikan. Sudah dijalankan oleh payung serve, kecuali --no-jobs."""
    run_worker()


@click.command()
def scheduler() -> None:
    """Jalankan jadwal setiap menit sampai dihentikan. Sudah dijalankan oleh payung serve, kecuali --no-jobs."""
    run_scheduler()


worker.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
scheduler.payung_door = Permission.PUBLIC  # type: ignore[attr-defined]
commands: list[click.Command] = [serve, worker, scheduler]
