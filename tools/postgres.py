"""A private PostgreSQL for tests and for trying things out: made in a temporary folder, gone afterwards.

    .venv/bin/python -m tools.postgres run -- .venv/bin/python -m pytest -m database
    .venv/bin/python -m tools.postgres serve        # prints DATABASE_URL, stays until Ctrl-C

It never touches a server that runs already: own folder, own free port on 127.0.0.1, own password. Durability is off
(`fsync`), for the data are worth nothing after the run; `--durable run` turns it on, as a measure wants it. Binaries
are Debian's under /usr/lib/postgresql.
"""

import argparse
import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools import debian

PACKAGES = ("postgresql", "postgresql-contrib")
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")
START_SECONDS = 60


class PostgresMissingError(Exception):
    """PostgreSQL is not on this machine and could not be had; the text says why."""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL that Debian installed, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


def ensure_binaries() -> Path:
    """The folder of binaries, installing Debian's packages where that is allowed."""
    if binaries() is None:
        reason = debian.install(PACKAGES)
        if binaries() is None:
            raise PostgresMissingError(f"PostgreSQL is missing: {reason or 'its packages brought no server'}")
    folder = binaries()
    assert folder is not None
    return folder


@dataclass
class Cluster:
    """A throw-away server: its files, where it listens, and the process that it runs in."""

    folder: Path
    home: Path
    port: int
    owner: pwd.struct_passwd | None
    password: str
    settings: dict[str, str]
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        return f"postgres://payung:{self.password}@127.0.0.1:{self.port}/payung"

    def start(self) -> None:
        """Start it, also after it was killed, and wait until it takes connections."""
        self.server = _start(self.folder, self.home, self.port, self.owner, self.settings)
        _wait_until_ready(self.folder, self.home, self.server, self.port)

    def stop(self) -> None:
        """End it at once."""
        if self.server is not None:
            _stop(self.server)


@contextlib.contextmanager
def private_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Start a throw-away server; stop and remove it at the end. A durable one syncs as a real one does."""
    folder = ensure_binaries()
    home = Path(tempfile.mkdtemp(prefix="payung-pg-"))
    owner = _owner()
    password = secrets.token_urlsafe(16)
    settings = {**SETTINGS, **(dict.fromkeys(UNSAFE, "on") if durable else {})}
    try:
        (home / "password").write_text(password, encoding="utf-8")
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)
            os.chown(home / "password", owner.pw_uid, owner.pw_gid)
        cluster = Cluster(folder, home, _make(folder, home, owner), owner, password, settings)
        try:
            cluster.start()
            _make_database(folder, cluster.port, password)
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root, so root hands it to `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresMissingError("PostgreSQL refuses to run as root, and this machine has no user postgres or nobody.")


def _as(owner: pwd.struct_passwd | None) -> dict[str, object]:
    if owner is None:
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _make(folder: Path, home: Path, owner: pwd.struct_passwd | None) -> int:
    command = [folder / "initdb", "-D", home / "data", "--username=payung", f"--pwfile={home / 'password'}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, env=_plain(), **_as(owner))
    if done.returncode != 0:
        raise PostgresMissingError(f"PostgreSQL could not make its files: {done.stderr.strip()[-400:]}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(
    folder: Path, home: Path, port: int, owner: pwd.struct_passwd | None, settings: dict[str, str]
) -> subprocess.Popen[bytes]:
    command = [folder / "postgres", "-D", home / "data", "-p", str(port), "-k", home]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with (home / "server.log").open("ab") as log:
        # A session of its own: Ctrl-C reaches the tests first, and the server goes after them.
        return subprocess.Popen(
            command, cwd=home, stdout=log, stderr=log, env=_plain(), start_new_session=True, **_as(owner)
        )


def _wait_until_ready(folder: Path, home: Path, server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    ask = [folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run(ask, check=False, env=_plain()).returncode == 0:
            return
        time.sleep(0.1)
    log = (home / "server.log").read_text(encoding="utf-8", errors="replace")
    _stop(server)
    raise PostgresMissingError(f"PostgreSQL did not start: {log.strip()[-400:]}")


def _make_database(folder: Path, port: int, password: str) -> None:
    command = [folder / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "payung", "payung"]
    subprocess.run(command, check=True, env={**_plain(), "PGPASSWORD": password})


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)  # at once: nothing in it is to be kept
        server.wait(timeout=30)


def _plain() -> dict[str, str]:
    """The environment without PG* variables, which would lead the tools to another server."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}


def main() -> int:
    """`run -- COMMAND` or `serve`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["run", "serve"])
    parser.add_argument("--durable", action="store_true", help="sync as a real server does: for measuring")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="after `--`: what to run with DATABASE_URL set")
    arguments = parser.parse_args()
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if arguments.what == "run" and not command:
        parser.error("say what to run: run -- COMMAND")
    # So that `kill` and a closing terminal end the server too.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        with private_cluster(durable=arguments.durable) as cluster:
            url = cluster.url
            if arguments.what == "run":
                return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode
            print(f"DATABASE_URL={url}", flush=True)
            print("Ctrl-C stops it and removes its data.", file=sys.stderr, flush=True)
            with contextlib.suppress(KeyboardInterrupt):
                signal.pause()
            return 0
    except PostgresMissingError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
