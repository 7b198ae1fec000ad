"""The program as an operator starts it: a home of its own, `payung serve` with its children, and the command line."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180
STOP_SECONDS = 30
LETTER_SECONDS = 100  # letters leave once a minute


@dataclass(frozen=True)
class Program:
    """A running Payung."""

    home: Path
    address: str
    environment: dict[str, str]

    @property
    def engine(self) -> str:
        """Which database it runs on."""
        return "postgresql" if self.environment.get("DATABASE_URL") else "sqlite"

    def cli(self, *arguments: str, expect: int = 0) -> str:
        """Run `payung ...` beside it; give what it printed, and fail with its words if it ended otherwise."""
        command = [sys.executable, "-m", "payung", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == expect, f"payung {' '.join(arguments)} -> {done.returncode}\n{done.stderr}"
        return done.stdout

    def cli_json(self, *arguments: str, expect: int = 0) -> Any:
        """Run `payung ... --json` and read its answer."""
        return json.loads(self.cli(*arguments, "--json", expect=expect))

    def letters(self) -> list[str]:
        """The messages it has sent (files, without a mail server), oldest first."""
        folder = self.home / "mail"
        files = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime_ns) if folder.is_dir() else []
        return [path.read_text(encoding="utf-8") for path in files]

    def letter_to(self, email: str) -> str:
        """The latest message to an address; the worker sends it behind the scenes, so it is waited for."""
        deadline = time.monotonic() + LETTER_SECONDS
        while time.monotonic() < deadline:
            found = [text for text in self.letters() if f"To: {email}" in text]
            if found:
                return found[-1].replace("=\n", "")
            time.sleep(0.1)
        raise AssertionError(f"no letter to {email}")


@contextlib.contextmanager
def running_program(home: Path) -> Iterator[Program]:
    """Start the program on a free port of loopback, wait until it answers, and stop it at the end."""
    with _own_database() as database:
        port = _free_port()
        address = f"http://127.0.0.1:{port}"
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PAYUNG_", "DJANGO_"))}
        environment = {**kept, "PAYUNG_HOME": str(home), "PAYUNG_SITE_URL": address, **database}
        program = Program(home, address, environment)
        program.cli("--help")
        with (home / "serve.log").open("wb") as log:
            command = [sys.executable, "-m", "payung", "serve", "--port", str(port)]
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_it_answers(server, address, home / "serve.log")
            yield program
        finally:
            server.terminate()
            server.wait(timeout=STOP_SECONDS)


@contextlib.contextmanager
def _own_database() -> Iterator[dict[str, str]]:
    """A database for this program alone on the server of DATABASE_URL; none where that is not set."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        yield {"DATABASE_URL": ""}
        return
    name = f"payung_journey_{secrets.token_hex(4)}"
    parts = urlsplit(given)
    with psycopg.connect(urlunsplit(parts._replace(scheme="postgresql")), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except urllib.error.HTTPError:
            return  # any answer will do: the pages have tests of their own
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"payung serve did not answer:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
