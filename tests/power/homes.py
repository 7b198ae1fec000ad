"""Homes of the program with a company and a long list, copied for each story; and the processes that run on them."""

import json
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.intake.formats import as_csv, people

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_200
KILLED = -signal.SIGKILL
PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Home:
    """One home: its folder, the environment of its processes, and the list that is handed in there."""

    folder: Path
    environment: dict[str, str]
    list_file: Path

    def start(self, *arguments: str, module: str = "payung") -> "subprocess.Popen[str]":
        """Start `payung …` (or another module) in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, module: str = "payung") -> "subprocess.CompletedProcess[str]":
        """Run it to its end."""
        with self.start(*arguments, module=module) as process:
            out, err = process.communicate(timeout=PATIENCE_SECONDS)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def intake(self, *more: str) -> "subprocess.CompletedProcess[str]":
        """`payung intake` of the list."""
        return self.run(*self.intake_arguments(*more))

    def intake_arguments(self, *more: str) -> tuple[str, ...]:
        """What is asked of `payung` to take the list in."""
        return ("intake", str(self.list_file), "--sponsor", "MAJU", "--json", *more)

    def ask(self, *what: str) -> Any:
        """Ask from within (`tests.power.asking`)."""
        done = self.run(*what, module="tests.power.asking")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def facts(self) -> dict[str, Any]:
        """What stands in the home, with what must hold held against it."""
        found: dict[str, Any] = self.ask("facts")
        return found

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Look into the database beside whoever works on it."""
        url = self.environment["DATABASE_URL"]
        if not url:
            with closing(sqlite3.connect(self.folder / "payung.sqlite3", timeout=30)) as database:
                return database.execute(statement).fetchall()
        with psycopg.connect(urlunsplit(urlsplit(url)._replace(scheme="postgresql"))) as server:
            return server.execute(statement).fetchall()  # type: ignore[arg-type]

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something that the processes bring about."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(0.1)

    def job_states(self) -> set[str]:
        """The states of the work behind the scenes that lists asked for."""
        return {state for (state,) in self.query("SELECT state FROM jobs_job WHERE kind LIKE 'intake.%'")}


def kill(process: "subprocess.Popen[str]") -> None:
    """Kill (SIGKILL) a process with everything it has started, as a power cut does."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE_SECONDS)


def children_of(pid: int) -> dict[int, str]:
    """The children of a process with their command lines."""
    found = {}
    for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(OSError):
            found[int(each)] = Path(f"/proc/{each}/cmdline").read_text().replace("\0", " ")
    return found


@contextmanager
def prepared_home(folder: Path) -> Iterator[Home]:
    """A home with its database, one company, and a list that nobody has handed in yet."""
    folder.mkdir()
    list_file = folder.parent / "daftar.csv"
    list_file.write_bytes(as_csv(people(ROWS)))
    with _database() as url:
        home = Home(folder, _environment(folder, url), list_file)
        made = home.run("sponsor", "add", "MAJU", "--name", "PT Maju", "--funds", "CSR")
        assert made.returncode == 0, made.stderr
        yield home


@contextmanager
def copy_of(home: Home, folder: Path) -> Iterator[Home]:
    """The same home once more, to be spoilt."""
    shutil.copytree(home.folder, folder)
    with _database(template=home.environment["DATABASE_URL"]) as url:
        copy = Home(folder, _environment(folder, url), home.list_file)
        # The stamp names the database: with that of the original the first command would set all of it up again.
        (folder / "schema.stamp").write_text(copy.ask("fingerprint"))
        yield copy


def _environment(folder: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PAYUNG_", "DJANGO_"))}
    return {**kept, "PAYUNG_HOME": str(folder), "DATABASE_URL": url}


@contextmanager
def _database(template: str = "") -> Iterator[str]:
    """A database of its own on the server of DATABASE_URL, an empty address where that is not set."""
    given = os.environ.get("DATABASE_URL")
    if not given:
        yield ""
        return
    name, parts = f"payung_power_{secrets.token_hex(4)}", urlsplit(given)
    source = sql.SQL(" TEMPLATE {}").format(sql.Identifier(urlsplit(template).path[1:])) if template else sql.SQL("")
    with psycopg.connect(urlunsplit(parts._replace(scheme="postgresql")), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + source)
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
